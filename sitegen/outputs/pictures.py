"""The smaller pictures that were made of those that the site shows."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.site import Site
from sitegen.outputs.target import Claim, Target
from sitegen.urls import path_of


def targets(site: Site) -> Iterator[Target]:
    """A copy of each, under a name that tells of its content."""
    variants = {one.url: one for picture in site.pictures.values() for one in picture.variants}
    for url, one in variants.items():
        owner = f"the picture {url}"
        yield Target(path_of(url), owner, one.digest, file=one.file, claim=Claim.MADE)
