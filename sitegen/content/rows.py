"""A document that was read as a row of two texts, and back: data and nothing else, whoever wrote it.

What every build looks at comes first. The second text is what the `Shelved` manuscript is looked up in when somebody
asks; the body stays in the author's file. The form of a call is read again from its front matter.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import lru_cache
from operator import contains
from types import NoneType
from typing import Any, NamedTuple, TypeVar

from sitegen.config import Config
from sitegen.content.calls import form_of
from sitegen.content.sources import Source, read_text
from sitegen.digests import digest_of
from sitegen.errors import Problem, Problems, RefusedAddress, SiteError
from sitegen.forms.description import Form
from sitegen.marked import NOWHERE, Keys, Origin
from sitegen.model.content import Doc, Document, Page, Post
from sitegen.model.given import Given, Givens
from sitegen.model.manuscripts import SIGNS, Shelved
from sitegen.urls import url_from

Value = TypeVar("Value")
_ENCODER, _DECODER = json.JSONEncoder(ensure_ascii=False, check_circular=False), json.JSONDecoder()
Kinds = Mapping[str, tuple[type, ...]]
_OF_ALL: Kinds = {
    "title": (str,),
    "url": (str,),
    "body_line": (int,),
    "digest": (str,),
    "body_digest": (str,),
    "head_digest": (str,),
    "layout": (str, NoneType),
    "description": (str,),
    "lang": (str,),
    "engine": (str,),
    "front": (dict,),
    "verbatim": (bool,),
    "ending": (str,),
    "redirect_from": (list,),
    "redirect_to": (str,),
    "slug": (str,),
    "date": (str, NoneType),
    "translation_of": (str,),
}
_OF_POSTS: Kinds = {
    "permalink": (str,),
    "dated": (bool,),
    "updated": (str, NoneType),
    "expires": (str, NoneType),
    "pinned": (bool,),
    "tags": (list,),
    "categories": (list,),
    "writers": (list,),
    "draft": (bool,),
    "separator": (str,),
    "series": (str,),
    "part": (int, NoneType),
    "related": (list, NoneType),
}
_COLUMNS: Mapping[type[Document], Kinds] = {
    Post: {**_OF_ALL, **_OF_POSTS},
    Page: {**_OF_ALL, "collection": (str,)},
}
_MOMENTS, _WORDS = ("date", "updated", "expires"), ("redirect_from", "tags", "categories", "writers", "related")
_OWN, _PATH, _NOWHERE, _SETTINGS = range(4)  # where it says so who gave a value


class Unfit(Exception):
    """A document that no row can hold, or a row that is none."""


def row_of(document: Document, config: Config) -> tuple[str, str]:
    """The two parts of the row of a document that was just read. Raises `Unfit`."""
    fields, origin, body = vars(document), document.origin, document.body
    values = {name: fields[name] for name in _COLUMNS[type(document)]}
    for name in _MOMENTS:
        if values.get(name) is not None:
            values[name] = _moment_row(values[name], config.zone)
    lines, words = list(origin.lines.items()), list(origin.words.items())
    given = {key: [_given_row(one, origin, config) for one in givens] for key, givens in document.given.items()}
    try:
        first = _ENCODER.encode([*values.values(), [sign for sign in SIGNS if sign in body]])
        rest = _ENCODER.encode([len(origin.text) - len(body), lines, words, given])
        if json.loads(_ENCODER.encode(document.front)) != document.front:
            raise Unfit  # keys that are no texts
    except (TypeError, ValueError, RecursionError) as error:  # a guest among the writers, say
        raise Unfit from error
    return first, rest


def document_of(row: Sequence[str], kind: type[Doc], source: Source, config: Config, *, lenient: bool) -> Doc:
    """The document of a row. Raises `Unfit` or ValueError for one that `row_of` never makes."""
    first, rest = row
    try:
        (*found, signs), end = _DECODER.raw_decode(first)
        if end != len(first) or not _are_columns(kind is Post, tuple(map(type, found))):
            raise Unfit
        values: dict[str, Any] = dict(zip(_COLUMNS[kind], found, strict=True))
        for name in _MOMENTS:
            if values.get(name) is not None:
                values[name] = _moment(values[name], config.zone)
        for name in _WORDS:
            if (words := values.get(name)) is not None:
                values[name] = _texts(words) if words else ()
        _check_places(values)
        _texts(signs)
    except (ValueError, TypeError, OverflowError, RecursionError, RefusedAddress) as error:
        raise Unfit from error
    text = _Text(source, rest, values["body_digest"], config, lenient)
    manuscript = Shelved(signs, text.found, text.body)
    values["path"], values["manuscript"] = source.path, manuscript
    if kind is Post and "form" in values["front"]:
        try:
            values["form"] = _form(values, manuscript, config)
        except SiteError as error:
            raise Unfit from error
    document = object.__new__(kind)  # its constructor sets each field by itself, and takes as long as all the rest
    object.__setattr__(document, "__dict__", values)
    return document


@lru_cache(maxsize=1000)
def _are_columns(of_post: bool, found: tuple[type, ...]) -> bool:
    """Whether columns may be of these types, which most rows have in common."""
    kinds = _COLUMNS[Post if of_post else Page].values()
    return len(found) == len(kinds) and all(map(contains, kinds, found))


def _form(values: Mapping[str, Any], manuscript: Shelved, config: Config) -> Form | None:
    """What is wrong with it was told when the post was read."""
    own = Given("front matter", manuscript.origin, ("form",))
    place = manuscript.given.get("form", (own,))[0].at
    value, slug, title, lang = values["front"]["form"], values["slug"], values["title"], values["lang"]
    return form_of(config, lambda problem: None, value, slug, title, place, lang)


def _check_places(values: Mapping[str, Any]) -> None:
    """Nothing is to be written where no address leads, whoever wrote the row. Raises ValueError, `RefusedAddress`."""
    url, more, ending = values["url"], values["redirect_from"], values["ending"]
    if url_from(url) != url or tuple(map(url_from, more)) != more or "/" in ending or "\0" in ending:
        raise ValueError("no address")


class _Text(NamedTuple):
    """The author's file, and what the second text of a row says of it."""

    source: Source
    row: str
    digest: str
    config: Config
    lenient: bool

    def found(self) -> tuple[Origin, Mapping[str, Givens]]:
        """Where its front matter stands, and who gave what that does not."""
        try:
            _, lines, words, given = json.loads(self.row)
            own = Origin(self.source.path, self.whole, _marks(lines, int), _marks(words, str))
            return own, {key: tuple(self.given(one, own) for one in givens) for key, givens in given.items()}
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
            raise SiteError([self.problem("what builds remember of it is damaged")]) from error

    def given(self, row: Sequence[Any], own: Origin) -> Given:
        by, where, keys = row
        origin = own if where == _OWN else Origin(self.source.path) if where == _PATH else NOWHERE
        if where == _SETTINGS:
            origin, keys = replace(self.config.origin, keys=tuple(keys[0])), keys[1]
        return Given(by, origin, _texts(keys))

    def whole(self) -> str:
        """All of its text."""
        problems = Problems(lenient=self.lenient)
        text = read_text(self.source, problems)
        if text is None:
            raise SiteError(problems)
        return text

    def body(self) -> str:
        """The body, as long as it is that which was read."""
        beginning = self.row[1:].partition(",")[0]
        body = self.whole()[int(beginning) if beginning.isdecimal() else 0 :]
        if digest_of(body) != self.digest:
            raise SiteError([self.problem("changed while the site was built")])
        return body

    def problem(self, message: str) -> Problem:
        """It cannot be looked up."""
        return Problem(self.source.path, None, message, "build again")


