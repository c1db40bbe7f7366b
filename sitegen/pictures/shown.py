"""Which pictures of a site are shown: in texts, by layouts, and as the picture of a page."""

from __future__ import annotations

from collections.abc import Callable

from sitegen.errors import SiteError
from sitegen.markup.rendered import Ends
from sitegen.model.content import Document
from sitegen.model.pictures import image_of, path_of_image, place_of
from sitegen.model.site import Site
from sitegen.urls import relative_url

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
    return found | standing_for(site) if "| img" in texts else found


def standing_for(site: Site) -> set[str]:
    """The paths in the output of what stands for pages where they are shared, and in feeds."""
    config = site.config
    given = {path_of_image(config.image), *map(image_of, site.documents.values())} - {""}
    return {place_of(config, "/", relative_url(image, config.baseurl)) for image in given}
