"""What stands in a site's folder beside posts, layouts and data: documents with front matter, and other files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from sitegen.config import Config
from sitegen.content.entries import is_left_out
from sitegen.content.formats import STYLES
from sitegen.content.frontmatter import has_front_matter
from sitegen.content.sources import DOCUMENTS, Source
from sitegen.content.walks import file_at, walk, walk_entries
from sitegen.errors import Problem, Problems
from sitegen.frozen import dataclass

PAGES = "_pages"


@dataclass(frozen=True)
class Tree:
    """`documents` become pages, `files` are published as they are."""

    documents: tuple[Source, ...]
    files: tuple[Source, ...]


def has_pages_folder(config: Config) -> bool:
    """Whether what is in `_pages/` counts as if it were at the top: not where Jekyll has a rule for it."""
    return not any(one.folder == PAGES for one in config.collections) and is_left_out(config, PAGES, folder=True)


def read_tree(config: Config, problems: Problems) -> Tree:
    """At the top a document opens with `---`, README.md and its like do not; in `_pages/` each is one; files stand in
    `static/`. On a Jekyll site documents and files stand anywhere (reader.rb).
    """
    pages = walk(config, PAGES, problems) if has_pages_folder(config) else ()
    inside = tuple(source for source in pages if source.suffix in DOCUMENTS)
    if config.lenient:
        documents, files = _sorted_out(_entries(config, problems), problems)
        return Tree((*documents, *inside), tuple(files))
    top = (source for source in walk(config, "", Problems(), deep=False) if source.suffix in DOCUMENTS)
    there = (source for source in top if not source.path.startswith("_") and opens_with_front_matter(source))
    return Tree((*there, *inside), tuple(walk(config, "static", problems, hidden=True)))


def _entries(config: Config, problems: Problems) -> Iterator[Source]:
    """All files of a Jekyll site but those in special folders, and single files that `include` names."""
    found = {source.path: source for source in walk_entries(config, "", problems)}
    yield from found.values()
    for name in config.include:
        source = file_at(config, name.strip("/"), problems)
        if source is not None and source.path not in found:
            yield source


def _sorted_out(entries: Iterable[Source], problems: Problems) -> tuple[list[Source], list[Source]]:
    """Those with front matter, and the others."""
    documents: list[Source] = []
    files: list[Source] = []
    for source in entries:
        if not opens_with_front_matter(source):
            files.append(source)
        elif source.suffix in STYLES:
            _tell_styles(source, problems)
        else:
            documents.append(source)
    return documents, files


def _tell_styles(source: Source, problems: Problems) -> None:
    made = f"{os.path.splitext(source.path)[0]}.css"
    hint = f"run `sass {source.path} {made}`, without the front matter, before each build that is to have it"
    problems.note(Problem(source.path, None, "left out: sitegen makes no style sheets of Sass", hint))


def opens_with_front_matter(source: Source) -> bool:
    """Whether the file begins with a line of `---`."""
    try:
        with open(source.file, "rb", buffering=0) as file:
            start = file.read(64)
    except OSError:
        return False
    return has_front_matter(start.decode("utf-8-sig", "replace").replace("\r\n", "\n"))