def _given_row(given: Given, own: Origin, config: Config) -> list[Any]:
    origin, settings = given.origin, config.origin
    if origin.lines is own.lines and origin.head is own.head and origin.keys == own.keys:
        return [given.by, _OWN, given.keys]
    if origin == NOWHERE:
        return [given.by, _NOWHERE, given.keys]
    if origin.lines is settings.lines and origin.head is settings.head:
        return [given.by, _SETTINGS, [origin.keys, given.keys]]
    if origin == Origin(own.path):
        return [given.by, _PATH, given.keys]
    raise Unfit


def _marks(rows: Iterable[Any], kind: Callable[[Any], Value]) -> dict[Keys, Value]:
    return {_texts(keys): kind(value) for keys, value in rows}


def _moment_row(moment: datetime, zone: tzinfo) -> str:
    """Its day and time on the clocks of the site, `~` before the second of two that are the same; in any other zone
    with its offset.
    """
    if moment.tzinfo is not zone:
        return moment.isoformat()
    return f"{'~' * moment.fold}{moment.replace(tzinfo=None).isoformat()}"


def _moment(row: str, zone: tzinfo) -> datetime:
    moment = datetime.fromisoformat(row.lstrip("~"))
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone, fold=row.startswith("~"))


def _texts(row: Iterable[Any]) -> tuple[str, ...]:
    """Raises TypeError for what are no texts."""
    "".join(found := tuple(row))
    return found
