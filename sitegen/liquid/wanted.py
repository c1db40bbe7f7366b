"""Whether Liquid runs in a document: what a site without any needs to know of this room."""

from __future__ import annotations

from sitegen.model.content import Document
from sitegen.model.site import Site


def is_wanted(site: Site, document: Document) -> bool:
    """Whether Liquid may run in a document, by its front matter or the configuration."""
    own = document.front.get("liquid")
    wants = own if isinstance(own, bool) else site.config.liquid
    return wants and document.front.get("render_with_liquid") is not False
