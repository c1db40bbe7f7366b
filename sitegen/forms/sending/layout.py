"""What a letter says, laid out as plain text and as HTML. Pure functions.

Words of visitors are text and nothing else: signs that steer a terminal or turn the direction of a line are not shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from sitegen.languages import html_attributes
from sitegen.texts import UNSEEN
from sitegen.words.directions import ISOLATE, POP
from sitegen.words.directions import apart as isolated

LONGEST_VALUE, MOST_ROWS = 20_000, 200  # a mail server refuses what is too large, and all of it is in the inbox
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
    lang: str = "en"


def as_text(letter: Letter) -> str:
    """The letter in plain text."""
    return "\n\n".join(filter(None, map(_text, letter.blocks))) + "\n"


def as_html(letter: Letter) -> str:
    """The letter in HTML, which loads nothing from anywhere."""
    body = "".join(map(_html, letter.blocks))
    style = "font-family:sans-serif;line-height:1.5;max-width:40em;overflow-wrap:anywhere"
    # In the head it is that of the whole letter: on the body, black words would stand on a dark ground.
    head = '<meta charset="utf-8"><meta name="color-scheme" content="light dark">'
    html = f'<html{html_attributes(letter.lang)}><head>{head}</head><body style="{style}">\n{body}</body></html>'
    return f"<!doctype html>\n{html}\n"


def one_line(text: str, most: int = 200) -> str:
    """Text in one line: what ends or hides a line becomes a blank."""
    return " ".join(UNSEEN.sub(" ", text[: 4 * most]).split())[:most]


def apart(text: str) -> str:
    """Text in one line; signs that go from right to left turn nothing round that stands beside it."""
    return isolated(one_line(text))


def readable(text: str) -> str:
    """Text of several lines, of which each stays one: what ends a line anywhere ends one here."""
    return "\n".join(UNSEEN.sub("\ufffd", line) for line in text.splitlines())


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]} … (the rest is in the inbox)"


def _text(block: Block) -> str:
    if isinstance(block, Link):
        return f"{block.words}\n{block.address}"  # no colon: each language has its own
    if isinstance(block, Heading):
        return f"{block.words}\n{'-' * len(block.words)}"
    if isinstance(block, Bullets):
        return "\n".join(f"* {line}" for line in block.lines)
    if isinstance(block, Table):
        return "\n\n".join(f"{name}:\n{_indented(value)}" for name, value in block.shown())
    return block


def _html(block: Block) -> str:
    if isinstance(block, Link):
        return f'<p><a href="{escape(block.address)}">{_marked(block.words)}</a></p>\n'
    if isinstance(block, Heading):
        return f'<h2 style="font-size:1.1em;margin:1.5em 0 0.5em">{_marked(block.words)}</h2>\n'
    if isinstance(block, Bullets):
        return "<ul>\n" + "".join(f"<li>{_marked(line)}</li>\n" for line in block.lines) + "</ul>\n"
    if isinstance(block, Table):
        return "<dl>\n" + "".join(_row(name, value) for name, value in block.shown()) + "</dl>\n" if block.rows else ""
    return f"<p>{_marked(block)}</p>\n"


def _marked(text: str) -> str:
    """Words of ours as HTML: what is `apart` in them becomes an element."""
    return escape(text).replace(ISOLATE, "<bdi>").replace(POP, "</bdi>")


def _row(name: str, value: str) -> str:
    told = f'<dd style="margin:0;white-space:pre-wrap;overflow-wrap:anywhere" dir="auto">{escape(value)}</dd>\n'
    return f'<dt style="margin-top:1em;{_QUIET}" dir="auto">{escape(name)}</dt>{told}'


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines()) or "  –"
