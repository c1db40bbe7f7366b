"""The authors: profiles in `_data/authors`, guests in front matter, and whether there are those whom posts name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sitegen.content.data import Data
from sitegen.content.terms import TERM_BYTES
from sitegen.errors import Problem, Problems, did_you_mean, one_hint
from sitegen.marked import Origin
from sitegen.model.authors import Author, Writer
from sitegen.model.content import Post, given_of
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
    if len(slug.encode()) > TERM_BYTES:
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
        value, place = self.values.get(key), self.origin.at(key)
        if value is None:
            return ""
        if isinstance(value, str | int | float):
            return place.written(value)
        kind = "a list" if isinstance(value, list) else "a mapping"
        self.tell(place.problem(f"`{key}` is {kind}, not text", "write it in one line, in quotes"))
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


def check_writers(posts: Iterable[Post], authors: Mapping[str, Author], own: str, problems: Problems) -> None:
    """Where there are profiles, a post names people by their keys or their names, or tells of a guest.

    `own` is whom the configuration names: it may be anybody.
    """
    for post in posts if authors else ():
        for place, writer in _named(post):
            keys = [key for key, author in authors.items() if author.name == writer]
            if writer in authors or writer == own or len(keys) == 1:
                continue
            problems.tolerate(_ambiguous(place, writer, keys) if keys else _unknown(place, writer, authors))


def _named(post: Post) -> Iterator[tuple[Origin, str]]:
    """Whom the post names by a word, and where."""
    key = "author" if post.front.get("author") else "authors"
    several = isinstance(post.front.get(key), list)
    for at, writer in enumerate(post.writers):
        if isinstance(writer, str) and writer:
            origin = given_of(post, key)[0].at
            yield (origin.at(at) if several else origin), writer


def _unknown(place: Origin, writer: str, authors: Mapping[str, Author]) -> Problem:
    near = did_you_mean(writer, {*authors, *(author.name for author in authors.values())})
    short = writer if len(writer) <= 80 else f"{writer[:60]}…"
    hint = one_hint(near, f"a guest, who has no profile, is written `{{name: {short}}}`")
    return place.problem(f'there is no author "{short}" in _data/authors', hint)


def _ambiguous(place: Origin, writer: str, keys: list[str]) -> Problem:
    return place.problem(f'"{writer}" is the name of {" and of ".join(keys)}', "write the key")


def writers_of(value: Any, origin: Origin, tell: Tell) -> tuple[Writer, ...]:
    """Whom a value of front matter names; an item that names nobody keeps its place as ""."""
    if isinstance(value, list):
        return tuple(_writer(item, origin.at(at), tell) for at, item in enumerate(value))
    return (_writer(value, origin, tell),) if value else ()


def _writer(item: Any, origin: Origin, tell: Tell) -> Writer:
    if isinstance(item, dict):
        return read_author(item, origin, tell) if item else ""
    return str(item) if isinstance(item, list) else origin.written(item)
