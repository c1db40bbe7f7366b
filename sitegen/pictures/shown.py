"""Which pictures of a site are shown: in texts, by layouts, and as the picture of a page."""

from __future__ import annotations

from collections.abc import Callable

from sitegen.errors import SiteError
from sitegen.markup.rendered import Ends
from sitegen.model.content import Document
from sitegen.model.pictures import place_of
from sitegen.model.site import Site

EndsOf = Callable[[Document], Ends]


def shown(site: Site, ends: EndsOf) -> set[str]:
    """Their paths in the output. Layouts show those that they name, and what `img` is told to in front matter."""
    found: set[str] = set()
    for document in site.documents.values():
        if document.redirect_to or document.verbatim:
            continue
        beside = site.beside.get(document.path, {})
        try:
            addresses = ends(document).files
        except SiteError:
            continue  # told where the document is rendered
        for address in addresses:
            asset = beside.get(address.strip().partition("#")[0].partition("?")[0])
            found.add(asset.place if asset is not None else place_of(site.config, document.url, address))
    return found | _by_layouts(site)


def _by_layouts(site: Site) -> set[str]:
    texts = "\n".join(layout.text for layout in site.layouts.values())
    found = {place for place in site.pictures if f"/{place}" in texts}
    if "| img" in texts:
        found |= {place_of(site.config, "/", image) for image in map(image_of, site.documents.values()) if image}
    return found


def image_of(document: Document) -> str:
    """What front matter names as the picture of the page, or ""."""
    given = document.front.get("image")
    path = given.get("path") if isinstance(given, dict) else given
    return path if isinstance(path, str) else ""
