"""By what feed readers know the entries of an Atom feed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError, fromstring

_ATOM = "{http://www.w3.org/2005/Atom}"


def entry_ids(feed: bytes) -> Mapping[str, str]:
    """Path of the entry's page → id of the entry; nothing where this is no Atom feed."""
    try:
        root = fromstring(feed)
    except (ParseError, ValueError):
        return {}
    return {_path(entry): (entry.findtext(f"{_ATOM}id") or "").strip() for entry in root.iter(f"{_ATOM}entry")}


def differing_ids(theirs: bytes, ours: bytes) -> Iterator[str]:
    """A sentence for each entry that a reader would see a second time."""
    here = entry_ids(ours)
    for path, known in entry_ids(theirs).items():
        if path not in here:
            yield f'the entry "{known}" is not here'
        elif here[path] != known:
            yield f'the entry "{known}" is "{here[path]}" here'


def _path(entry: Element) -> str:
    links = entry.findall(f"{_ATOM}link")
    found = next((link for link in links if link.get("rel", "alternate") == "alternate"), None)
    return urlsplit(found.get("href", "")).path if found is not None else ""
