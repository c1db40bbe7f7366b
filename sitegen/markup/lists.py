"""Lists as kramdown and CommonMark read them, written as Python-Markdown reads them.

Python-Markdown nests by four blanks and wants a blank line before a list; people nest by the width of the
marker and write lists straight after a sentence. This pass walks the lines with a stack of the open items and
writes each item at four blanks a level. Fenced code is taken out on the way (`keep` gives the line that stands
for it), for only here is known to which item it belongs. HTML blocks and indented code stay as they are.

Not copied from kramdown: a number other than 1 does not begin a list in the middle of a paragraph, so that
"1986. A great year" stays a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sitegen.markup.budgets import DEPTH
from sitegen.markup.lines import Fence, HtmlBlocks, end_of_fence, fence_at
from sitegen.markup.rendered import MarkupError


class Keeper(Protocol):
    """Takes blocks that are ready; each method gives the line that stands for the block."""

    def code(self, text: str, info: str) -> str:
        """Take the text of fenced code, with its info string."""

    def html(self, text: str) -> str:
        """Take an HTML block."""


_MARKER = re.compile(r"( *)([*+-]|\d{1,9}\.)( +|$)(.*)")
_RULE = re.compile(r" *([*_-])(?: *\1){2,} *$")
_UNDERLINE = re.compile(r" {0,3}(?:-+|=+) *$")
_HEADING = re.compile(r" {0,3}#{1,6}(?: |$)")
_QUOTE = re.compile(r" {0,3}> ?")
_ATTRIBUTES = re.compile(r" {0,3}\{:[^}]*\} *$")
_CONTENTS = re.compile(r" *\{:\s*toc\b[^}]*\} *$")
_DEFINITION = re.compile(r" {0,3}(?:: |\*?\[[^\]]+\]:)")  # a definition's `: `, a link, a footnote, an abbreviation
TAB = 4


@dataclass(frozen=True)
class _Item:
    """An open item: the columns of its marker and of its text, and whether it is numbered."""

    marker: int
    text: int
    numbered: bool


def arranged(lines: Sequence[str], keep: Keeper) -> list[str]:
    """The lines with lists by four blanks a level and each fenced block as one line."""
    return _Walk(lines, keep).walk()


class _Walk:
    """One pass over the lines of the document, or of one quote in it."""

    def __init__(self, lines: Sequence[str], keep: Keeper, first: int = 1, depth: int = 0) -> None:
        self.lines, self.keep = lines, keep
        self.first, self.depth = first, depth  # the number of the first line; in how many quotes and lists
        self.html = HtmlBlocks(lines)
        self.items: list[_Item] = []
        self.written: list[str] = []
        self.at = 0
        self.fresh = True  # after a blank line, a heading or the like: nothing can be continued
        self.code = False  # inside indented code

    def walk(self) -> list[str]:
        while self.at < len(self.lines):
            if not self.lines[self.at].strip():
                self.blank()
                self.at += 1
            else:
                self.at = self.block()
        return self.written

    def block(self) -> int:
        """Write what begins at this line; the number of the line after it."""
        line = self.lines[self.at]
        line = line.expandtabs(TAB) if "\t" in line else line
        indent = len(line) - len(line.lstrip(" "))
        if self.is_code(indent):
            self.code = self.fresh = True
            return self.put(" " * (TAB * len(self.items) + indent - self.column()) + line.lstrip(" "))
        self.code = False
        if fence := fence_at(line):
            return self.fence(fence)
        if (end := self.html.end(self.at, self.column_for(indent))) > self.at:
            return self.verbatim(end, indent)
        if _QUOTE.match(line[self.column_for(indent) :]):
            return self.quote(indent)
        if (marker := _MARKER.match(line)) and not _RULE.match(line) and self.begins_item(marker):
            return self.item(marker)
        return self.text(line, indent)

    def put(self, line: str) -> int:
        self.written.append(line)
        return self.at + 1

    def blank(self) -> None:
        if (self.written and self.written[-1]) or self.code:
            self.written.append("")
        self.fresh = True

    def column(self) -> int:
        """The column where the text of the innermost open item begins."""
        return self.items[-1].text if self.items else 0

    def column_for(self, indent: int) -> int:
        return max((item.text for item in self.items if item.text <= indent), default=0)

    def is_code(self, indent: int) -> bool:
        """Whether a line with that many blanks is indented code, in the item that it belongs to."""
        return (self.fresh or self.code) and indent - self.column_for(indent) >= TAB

    def leave(self, indent: int) -> None:
        """Close the items whose text stands further right than the line."""
        while self.items and indent < self.items[-1].text:
            self.items.pop()

    def apart(self) -> None:
        """A blank line before what follows, unless there is one."""
        if self.written and self.written[-1]:
            self.written.append("")

    def fence(self, fence: Fence) -> int:
        self.leave(fence.indent)
        end = end_of_fence(self.lines, self.at, fence)
        cut = re.compile(rf"(?: {{0,{fence.indent}}})")
        code = "".join(cut.sub("", line, count=1) + "\n" for line in self.lines[self.at + 1 : end])
        self.apart()
        self.put(" " * TAB * len(self.items) + self.keep.code(code, fence.info))
        self.written.append("")
        self.fresh = True
        return end + 1

    def verbatim(self, end: int, indent: int) -> int:
        """An HTML block as it is; in an item it is kept, for there Python-Markdown takes it for a paragraph."""
        self.leave(indent)
        block = self.lines[self.at : end]
        if self.items:
            self.apart()
            self.put(" " * TAB * len(self.items) + self.keep.html("\n".join(block).strip()))
            self.written.append("")
        else:
            self.written.extend(block)
        self.fresh = bool(self.items)
        return end

    def quote(self, indent: int) -> int:
        """A quote is a document of its own: arrange it, and write it with its marks again."""
        if self.fresh:
            self.leave(indent)
        column, end = self.column_for(indent), self.at
        inside: list[str] = []
        while end < len(self.lines):
            line = self.lines[end].expandtabs(TAB)
            match = _QUOTE.match(line[column:])
            if not match or line[:column].strip():
                break
            inside.append(line[column:][match.end() :])
            end += 1
        if self.fresh or not self.items:
            self.apart()
        prefix = " " * TAB * len(self.items) + "> "
        self.written.extend((prefix + line) if line else prefix.rstrip() for line in self.inside_quote(inside))
        self.fresh = False
        return end

    def inside_quote(self, lines: Sequence[str]) -> list[str]:
        depth = self.depth + len(self.items) + 1
        self.check(depth)
        inside = _Walk(lines, self.keep, self.first + self.at, depth).walk()
        while inside and not inside[-1]:
            inside.pop()
        return inside

    def check(self, depth: int) -> None:
        if depth > DEPTH:
            raise MarkupError(f"lists and quotes more than {DEPTH} deep", self.first + self.at)

    def begins_item(self, marker: re.Match[str]) -> bool:
        """Whether the marker begins an item here, or is text."""
        indent, sign, text = len(marker[1]), marker[2], marker[4]
        if not self.items:
            return indent < TAB and (self.fresh or (bool(text) and (sign in "*+-" or sign == "1.")))
        if not self.fresh and not text and not self.sibling(indent):
            return False
        return indent - self.column_for(indent) < TAB

    def sibling(self, indent: int) -> bool:
        return any(item.marker <= indent < item.text for item in self.items)

    def is_sibling(self, indent: int, *, numbered: bool) -> bool:
        """Whether the marker stands beside the innermost open item: of the same kind, or at the same column."""
        if not self.items or indent >= self.items[-1].text:
            return False
        return self.items[-1].numbered == numbered or indent == self.items[-1].marker

    def item(self, marker: re.Match[str]) -> int:
        indent, sign, gap, text = len(marker[1]), marker[2], len(marker[3]), marker[4]
        numbered = sign not in "*+-"
        first = not self.items
        while self.items and indent < self.items[-1].marker:
            self.items.pop()
        before = self.items.pop() if self.is_sibling(indent, numbered=numbered) else None
        if first or (before and before.numbered != numbered):
            self.apart()
        gap = gap if 0 < gap <= TAB else 1
        self.items.append(_Item(indent, indent + len(sign) + gap, numbered))
        self.check(self.depth + len(self.items))
        if self.at + 1 < len(self.lines) and _CONTENTS.match(self.lines[self.at + 1]):
            return self.contents()
        self.fresh = not text
        return self.put(" " * TAB * (len(self.items) - 1) + f"{sign} {text}".rstrip(" ") + "  " * text.endswith("  "))

    def contents(self) -> int:
        """kramdown's list that stands for the table of contents."""
        self.items.pop()
        self.apart()
        self.written += ["[TOC]", ""]
        self.fresh = True
        return self.at + 2

    def text(self, line: str, indent: int) -> int:
        """A line of a paragraph, a heading, a rule: continues the item's text, or belongs to an outer one."""
        alone = bool(_HEADING.match(line) or _RULE.match(line) or _ATTRIBUTES.match(line) or _DEFINITION.match(line))
        if self.fresh or (alone and self.items and not _UNDERLINE.match(line)):
            was_open = bool(self.items)
            self.leave(indent)
            if was_open and not self.fresh:
                self.apart()
            depth, extra = len(self.items), indent - self.column()
        else:
            depth, extra = max(0, len(self.items) - 1), 0 if self.items else indent
        heading = bool(_HEADING.match(line))
        if heading:
            self.apart()
        self.put(" " * (TAB * depth + extra) + line.lstrip(" "))
        if heading or (not self.fresh and _UNDERLINE.match(line)):
            self.written.append("")
        self.fresh = heading or not self.written[-1]
        return self.at + 1
