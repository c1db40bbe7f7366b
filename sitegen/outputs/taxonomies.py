"""Tags and categories: a page for each term, and one that lists them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from sitegen.model.content import Term
from sitegen.model.feeds import term_address
from sitegen.model.site import Site
from sitegen.outputs.generated import generated
from sitegen.outputs.target import Target
from sitegen.templates.views import Attributes, Documents, Lens

SINGULAR = {"tags": "tag", "categories": "category"}


def tags(site: Site) -> Iterator[Target]:
    """The pages of the tags."""
    return _targets(site, "tags")


def categories(site: Site) -> Iterator[Target]:
    """The pages of the categories."""
    return _targets(site, "categories")


def _targets(site: Site, kind: str) -> Iterator[Target]:
    terms = site.taxonomies[kind]
    if terms:
        fill = partial(_overview, terms)
        yield generated(f"/{kind}/", "terms", kind, kind.capitalize(), fill, identity=[repr(terms)])
    for term in terms:
        yield generated(term.url, "term", SINGULAR[kind], term.name, partial(_term, term), identity=[repr(term)])


def _overview(terms: tuple[Term, ...], lens: Lens) -> Mapping[str, Any]:
    shown = ({"name": term.name, "url": term.url, "count": len(term.posts)} for term in terms)
    return {"terms": [Attributes(term) for term in shown]}


def _term(term: Term, lens: Lens) -> Mapping[str, Any]:
    feed = term_address(lens.site.config, term)
    return {"posts": Documents(lens, term.posts), "term": term.name, "feed": feed}
