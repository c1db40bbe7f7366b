"""What the pages that no file stands for have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from sitegen.model.feeds import address_of
from sitegen.model.listings import KINDS, Listing, Overview
from sitegen.outputs.target import Claim, Rendering, Target
from sitegen.templates.views import Attributes, Documents, Lens
from sitegen.urls import path_of
from sitegen.words import Word

Fill = Callable[[Lens], Mapping[str, Any]]


def nothing(lens: Lens) -> Mapping[str, Any]:
    """For a page that shows nothing of the site."""
    return {}


def generated(
    url: str,
    layout: str,
    kind: str,
    title: str | Word,
    fill: Fill = nothing,
    *,
    identity: Iterable[str] = (),
    claim: Claim = Claim.MADE,
) -> Target:
    """A page made by a layout.

    `fill` gives what `page` has beside title, url, kind, layout, lang and description; its entries under "extra"
    go to the layout itself. `identity` is what else the page is made of.
    """
    page = {
        "url": url,
        "kind": kind,
        "title": title,
        "layout": layout,
        "description": "",
        "draft": False,
        "call": None,
    }
    render = partial(_render, layout, page, fill)
    owner = f"the {kind} page {url}"
    identified = repr((layout, kind, title, *identity))
    return Target(path_of(url), owner, identified, render, layout=layout, claim=claim)


def page_of_listing(
    listing: Listing, layout: str, fill: Fill, *, identity: Iterable[str] = (), claim: Claim = Claim.MADE
) -> Target:
    """The page of a listing. `fill` gives what it has beside its posts, its feed and the page above it."""
    kind = KINDS[listing.output].page
    filled, identified = partial(_listed, listing, fill), [repr(listing), *identity]
    return generated(listing.url, layout, kind, listing.name, filled, identity=identified, claim=claim)


def _listed(listing: Listing, fill: Fill, lens: Lens) -> Mapping[str, Any]:
    above = lens.site.overview(listing.output)
    return {
        "posts": Documents(lens, listing.posts),
        "feed": address_of(lens.site.config, listing),
        "overview": above and overview_view(lens, above),
        **fill(lens),
    }


def overview_view(lens: Lens, above: Overview) -> Attributes:
    """`page.overview`: its title, its address, and the key of the words that lead there."""
    title = lens.words().text(f"lists.{above.output}")
    return Attributes({"title": title, "url": above.url, "all": f"lists.all_{above.output}"})


def _render(layout: str, page: Mapping[str, Any], fill: Fill, rendering: Rendering, reads: set[str]) -> str:
    lens = rendering.lens(reads)
    filled = dict(fill(lens))
    extra = filled.pop("extra", {})
    attributes = {"lang": rendering.site.config.lang, **page, **filled}
    if isinstance(attributes["title"], Word):
        attributes["title"] = lens.words(attributes["lang"]).said(attributes["title"])
    return rendering.renderer.render(layout, lens, Attributes(attributes), **extra)
