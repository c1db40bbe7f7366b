"""`robots.txt`: everything may be read, and where the sitemap is."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.site import Site
from sitegen.outputs.target import Claim, Rendering, Target


def targets(site: Site) -> Iterator[Target]:
    """One file, unless the site has its own."""
    yield Target("robots.txt", "robots.txt", "robots", _render, claim=Claim.MADE)


def _render(rendering: Rendering, reads: set[str]) -> str:
    config = rendering.site.config
    rules = "User-agent: *\nAllow: /\n"
    if config.url and "sitemap" in config.outputs:
        rules += f"\nSitemap: {config.url}{config.baseurl}/sitemap.xml\n"
    return rules
