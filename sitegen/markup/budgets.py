"""What a body may cost, by count and size, so that the same body passes or fails on every machine.

A parser searches the rest of the paragraph from each mark that nothing closes, and recurses into lists and quotes.
The limits were measured: a body that keeps them all renders in about two seconds at worst (see
tests/markup/test_budgets.py); a post of 250,000 signs is far below. What cannot be told from the text beforehand
the default engine counts as it reads (`kramdown.document.STEPS`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sitegen.markup.lines import text_lines
from sitegen.markup.rendered import MarkupError

BRACKETS = 1_500_000  # signs between brackets and what closes them, or the paragraph's end
TAGS = 20_000_000  # `<` that begins no whole tag, times the length of the body
LESS_THAN = 20_000  # `<` in a body
COPIES = 100_000_000  # marks of a paragraph times its length
MARKS = 10_000  # of emphasis, code, links, items, headings … in a body
BLOCKS = 20_000
CELLS = 10_000  # of one table, columns times rows
REPEATS = 500  # references to one footnote
DEPTH = 30  # lists and quotes in one another
DEFINITIONS = 50  # `: ` lines without a blank line between
MARKDOWN_IN_HTML = 200

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # no file can hold a lone surrogate, no page shows NUL
_INLINE = re.compile(r"\\|`+|\*+|(?<!\w)_+|_+(?!\w)|\[|<|&|~+|\S  $")
_STRUCTURE = re.compile(r"(?: {0,3}>)* *(?:[*+-] |\d+\. |#+ |: |\[[^\]]*\]:|\*\[|={1,3} *$|-{1,3} *$|(?:[*_-] ?){3,}$)")
_NESTED = re.compile(r"(?:[ \t]*(?:>|[*+-](?=[ \t])|\d{1,9}\.(?=[ \t])))+")
_RULE = re.compile(r" *([*_-])(?: *\1)+ *$")
_BRACKET = re.compile(r"\\.|\[|\]\(?|\)")
_TAG = re.compile(r"""</?[A-Za-z][^<>"'@]*+(?:(?:"[^"]*+"|'[^']*+')[^<>"']*+)*+>|<!--.*?-->|<[^\s<>]+>""")
_TAG_LIKE = re.compile(r"<[A-Za-z/!?]")
_CELLS = re.compile(r"(?=[^-]*-)[ :|-]+$")


def readable(body: str) -> str:
    """The body with one kind of line end, and without signs that no file can hold or that the engine uses itself."""
    text = body.replace("\r\n", "\n").replace("\r", "\n") if "\r" in body else body
    return _UNSTORABLE.sub("\ufffd", text).replace("\x02", "").replace("\x03", "")


@dataclass(frozen=True)
class _Paragraph:
    """Lines of text without a blank line between them; `line` is the first one's number from 1."""

    line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def check(body: str) -> None:
    """Raise `MarkupError` if the default engine would take too long over the body."""
    paragraphs = check_shape(body)
    for paragraph in paragraphs:
        _check_definitions(paragraph)
    _check_brackets(paragraphs)
    _check_tags(paragraphs, len(body))
    _spend("paragraphs, items and headings", BLOCKS, ((p.line, 1) for p in paragraphs))
    _spend("marks of emphasis, links, lists and the like", MARKS, ((p.line, _marks(p)) for p in paragraphs))
    _check_copies(paragraphs)
    _check_footnotes(paragraphs)


def check_shape(body: str) -> list[_Paragraph]:
    """Raise `MarkupError` for what would be too much for a page, whatever the engine; the paragraphs otherwise."""
    paragraphs = list(_paragraphs(text_lines(body)))
    for paragraph in paragraphs:
        _check_depth(paragraph)
        _check_table(paragraph)
    return paragraphs


def _paragraphs(lines: Iterable[tuple[int, str]]) -> Iterator[_Paragraph]:
    block: list[str] = []
    first = last = 0
    for at, line in lines:
        blank = not line.strip(" \t>")
        if block and (blank or at != last + 1):
            yield _Paragraph(first + 1, tuple(block))
            block = []
        if not blank:
            first = first if block else at
            block.append(line)
        elif _NESTED.match(line):
            yield _Paragraph(at + 1, (line,))
        last = at
    if block:
        yield _Paragraph(first + 1, tuple(block))


