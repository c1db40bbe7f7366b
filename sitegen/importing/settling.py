"""What has to be said in a document's front matter, so that it stays what it was.

A site of sitegen's is read more strictly than one of Jekyll's, and some things mean other things: a time without a
zone, the folders above a post, signs in an address. So a document is read both ways, and where something comes out
otherwise, its front matter is told what Jekyll took it for.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sitegen.build.plan import plan
from sitegen.config import Config, load_config
from sitegen.content.assemble import assemble
from sitegen.errors import Problem, Problems, RefusedAddress
from sitegen.importing.matter import with_values
from sitegen.importing.moves import Moves, documents
from sitegen.liquid.trial import is_tried
from sitegen.model.content import Document, Page, Post
from sitegen.model.site import Site
from sitegen.urls import url_from

ROUNDS = 3  # a date first, then what depends on it
# Compared by what they come to, or told by us.
_SETTLED = ("date", "permalink", "categories", "category", "slug", "published", "menu", "liquid")
Amendments = Mapping[str, Any]  # key → value


@dataclass(frozen=True)
class Settled:
    """Path → what its front matter was told; and the values that were of no use, which it was told others for."""

    told: Mapping[str, Amendments]
    wrong: tuple[Problem, ...]


def settle(theirs: Site, lost: frozenset[str], moved: Moves, work: Path, *, now: datetime) -> Settled:
    """Amend the files in `work` until they come out as they did.

    `lost` are documents whose address another one has taken from them.
    """
    told: dict[str, Amendments] = {}
    wrong: dict[tuple[str, str], Problem] = {}
    hidden = {moved.documents.get(path) for path in lost}
    for _ in range(ROUNDS):
        before, problems = dict(told), Problems()
        ours = assemble(load_config(work, patient=True).everything, problems, now=now)
        useless = _by_key(problems)
        for old, place in moved.documents.items():
            document, known = theirs.documents[old], told.get(place, {})
            meant = {key: _meant(document, key) for key in useless.get(place, {})}
            found = {**known, **meant, **amendments(document, ours.documents.get(place), known)}
            if place in hidden:
                found["published"] = False
            if found != known:
                _tell(work / place, found)
                told[place] = found
        wrong |= {(place, key): problem for place, keys in useless.items() for key, problem in keys.items()}
        if told == before:
            break
    return Settled(told, tuple(replace(problem, line=None) for problem in wrong.values()))  # the rows have moved


def _by_key(problems: Problems) -> dict[str, dict[str, Problem]]:
    """What is wrong with values of front matter, by file and by key; dates apart, which are told anyway."""
    found: dict[str, dict[str, Problem]] = {}
    for problem in problems.errors:
        key = re.match(r"`(\w+)`: ", problem.message)
        if key is not None and key[1] not in ("date", "permalink"):
            found.setdefault(problem.path, {})[key[1]] = problem
    return found


def _meant(document: Document, key: str) -> Any:
    """What a value of a wrong kind was taken for."""
    value = {"published": True}.get(key, getattr(document, key, None))
    return list(value) if isinstance(value, tuple) else value


def _tell(file: Path, values: Amendments) -> None:
    """Say it in the file's front matter; its time stays what it was."""
    found = file.stat()
    text = file.read_bytes().decode("utf-8", "surrogateescape")
    file.write_bytes(with_values(text, values).encode("utf-8", "surrogateescape"))
    os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))


def overwritten(config: Config, *, now: datetime) -> frozenset[str]:
    """The documents that Jekyll reads and does not publish, since another one has their address."""
    site = assemble(config, Problems(lenient=True), now=now)
    shown = {target.owner for target in plan(site, Problems(lenient=True)).values()}
    return frozenset(one.path for one in documents(site) if one.path not in shown)


def amendments(theirs: Document, ours: Document | None, told: Amendments) -> Amendments:
    """Key → value for the front matter, which has been `told` something already.

    `ours` is None where the document could not be read at all: for its date, or else for its address.
    """
    if ours is None:
        if isinstance(theirs, Post) and theirs.dated and "date" not in told:
            return {"date": _written(theirs.date)}
        return {"permalink": _permalink(theirs.url)}
    found = _of_post(theirs, ours) if isinstance(theirs, Post) and isinstance(ours, Post) else {}
    if not found and ours.url != theirs.url:  # dates and categories may be all that is wrong with it
        found["permalink"] = _permalink(theirs.url)
    found |= _front(theirs, ours)
    if isinstance(ours, Page) and ours.in_menu and not theirs.title:
        found["menu"] = False  # it has got a title by its name
    if is_tried(ours, jekyll=True) and not is_tried(ours, jekyll=False):
        found["liquid"] = True
    return found


def _of_post(theirs: Post, ours: Post) -> dict[str, Any]:
    """Those that addresses are made of. An undated post has the date of its file, wherever that is."""
    found: dict[str, Any] = {}
    if theirs.dated and ours.date != theirs.date:
        found["date"] = _written(theirs.date)
    if ours.categories != theirs.categories:
        found["categories"] = list(theirs.categories)
    return found


def _written(moment: datetime) -> str:
    fraction = ".%f" if moment.microsecond else ""
    return moment.strftime(f"%Y-%m-%d %H:%M:%S{fraction} %z")


def _permalink(url: str) -> str:
    """The address as people write it, where that is the same one."""
    plain = unquote(url)
    try:
        same = url_from(plain) == url and "%" not in plain
    except RefusedAddress:
        same = False
    return plain if same else url


def _front(theirs: Document, ours: Document) -> dict[str, Any]:
    """The values of defaults that do not reach the file any more; nothing where one does that did not before."""
    keys = [key for key in {**theirs.front, **ours.front} if key not in _SETTLED]
    found = {key: theirs.front.get(key) for key in keys if theirs.front.get(key) != ours.front.get(key)}
    return {**found, "layout": theirs.layout} if "layout" in found else found
