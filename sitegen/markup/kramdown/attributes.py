"""Attribute lists `{: .class #id key="v" name}`, their definitions `{:name: .class}`, and extensions `{::name}`.

Source: kramdown/parser/kramdown/extensions.rb.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.markup.dialect import changed
from sitegen.markup.kramdown.document import Document
from sitegen.markup.kramdown.nodes import BLANK, END, RAW, AttributeList, Node, add_child, last_child
from sitegen.markup.kramdown.patterns import ATTRIBUTES_ALONE, LIST_NAME, LIST_SIGNS, SPACE, S, anywhere, here

if TYPE_CHECKING:
    from sitegen.markup.kramdown.blocks import Blocks

_PAIR = rf"({LIST_NAME})=(\"|')((?:\\\}}|\\\2|(?!\2)[^}}])*?)\2"
_MARKS = r"((?:#[A-Za-z][\w:\-]*|\.[^ \t\r\n\f\v.#]+)+)"
_ANY = re.compile(rf"(?:\A|(?<={S}))(?:{_PAIR}|({LIST_NAME})|{_MARKS})(?={S}|\Z)")
_MARK = re.compile(r"#([A-Za-z][\w:\-]*)|\.([^ \t\r\n\f\v.#]+)")

_BLANKS = r"[ \t\r\f\v]*"
_NAMED = here(rf"^{SPACE}\{{:({LIST_NAME}):({LIST_SIGNS})\}}{_BLANKS}\n")
EXTENSION = rf"\{{::([A-Za-z0-9_]+)(?:{S}((?:{LIST_SIGNS})?)|)(/)?\}}"
_EXTENSION_LINE = here(rf"^{SPACE}{EXTENSION}{_BLANKS}\n")
_ALONE = here(ATTRIBUTES_ALONE)
_DEFINITIONS = ("link", "abbreviation", "footnote")


def parsed(text: str) -> AttributeList:
    """The list that the text between `{:` and `}` means."""
    found = AttributeList()
    for key, quote, value, name, marks in _ANY.findall(text):
        if name:
            found.names.append(name)
        elif marks:
            for identifier, css_class in _MARK.findall(marks):
                found.set("class" if css_class else "id", css_class or identifier)
        else:
            found.set(key, re.sub(rf"\\(\}}|{quote})", r"\1", value))
    return found


def extensions(blocks: Blocks, match: re.Match[str]) -> bool:
    """Whatever begins with `{:` on a line of its own."""
    if named := blocks.scan(_NAMED):
        blocks.document.lists.setdefault(named[1], AttributeList()).add(parsed(named[2]))
        blocks.add(Node(END)).value = "list"
        return True
    if extension := _EXTENSION_LINE.match(blocks.text, blocks.at):
        return _extension(blocks, extension)
    if alone := blocks.scan(_ALONE):
        _beside(blocks, parsed(alone[1]))
        return True
    return False


def _beside(blocks: Blocks, found: AttributeList) -> None:
    """A list belongs to the block before it, or else to the one after."""
    last = last_child(blocks.tree)
    if last is not None and last.tag != BLANK and (last.tag != END or last.value in _DEFINITIONS):
        last.lists = last.lists or AttributeList()
        last.lists.add(found)
        if not _ALONE.match(blocks.text, blocks.at):
            blocks.add(Node(END)).value = "attributes"
    else:
        blocks.pending = blocks.pending or AttributeList()
        blocks.pending.add(found)


def extension_end(name: str) -> str:
    """The pattern of what ends an extension."""
    return rf"\{{:/(?:{name})?\}}"


def _extension(blocks: Blocks, match: re.Match[str]) -> bool:
    name, options, closed = match.groups()
    body, end = "", match.end()
    if not closed:
        key = f"{{:/{name}"
        if blocks.unclosed.get(key, end) < end:
            return False
        stop = anywhere(rf"^{SPACE}{extension_end(name)}{_BLANKS}\n").search(blocks.text, end)
        if not stop:
            blocks.unclosed[key] = blocks.at
            return False
        body, end = blocks.text[end : stop.start()], stop.end()
    node = extension_node(name, options or "", body, blocks.document)
    if node is None:
        return False
    blocks.at = end
    add_child(blocks.tree, node)
    return True


def extension_node(name: str, options: str, body: str, document: Document) -> Node | None:
    """What an extension becomes: nothing to be seen for `comment` and `options`; None for one there is not.

    Options hold from here on; those of the marks in a text hold for the whole document.
    """
    if name == "options":
        document.dialect = changed(document.dialect, parsed(options).values)
    if name == "nomarkdown":
        kinds = parsed(options).values.get("type", "html").split()
        node = Node(RAW)
        node.text = body if "html" in kinds else ""
        return node
    if name in ("comment", "options"):
        node = Node(END)
        node.value = "extension"
        return node
    return None
