"""The layouts and includes of the old site, in Jinja; and those for posts, where Liquid goes on."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen.config import Config
from sitegen.content.sources import read_text
from sitegen.content.walks import walk
from sitegen.errors import Problem, Problems
from sitegen.importing.layouts import convert_all
from sitegen.importing.moves import documents
from sitegen.model.site import Site

_INCLUDE = re.compile(r"\{%-?\s*include(?:_cached)?\s+(\{\{|[^\s%{}]+)")
FOR_LAYOUTS = "layouts"  # the folder, in `_includes/`, of those that posts have in Liquid


@dataclass(frozen=True)
class Templates:
    """The new files by path; what needs a hand in them; and what nothing of the site asks for, which stays behind."""

    files: Mapping[str, str]
    hands: tuple[Problem, ...]
    unused: tuple[str, ...]


def templates(config: Config, site: Site) -> Templates:
    """Convert what the site's own layouts consist of.

    An include that only posts and pages ask for stays Liquid, as they are. One that both do is there twice.
    """
    sources = _sources(config)
    layouts = {path: text for path, text in sources.items() if path.startswith("_layouts/")}
    in_layouts = _asked_for(layouts.values(), sources)
    in_posts = _asked_for((document.body for document in documents(site)), sources)
    both = in_layouts & in_posts
    files: dict[str, str] = {path: sources[path] for path in in_posts}
    hands: list[Problem] = []
    converted = convert_all(sources)
    for path in (*layouts, *sorted(in_layouts)):
        place = _place(path, both)
        files[place] = _renamed(converted[path].text, both)
        hands += (replace(problem, path=place) for problem in converted[path].todo)
    unused = (path for path in sources if path not in layouts and path not in in_layouts | in_posts)
    return Templates(files, tuple(hands), tuple(sorted(unused)))


def write_templates(found: Templates, work: Path) -> None:
    """Write them."""
    for path, text in found.files.items():
        file = work / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _sources(config: Config) -> dict[str, str]:
    found = (source for folder in ("_layouts", "_includes") for source in walk(config, folder, Problems(lenient=True)))
    return {source.path: text for source in found if (text := read_text(source, Problems(lenient=True))) is not None}


def _asked_for(texts: Iterable[str], sources: Mapping[str, str]) -> set[str]:
    """The includes that texts ask for, and those that these ask for; all of them, where a name is computed."""
    found: set[str] = set()
    waiting = list(texts)
    while waiting:
        for name in _INCLUDE.findall(waiting.pop()):
            named = (
                [f"_includes/{name}"] if name != "{{" else [path for path in sources if path.startswith("_includes/")]
            )
            new = [path for path in named if path in sources and path not in found]
            found.update(new)
            waiting += [sources[path] for path in new]
    return found


def _place(path: str, both: set[str]) -> str:
    """Layouts end in `.html`, whatever they are for; an include that stays Liquid keeps its name."""
    if path.startswith("_layouts/"):
        return posixpath.splitext(path)[0] + ".html"
    return f"_includes/{FOR_LAYOUTS}/{path.removeprefix('_includes/')}" if path in both else path


def _renamed(text: str, both: set[str]) -> str:
    """Jinja with the new names of the includes that have got one."""
    for path in both:
        name = re.escape(path.removeprefix("_includes/"))
        asking = rf"(\{{%-?\s*(?:include|from)\s+[\"'])(?:_includes/)?({name}[\"'])"
        text = re.sub(asking, rf"\1{FOR_LAYOUTS}/\2", text)
    return text
