"""The layouts that a page passes through."""

from __future__ import annotations

from jinja2.environment import Environment

from sitegen.model.content import Layout
from sitegen.model.site import Site
from sitegen.templates.environment import find_layout
from sitegen.templates.extending import ancestors
from sitegen.templates.renderer import parent_of


def chain(environment: Environment, site: Site, layout: str | None) -> list[tuple[str, Layout]]:
    """Name and layout of each, from the innermost: what it extends, then what its front matter names."""
    found: dict[str, Layout] = {}
    while layout is not None and (first := find_layout(site, f"{layout}.html")) is not None:
        if layout in found:
            break
        found[layout] = first
        for name, extended in ancestors(environment, site, first):
            found.setdefault(name, extended)
        layout = parent_of(first)
    return list(found.items())
