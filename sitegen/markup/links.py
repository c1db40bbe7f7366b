"""The links and pictures of a body: listed, put below the base, changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from sitegen.markup.rendered import Ends
from sitegen.markup.tokens import attributes, change_attributes
from sitegen.patterns import regex
from sitegen.urls import is_external

_ADDRESSED = ("href", "src", "poster", "data")
_HAS_ADDRESS = regex(r"\b(?:href|src|srcset|poster|data)\b", re.IGNORECASE)
_LINKING = ("href", "src")
_WITH_ENDS = frozenset(("href", "src", "srcset", "poster", "id", "name"))
_CANDIDATE = regex(r"([\s,]*+)(\S*[^\s,])(,+|\s[^,]*+,?|)")  # of a srcset: address, width or density

_BETWEEN = " \t\r\n\f,"


def links_of(tags: Iterable[str]) -> tuple[tuple[str, ...], Ends]:
    """Every `href` and `src` of opening tags, in order; and what they lead to within the site, with the ids that others
    can lead to.
    """
    links: list[str] = []
    found: Mapping[str, dict[str, None]] = {name: {} for name in (*_LINKING, "id", "name")}
    others: set[str] = set()  # the tags that have none of these: in code they are many, and the same few
    for tag in tags:
        if tag in others:
            continue
        given = attributes(tag)
        if _WITH_ENDS.isdisjoint(given):
            others.add(tag)
            continue
        for name, ends in found.items():
            if (value := given.get(name)) is not None:
                ends[value] = None
                if name in _LINKING:
                    links.append(value)
        if "poster" in given or "srcset" in given:
            found["src"].update(dict.fromkeys(_shown(given)))
    inner, files = (tuple(each for each in found[name] if each and not is_external(each)) for name in _LINKING)
    return tuple(links), Ends(inner, files, tuple(found["id"] | found["name"]))


def _shown(given: Mapping[str, str]) -> list[str]:
    """What an element shows beside its `src`."""
    candidates = _CANDIDATE.findall(given.get("srcset", "").rstrip(_BETWEEN))
    return [*(given[name] for name in ("poster",) if name in given), *(address for _, address, _ in candidates)]


def below_base(baseurl: str) -> Callable[[str], str]:
    """What puts `baseurl` before each site-absolute address of a tag that does not have it."""

    def prefixed(address: str) -> str:
        if not address.startswith("/") or address.startswith("//"):
            return address
        has_it = address == baseurl or address.startswith((f"{baseurl}/", f"{baseurl}#", f"{baseurl}?"))
        return address if has_it else baseurl + address

    def change(tag: str) -> str:
        if not _HAS_ADDRESS.search(tag):
            return tag
        return change_attributes(tag, lambda name, value: with_address(name, value, prefixed))

    return change


def with_address(name: str, value: str, change: Callable[[str], str]) -> str:
    """The value of an attribute with the addresses in it changed; as it is where that attribute holds none."""

    def candidate(match: re.Match[str]) -> str:
        return match[1] + change(match[2]) + match[3]

    if name in _ADDRESSED:
        return change(value)
    if name != "srcset":
        return value
    listed = value.rstrip(_BETWEEN)  # each run of blanks and commas has a candidate behind it, or is gone through often
    return _CANDIDATE.sub(candidate, listed) + value[len(listed) :]
