"""`site.webmanifest` (W3C Web Application Manifest): the name and the icon of the site on a home screen."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sitegen.model.site import Site
from sitegen.outputs.target import Claim, Rendering, Target
from sitegen.urls import relative_url

GROUND = "#fdfdfc"  # of the packaged theme, in light


def targets(site: Site) -> Iterator[Target]:
    """One file, unless the site has its own."""
    path = site.config.within("/site.webmanifest").lstrip("/")
    yield Target(path, path, "manifest", _render, claim=Claim.MADE)


def _render(rendering: Rendering, reads: set[str]) -> str:
    config = rendering.site.config
    icons = [{"src": relative_url("/assets/favicon.svg", config.baseurl), "sizes": "any", "type": "image/svg+xml"}]
    if config.logo:
        icons.append({"src": relative_url(config.logo, config.baseurl), "sizes": "any"})
    manifest = {
        "name": config.title or rendering.lens(reads).words().text("site.untitled"),
        "description": config.description,
        "lang": config.lang,
        "start_url": relative_url(config.within("/"), config.baseurl),
        "display": "minimal-ui",
        "background_color": GROUND,
        "theme_color": GROUND,
        "icons": icons,
    }
    return json.dumps({key: value for key, value in manifest.items() if value}, ensure_ascii=False, indent=2) + "\n"
