"""What an address that leads nowhere was most likely meant to be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from urllib.parse import unquote

from sitegen.content.posts import read_posts
from sitegen.errors import Problems, nearest
from sitegen.leads.addresses import Addresses, Lead
from sitegen.model.content import LeftOut
from sitegen.model.site import Site
from sitegen.patterns import regex
from sitegen.urls import address_of, is_web_address

MOST_COMPARED, MOST_GUESSES, LONGEST = 400, 200, 200  # to compare addresses is slow
LONGEST_PART = 100
_MAIL = regex(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ENDS = "com|org|net|io|dev|edu|gov|info|co|de|uk|app|rs|fr"
_HOST = regex(rf"(?:www\.[\w.-]+|[\w-]+(?:\.[\w-]+)*\.(?:{_ENDS}))(?:/.*)?")


class Hints:
    """Hints for one site."""

    def __init__(self, site: Site, addresses: Addresses) -> None:
        self.site, self.addresses = site, addresses
        self._known: dict[str, str] = {}
        self._compared = 0

    def of(self, url: str, address: str, lead: Lead, words: str = "") -> str:
        """A hint on an address that the page of that URL has, or ""; `words` are those of the link."""
        path = lead.path
        if lead.kind == "beside":
            base = self.site.config.baseurl
            return f"the site lives below {base}: write {base}{path}"
        if guess := _meant(address, words) or self._source(path):
            return guess
        if path not in self._known:
            self._known[path] = next((hint for guess in self._guesses if (hint := guess(path))), "")
        written = unquote(address).partition("#")[0].partition("?")[0]
        there = "" if written.endswith(path) else f"from {url} that is {path}"
        return "; ".join(filter(None, (there, self._known[path])))

    def _source(self, path: str) -> str:
        """The address of what is written in a file of that name, where one file alone has it: a link as on GitHub."""
        found = self._by_file.get(path.rpartition("/")[2], ())
        return f"is it {found[0]}?" if len(found) == 1 else ""

    @property
    def _guesses(self) -> tuple[Callable[[str], str], ...]:
        return self._held, self._spelling, self._folder, self._moved, self._nearest

    def _held(self, path: str) -> str:
        held = self.held_back
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
        if path not in ("", "/") and self.addresses.file(other):
            return f"write {other}"
        if found := self._folded.get(path.casefold()):
            return f"capitals count: write {found}"
        return ""

    def _folder(self, path: str) -> str:
        folder = path.strip("/") + "/"
        if any(file.startswith(folder) for file in self.addresses.files):
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
        near = nearest(path, known, 0.75)
        return f"is it {near}?" if near else ""

    @cached_property
    def held_back(self) -> Mapping[str, LeftOut]:
        """The posts that are left out of the site, by the addresses that they would have."""
        reasons = {one.path: one for one in self.site.left_out}
        if not reasons:
            return {}
        config = self.site.config.everything
        posts, _ = read_posts(config, Problems(lenient=config.lenient))
        return {post.url: reasons[post.path] for post in posts if post.path in reasons}

    @cached_property
    def _by_file(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for document in self.site.documents.values():
            found.setdefault(document.path.rpartition("/")[2], []).append(unquote(document.url))
        return found

    @cached_property
    def _urls(self) -> tuple[str, ...]:
        return tuple(map(address_of, self.addresses.files))  # of every file, as people write it

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


def _name(path: str) -> str:
    """The last part of an address, without its ending."""
    return path.rstrip("/").rpartition("/")[2].removesuffix(".html").casefold()


def _meant(address: str, words: str) -> str:
    """What somebody meant who wrote an address that is none of this site's."""
    if " " in address and is_web_address(words):
        return "the words and the address have changed places: [words](address)"
    if _MAIL.fullmatch(address):
        return f"an e-mail address begins with mailto: mailto:{address}"
    if _HOST.fullmatch(address):
        return f"an address elsewhere begins with its scheme: https://{address}"
    return ""


def of_part(fragment: str, known: Iterable[str]) -> str:
    """A hint on a part of a page that there is not, or ""; `known` are its ids."""
    if len(fragment) > LONGEST_PART:
        return ""
    by_case = {name.casefold(): name for name in known}
    if found := by_case.get(fragment.casefold()):
        return f"capitals count: write #{found}"
    near = nearest(fragment, sorted(known)[:MOST_COMPARED])
    return f"is it #{near}?" if near else ""
