"""Definitions of links, footnotes and abbreviations.

Source: kramdown/parser/kramdown/{link,footnote,abbreviation}.rb.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.markup.kramdown.document import Footnote, link_name
from sitegen.markup.kramdown.fences import indented_end
from sitegen.markup.kramdown.nodes import END, Node
from sitegen.markup.kramdown.patterns import INDENT, LIST_NAME, SIGN, SPACE, anywhere, here

if TYPE_CHECKING:
    from sitegen.markup.kramdown.blocks import Blocks

_FOOTNOTE = here(rf"^{SPACE}\[\^({LIST_NAME})\]:(.*\n)")
_LINK = here(rf"^{SPACE}\[([^\n\]]+)\]:[ \t]*({SIGN}.*)\n")
_ADDRESS = re.compile(r"<([^>\n]*)>[ \t]*(?:[ \t](.*))?\Z")
_ABBREVIATION = here(rf"^{SPACE}\*\[(.+?)\]:(.*)\n")
_TITLE = re.compile(r"([\"'])(.+)\1[ \t]*\Z")
_TITLE_LINE = here(r"^[ \t]*([\"'])(.+)\1[ \t]*\n")
_QUOTE = re.compile(r"[ \t]+(?=[\"'])")
_INDENT = anywhere(rf"^{INDENT}")


def footnote(blocks: Blocks, match: re.Match[str]) -> bool:
    """`[^name]: text`, and the indented lines that follow."""
    found = blocks.scan(_FOOTNOTE)
    if not found:
        return link(blocks, match)
    line, end = blocks.number, indented_end(blocks.text, blocks.at)
    text = _INDENT.sub("", found[2].lstrip(" \t") + blocks.text[blocks.at : end])
    blocks.at = end
    note = Node("li")
    blocks.fill(note, text, line)
    _define(blocks.document.footnotes, found[1], Footnote(note))
    blocks.add(Node(END)).value = "footnote"
    return True


def _define(notes: dict[str, Footnote], name: str, note: Footnote) -> None:
    """The last note of a name counts; an earlier one is kept under another, so that its words stay."""
    if earlier := notes.get(name):
        notes[f"{name}-again-{len(notes)}"] = earlier
    notes[name] = note


def link(blocks: Blocks, match: re.Match[str]) -> bool:
    """`[name]: address "title"`; the title may stand on the next line."""
    found = _LINK.match(blocks.text, blocks.at)
    if not found or (split := _address_and_title(found[2].rstrip())) is None:
        return False
    address, title = split
    blocks.at = found.end()
    if not title and (below := blocks.scan(_TITLE_LINE)):
        title = below[2]
    node = blocks.add(Node(END))
    node.value = "link"
    blocks.document.links[link_name(found[1])] = (address, title, node)
    return True


def _address_and_title(text: str) -> tuple[str, str] | None:
    if match := _ADDRESS.match(text):
        title = _TITLE.match((match[2] or "").strip(" \t"))
        if title or not (match[2] or "").strip(" \t"):
            return match[1], title[2] if title else ""
    quote = _QUOTE.search(text)
    if not quote:
        return text, ""
    title = _TITLE.match(text, quote.end())
    return (text[: quote.start()], title[2]) if title else None


def abbreviation(blocks: Blocks, match: re.Match[str]) -> bool:
    """`*[HTML]: what it is short for`."""
    found = blocks.scan(_ABBREVIATION)
    if not found:
        return False
    node = blocks.add(Node(END))
    node.value = "abbreviation"
    blocks.document.abbreviations[found[1]] = (found[2].strip(), node)
    return True
