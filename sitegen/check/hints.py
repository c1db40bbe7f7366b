"""What an address that leads nowhere was most likely meant to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import cached_property
from urllib.parse import unquote

from sitegen.check.addresses import Lead
from sitegen.check.look import Look, Use
from sitegen.check.pages import Reference
from sitegen.errors import Severity
from sitegen.urls import address_of, is_web_address

MOST_COMPARED, MOST_GUESSES, LONGEST = 400, 200, 200  # to compare addresses is slow
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ENDS = "com|org|net|io|dev|edu|gov|info|co|de|uk|app|rs|fr"
_HOST = re.compile(rf"(?:www\.[\w.-]+|[\w-]+(?:\.[\w-]+)*\.(?:{_ENDS}))(?:/.*)?")


class Hints:
    """Hints for one site."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._known: dict[str, str] = {}
        self._compared = 0

    def of(self, use: Use) -> str:
        """A hint, or ""."""
        path = use.lead.path
        if use.lead.kind == "beside":
            base = self.look.site.config.baseurl
            return f"the site lives below {base}: write {base}{path}"
        if guess := _meant(use.reference):
            return guess
        if path not in self._known:
            self._known[path] = next((hint for guess in self._guesses if (hint := guess(path))), "")
        written = unquote(use.reference.address).partition("#")[0].partition("?")[0]
        there = "" if written.endswith(path) else f"from {use.page.url} that is {path}"
        return "; ".join(filter(None, (there, self._known[path])))

    @property
    def _guesses(self) -> tuple[Callable[[str], str], ...]:
        return self._held, self._spelling, self._folder, self._moved, self._nearest

    def _held(self, path: str) -> str:
        held = self.look.held_back
        one = held.get(path) or held.get(path + "/") or held.get(path + ".html")
        if one is None:
            return ""
        if one.reason == "expired":
            return f"that is {one.path}, which expired on {one.moment:%Y-%m-%d}"
        if one.moment is not None:
            return f"that is {one.path}, held back until {one.moment:%Y-%m-%d %H:%M}"
        return f"that is {one.path}, which is not published: {one.reason}"

    def _spelling(self, path: str) -> str:
        """The same but for its end, or for capitals."""
        other = path.removesuffix("/") if path.endswith("/") else path.removesuffix(".html") + "/"
        if path not in ("", "/") and self.look.addresses.file(other):
            return f"write {other}"
        if found := self._folded.get(path.casefold()):
            return f"capitals count: write {found}"
        return ""

    def _folder(self, path: str) -> str:
        folder = path.strip("/") + "/"
        if any(file.startswith(folder) for file in self.look.targets):
            return f"there is a folder {path}, but no index.html in it"
        return ""

    def _moved(self, path: str) -> str:
        found = self._by_name.get(_name(path), ())
        return f"is it {found[0]}?" if found else ""

    def _nearest(self, path: str) -> str:
        self._compared += 1
        if self._compared > MOST_GUESSES or len(path) > LONGEST:
            return ""
        known = [url for url in self._urls if url[:3] == path[:3]][:MOST_COMPARED]
        near = get_close_matches(path, known, n=1, cutoff=0.75)
        return f"is it {near[0]}?" if near else ""

    @cached_property
    def _urls(self) -> tuple[str, ...]:
        return tuple(_urls(self.look))

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {url.casefold(): url for url in self._urls}

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for url in self._urls:
            found.setdefault(_name(url), []).append(url)
        found.pop("", None)
        return found


def _urls(look: Look) -> Iterator[str]:
    """The address of every file, as people write it."""
    for path in look.targets:
        yield address_of(path)


def _name(path: str) -> str:
    """The last part of an address, without its ending."""
    return path.rstrip("/").rpartition("/")[2].removesuffix(".html").casefold()


def _meant(reference: Reference) -> str:
    """What somebody meant who wrote an address that is none of this site's."""
    address = reference.address
    if " " in address and is_web_address(reference.words):
        return "the words and the address have changed places: [words](address)"
    if _MAIL.fullmatch(address):
        return f"an e-mail address begins with mailto: mailto:{address}"
    if _HOST.fullmatch(address):
        return f"an address elsewhere begins with its scheme: https://{address}"
    return ""


def is_broken(lead: Lead) -> bool:
    """Whether an address leads to nothing that is published."""
    return lead.kind in ("beside", "nowhere") or (lead.kind == "inside" and not lead.file)


def severity(use: Use) -> Severity:
    """An error; a warning where the address is written with its host, on which other sites may be, too."""
    return "warning" if use.reference.address.lower().startswith(("http:", "https:", "//")) else "error"
