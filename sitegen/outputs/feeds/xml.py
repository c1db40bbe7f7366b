"""Elements of XML: escaped, and without the signs that XML cannot hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from sitegen.patterns import regex

_NOT_XML = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, 2.2


def clean(text: str) -> str:
    """The text with a replacement character for each sign that no feed can hold."""
    return _NOT_XML.sub("\ufffd", text)


def element(name: str, text: str = "", given: Mapping[str, str] | None = None) -> str:
    """One element with text in it; "" where there is neither text nor an attribute.

    >>> element("title", "R & D", {"type": "text"}), element("subtitle")
    ('<title type="text">R &amp; D</title>', '')
    """
    pairs = attributes(given or {})
    if not text:
        return f"<{name}{pairs}/>" if pairs else ""
    return f"<{name}{pairs}>{escape(clean(text), quote=False)}</{name}>"


def attributes(given: Mapping[str, str]) -> str:
    """Attributes, each with a blank before it; those without a value are left out."""
    return "".join(f' {name}="{escape(clean(value))}"' for name, value in given.items() if value)


def heading(sheet: str) -> Iterator[str]:
    """The first lines of a document; `sheet` is the address of its style sheet, "" for none."""
    yield '<?xml version="1.0" encoding="utf-8"?>'
    if sheet:
        yield f"<?xml-stylesheet{attributes({'type': 'text/css', 'href': sheet})}?>"
