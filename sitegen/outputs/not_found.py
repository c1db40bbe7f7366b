"""The page for addresses that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.site import Site
from sitegen.outputs.generated import generated
from sitegen.outputs.target import Target
from sitegen.words import Word


def targets(site: Site) -> Iterator[Target]:
    """`404.html`, which web servers and GitHub Pages look for."""
    yield generated(site.config.within("/404.html"), "404", "404", Word("not_found.title"))
