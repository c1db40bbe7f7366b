"""The names that one site has given: layouts, forms, tags, categories, authors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sitegen.config import Config
from sitegen.content.assemble import assemble
from sitegen.errors import Problems
from sitegen.model.terms import TAXONOMIES
from sitegen.templates.environment import known_layouts


@dataclass(frozen=True)
class OwnNames:
    """Sorted, each once."""

    layouts: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


NO_NAMES = OwnNames()


def own_names(config: Config, *, now: datetime) -> OwnNames:
    """Those of the site as it is at a moment; what is wrong with it does not matter here."""
    site = assemble(config, Problems(lenient=config.lenient), now=now)
    tags, categories = (sorted(term.name for term in site.listings[kind]) for kind in TAXONOMIES)
    return OwnNames(
        layouts=tuple(sorted(known_layouts(site))),
        forms=tuple(sorted(config.forms)),
        tags=tuple(tags),
        categories=tuple(categories),
        authors=tuple(sorted(site.authors or {one.name for post in site.posts for one in site.authors_of(post)})),
    )
