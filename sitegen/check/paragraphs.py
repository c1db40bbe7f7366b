"""The paragraphs of a Markdown body as they are written: what stands outside of code, HTML and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.check.look import Look
from sitegen.leads.places import Place
from sitegen.markup.lines import text_lines
from sitegen.model.content import Document

_ITEM = re.compile(r"\s*(?:[*+-]|\d+\.)[ \t]|\s*:[ \t]|\[[^\]]+\]:")  # of a list, of definitions, and link definitions
_CODE = re.compile(r"(?<!`)(`{1,9})(?!`).{1,999}?(?<!`)\1(?!`)")


@dataclass(frozen=True)
class Paragraph:
    """Some lines with nothing blank between them: the number of the first, from 0, and the text of each."""

    start: int
    lines: tuple[str, ...]

    @property
    def is_item(self) -> bool:
        """Whether it begins as an item of a list, or defines something."""
        return _ITEM.match(self.lines[0]) is not None


def paragraphs(body: str) -> Iterator[Paragraph]:
    """The paragraphs of a body, but for those that four blanks make code, or a part of a list."""
    group: list[str] = []
    start = last = -2
    for number, line in [*text_lines(body), (-2, "")]:
        if group and (number != last + 1 or not line.strip()):
            if not group[0].startswith(("    ", "\t")):
                yield Paragraph(start, tuple(group))
            group = []
        if line.strip():
            start = number if not group else start
            group.append(line)
        last = number


def without_code(line: str) -> str:
    """The line with the code in it taken out."""
    return _CODE.sub("", line)


def written_lines(body: str) -> Iterator[tuple[int, str]]:
    """The lines of text, with their numbers from 0, without the code in them, and none that four blanks make code."""
    blank = True
    for number, line in text_lines(body):
        is_code = blank and line.startswith(("    ", "\t"))
        if not is_code:
            yield number, without_code(line)
        blank = is_code or not line.strip()


def place_of(document: Document, line: int) -> Place:
    """The line of a body, counted from 0, in its author's file."""
    return Place(document.path, document.origin.text, document.line_of(line + 1))


def paragraphs_with(look: Look, wanted: re.Pattern[str]) -> Iterator[tuple[Document, Paragraph]]:
    """Every paragraph of the documents in Markdown in whose bodies something is found that is wanted."""
    for document in look.markdown:
        if wanted.search(document.body):
            for paragraph in paragraphs(document.body):
                yield document, paragraph
