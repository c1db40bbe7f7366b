"""The tree as HTML. Source: kramdown/converter/html.rb."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree.ElementTree import Element

from sitegen.markup import mathml
from sitegen.markup.code_options import NONE, options_of
from sitegen.markup.headings import LEVELS, MARK, WITHIN
from sitegen.markup.highlighting import code_block, language_of
from sitegen.markup.kramdown.document import Document
from sitegen.markup.kramdown.lists import BOX
from sitegen.markup.kramdown.maths import delimited
from sitegen.markup.kramdown.nodes import BLANK, COMMENT, END, FORMULA, NOTE, RAW, Node
from sitegen.markup.kramdown.notes import Notes
from sitegen.markup.kramdown.patterns import VOID

_SPECIAL = re.compile(r"[&<>]")
_IN_ATTRIBUTE = re.compile(r"&(?:[A-Za-z_:][\w:.\-]*|#[0-9]+|#x[0-9a-fA-F]+);|[&<>\"]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_BLOCKS = frozenset(("p", "dt", "hr", "td", "th", *LEVELS))
_GROUPS = frozenset(("ul", "ol", "dl", "blockquote", "div", "table", "thead", "tbody", "tfoot", "tr"))
_REGION = '<div class="table" role="region" tabindex="0" aria-label="Table">'
_PLACES = {"ul": "<p>[TOC]</p>\n", "ol": "<ol>[TOC]</ol>\n"}  # where the contents are put in
_LANGUAGE = re.compile(r"(?:^| )language-(\S+)")


def escaped(text: str) -> str:
    """The text as HTML."""
    return _SPECIAL.sub(lambda match: _ESCAPES[match[0]], text) if _SPECIAL.search(text) else text


def attributes(node: Element) -> str:
    """The attributes with a blank before each; references in values stay as they are."""
    if not node.attrib:
        return ""
    return "".join(
        f' {name}="{_IN_ATTRIBUTE.sub(lambda match: _ESCAPES.get(match[0], match[0]), value)}"'
        for name, value in node.items()
        if name != "id" or value.strip()
    )


class Writer:
    """Writes one document."""

    def __init__(self, document: Document) -> None:
        self.notes = Notes(document.footnotes, document.dialect.footnote_nr)
        self.maths = document.dialect.maths
        self.extended = document.dialect.extended
        self.auto_ids = document.dialect.auto_ids
        self.out: list[str] = []
        self.placed: dict[str, int] = {}  # the contents and the footnotes: where in `out`
        self.within = 0  # how many of the author's elements

    def document(self, root: Element) -> str:
        """The whole document, footnotes at its end or where `{:footnotes}` stands."""
        self.inside(root)
        end = len(self.out)
        for note in self.notes.waiting():
            self.out.append(self.notes.opening(note))
            self.inside(self.notes.item(note))
            self.out.append("</li>\n")
        self.out.append(self.notes.end())
        place = self.placed.get("footnotes", end)
        return "".join(self.out[:place] + self.out[end:] + self.out[place:end])

    def inside(self, node: Element, *, text: Callable[[str], str] = escaped) -> None:
        """The node's text and children."""
        if node.text:
            self.out.append(text(node.text))
        for child in node:
            assert isinstance(child, Node)
            self.element(child)
            if child.tail:
                self.out.append(text(child.tail))

    def element(self, node: Node) -> None:
        """The node with its tags."""
        tag = node.tag
        if node.written:
            self._written(node)
        elif tag in _OTHERS:
            _OTHERS[tag](self, node)
        elif node.transparent:
            self._box(node)
            self.inside(node)
        else:
            self.out.append(f"<{tag}{self._mark(tag)}{attributes(node)}>" + "\n" * (tag in _GROUPS))
            self._box(node)
            if tag not in VOID:
                self.inside(node)
                self.out.append(f"</{tag}>")
            if tag in _GROUPS or tag in _BLOCKS:
                self.out.append("\n")

    def _mark(self, tag: str) -> str:
        return f' {MARK}="{WITHIN if self.within else 1}"' if self.auto_ids and tag in LEVELS else ""

    def _box(self, node: Node) -> None:
        if node.value.startswith(BOX):
            self.out.append(f'<input type="checkbox" disabled{node.value.removeprefix(BOX)}/> ')

    def _written(self, node: Node) -> None:
        """The author's own element."""
        self.out.append(f"<{node.tag}{attributes(node)}>")
        if node.tag not in VOID:
            if node.model == "block":
                self.out.append("\n")
            self.within += 1
            self.inside(node, text=str if node.literal else escaped)
            self.within -= 1
            self.out.append(f"</{node.tag}>")

    def _item(self, node: Node) -> None:
        self.out.append(f"<{node.tag}{attributes(node)}>")
        self.inside(node)
        self.out.append(f"</{node.tag}>\n")

    def _list(self, node: Node) -> None:
        """A list; the one that `{:toc}` names stands for the contents, that of `{:footnotes}` for the footnotes."""
        for name in node.lists.names if node.lists else ():
            if name in ("toc", "footnotes") and name not in self.placed:
                self.placed[name] = len(self.out)
                if name == "toc":
                    self.out.append(_PLACES[node.tag])
                return
        self.out.append(f"<{node.tag}{attributes(node)}>\n")
        self.inside(node)
        self.out.append(f"</{node.tag}>\n")

    def _table(self, node: Node) -> None:
        self.out.append(f"{_REGION}<table{attributes(node)}>\n")
        self.inside(node)
        self.out.append("</table></div>\n")

    def _code(self, node: Node) -> None:
        """A code block: coloured where it was fenced or its attributes name a language."""
        css, text = node.get("class", ""), node.text or ""
        named = _LANGUAGE.search(css)
        if node.model != "fenced" and not named:
            self.out.append(f"<pre{attributes(node)}><code>{escaped(text)}</code></pre>\n")
            return
        options = options_of(node.value) if self.extended else NONE
        if self.extended and "title" in node.attrib:
            options = replace(options, title=node.attrib.pop("title"))
        html = code_block(text, language_of(node.value) or (named[1] if named else ""), options)
        if node.attrib:
            node.set("class", f"highlight {_LANGUAGE.sub('', css).strip()}".strip())
            html = html.replace(' class="highlight"', attributes(node), 1)
        self.out.append(html + "\n")

    def _formula(self, node: Node) -> None:
        if node.model == "block":
            node.set("class", f"math {node.get('class', '')}".strip())
            inside = self._maths(node)
            more = mathml.SCROLLS if self.maths else ""
            self.out.append(f"<div{attributes(node)}{more}>{inside}</div>\n")
        else:
            text = self._maths(node)
            self.out.append(f"<span{attributes(node)}>{text}</span>" if node.attrib else text)

    def _maths(self, node: Node) -> str:
        if not self.maths:
            return escaped(delimited(node))
        return mathml.converted(node.text or "", display=node.model or "inline")

    def _note(self, node: Node) -> None:
        self.out.append(self.notes.reference(node.value))

    def _as_it_is(self, node: Node) -> None:
        self.out.append(node.text or "")

    def _nothing(self, node: Node) -> None:
        pass


_OTHERS: dict[str, Callable[[Writer, Node], None]] = {
    "li": Writer._item,
    "dd": Writer._item,
    "ul": Writer._list,
    "ol": Writer._list,
    "table": Writer._table,
    "pre": Writer._code,
    FORMULA: Writer._formula,
    NOTE: Writer._note,
    RAW: Writer._as_it_is,
    COMMENT: Writer._as_it_is,
    BLANK: Writer._nothing,
    END: Writer._nothing,
}
