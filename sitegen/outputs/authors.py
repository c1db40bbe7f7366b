"""Authors: a page for each profile in `_data/authors`, and one that shows them all where there are several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from sitegen.forms.wording import listed
from sitegen.model.authors import Author
from sitegen.model.site import Site
from sitegen.outputs.generated import generated, page_of_listing
from sitegen.outputs.target import Target
from sitegen.templates.views import Lens, author_views
from sitegen.words import Word


def targets(site: Site) -> Iterator[Target]:
    """The pages of the authors, whether or not they have written something yet."""
    if (above := site.overview("authors")) is not None:
        yield generated(above.url, "authors", "authors", Word("lists.authors"), _overview)
    for listing in site.listings["authors"]:
        author = site.authors[listing.key]
        if listing.url:
            yield page_of_listing(listing, "author", partial(_author, author), identity=[repr(author)])


def _overview(lens: Lens) -> Mapping[str, Any]:
    authors, words = author_views(lens, lens.site.authors.values()), lens.words()
    names = listed(map(str, authors), words)
    return {"authors": authors, "description": words.text("lists.about_authors", names=names)}


def _author(author: Author, lens: Lens) -> Mapping[str, Any]:
    [view] = author_views(lens, [author])
    return {"authors": [view], "description": view.bio.striptags(), "image": view.picture}
