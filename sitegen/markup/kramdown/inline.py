"""Smaller marks in a text: footnote references, formulas, attribute lists, entities, breaks, escapes, struck words.

Source: kramdown/parser/kramdown/{footnote,math,extensions,html_entity,line_break,escaped_chars}.rb and gfm.rb.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.markup.kramdown.attributes import EXTENSION, extension_end, extension_node, parsed
from sitegen.markup.kramdown.maths import inline_formula
from sitegen.markup.kramdown.nodes import HTML, NOTE, REFERENCE, Node, add_child, add_text, last_child, reference
from sitegen.markup.kramdown.patterns import LIST_NAME, LIST_SIGNS, S

if TYPE_CHECKING:
    from sitegen.markup.kramdown.spans import Spans

_FOOTNOTE = re.compile(rf"\[\^({LIST_NAME})\]")
_EXTENSION = re.compile(EXTENSION)
_ATTRIBUTES = re.compile(rf"\{{:({LIST_SIGNS})\}}")
_BREAK = re.compile(r"(?:  |\\\\?)(?=\n)")
ESCAPE = re.compile(r"\\([\\.*_+`<>()\[\]{}#!:|\"'$=\-~])")
_STRIKES = re.compile(rf"~~(?!{S}|~)")
_STRUCK = re.compile(r"~~(.*?[^ \t\r\n\f\v~])~~", re.DOTALL)


def footnote(spans: Spans, node: Node) -> bool:
    """A reference to a note."""
    match = _FOOTNOTE.match(spans.text, spans.at)
    if not match or match[1] not in spans.document.footnotes:
        return False
    add_child(node, Node(NOTE)).value = match[1]
    spans.at = match.end()
    return True


def formula(spans: Spans, node: Node) -> bool:
    """`$$ … $$` within a text."""
    end = spans.text.find("$$", spans.at + 2) if spans.text.startswith("$$", spans.at) else -1
    if end < 0:
        return False
    add_child(node, inline_formula(spans.text[spans.at + 2 : end].strip()))
    spans.at = end + 2
    return True


def extension(spans: Spans, node: Node) -> bool:
    """`{: .class}` after an element, `{::comment}` and `{::nomarkdown}`; anything else is text."""
    if spans.text.find("}", spans.at) < 0:
        return False
    if match := _EXTENSION.match(spans.text, spans.at):
        return _extension(spans, node, match)
    last = last_child(node)
    if last is None or node.parts or not (match := _ATTRIBUTES.match(spans.text, spans.at)):
        return False
    spans.document.apply(last, parsed(match[1]))
    spans.at = match.end()
    return True


def _extension(spans: Spans, node: Node, match: re.Match[str]) -> bool:
    name, options, closed = match.groups()
    body, end = "", match.end()
    if not closed:
        if ("{:/", name) in spans.failed:
            return False
        stop = re.compile(extension_end(name)).search(spans.text, end)
        if not stop:
            spans.failed.add(("{:/", name))
            return False
        body, end = spans.text[end : stop.start()], stop.end()
    found = extension_node(name, options or "", body, spans.document)
    if found is None:
        return False
    spans.at = end
    add_child(node, found)
    return True


def entity(spans: Spans, node: Node) -> bool:
    """`&amp;` is the sign that it means; one that means nothing is text."""
    match = REFERENCE.match(spans.text, spans.at)
    sign = reference(match) if match else None
    if not match or not sign:
        return False
    add_text(node, sign)
    spans.at = match.end()
    return True


def line_break(spans: Spans, node: Node) -> bool:
    """Two blanks or backslashes at the end of a line, or one: that is text in HTML, and nothing at the text's end."""
    match = _BREAK.match(spans.text, spans.at)
    if not match:
        return False
    single = match[0] == "\\"
    if single and HTML in spans.open:
        return False
    spans.at = match.end()
    if not single or spans.at + 1 < len(spans.text):
        add_child(node, Node("br"))
    return True


def escape(spans: Spans, node: Node) -> bool:
    """A backslash makes a mark text."""
    if match := spans.scan(ESCAPE):
        add_text(node, match[1])
    return bool(match)


def struck(spans: Spans, node: Node) -> bool:
    """`~~struck~~`."""
    if ("~~",) in spans.failed or not _STRIKES.match(spans.text, spans.at):
        return False
    match = spans.scan(_STRUCK)
    if not match:
        spans.failed.add(("~~",))
        return False
    within = type(spans)(spans.document, match[1])
    within.fill(add_child(node, Node("del")))
    return True
