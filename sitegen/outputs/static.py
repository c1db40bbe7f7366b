"""Files that are published as they are: the site's `static/`, and the theme's, which give way to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sitegen.model.site import Site
from sitegen.outputs.target import Claim, Target
from sitegen.templates.theme import theme_assets


def targets(site: Site) -> Iterator[Target]:
    """A copy of each file."""
    for path, asset in site.copies:
        yield Target(path, asset.path, asset.digest, file=Path(asset.file))
    for url, (file, digest) in theme_assets().items():
        yield Target(url.lstrip("/"), f"the theme's {file.name}", digest, file=file, claim=Claim.MADE)
