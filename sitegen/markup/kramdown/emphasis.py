"""Emphasis. Source: kramdown/parser/kramdown/emphasis.rb."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.markup.kramdown.nodes import Node, add_child, is_empty

if TYPE_CHECKING:
    from sitegen.markup.kramdown.spans import Spans

_MARK = re.compile(r"\*\*?|__?")
_IN_WORD = re.compile(r"[^\W\d_]-?[^\W\d_]*\Z")
_BLANK = frozenset(" \t\r\n\f\v")
_TAGS = {1: "em", 2: "strong"}
_LOOK_BACK = 64  # signs


def emphasis(spans: Spans, node: Node) -> bool:
    """`*em*` and `**strong**`; with `_`, not within words."""
    start, text = spans.at, spans.text
    match = _MARK.match(text, start)
    mark = match[0] if match else text[start]
    after = start + len(mark)
    if (
        (mark[0] == "_" and _IN_WORD.search(text[max(0, start - _LOOK_BACK) : start]))
        or (after < len(text) and text[after] in _BLANK)
        or _TAGS[len(mark)] in spans.open
    ):
        return spans.skip(node, mark, start)
    found = _read(spans, start, mark)
    if found is None and len(mark) == 2 and spans.open[-1] != "em":
        found = _read(spans, start, mark[0])
    if found is None:
        return spans.skip(node, mark, start)
    add_child(node, found)
    return True


def _last_end(spans: Spans, mark: str) -> int:
    """Where the mark stands for the last time with no blank before it; 0 if nowhere."""
    if mark not in spans.ends:
        at = spans.text.rfind(mark)
        while at > 0 and spans.text[at - 1] in _BLANK:
            at = spans.text.rfind(mark, 0, at)
        spans.ends[mark] = max(at, 0)
    return spans.ends[mark]


def _read(spans: Spans, start: int, mark: str) -> Node | None:
    """The element with what is in it, or None if nothing closes it."""
    text, tag, after = spans.text, _TAGS[len(mark)], start + len(mark)
    key = spans.key(start, mark)
    if key in spans.failed or _last_end(spans, mark) <= after:
        return None
    element = Node(tag)

    def ends(match: re.Match[str]) -> bool:
        at, end = match.start(), match.end()
        if text[at - 1] in _BLANK or is_empty(element):
            return False
        if tag == "em" and text.startswith(mark * 2, at) and not text.startswith(mark * 3, at):
            return False
        return not (mark[0] == "_" and text[end : end + 1].isalnum())

    spans.at = after
    if spans.fill(element, re.escape(mark), ends):
        spans.at += len(mark)
        return element
    spans.failed.add(key)
    spans.at = start
    return None
