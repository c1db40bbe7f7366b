"""Authors: a page for each profile in `_data/authors`, and one that shows them all where there are several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from sitegen.model.authors import Author
from sitegen.model.feeds import author_address
from sitegen.model.site import Site
from sitegen.outputs.generated import generated
from sitegen.outputs.target import Target
from sitegen.templates.views import Lens, author_views


def targets(site: Site) -> Iterator[Target]:
    """The pages of the authors, whether or not they have written something yet."""
    if site.has_overview:
        yield generated("/authors/", "authors", "authors", "Authors", _overview)
    for author in site.authors.values():
        if author.url:
            fill, identity = partial(_author, author), [repr(author)]
            yield generated(author.url, "author", "author", author.name, fill, identity=identity)


def _overview(lens: Lens) -> Mapping[str, Any]:
    authors = author_views(lens, lens.site.authors.values())
    return {"authors": authors, "description": f"Who writes here: {', '.join(map(str, authors))}."}


def _author(author: Author, lens: Lens) -> Mapping[str, Any]:
    [view] = author_views(lens, [author])
    return {
        "authors": [view],
        "posts": view.posts,
        "description": view.bio.striptags(),
        "image": view.picture,
        "feed": author_address(lens.site.config, author),
    }
