"""Addresses that lead to a document, and documents that lead elsewhere (jekyll-redirect-from)."""

from __future__ import annotations

import re

from sitegen.content.documents import Reader, Written
from sitegen.marked import Origin, items_of
from sitegen.urls import is_external, is_web_address

_HINT = "write it as /old/address/ or /old/address.html"


def redirects_from(reader: Reader, written: Written) -> tuple[str, ...]:
    """The other addresses of a document: one, or a list."""
    found = []
    for text, origin in _listed(reader, written, "redirect_from"):
        if is_external(text):
            reader.problems.tolerate(origin.problem(f'`redirect_from`: "{text}" is of another site', _HINT))
        elif re.search(r"[?#]", text):
            message = f'`redirect_from`: no file can answer to "{text}"'
            reader.problems.tolerate(origin.problem(message, "a web server may; nothing behind ? or # is in its name"))
        elif (url := reader.url(text, origin)) is not None:
            found.append(url)
    return tuple(dict.fromkeys(found))


def redirect_to(reader: Reader, written: Written) -> str:
    """Where a document's own address leads, or "": a path within the site, or a web address. Of a list the first."""
    for text, origin in _listed(reader, written, "redirect_to")[:1]:
        if not is_external(text) or is_web_address(text):
            return text
        hint = "write it as https://example.org/there, or as /path/below/the/site/"
        reader.problems.tolerate(origin.problem(f'`redirect_to`: no browser should be led to "{text}"', hint))
    return ""


def _listed(reader: Reader, written: Written, key: str) -> list[tuple[str, Origin]]:
    if written.values.get(key) is None:
        return []
    items = items_of(written.values[key], written.origin(key))
    if not all(isinstance(item, str | int | float | None) for item, _ in items):
        reader.wrong(written, key, "is neither an address nor a list of them", f"write `{key}: /address/`")
        return []
    return [(text, place) for item, place in items if (text := place.written(item))]
