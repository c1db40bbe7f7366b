"""What there is to say of an import beside what its steps say themselves."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sitegen.config import MEMORY, Config
from sitegen.errors import Problem
from sitegen.importing.moves import Moves, documents
from sitegen.importing.report import Taken
from sitegen.importing.settling import Amendments
from sitegen.marked import problem_at
from sitegen.model.site import Site

STYLES = (".scss", ".sass")
_PLACES = {
    "post": "_posts/",
    "draft": "_drafts/",
    "page": "_pages/, and the top",
    "file": "static/",
    "data file": "_data/",
    "layout": "_layouts/",
    "include": "_includes/",
}


def taken(site: Site, *, moved: bool) -> tuple[Taken, ...]:
    """How many there are of everything, and where they are now if they were `moved`."""
    drafts = sum(post.draft for post in site.posts)
    layouts = sum(path.startswith("_layouts/") for path in site.layouts)
    counts = {
        "post": len(site.posts) - drafts,
        "draft": drafts,
        "page": len(site.pages) + len(site.collected),
        "file": len(site.assets),
        "data file": len(site.data),
        "layout": layouts,
        "include": len(site.layouts) - layouts,
    }
    return tuple(Taken(count, what, _PLACES[what] if moved else "") for what, count in counts.items() if count)


def amended(told: Mapping[str, Amendments]) -> Iterator[Problem]:
    """What was said in the front matter of which file."""
    for path, changes in told.items():
        yield Problem(path, None, f"its front matter says {' and '.join(f'`{key}`' for key in changes)} now")


def hidden(lost: Iterable[str], moved: Moves) -> Iterator[Problem]:
    """Those whose address another one has."""
    for place in (moved.documents[path] for path in lost if path in moved.documents):
        message = "another one has the same address: it says `published: false` now"
        yield Problem(place, None, message, "to publish it, give it a `permalink` of its own")


def unread(config: Config, moved: Moves, problems: Iterable[Problem], anew: Iterable[Problem]) -> Iterator[Problem]:
    """What could not be taken over: files that nobody can read, links out of the site, style sheets for Sass."""
    known = {*moved.documents, config.file, *(os.path.splitext(problem.path)[0] for problem in anew)}
    for problem in problems:
        if is_style(problem):
            yield _style(config, problem)
        elif problem.severity != "note" and known.isdisjoint((problem.path, os.path.splitext(problem.path)[0])):
            yield problem


def _style(config: Config, problem: Problem) -> Problem:
    """Jekyll has made the style sheet already, where its output is still there."""
    made = f"{os.path.splitext(problem.path)[0]}.css"
    hint = (
        f"run `sass {problem.path} {made}` in the old site, and put what it makes into static/{os.path.dirname(made)}"
    )
    if (config.source / "_site" / made).is_file():
        hint = f"Jekyll's own is in the old site: copy _site/{made} to static/{made}"
    return replace(problem, message="sitegen makes no style sheets of Sass", hint=hint.rstrip("/"))


def is_style(problem: Problem) -> bool:
    """Whether it is about a style sheet for Sass."""
    return problem.path.endswith(STYLES)


def first_page_only(site: Site, moved: Moves) -> Iterator[Problem]:
    """A page of the site's own that is paginated: what follows it is made by a layout."""
    for page in site.pages:
        if page.url == "/" and "paginator." in page.body and site.config.paginate:
            place = moved.documents[page.path]
            line = page.body_line + page.body.count("\n", 0, page.body.index("paginator."))
            message = "this makes the first index page; those that follow are made by the layout `home`"
            hint = "to have them all alike, make it _layouts/home.html, in Jinja"
            yield problem_at(place, page.origin.text, line, message, hint)


def left_behind(config: Config, site: Site) -> Iterator[str]:
    """What stands in the old folder and is no part of the new one."""
    paths = [*(one.path for one in documents(site)), *(asset.path for asset in site.assets), *site.layouts]
    read = {path.split("/")[0] for path in paths} | {config.file, "_data", MEMORY}
    for file in sorted(config.source.iterdir()):
        if file.name not in read:
            yield f"{file.name}/" if file.is_dir() and not file.is_symlink() else file.name
