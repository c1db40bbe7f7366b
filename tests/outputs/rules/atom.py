"""Atom: RFC 4287, as far as a program can see it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tests.outputs.rules.shared import ATOM, LANGUAGE, MEDIA, XML, addresses, once, rfc3339

ONCE_IN_FEED = ("id", "title", "updated")
AT_MOST_ONCE_IN_FEED = ("generator", "icon", "logo", "rights", "subtitle")
ONCE_IN_ENTRY = ("id", "title", "updated")
AT_MOST_ONCE_IN_ENTRY = ("content", "published", "rights", "source", "summary")
ANY_NUMBER = ("author", "category", "contributor", "link")

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+")


def atom(text: str) -> Iterator[str]:
    """What is broken in an Atom feed."""
    root = ElementTree.fromstring(text.encode())
    if root.tag != f"{ATOM}feed":
        yield f"the root is {root.tag}"
    entries = root.findall(f"{ATOM}entry")
    yield from _counted(root, ONCE_IN_FEED, (*AT_MOST_ONCE_IN_FEED, *ANY_NUMBER, "entry"), AT_MOST_ONCE_IN_FEED)
    yield from _common(root)
    if root.find(f"{ATOM}author") is None and any(entry.find(f"{ATOM}author") is None for entry in entries):
        yield "an entry has no author, nor has the feed"
    if _link(root, "self") is None:
        yield "the feed does not tell its own address"
    yield from once((entry.findtext(f"{ATOM}id") or "" for entry in entries), "entry id")
    for entry in entries:
        yield from _counted(entry, ONCE_IN_ENTRY, (*AT_MOST_ONCE_IN_ENTRY, *ANY_NUMBER), AT_MOST_ONCE_IN_ENTRY)
        yield from _common(entry)
        if entry.find(f"{ATOM}content") is None and _link(entry, "alternate") is None:
            yield "an entry has neither content nor an alternate link"
        if (image := entry.find(f"{MEDIA}thumbnail")) is not None:
            yield from addresses([image.get("url")])


def _counted(parent: Element, once: Iterable[str], known: Iterable[str], rare: Iterable[str]) -> Iterator[str]:
    found = Counter(child.tag for child in parent)
    for name in once:
        if found[ATOM + name] != 1:
            yield f"{parent.tag} has {found[ATOM + name]} {name}"
    for name in rare:
        if found[ATOM + name] > 1:
            yield f"{parent.tag} has {found[ATOM + name]} {name}"
    wrong = {tag for tag in found if tag.startswith(ATOM)} - {ATOM + name for name in (*once, *known)}
    yield from (f"{parent.tag} has {tag}" for tag in wrong)


def _common(parent: Element) -> Iterator[str]:
    for child in parent:
        yield from _child(child, child.tag.removeprefix(ATOM))
    lang = parent.get(f"{XML}lang", "en")
    if not LANGUAGE.fullmatch(lang):
        yield f"no language: {lang}"
    kinds = [(link.get("type"), link.get("hreflang")) for link in parent.findall(f"{ATOM}link[@rel='alternate']")]
    yield from once(kinds, "alternate link")


def _child(child: Element, name: str) -> Iterator[str]:
    if name in ("title", "subtitle", "summary", "content", "rights"):
        if child.get("type", "text") not in ("text", "html") or len(child):
            yield f"{name} is of type {child.get('type')} and has {len(child)} elements"
        if (base := child.get(f"{XML}base")) is not None:
            yield from addresses([base])
    elif name in ("updated", "published"):
        yield from rfc3339(child.text)
    elif name == "id" and not _SCHEME.fullmatch(child.text or ""):
        yield f"the id is no absolute IRI: {child.text}"
    elif name == "author":
        yield from _person(child)
    elif name == "category" and not child.get("term"):
        yield "a category has no term"
    elif name == "link":
        yield from addresses([child.get("href")])


def _person(person: Element) -> Iterator[str]:
    found = Counter(child.tag for child in person)
    if found[f"{ATOM}name"] != 1 or found[f"{ATOM}uri"] > 1 or found[f"{ATOM}email"] > 1:
        yield f"a person is made of {found}"
    if not (person.findtext(f"{ATOM}name") or "").strip():
        yield "a person has no name"
    if (uri := person.find(f"{ATOM}uri")) is not None:
        yield from addresses([uri.text])


def _link(parent: Element, rel: str) -> Element | None:
    return parent.find(f"{ATOM}link[@rel='{rel}']")
