"""What there is to say about one post, page, file or address; also as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sitegen.errors import Problem
from sitegen.marked import Origin
from sitegen.model.content import LeftOut
from sitegen.model.given import Given, Givens


@dataclass(frozen=True)
class Value:
    """One value of a post or page, as text ("" for none), and who gave it. `note` is said in place of that."""

    name: str
    text: str
    given: Givens = ()
    note: str = ""


@dataclass(frozen=True)
class File:
    """One file of the output: its path there, what it is, and its whole address."""

    path: str
    what: str
    address: str


@dataclass(frozen=True)
class Layer:
    """One layout that the page passes through: its name, and the file, which may be the `packaged` theme's."""

    name: str
    path: str
    packaged: bool


@dataclass(frozen=True)
class Place:
    """One list of the site: whether the page stands there, at which address, and where there, or why not."""

    name: str
    stands: bool
    url: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Explanation:
    """Everything about one thing.

    `kind` is what it is ("post", "page"); `path` is its source, "" for what sitegen makes. `left_out` tells why it is
    not published; `broken`, that it cannot be read; `unwritten`, why a build writes no file of it. `addresses` are
    whole where the site has a `url`; `shows` are the posts on a list of posts. `elsewhere` counts the errors in other
    files, with which nothing is built.
    """

    kind: str
    title: str
    path: str
    url: str = ""
    left_out: LeftOut | None = None
    broken: bool = False
    unwritten: str = ""
    values: tuple[Value, ...] = ()
    files: tuple[File, ...] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)
    layouts: tuple[Layer, ...] = ()
    lists: tuple[Place, ...] = ()
    shows: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    elsewhere: int = 0

    @property
    def errors(self) -> int:
        """How many of its problems fail a build."""
        return sum(problem.severity == "error" for problem in self.problems)

    @property
    def published(self) -> bool:
        """Whether a build writes it."""
        return self.left_out is None and not (self.broken or self.unwritten or self.errors or self.elsewhere)

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "kind": self.kind,
            "title": self.title,
            "path": self.path,
            "url": self.url,
            "published": self.published,
            "left_out": None if self.left_out is None else _left_out(self.left_out),
            "broken": self.broken,
            "unwritten": self.unwritten,
            "values": {value.name: _value(value) for value in self.values},
            "files": [vars(file) for file in self.files],
            "addresses": dict(self.addresses),
            "layouts": [vars(layer) for layer in self.layouts],
            "lists": [vars(place) for place in self.lists],
            "shows": list(self.shows),
            "problems": [vars(problem) for problem in self.problems],
            "problems_elsewhere": self.elsewhere,
        }


def _left_out(one: LeftOut) -> dict[str, Any]:
    moment = None if one.moment is None else one.moment.isoformat()
    when = {"since": moment} if one.reason == "expired" else {"until": moment}
    return {"reason": one.reason, **when, **_place(one.origin)}


def _value(value: Value) -> dict[str, Any]:
    return {"value": value.text, "from": [_given(given) for given in value.given], "note": value.note}


def _given(given: Given) -> dict[str, Any]:
    return {"by": given.by, **_place(given.at)}


def _place(origin: Origin) -> dict[str, Any]:
    return {"path": origin.path or None, "line": origin.line if origin.keys else None}
