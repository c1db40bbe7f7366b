"""The authors: profiles in `_data/authors`, guests in front matter, and whether there are those whom posts name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sitegen.content.data import Data
from sitegen.content.documents import Reader, Written
from sitegen.content.terms import is_short
from sitegen.errors import Problem, Problems, did_you_mean, nearest, one_hint
from sitegen.marked import Origin, items_of, text_of
from sitegen.model.authors import Author, Writer
from sitegen.model.content import Post, given_of
from sitegen.model.given import Givens, given_by_setting
from sitegen.model.site import Site
from sitegen.settings.kinds import Wrong
from sitegen.settings.particular import social_addresses
from sitegen.slugs import term_slug
from sitegen.urls import is_web_address

Tell = Callable[[Problem], None]
_HINT = "write it as `jane: {name: Jane Doe, bio: Writes.}`"


def read_authors(data: Data, problems: Problems) -> dict[str, Author]:
    """The profiles by key, in their order. What is wrong is a problem at its line of the data file.

    A list is none of them: that is what layouts of the site's own may want.
    """
    people = data.values.get("authors")
    if people is None:
        return {}
    if not isinstance(people, dict):
        message = "these authors have no pages: there are no keys by which posts could name them"
        problems.warn(data.origin("authors").problem(message, _HINT))
        return {}
    found: dict[str, Author] = {}
    slugs: dict[str, str] = {}
    for key, profile in people.items():
        origin = data.origin("authors", key)
        if not key.strip() or not isinstance(profile, dict):
            problems.tolerate(origin.problem(f"`{key}` is no profile", _HINT))
            continue
        found[key] = read_author(profile, origin, problems.tolerate, key, _slug(key, slugs, origin, problems))
    return found


def _slug(key: str, slugs: dict[str, str], origin: Origin, problems: Problems) -> str:
    """The word for the address; "" if nobody else may have it, or no file. `slugs` are those that are taken."""
    slug = term_slug(key)
    if not is_short(key):
        problems.tolerate(origin.problem("the key is too long for the address of a page", "shorten it"))
        return ""
    if slugs.setdefault(slug, key) != key:
        message = f"`{key}` would have the same page as `{slugs[slug]}`: /authors/{slug}/"
        problems.tolerate(origin.problem(message, "give one of them another key"))
        return ""
    return slug


def read_author(profile: Mapping[str, Any], origin: Origin, tell: Tell, key: str = "", slug: str = "") -> Author:
    """One author from a mapping. What is of the wrong kind is told, and left out."""
    told = _Told(profile, origin, tell)
    name = told.text("name")
    if not name:
        tell(origin.problem("an author without a `name`", f"write it as `name: {key or 'Jane Doe'}`"))
    return Author(
        name=name or key,
        key=key,
        slug=slug,
        bio=told.text("bio"),
        picture=told.text("picture"),
        website=told.address("url") or told.address("uri"),
        social=told.social(),
        profile=profile,
        origin=origin,
    )


class _Told:
    """Takes values out of what is told of somebody."""

    def __init__(self, values: Mapping[str, Any], origin: Origin, tell: Tell) -> None:
        self.values, self.origin, self.tell = values, origin, tell

    def text(self, key: str) -> str:
        place = self.origin.at(key)
        try:
            return text_of(self.values.get(key), place)
        except ValueError as error:
            self.tell(place.problem(f"`{key}` {error}", "write it in one line, in quotes"))
            return ""

    def address(self, key: str) -> str:
        found = self.text(key)
        if not found or found.startswith("/") or is_web_address(found):
            return found
        hint = "write it with its scheme: https://example.org"
        self.tell(self.origin.at(key).problem(f'`{key}` is no web address: "{found}"', hint))
        return ""

    def social(self) -> tuple[str, ...]:
        value, place = self.values.get("social"), self.origin.at("social")
        try:
            return social_addresses(value, place) if value is not None else ()
        except Wrong as error:
            self.tell((error.place or place).problem(f"`social` {error}", error.hint))
            return ()


def writers_of(reader: Reader, written: Written) -> tuple[tuple[Writer, ...], Givens]:
    """Whom the front matter names, and who says so; `author` goes before `authors`, as in jekyll-feed.

    An item that names nobody keeps its place as "".
    """
    for key in ("author", "authors"):
        if not written.values.get(key):
            continue
        items = items_of(written.values[key], written.origin(key))
        writers = tuple(_writer(item, place, reader.problems.warn) for item, place in items)
        if any(writers):
            return writers, written.given(key)
    return (), given_by_setting(reader.config, "author")


def _writer(item: Any, origin: Origin, tell: Tell) -> Writer:
    if isinstance(item, dict):
        return read_author(item, origin, tell) if item else ""
    return str(item) if isinstance(item, list) else origin.written(item)


def check_writers(site: Site, problems: Problems) -> None:
    """Where there are profiles, a post names people by their keys or their names, or tells of a guest.

    Whom the configuration names may be anybody, but for one who is hardly spelt otherwise than somebody with a profile.
    """
    if site.authors and not site.profiles_of(named := site.config.author) and nearest(named, _names(site.authors)):
        place = site.config.origin.at("author")
        problems.warn(
            place.problem(f'there is no author "{named}" in _data/authors', did_you_mean(named, _names(site.authors)))
        )
    for post in site.posts if site.authors else ():
        for at, word in enumerate(post.writers):
            found = site.profiles_of(word) if isinstance(word, str) and word else ()
            if isinstance(word, str) and word and len(found) != 1 and word != site.config.author:
                place = _place(post, at)
                problems.tolerate(_ambiguous(place, word, found) if found else _unknown(place, word, site.authors))


def _place(post: Post, at: int) -> Origin:
    """Where the post names its writer of that number."""
    given = given_of(post, "author")[0]
    return items_of(post.front[given.keys[-1]], given.at)[at][1]


def _unknown(place: Origin, writer: str, authors: Mapping[str, Author]) -> Problem:
    near = did_you_mean(writer, _names(authors))
    short = writer if len(writer) <= 80 else f"{writer[:60]}…"
    hint = one_hint(near, f"a guest, who has no profile, is written `{{name: {short}}}`")
    return place.problem(f'there is no author "{short}" in _data/authors', hint)


def _names(authors: Mapping[str, Author]) -> set[str]:
    """The words by which they may be named."""
    return {*authors, *(author.name for author in authors.values())}


def _ambiguous(place: Origin, writer: str, found: Sequence[Author]) -> Problem:
    keys = " and of ".join(author.key for author in found)
    return place.problem(f'"{writer}" is the name of {keys}', "write the key")
