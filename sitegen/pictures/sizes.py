"""How large the pictures of a site are."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from sitegen.dimensions import ENDINGS
from sitegen.model.content import Asset
from sitegen.model.pictures import Picture
from sitegen.model.site import Site
from sitegen.pictures.heads import Heads


def with_sizes(site: Site, heads: Heads) -> Site:
    """The site with its pictures by their paths in the output, where the settings want their sizes written."""
    if not site.config.image_sizes:
        return site
    pictures: dict[str, Picture] = {}
    for place, asset in picture_files(site).items():
        with suppress(OSError):
            if (found := heads.of(asset).dimensions) is not None:
                pictures[place] = Picture(found.kind, found.width, found.height)
    return replace(site, pictures=pictures)


def picture_files(site: Site) -> Mapping[str, Asset]:
    """The files that are pictures by their names, also those beside documents, by path in the output."""
    beside = ((asset.place, asset) for files in site.beside.values() for asset in files.values())
    found = dict((*site.copies, *beside))
    return {place: asset for place, asset in found.items() if place.lower().endswith(ENDINGS)}
