"""Files that are published as they are: the site's `static/`, and the theme's, which give way to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sitegen.model.content import Asset
from sitegen.model.site import Site
from sitegen.outputs.target import Target
from sitegen.templates.theme import theme_assets
from sitegen.urls import file_of


def targets(site: Site) -> Iterator[Target]:
    """A copy of each file."""
    for asset in site.assets:
        yield _copy(asset, asset.place)
    if site.config.lenient:
        yield from _twice(site)
    for url, (file, digest) in theme_assets().items():
        yield Target(url.lstrip("/"), f"the theme's {file.name}", digest, file=file, yields=True)


def _twice(site: Site) -> Iterator[Target]:
    """What is in `static/` is at its own path for Jekyll, and below `/` for sitegen, if nothing else is there."""
    taken = {asset.place for asset in site.assets} | {file_of(page.url, page.ending) for page in site.pages}
    for asset in site.assets:
        path = asset.path.removeprefix("static/")
        if path != asset.path and path not in taken:
            yield _copy(asset, path)


def _copy(asset: Asset, path: str) -> Target:
    return Target(path, asset.path, asset.digest, file=Path(asset.file))
