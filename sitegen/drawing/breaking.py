"""Where a line may end, in every script, and lines that are about as long as each other."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from sitegen.frozen import dataclass

_NOT_FIRST = frozenset(
    "、。，．：；！？）］｝〕〉》」』】〙〗”’…‥ー々・ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ％,.:;!?)]}»›"
)
_NOT_LAST = frozenset("（［｛〔〈《「『【〘〖“‘([{«‹")
_HYPHENS = frozenset("-‐–—/")
_JOINER, _VIRAMA = "\u200d", 9


@dataclass(frozen=True)
class Unit:
    """What no line ends in: its text, whether a space follows, and its width at size 1."""

    text: str
    spaced: bool
    width: float = 0.0


def clusters(text: str) -> Iterator[str]:
    """What a reader takes for one sign: a letter and its marks, an emoji and what is joined to it, a flag."""
    held = ""
    for sign in text:
        if held and not _joins(held, sign):
            yield held
            held = ""
        held += sign
    if held:
        yield held


def _joins(held: str, sign: str) -> bool:
    if unicodedata.category(sign).startswith("M") or sign == _JOINER or "\U0001f3fb" <= sign <= "\U0001f3ff":
        return True
    last = held[-1]
    is_flag = len(held) == 1 and _is_half_a_flag(last) and _is_half_a_flag(sign)
    return last == _JOINER or unicodedata.combining(last) == _VIRAMA or is_flag


def _is_half_a_flag(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def units(text: str) -> list[Unit]:
    """The text in pieces between which a line may end (the parts of UAX 14 that titles need)."""
    found: list[Unit] = []
    for word in text.split(" "):
        pieces: list[str] = []
        for cluster in clusters(word):
            if pieces and not _may_end(pieces[-1], cluster):
                pieces[-1] += cluster
            else:
                pieces.append(cluster)
        found += [Unit(piece, place == len(pieces) - 1) for place, piece in enumerate(pieces)]
    return found


def _may_end(before: str, after: str) -> bool:
    last, first = before[-1], after[0]
    if first in _NOT_FIRST or last in _NOT_LAST:
        return False
    if last in _HYPHENS:
        return len(before) > 1 and first.isalpha()
    return _is_wide(last) or _is_wide(first)


def _is_wide(sign: str) -> bool:
    """Chinese and Japanese: between any two of their signs; Korean ends lines at spaces."""
    return unicodedata.east_asian_width(sign) in "WF" and not "\uac00" <= sign <= "\ud7a3"


def wrapped(pieces: Sequence[Unit], width: float, space: float) -> list[list[Unit]]:
    """Lines no wider than that, each as full as can be; a piece that is wider stands alone."""
    lines: list[list[Unit]] = []
    used = 0.0
    for piece in pieces:
        gap = space if lines and lines[-1][-1].spaced else 0.0
        if lines and used + gap + piece.width <= width:
            lines[-1].append(piece)
            used += gap + piece.width
        else:
            lines.append([piece])
            used = piece.width
    return lines


def balanced(pieces: Sequence[Unit], width: float, space: float) -> list[list[Unit]]:
    """As many lines as `wrapped` makes, but of about the same length."""
    lines = wrapped(pieces, width, space)
    low, high = max((piece.width for piece in pieces), default=0.0), width
    for _ in range(12 if len(lines) > 1 else 0):
        middle = (low + high) / 2
        tried = wrapped(pieces, middle, space)
        if len(tried) <= len(lines):
            high, lines = middle, tried
        else:
            low = middle
    return lines


def _hyphen(before: str, after: str) -> str:
    """What tells that a word goes on in the next line, between letters of alphabets that have a case."""
    return "-" if before[-1].lower() != before[-1].upper() and after.lower() != after.upper() else ""


def text_of(line: Sequence[Unit]) -> str:
    """The line as text."""
    return "".join(piece.text + " " * piece.spaced for piece in line).rstrip(" ")


def narrowed(pieces: Sequence[Unit], width: float, measure: Callable[[str], float]) -> list[Unit]:
    """The pieces, those in smaller ones that are wider than a line; where a script has hyphens, one tells that."""
    found: list[Unit] = []
    for piece in pieces:
        if piece.width <= width:
            found.append(piece)
            continue
        held = ""
        signs = list(clusters(piece.text))
        for sign, following in zip(signs, [*signs[1:], ""], strict=True):
            if held and measure(held + sign + _hyphen(sign, following)) > width:
                held += _hyphen(held, sign)
                found.append(Unit(held, False, measure(held)))
                held = ""
            held += sign
        found.append(Unit(held, piece.spaced, measure(held)))
    return found
