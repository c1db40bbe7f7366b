"""What stands in a tag: the variable that it sets, and those that it reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sitegen.importing.layouts.expressions import Both, Chain, Comparison, Condition, Path, Range, Unreadable
from sitegen.importing.layouts.statements import assignment, captured, cycled, included, loop, wanted
from sitegen.importing.layouts.syntax import chain_of, condition_of
from sitegen.importing.layouts.tree import Block, Node, Output, Tag
from sitegen.liquid.marks import Mark

INCLUDES = ("include", "include_cached")


def names_given(mark: Mark) -> frozenset[str]:
    """The variable that a tag sets."""
    try:
        if mark.name == "assign":
            return frozenset((assignment(mark.expression)[0],))
        if mark.name == "capture":
            return frozenset((captured(mark.expression),))
        if mark.name in ("for", "tablerow"):
            return frozenset((loop(mark.expression).variable,))
    except Unreadable:
        pass
    return frozenset()


def included_file(mark: Mark) -> str | None:
    """The file that an `include` names, if it is known beforehand."""
    try:
        return included(mark.expression).file
    except Unreadable:
        return None


def paths_of(mark: Mark) -> Iterator[Path]:
    """Every path in a tag or output."""
    try:
        yield from _paths(tuple(_expressions(mark)))
    except Unreadable:
        return


def paths_in(nodes: Sequence[Node]) -> Iterator[Path]:
    """Every path in some nodes, and in what they enclose."""
    for node in nodes:
        if isinstance(node, Block):
            for part in node.parts:
                yield from paths_of(part.mark)
                yield from paths_in(part.body)
        elif isinstance(node, Output | Tag):
            yield from paths_of(node.mark)


def _expressions(mark: Mark) -> Iterator[object]:
    """What is read where the tag stands."""
    text = mark.expression
    if mark.is_output:
        yield chain_of(text) if text.strip() else ()
    elif mark.name == "assign":
        yield assignment(text)[1]
    elif mark.name in ("if", "elsif", "unless"):
        yield condition_of(text)
    elif mark.name == "case":
        yield chain_of(text)
    elif mark.name == "when":
        yield from wanted(text)
    elif mark.name in ("for", "tablerow"):
        found = loop(text)
        yield from (found.collection, found.limit, found.offset)
    elif mark.name == "cycle":
        yield from cycled(text)
    elif mark.name in INCLUDES:
        given = included(text)
        yield from (*given.name, *given.given.values())


def _paths(found: object) -> Iterator[Path]:
    if isinstance(found, Path):
        yield found
        yield from _paths(found.steps)
    elif isinstance(found, tuple):
        for one in found:
            yield from _paths(one)
    elif isinstance(found, Range):
        yield from _paths((found.first, found.last))
    elif isinstance(found, Chain):
        yield from _paths((found.value, *(filter_.args for filter_ in found.filters)))
        for filter_ in found.filters:
            if filter_.name.endswith("_exp") and len(filter_.args) == 2:
                yield from _in_text(filter_.args[0], filter_.args[1])
    elif isinstance(found, Comparison | Both):
        yield from _paths((found.left, found.right))


def _in_text(variable: object, expression: object) -> Iterator[Path]:
    """The paths in the text that `where_exp` is given, but for its own variable."""
    text, own = getattr(expression, "value", None), getattr(variable, "value", None)
    if isinstance(text, str):
        try:
            found: Condition | Chain = condition_of(text)
        except Unreadable:
            found = chain_of(text)
        yield from (path for path in _paths(found) if path.root != own)