def _spend(what: str, limit: int, costs: Iterable[tuple[int, int]]) -> None:
    """Raise at the line where the sum of the costs passes the limit."""
    spent = 0
    for line, cost in costs:
        spent += cost
        if spent > limit:
            raise MarkupError(f"more than {limit:,} {what}: split the post", line)


def _marks(paragraph: _Paragraph) -> int:
    return sum(len(_INLINE.findall(line)) + bool(_STRUCTURE.match(line)) for line in paragraph.lines)


def _check_depth(paragraph: _Paragraph) -> None:
    for at, line in enumerate(paragraph.lines):
        match = _NESTED.match(line)
        if match and len(re.findall(r">|[*+-]|\d+\.", match[0])) > DEPTH and not _RULE.match(line):
            raise MarkupError(f"lists and quotes more than {DEPTH} deep", paragraph.line + at)
    if paragraph.text.count("markdown=") > MARKDOWN_IN_HTML:
        raise MarkupError(f'more than {MARKDOWN_IN_HTML} of markdown="1" in one block', paragraph.line)


def _check_definitions(paragraph: _Paragraph) -> None:
    if sum(line.lstrip().startswith(": ") for line in paragraph.lines) > DEFINITIONS:
        message = f"more than {DEFINITIONS} definitions without a blank line between them"
        raise MarkupError(message, paragraph.line)


def _check_table(paragraph: _Paragraph) -> None:
    if "|" in paragraph.text and any(_CELLS.match(line) for line in paragraph.lines[:3]):
        columns = max(line.count("|") for line in paragraph.lines) + 1
        if columns * len(paragraph.lines) > CELLS:
            raise MarkupError(f"a table of more than {CELLS:,} cells", paragraph.line)


def _check_brackets(paragraphs: Iterable[_Paragraph]) -> None:
    spent = 0
    for paragraph in paragraphs:
        text = paragraph.text
        opened = text.count("[")
        spent += _bracket_steps(text) if opened * len(text) > BRACKETS // 10 else 0
        if spent > BRACKETS:
            message = f"too many brackets in one paragraph: {opened:,} `[`, and most are closed late or never"
            raise MarkupError(f"{message}; put a backslash before those that are text", paragraph.line)


def _bracket_steps(text: str) -> int:
    """How many signs lie between each bracket and its end: what the engine walks in search of it."""
    steps = 0
    open_square: list[int] = []
    open_round: list[int] = []
    for match in _BRACKET.finditer(text):
        at, sign = match.start(), match[0]
        if sign == "[":
            open_square.append(at)
        elif sign[0] == "]":
            steps += at - open_square.pop() if open_square else 0
            open_round += [at] if sign == "](" else []
        elif sign == ")" and open_round:
            steps += at - open_round.pop()
    return steps + sum(len(text) - at for at in open_square + open_round)


def _check_copies(paragraphs: Iterable[_Paragraph]) -> None:
    spent = 0
    for paragraph in paragraphs:
        spent += _marks(paragraph) * sum(len(line.strip()) for line in paragraph.lines)
        if spent > COPIES:
            raise MarkupError("too many marks in one long paragraph: split it", paragraph.line)


def _check_tags(paragraphs: Iterable[_Paragraph], length: int) -> None:
    signs = 0
    unfinished = 0
    for paragraph in paragraphs:
        text = paragraph.text
        if "<" in text:
            signs += text.count("<")
            unfinished += len(_TAG_LIKE.findall(_TAG.sub("", text)))
        if unfinished * length > TAGS or signs > LESS_THAN:
            raise MarkupError(f"too many `<`: {signs:,}, {unfinished:,} of them begin no whole tag", paragraph.line)


def _check_footnotes(paragraphs: Iterable[_Paragraph]) -> None:
    counts: dict[str, int] = {}
    for paragraph in paragraphs:
        for label in re.findall(r"\[\^[^\]\n]{1,200}\]", paragraph.text):
            counts[label] = counts.get(label, 0) + 1
            if counts[label] > REPEATS:
                raise MarkupError(f"more than {REPEATS} references to the footnote {label[:20]}", paragraph.line)
