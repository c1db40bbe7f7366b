"""Pieces of a Jinja layout, and how they are put together.

sitegen's Jinja drops the line break behind a tag, and the blanks before one that begins a line. Liquid keeps both. In
HTML that is the same as long as words stay apart: so `+` keeps the line break only where one would be missed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "print", "tag", "comment", "raw", "jinja"]
_OPENING = re.compile(r"\{[{%#]")
_SIGNS = {"tag": ("{%", "%}"), "comment": ("{#", "#}"), "print": ("{{", "}}")}
_DIVIDING = ("else", "elif")


@dataclass(frozen=True)
class Piece:
    """Text, or what stands in braces, the blanks at both its ends included; "raw" is text that means nothing, and
    "jinja" some of all, as it is to stand.

    `left` and `right` tell that blanks around it are dropped; `exact` that every blank on that side counts; `framing`
    that the line break behind it is not of the source.
    """

    kind: Kind
    code: str
    left: bool = False
    right: bool = False
    exact_left: bool = False
    exact_right: bool = False
    framing: bool = False

    @property
    def word(self) -> str:
        """The tag's name."""
        return self.code.split(None, 1)[0] if self.kind == "tag" else ""

    @property
    def is_loose(self) -> bool:
        """Whether Jinja drops the line break behind it."""
        return self.kind in ("tag", "comment", "raw")


def assembled(pieces: Sequence[Piece]) -> str:
    """The layout."""
    return "".join(_Assembly(pieces).parts())


class _Assembly:
    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = [piece for piece in pieces if piece.code or piece.kind != "text"]
        self.opened: list[bool] = []  # for each open block: do its tags stand on lines of their own so far?
        self.inline: set[int] = set()  # tags of blocks of which some tag does not

    def parts(self) -> list[str]:
        """The text of each piece."""
        return [self._part(at, piece) for at, piece in enumerate(self.pieces)]

    def _part(self, at: int, piece: Piece) -> str:
        if piece.kind == "text":
            return self._text(at, piece)
        if piece.kind == "jinja":
            return piece.code
        if not self._block(at, piece):
            self.inline.add(at)
        left = "-" if piece.left else "+" if piece.exact_left and piece.is_loose and self._blanks_before(at) else ""
        right = "-" if piece.right else "+" if piece.is_loose and self._keeps(at, piece) else ""
        if piece.kind == "raw":
            return f"{{%{left} raw %}}{piece.code}{{% endraw {right}%}}"
        opening, closing = _SIGNS[piece.kind]
        return f"{opening}{left}{piece.code}{right}{closing}"

    def _text(self, at: int, piece: Piece) -> str:
        """What would mean something to Jinja is printed."""
        text = _OPENING.sub(lambda match: f'{{{{ "{match[0]}" }}}}', piece.code)
        if text.endswith("{") and at + 1 < len(self.pieces):
            text = text[:-1] + '{{ "{" }}'
        return text

    def _blanks_before(self, at: int) -> bool:
        before = self.pieces[at - 1] if at else None
        return before is not None and before.kind == "text" and re.search(r"(\A|\n)[ \t]+\Z", before.code) is not None

    def _keeps(self, at: int, piece: Piece) -> bool:
        """Whether the line break behind a tag is to stay."""
        after = self.pieces[at + 1] if at + 1 < len(self.pieces) else None
        if piece.framing or after is None or after.kind != "text" or not re.match(r"\r?\n", after.code):
            return False
        if piece.exact_right:
            return True
        if self._is_alone(at):
            return False
        return not self._blank_follows(at + 1)

    def _block(self, at: int, piece: Piece) -> bool:
        """Whether all tags of its block before it stand on lines of their own; true for what is in none."""
        if piece.word.startswith("end"):
            return self.opened.pop() if self.opened else True
        if piece.word in _DIVIDING and self.opened:
            so_far = self.opened[-1]
            self.opened[-1] = so_far and self._is_alone(at)
            return so_far
        if _opens(piece):
            self.opened.append(self._is_alone(at))
        return True

    def _is_alone(self, at: int) -> bool:
        """Whether its line has only tags, and some blank before it is sure to stay."""
        while at >= 0:
            piece = self.pieces[at]
            if piece.kind == "text":
                line = piece.code.rpartition("\n")[2]
                if line.strip():
                    return False
                if "\n" in piece.code:
                    return bool(piece.code.strip()) or at == 0 or not self.pieces[at - 1].right
            elif self._is_inline(at, piece):
                return False
            at -= 1
        return True

    def _is_inline(self, at: int, piece: Piece) -> bool:
        """Whether a piece is no tag that a line may consist of."""
        if piece.left or at in self.inline or piece.kind not in ("tag", "comment"):
            return True
        return piece.word == "for" and self._runs_together(at)

    def _blank_follows(self, at: int) -> bool:
        """Whether behind the line break of a text there is another blank that stays."""
        text = self.pieces[at].code.lstrip("\r").removeprefix("\n")
        blanks = re.match(r"\s*", text)
        if blanks is None or not blanks[0]:
            return False
        after = self.pieces[at + 1] if at + 1 < len(self.pieces) else None
        if blanks.end() < len(text) or after is None:
            return True
        return not after.left and (after.kind == "print" or "\n" in blanks[0])

    def _runs_together(self, at: int) -> bool:
        """Whether a loop's rounds would touch: no blank ends its body."""
        depth = 0
        for place in range(at, len(self.pieces)):
            piece = self.pieces[place]
            depth += _opens(piece) - piece.word.startswith("end")
            if depth == 0 or (depth == 1 and piece.word == "else"):
                before, further = self.pieces[place - 1], self.pieces[place - 2]
                blank = before.kind == "text" and re.search(r"\s\Z", before.code) is not None
                return piece.left or not blank or (not before.code.strip() and further.right)
        return False


def _opens(piece: Piece) -> bool:
    """Whether the tag begins a block."""
    if piece.word == "set":
        return "=" not in piece.code
    return piece.word in ("if", "for", "with", "autoescape", "block", "filter")
