"""The layouts that a page passes through."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import TemplateError, nodes
from jinja2.environment import Environment

from sitegen.model.content import Layout
from sitegen.model.site import Site
from sitegen.templates.environment import find_layout
from sitegen.templates.renderer import parent_of


def chain(environment: Environment, site: Site, layout: str | None) -> list[tuple[str, Layout]]:
    """Name and layout of each, from the innermost: what it extends, then what its front matter names."""
    found: dict[str, Layout] = {}
    while layout is not None and (first := find_layout(site, f"{layout}.html")) is not None:
        if layout in found:
            break
        found[layout] = first
        for name, extended in _extended(environment, site, first):
            found.setdefault(name, extended)
        layout = parent_of(first)
    return list(found.items())


def _extended(environment: Environment, site: Site, layout: Layout) -> Iterator[tuple[str, Layout]]:
    seen = {layout.path}
    while (name := _extends(environment, layout)) is not None:
        found = find_layout(site, name)
        if found is None or found.path in seen:
            return
        seen.add(found.path)
        yield name.removesuffix(".html"), found
        layout = found


def _extends(environment: Environment, layout: Layout) -> str | None:
    """The name that stands in `{% extends %}`; None where there is none, or one that is computed."""
    try:
        found = environment.parse(layout.text, filename=layout.path).find(nodes.Extends)
    except (TemplateError, RecursionError):
        return None
    named = found.template if found is not None else None
    return str(named.value) if isinstance(named, nodes.Const) else None
