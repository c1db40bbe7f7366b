"""Layouts that extend others: which, and the blocks of theirs that nothing shows."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import TemplateError, nodes
from jinja2.environment import Environment

from sitegen.errors import Problem, did_you_mean
from sitegen.marked import problem_at
from sitegen.model.content import Layout
from sitegen.model.site import Site
from sitegen.templates.environment import find_layout


def extended(environment: Environment, text: str) -> str | None:
    """The name that stands in `{% extends %}`; None where there is none, or one that is computed."""
    try:
        found = environment.parse(text).find(nodes.Extends)
    except (TemplateError, RecursionError):
        return None
    named = found.template if found is not None else None
    return str(named.value) if isinstance(named, nodes.Const) else None


def ancestors(environment: Environment, site: Site, layout: Layout) -> Iterator[tuple[str, Layout]]:
    """The name of each that a layout extends, and it, the nearest first."""
    seen = {layout.path}
    while (name := extended(environment, layout.text)) is not None:
        found = find_layout(site, name)
        if found is None or found.path in seen:
            return
        seen.add(found.path)
        yield name.removesuffix(".html"), found
        layout = found


def unshown_blocks(environment: Environment, site: Site, layout: Layout) -> list[Problem]:
    """A problem for each block of a layout that stands in none which it extends, so that nothing shows it.

    Of templates that cannot be read others tell.
    """
    try:
        return list(_unshown(environment, site, layout))
    except (TemplateError, RecursionError):
        return []


def _unshown(environment: Environment, site: Site, layout: Layout) -> Iterator[Problem]:
    above = [environment.parse(found.text) for _, found in ancestors(environment, site, layout)]
    own = environment.parse(layout.text)
    if not above or not any(isinstance(node, nodes.Extends) for node in own.body):
        return
    if above[-1].find(nodes.Extends) is not None:
        return  # whose own is not known
    known = {block.name for one in above for block in one.find_all(nodes.Block)}
    for block in _outermost(own):
        if block.name not in known | _called(own, *above):
            message = f'what it extends has no block "{block.name}": nothing shows this one'
            yield problem_at(layout.path, layout.text, block.lineno, message, did_you_mean(block.name, known))


def _outermost(node: nodes.Node) -> Iterator[nodes.Block]:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        else:
            yield from _outermost(child)


def _called(*templates: nodes.Template) -> set[str]:
    """The blocks that are shown by `self.name()`."""
    found = (node for one in templates for node in one.find_all(nodes.Getattr))
    return {node.attr for node in found if isinstance(node.node, nodes.Name) and node.node.name == "self"}
