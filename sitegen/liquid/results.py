"""What running the Liquid of one body came to."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass

from sitegen.errors import Problem


@dataclass(frozen=True)
class Piece:
    """Some output: the text, and the line (from 0) of the body that it is from; `verbatim` text has lines of its own
    there.
    """

    text: str
    line: int
    verbatim: bool


@dataclass(frozen=True)
class Expansion:
    """The body that Liquid made, the line of the old body (from 1) for each of its lines, and what is wrong."""

    body: str
    lines: tuple[int, ...]
    problems: tuple[Problem, ...] = ()

    def stored(self) -> str:
        """As text, for a later build."""
        return json.dumps([self.body, self.lines, [astuple(problem) for problem in self.problems]])

    @classmethod
    def restored(cls, text: str) -> Expansion:
        """What `stored` made into text."""
        body, lines, problems = json.loads(text)
        return cls(body, tuple(lines), tuple(Problem(*problem) for problem in problems))


def joined(pieces: list[Piece]) -> tuple[str, tuple[int, ...]]:
    """The whole text, and for each of its lines where it begins in the body (from 1)."""
    lines = [1]
    fresh = True
    for piece in pieces:
        if fresh and piece.text:
            lines[-1] = piece.line + 1
        breaks = piece.text.count("\n")
        lines += [piece.line + 1 + (number if piece.verbatim else 0) for number in range(1, breaks + 1)]
        fresh = piece.text.endswith("\n") or (fresh and not piece.text)
    return "".join(piece.text for piece in pieces), tuple(lines)
