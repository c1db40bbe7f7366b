"""How problems look on a terminal."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from typing import TextIO

from sitegen.errors import Problem

_STYLES = {"error": "1;31", "warning": "1;33", "note": "36", "quiet": "2", "bold": "1"}
_WORDS = {"error": "", "warning": "warning: ", "note": "notice: "}


def is_coloured(stream: TextIO) -> bool:
    """Whether the stream is a terminal that wants colours (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def styled(text: str, style: str, stream: TextIO) -> str:
    """The text in a style, where the stream has colours."""
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if is_coloured(stream) else text


def show_problems(problems: Iterable[Problem], stream: TextIO) -> None:
    """Each problem: `path:line: what is wrong`, the line, a hint. What is only a notice takes one line."""
    for problem in problems:
        for line in lines_of(problem, stream):
            print(line, file=stream)


def summary(problems: Iterable[Problem]) -> str:
    """How many there are: `2 problems, 1 warning`."""
    counts: Counter[str] = Counter(problem.severity for problem in problems)
    words = (("error", "problem"), ("warning", "warning"), ("note", "notice"))
    return ", ".join(plural(counts[kind], word) for kind, word in words if counts[kind])


def lines_of(problem: Problem, stream: TextIO) -> list[str]:
    """The lines of one problem."""
    message = printable(f"{_WORDS[problem.severity]}{problem.message}")
    head = f"{styled(printable(problem.where), 'bold', stream)}: {styled(message, problem.severity, stream)}"
    if problem.severity == "note":
        return [f"{head} ({printable(problem.hint)})" if problem.hint else head]
    lines = [head]
    if problem.excerpt.strip():
        number = f"{problem.line:>5} | "
        lines.append(styled(number, "quiet", stream) + printable(problem.excerpt.strip())[:160])
    if problem.hint:
        lines.append("        " + styled(f"hint: {printable(problem.hint)}", "quiet", stream))
    return lines


def printable(text: str) -> str:
    """The text on one line, with control signs made visible, so that no file can steer a terminal."""
    return "".join(sign if sign.isprintable() else _visible(sign) for sign in text)


def _visible(sign: str) -> str:
    return " " if sign in "\t\n" else sign.encode("unicode_escape").decode()


def plural(number: int, word: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
