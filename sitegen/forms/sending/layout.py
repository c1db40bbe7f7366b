"""What a letter says, laid out as plain text and as HTML. Pure functions.

Words of visitors are text and nothing else: signs that steer a terminal or turn the direction of a line are not shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

LONGEST_VALUE, MOST_ROWS = 20_000, 200  # a mail server refuses what is too large, and all of it is in the inbox
# Controls but for the tab, and what turns the direction of what follows.
_STEERING = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]")
_QUIET = "color:light-dark(#555,#aaa)"


@dataclass(frozen=True)
class Link:
    """An address of the web, and the words of the link."""

    words: str
    address: str


@dataclass(frozen=True)
class Heading:
    """The words above some part of a letter."""

    words: str


@dataclass(frozen=True)
class Table:
    """Names and values, as visitors wrote them."""

    rows: tuple[tuple[str, str], ...]

    def shown(self) -> Iterable[tuple[str, str]]:
        """The rows as they are shown: a name is a line, what is too long ends with a word on where the rest is."""
        for name, value in self.rows[:MOST_ROWS]:
            yield one_line(name), _shortened(readable(value))
        if len(self.rows) > MOST_ROWS:
            yield "…", f"{len(self.rows) - MOST_ROWS} more are in the inbox."


@dataclass(frozen=True)
class Bullets:
    """Short lines, each an item."""

    lines: tuple[str, ...]


Block = str | Link | Heading | Table | Bullets  # a str is a paragraph


@dataclass(frozen=True)
class Letter:
    """A subject, and what stands below each other."""

    subject: str
    blocks: tuple[Block, ...]


def as_text(letter: Letter) -> str:
    """The letter in plain text."""
    return "\n\n".join(filter(None, map(_text, letter.blocks))) + "\n"


def as_html(letter: Letter) -> str:
    """The letter in HTML, which loads nothing from anywhere."""
    body = "".join(map(_html, letter.blocks))
    style = "font-family:sans-serif;line-height:1.5;max-width:40em;color-scheme:light dark"
    head = '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"></head>'
    return f'{head}<body style="{style}">\n{body}</body></html>\n'


def one_line(text: str, most: int = 200) -> str:
    """Text in one line: what ends or hides a line becomes a blank."""
    return " ".join(_STEERING.sub(" ", text[: 4 * most]).split())[:most]


def readable(text: str) -> str:
    """Text of several lines, of which each stays one: what ends a line anywhere ends one here."""
    return "\n".join(_STEERING.sub("\ufffd", line) for line in text.splitlines())


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]} … (the rest is in the inbox)"


def _text(block: Block) -> str:
    if isinstance(block, Link):
        return f"{block.words}:\n{block.address}"
    if isinstance(block, Heading):
        return f"{block.words}\n{'-' * len(block.words)}"
    if isinstance(block, Bullets):
        return "\n".join(f"* {line}" for line in block.lines)
    if isinstance(block, Table):
        return "\n\n".join(f"{name}:\n{_indented(value)}" for name, value in block.shown())
    return block


def _html(block: Block) -> str:
    if isinstance(block, Link):
        return f'<p><a href="{escape(block.address)}">{escape(block.words)}</a></p>\n'
    if isinstance(block, Heading):
        return f'<h2 style="font-size:1.1em;margin:1.5em 0 0.5em">{escape(block.words)}</h2>\n'
    if isinstance(block, Bullets):
        return "<ul>\n" + "".join(f"<li><bdi>{escape(line)}</bdi></li>\n" for line in block.lines) + "</ul>\n"
    if isinstance(block, Table):
        return "<dl>\n" + "".join(_row(name, value) for name, value in block.shown()) + "</dl>\n" if block.rows else ""
    return f"<p>{escape(block)}</p>\n"


def _row(name: str, value: str) -> str:
    told = f'<dd style="margin:0;white-space:pre-wrap;overflow-wrap:anywhere" dir="auto">{escape(value)}</dd>\n'
    return f'<dt style="margin-top:1em;{_QUIET}" dir="auto">{escape(name)}</dt>{told}'


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines()) or "  –"
