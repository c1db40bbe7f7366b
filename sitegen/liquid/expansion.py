"""The site whose bodies' Liquid has run. Documents without any are as they were."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from sitegen.digests import digest_of
from sitegen.errors import MissingExtra, Problem, Problems
from sitegen.liquid.files import file_digest
from sitegen.liquid.look import Bodies, Look
from sitegen.liquid.results import Expansion
from sitegen.liquid.trial import is_tried, unknown_tags
from sitegen.liquid.wanted import is_wanted
from sitegen.model.content import Doc, Document, problem_in
from sitegen.model.digests import READABLE, config_digest
from sitegen.model.site import Site

if TYPE_CHECKING:
    from sitegen.liquid.parsing import Parsed


class Remembered(Protocol):
    """Texts that earlier builds left, by key."""

    def get(self, key: str) -> str | None:
        """The text, or None."""
        ...

    def put(self, key: str, text: str) -> None:
        """Keep a text for later builds."""
        ...


def expanded(site: Site, bodies: Bodies, remembered: Remembered, problems: Problems) -> Site:
    """The site after Liquid. What is wrong is a warning on a Jekyll site, an error elsewhere; its text stays.

    Raises `MissingExtra` where a post needs python-liquid and it is not there; on a Jekyll site that is a warning.
    """
    collected = [page for pages in site.collections.values() for page in pages]
    documents: list[Document] = [*reversed(site.posts), *collected, *site.pages]
    stage = _Stage(site, bodies, remembered, problems)
    for document in documents:
        stage.do(document)
    done = stage.look.done
    return replace(
        site,
        posts=tuple(_done(post, done) for post in site.posts),
        pages=tuple(_done(page, done) for page in site.pages),
        collections={label: tuple(_done(page, done) for page in pages) for label, pages in site.collections.items()},
    )


def _done(document: Doc, done: Mapping[str, Document]) -> Doc:
    found = done[document.path]
    return found if isinstance(found, type(document)) else document


class _Stage:
    """One site's documents, one after the other."""

    def __init__(self, site: Site, bodies: Bodies, remembered: Remembered, problems: Problems) -> None:
        self.look = Look(site, bodies)
        self.remembered, self.problems = remembered, problems
        self._config = digest_of(config_digest(site), site.config.origin.text if site.config.lenient else "")
        self._digests: dict[str, str] = {}
        self._includes: dict[tuple[str, str], Parsed] = {}
        self._there: bool | None = None

    def do(self, document: Document) -> None:
        """Run one document's Liquid, if it has any."""
        has = document.manuscript.has
        if (has("{%") or has("{{")) and is_wanted(self.look.site, document):
            document = self._ran(document)
        self.look.done[document.path] = document

    def _ran(self, document: Document) -> Document:
        asked_for = document.front.get("liquid") is True  # by the post itself: it counts as one of Jekyll's
        tried = is_tried(document, jekyll=self.look.config.lenient or asked_for)
        if not tried and not self.look.config.lenient:
            return document
        self._tell_unknown(document)
        if not tried or not self._is_there():
            return document
        found = self._expansion(document)
        for problem in found.problems:
            self.problems.tolerate(problem)
        manuscript = document.manuscript.but(body=found.body)
        return replace(document, manuscript=manuscript, body_lines=found.lines, body_digest=digest_of(found.body))

    def _tell_unknown(self, document: Document) -> None:
        for mark in unknown_tags(document):
            line = document.body.count("\n", 0, mark.start) + 1
            message = f"there is no Liquid tag `{mark.name}`; its text stays"
            hint = "text in braces that is no Liquid stands in {% raw %} … {% endraw %}, or in code"
            self.problems.tolerate(problem_in(document, line, message, hint))

    def _is_there(self) -> bool:
        """Whether python-liquid is installed; where it is not, that is told once."""
        if self._there is None:
            self._there = find_spec("liquid") is not None
            missing = MissingExtra("Liquid in posts", "jekyll")
            if not self._there and not self.look.config.lenient:
                raise missing
            if not self._there:
                self.problems.warn(Problem(self.look.config.file, None, str(missing)))
        return self._there

    def _expansion(self, document: Document) -> Expansion:
        """What an earlier build made of it, if everything that this one read is as it was; else a new run."""
        key = digest_of(document.path, document.body_digest, str(document.body_line), self._config)
        entry = self.remembered.get(key)
        if entry is not None:
            reads, digest, text = json.loads(entry)
            if digest == self._total(reads):
                return Expansion.restored(text)
        from sitegen.liquid.run import Run

        self.look.reads = set()
        found = Run(self.look, document, self._includes).expansion()
        names = sorted(self.look.reads | {f"meta:{document.path}"})
        self.remembered.put(key, json.dumps([names, self._total(names), found.stored()]))
        return found

    def _total(self, names: list[str]) -> str:
        return digest_of(*(self._digest(name) for name in names))

    def _digest(self, name: str) -> str:
        """The digest of one thing by its name; those of bodies are of this moment (see `Look.body`)."""
        kind, _, key = name.partition(":")
        if kind == "ran":
            done, raw = self.look.done.get(key), self.look.site.documents.get(key)
            return done.body_digest if done is not None else f"raw {'' if raw is None else raw.body_digest}"
        if name not in self._digests:
            self._digests[name] = _OWN[kind](self.look, key) if kind in _OWN else READABLE[kind](self.look.site, key)
        return self._digests[name]


def _include(look: Look, name: str) -> str:
    layout = look.site.layouts.get(f"_includes/{name}")
    return "none" if layout is None else layout.digest


def _includes(look: Look, _: str) -> str:
    """The names of all: what a hint may name."""
    return digest_of(*sorted(look.site.layouts))


_OWN: Mapping[str, Callable[[Look, str], str]] = {"include": _include, "includes": _includes, "file": file_digest}
