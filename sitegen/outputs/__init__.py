"""One module for each kind of file that a site has: `targets(site)` tells which there should be.

A new kind is a module here, a row in `OUTPUTS`, and its name in `settings.names.OUTPUT_NAMES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from importlib import import_module

from sitegen.model.site import Site
from sitegen.outputs.target import Made, Render, Rendering, Target

OUTPUTS: Mapping[str, str] = {
    "posts": "documents.posts",
    "pages": "documents.pages",
    "home": "home.targets",
    "tags": "terms.tags",
    "categories": "terms.categories",
    "series": "terms.series",
    "authors": "authors.targets",
    "archive": "archive.targets",
    "years": "periods.years",
    "months": "periods.months",
    "atom": "feeds.atom",
    "rss": "feeds.rss",
    "json": "feeds.json",
    "sitemap": "sitemap.targets",
    "robots": "robots.targets",
    "join": "join.targets",
    "manifest": "manifest.targets",
    "cards": "cards.targets",
    "redirects": "redirects.targets",
    "pictures": "pictures.targets",
    "static": "static.targets",
    "404": "not_found.targets",
    "search": "search.targets",
}  # the module, which is imported by a site that has the output, and its function

ONCE = frozenset({"sitemap", "robots", "redirects", "pictures", "static"})  # of the whole site, whatever its languages


def made_by(name: str) -> Callable[[Site], Iterator[Target]]:
    """The function that tells the targets of an output."""
    module, _, function = OUTPUTS[name].partition(".")
    found: Callable[[Site], Iterator[Target]] = getattr(import_module(f"{__name__}.{module}"), function)
    return found


def targets_of(site: Site, name: str) -> Iterator[Target]:
    """What an output makes of a site: of each of its editions, if it is in several languages."""
    if name in ONCE or not site.config.languages:
        yield from made_by(name)(site)
        return
    for lang, edition in site.editions.items():
        for target in made_by(name)(edition):
            yield target if target.file is not None else _of_edition(target, lang)


def _of_edition(target: Target, lang: str) -> Target:
    return replace(target, identity=f"{lang} {target.identity}", render=partial(_in_edition, lang, target.render))


def _in_edition(lang: str, render: Render, rendering: Rendering, reads: set[str]) -> Made:
    return render(rendering.editions[lang], reads)


__all__ = ["OUTPUTS", "Rendering", "Target", "made_by", "targets_of"]
