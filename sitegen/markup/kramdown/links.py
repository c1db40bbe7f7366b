"""Links and pictures. Source: kramdown/parser/kramdown/{link,autolink}.rb."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.markup.kramdown.document import link_name
from sitegen.markup.kramdown.inline import ESCAPE
from sitegen.markup.kramdown.nodes import Node, add_child
from sitegen.markup.kramdown.patterns import S

if TYPE_CHECKING:
    from sitegen.markup.kramdown.spans import Spans

_START = re.compile(r"!?\[(?=[^^])", re.DOTALL)
_STOP = r"\]|!?\["
_NAME = re.compile(rf"{S}*\[([^\]]+)?\]")
_ADDRESS = re.compile(r"\(<(.*?)>")
_PAREN = re.compile(rf"(\()|(\))|{S}(?=['\"])")
_TITLE = re.compile(rf"{S}*([\"'])(.+?)\1{S}*\)", re.DOTALL)
_AUTOLINK = re.compile(r"<((mailto|https?|ftps?):.+?|[\w\-.]+@[\w\-.]+)>")


def autolink(spans: Spans, node: Node) -> bool:
    """`<https://…>` or `<a@b.c>`."""
    match = spans.scan(_AUTOLINK)
    if match:
        link = add_child(node, Node("a", {"href": match[1] if match[2] else f"mailto:{match[1]}"}))
        link.text = match[1].removeprefix("mailto:")
    return bool(match)


def link(spans: Spans, node: Node) -> bool:
    """`[text](address "title")`, `[text][name]`, `[name]`, and pictures."""
    start = spans.at
    opening = _START.match(spans.text, start)
    if not opening:
        return False
    tag = "img" if opening[0][0] == "!" else "a"
    key = spans.key(start, tag)
    inside = tag == "a" and ("a" in spans.open or "img" in spans.open)
    if inside or key in spans.failed or spans.text.find("]", start) < 0:
        return spans.skip(node, opening[0], start)
    element = Node(tag)
    if _text(spans, element, opening.end()) and _target(spans, element, spans.text[opening.end() : spans.at - 1]):
        add_child(node, element)
        return True
    spans.failed.add(key)
    return spans.skip(node, opening[0], start)


def _text(spans: Spans, element: Node, at: int) -> bool:
    """Read the text up to the bracket that closes the link's; whether there is one."""
    count = 1

    def ends(match: re.Match[str]) -> bool:
        nonlocal count
        count += -1 if match[0] == "]" else 1
        return count == sum(child.tag == "img" and not getattr(child, "written", False) for child in element)

    spans.at = at
    found = spans.fill(element, _STOP, ends)
    if found:
        spans.at += 1
    return found


def _target(spans: Spans, element: Node, text: str) -> bool:
    """Read what follows the text; whether it makes a link."""
    alt = ESCAPE.sub(r"\1", text)
    name = spans.scan(_NAME)
    if name or not spans.text.startswith("(", spans.at):
        found = spans.document.links.get(link_name((name[1] if name else "") or alt))
        if found:
            spans.document.apply(element, found[2].lists)
            _finish(element, found[0], found[1], alt)
        return bool(found)
    address = _address(spans)
    if spans.text.startswith(")", spans.at):
        spans.at += 1
        _finish(element, address, "", alt)
        return True
    title = spans.scan(_TITLE)
    if title:
        _finish(element, address, title[2], alt)
    return bool(title)


def _address(spans: Spans) -> str:
    """The address in brackets; the reader stands at the bracket that closes, or at what should be a title."""
    if match := spans.scan(_ADDRESS):
        return match[1]
    start, depth = spans.at, 0
    while match := _PAREN.search(spans.text, spans.at):
        spans.document.spend()
        spans.at = match.end()
        depth += bool(match[1]) - bool(match[2])
        if not depth:
            spans.at -= 1
        if not depth or not (match[1] or match[2]):
            return spans.text[start + 1 : match.start()].strip()
    return ""


def _finish(element: Node, address: str, title: str, alt: str) -> None:
    if element.tag == "img":
        for child in list(element):
            element.remove(child)
        element.text = None
        element.set("src", address)
        element.set("alt", alt)
    else:
        element.set("href", address)
    if title:
        element.set("title", title)
