"""Liquid's loops in Jinja."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sitegen.importing.layouts.known import item_kind
from sitegen.importing.layouts.operands import value_of
from sitegen.importing.layouts.paths import paths_in
from sitegen.importing.layouts.scope import Facts, Scope
from sitegen.importing.layouts.statements import Loop, loop
from sitegen.importing.layouts.tree import Block, Node, Tag
from sitegen.importing.layouts.uses import assigned_in
from sitegen.importing.layouts.values import Level, Value, as_list, as_number, name_of
from sitegen.importing.layouts.writer import Writer

_WRITTEN = ("page.", "include.")  # by an author, who may write one text in place of a list
_PAIRED = (0, 1, "first", "last")


def write_loop(writer: Writer, block: Block, facts: Facts) -> Facts:
    """`for`."""
    body, *others = block.parts
    found = loop(body.mark.expression)
    scope = writer.scope(body.mark, facts)
    if found.unread:
        scope.note("`reversed` is left out", "Liquid reads it only right behind the list, and did not either")
    items = _items(value_of(found.collection, scope), found, body.body)
    name = name_of(found.variable)
    lost = assigned_in(block)
    outside = facts.forgetting([*scope.targets(lost), name])
    item = Value(name, item_kind(items.kind))
    chosen = _part(items, found, scope)
    writer.tags(body.mark, f"for {name} in {chosen.code}")
    writer.rounds += 1
    writer.body(body.body, outside.looping(found.variable, item))
    writer.rounds -= 1
    for part in others:
        # Jinja takes a loop that is left early, or a round that is, for none.
        leaves = _is_left(body.body)
        writer.tags(part.mark, *(("endfor", f"if not {as_list(chosen).within(Level.NOT)}") if leaves else ("else",)))
        writer.body(part.body, outside)
        writer.tags(block.end, "endif" if leaves else "endfor")
        return outside
    writer.tags(block.end, "endfor")
    return outside


def _is_left(body: Sequence[Node]) -> bool:
    """Whether a loop is left by `break` or `continue`."""
    inner = (part.body for node in body if isinstance(node, Block) and node.name != "for" for part in node.parts)
    return any(isinstance(node, Tag) and node.mark.name in ("break", "continue") for node in body) or any(
        map(_is_left, inner)
    )


def _items(value: Value, found: Loop, body: Sequence[Node]) -> Value:
    """What the loop goes through: of a mapping, its pairs."""
    if value.kind in ("mapping", "terms"):
        return value.or_else("{}").piped("items", "terms" if value.kind == "terms" else "pairs", lazy=True)
    if value.kind == "any" and _is_paired(found.variable, body):
        pairs = f"{value.within(Level.FILTERED)} | items if {value.within(Level.FILTERED)} is mapping"
        return Value(f"({pairs} else {value.or_else('[]').code})", "pairs", lazy=True)
    if value.kind in ("text", "plain"):
        return Value(f"[{value.code}]", "array")
    there = value.or_else("[]")
    if value.kind == "any" and value.code.startswith(_WRITTEN) and _is_bare(found.variable, body):
        return Value(f"([{value.code}] if {value.code} is string else {there.code})", "any")
    return there


def _is_bare(variable: str, body: Sequence[Node]) -> bool:
    """Whether the items are used as texts: then what they come from may be one text, which Liquid takes for a list."""
    steps = [path.steps for path in paths_in(body) if path.root == variable]
    return bool(steps) and not any(steps)


def _is_paired(variable: str, body: Sequence[Node]) -> bool:
    """Whether the items are used as pairs of a name and a value."""
    steps = [path.steps[0] if path.steps else None for path in paths_in(body) if path.root == variable]
    taken = [getattr(step, "value", step) for step in steps]
    return bool(taken) and all(step in _PAIRED for step in taken)


def _part(items: Value, found: Loop, scope: Scope) -> Value:
    """The items that `offset` and `limit` choose, perhaps backwards."""
    if found.limit is not None or found.offset is not None:
        start = as_number(value_of(found.offset, scope)) if found.offset is not None else None
        count = value_of(found.limit, scope) if found.limit is not None else None
        code = as_list(items).within(Level.ATOM)
        if start is None and count is not None and re.fullmatch(r"\d", count.code):
            code = code.removesuffix("[:10]")  # that of `site.related_posts`
        items = Value(f"{code}[{_bounds(start, count)}]", items.kind)
    return items.piped("reverse", lazy=True) if found.backwards else items


def _bounds(start: Value | None, count: Value | None) -> str:
    if count is None:
        return f"{start.code if start is not None else ''}:"
    if start is None:
        # no limit where there is none
        return f":{count.code}" if count.there else f":{count.piped('default(none)').code}"
    number = as_number(count)
    if start.code.isdigit() and number.code.isdigit():
        return f"{start.code}:{int(start.code) + int(number.code)}"
    return f"{start.code}:{start.within(Level.SUM)} + {number.within(Level.PRODUCT)}"
