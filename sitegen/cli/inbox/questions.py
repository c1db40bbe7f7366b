"""What is asked before something cannot be undone."""

from __future__ import annotations


def is_sure(question: str) -> bool:
    """Whether the answer is yes. Who ends the input (Ctrl-D) has said no."""
    try:
        return input(question).strip().lower() in ("y", "yes")
    except EOFError:
        print()
        return False
