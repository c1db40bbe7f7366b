"""The new site, rehearsed until it can be built: what cannot be part of it yet is put aside, or stays text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sitegen.build.memory import BuildMemory
from sitegen.config import load_config
from sitegen.content.assemble import assemble
from sitegen.errors import Problem, Problems
from sitegen.importing.braces import runnable
from sitegen.importing.moves import documents
from sitegen.importing.rehearsal import Rehearsal, rehearse
from sitegen.liquid.trial import unknown_tags
from sitegen.model.content import Post, problem_in
from sitegen.model.site import Site
from sitegen.templates.environment import find_layout

ROUNDS = 4
ASIDE = "_unfinished"  # beside the folders that sitegen reads
_TEMPLATES = ("_layouts/", "_includes/")


@dataclass(frozen=True)
class Finished:
    """The last rehearsal, and what was done before it: layouts made up, layouts put aside, Liquid kept from running.

    `foreign` are tags that nobody knows, and that are text anyway.
    """

    rehearsal: Rehearsal
    made_up: tuple[Problem, ...]
    aside: tuple[Problem, ...]
    not_run: tuple[Problem, ...]
    foreign: tuple[Problem, ...]

    def placed(self, problem: Problem) -> Problem:
        """A problem of a template, at the place where that is now."""
        path = f"{ASIDE}/{problem.path}"
        return replace(problem, path=path) if any(one.path == path for one in self.aside) else problem


def finish(work: Path, *, now: datetime) -> Finished:
    """Rehearse, and mend what can be mended, until nothing more can."""
    made_up: list[Problem] = []
    aside: list[Problem] = []
    not_run: list[Problem] = []
    with BuildMemory.blank() as memory:
        for _ in range(ROUNDS):
            made_up += _make_up(work, now)
            found = rehearse(load_config(work, patient=True), memory, now=now)
            wrong = [problem for problem in found.errors if problem.path.startswith(_TEMPLATES)]
            kept = _keep_from_running(work, found, now)
            if not (wrong or kept):
                break
            aside += _put_aside(work, wrong)
            not_run += kept
    return Finished(found, tuple(made_up), tuple(aside), tuple(not_run), tuple(_foreign(_as_written(work, now))))


def _make_up(work: Path, now: datetime) -> Iterator[Problem]:
    """A layout that is named and is nowhere would be an error: the packaged one stands in for it, under its name."""
    site = _as_written(work, now)
    for name, (kind, path) in _named(site).items():
        if find_layout(site, f"{name}.html") is None and all(part.strip(".") for part in name.split("/")):
            file = work / "_layouts" / f"{name}.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f'{{% extends "theme/{kind}.html" %}}\n', encoding="utf-8")
            place = f"_layouts/{name}.html"
            yield Problem(place, None, f'there was no layout "{name}" ({path} names it): it is sitegen\'s `{kind}` now')


def _named(site: Site) -> dict[str, tuple[str, str]]:
    """Each layout that is named → the packaged one that is like it, and a file that names it."""
    found: dict[str, tuple[str, str]] = {}
    for document in documents(site):
        if document.layout is not None:
            found.setdefault(document.layout, ("post" if isinstance(document, Post) else "page", document.path))
    for path, layout in site.layouts.items():
        if path.startswith("_layouts/") and layout.front.get("layout") not in (None, "none", False, ""):
            found.setdefault(str(layout.front["layout"]), ("default", path))
    return found


def _put_aside(work: Path, wrong: list[Problem]) -> Iterator[Problem]:
    """Move templates that do not work out of the way, so that sitegen's stand in; their problems go with them."""
    for path in {problem.path for problem in wrong}:
        file = work / ASIDE / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if (work / path).exists():
            (work / path).rename(file)
    yield from (replace(problem, path=f"{ASIDE}/{problem.path}") for problem in wrong)


def _keep_from_running(work: Path, found: Rehearsal, now: datetime) -> list[Problem]:
    """Keep from running what Liquid cannot run. What was told of it is what needs a hand."""
    kept: list[Problem] = []
    for path, document in _as_written(work, now).documents.items():
        wrong = [problem for problem in found.errors if problem.path == path and problem.line is not None]
        text = runnable(document, wrong) if wrong else None
        if text is not None:
            ends = "\r\n" if b"\r\n" in (work / path).read_bytes() else "\n"
            (work / path).write_text(text, encoding="utf-8", newline=ends)
            kept += wrong
    return kept


def _foreign(site: Site) -> Iterator[Problem]:
    for document in site.documents.values():
        for mark in unknown_tags(document):
            line = document.body.count("\n", 0, mark.start) + 1
            message = f"there is no Liquid tag `{mark.name}`; its text stays"
            yield problem_in(document, line, message)


def _as_written(work: Path, now: datetime) -> Site:
    """The site before any Liquid has run."""
    return assemble(load_config(work, patient=True), Problems(), now=now)
