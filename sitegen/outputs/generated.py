"""What the pages that no file stands for have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from sitegen.outputs.target import Claim, Rendering, Target
from sitegen.templates.views import Attributes, Lens
from sitegen.urls import path_of

Fill = Callable[[Lens], Mapping[str, Any]]


def nothing(lens: Lens) -> Mapping[str, Any]:
    """For a page that shows nothing of the site."""
    return {}


def generated(
    url: str,
    layout: str,
    kind: str,
    title: str,
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


def _render(layout: str, page: Mapping[str, Any], fill: Fill, rendering: Rendering, reads: set[str]) -> str:
    lens = rendering.lens(reads)
    filled = dict(fill(lens))
    extra = filled.pop("extra", {})
    attributes = {"lang": rendering.site.config.lang, **page, **filled}
    return rendering.renderer.render(layout, lens, Attributes(attributes), **extra)
