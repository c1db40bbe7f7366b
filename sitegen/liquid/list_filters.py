"""Jekyll's filters for lists (filters.rb, filters/grouping_filters.rb)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from random import Random
from typing import Any

from sitegen.liquid.text_filters import to_integer
from sitegen.liquid.values import text_of

_NUMBER = re.compile(r"\s*-?(?:\d+\.?\d*|\.\d+)\s*", re.ASCII)
_LONGEST_NUMBER = 300


def items_of(value: object, *, whole: bool = False) -> list[Any]:
    """What a list or a range holds, or a mapping (its values, unless it counts as a `whole`); else a list of one."""
    if isinstance(value, Mapping) and not whole:
        return list(value.values())
    if isinstance(value, list | tuple | range):
        return list(value)
    return [] if value is None else [value]


def _property(item: object, name: object) -> object:
    """A value of an item, or of something in it: `author.name`. What looks like a number is one, as in Jekyll."""
    found: object = item
    for part in str(name).split("."):
        try:
            found = found[part]  # type: ignore[index]
        except (KeyError, TypeError, IndexError):
            return None
    if not isinstance(found, str) or len(found) > _LONGEST_NUMBER or not _NUMBER.fullmatch(found):
        return found
    return float(found) if "." in found else int(found)


def _matches(item: object, name: object, wanted: object) -> bool:
    """Jekyll compares as text, and a list holds what it has; nothing is wanted where there is nothing."""
    found = _property(item, name)
    if wanted is None:
        return found is None
    if isinstance(found, list | tuple):
        return text_of(wanted) in [text_of(one) for one in found]
    return found is not None and text_of(found) == text_of(wanted)


def where(value: object, name: object, wanted: object = None) -> object:
    """The items whose property is the wanted value, or has it in its list."""
    if isinstance(value, str) or value is None:
        return value
    return [item for item in items_of(value) if _matches(item, name, wanted)]


def find(value: object, name: object, wanted: object = None) -> object:
    """The first of those."""
    return next((item for item in items_of(value) if _matches(item, name, wanted)), None)


def _holds(context: Any, variable: object, expression: object) -> Callable[[object], bool]:
    """Whether an expression is true of an item."""
    from liquid.builtin.expressions import BooleanExpression, tokenize
    from liquid.stream import TokenStream
    from liquid.token import TOKEN_EXPRESSION, Token

    text = str(expression)
    parsed = BooleanExpression.parse(context.env, TokenStream(tokenize(text, Token(TOKEN_EXPRESSION, text, 0, text))))

    def holds(item: object) -> bool:
        context.spend(1)
        with context.extend({str(variable): item}):
            return bool(parsed.evaluate(context))

    return holds


def where_exp(context: Any, value: object, variable: object, expression: object) -> object:
    """The items of which an expression is true."""
    holds = _holds(context, variable, expression)
    return [item for item in items_of(value) if holds(item)]


def find_exp(context: Any, value: object, variable: object, expression: object) -> object:
    """The first of those."""
    holds = _holds(context, variable, expression)
    return next((item for item in items_of(value) if holds(item)), None)


def _grouped(keyed: Iterable[tuple[object, object]]) -> list[dict[str, object]]:
    groups: dict[str, tuple[object, list[object]]] = {}
    for key, item in keyed:
        groups.setdefault(text_of(key), (key, []))[1].append(item)
    return [{"name": name, "items": items, "size": len(items)} for name, items in groups.values()]


def group_by(value: object, name: object) -> object:
    """Groups with `name`, `items` and `size`, by a property."""
    return _grouped((text_of(_property(item, name)), item) for item in items_of(value))


def group_by_exp(context: Any, value: object, variable: object, expression: object) -> object:
    """Groups by what an expression (filters may be in it) gives for each item."""
    from liquid.builtin.expressions import FilteredExpression, tokenize
    from liquid.stream import TokenStream
    from liquid.token import TOKEN_EXPRESSION, Token

    text = str(expression)
    parsed = FilteredExpression.parse(context.env, TokenStream(tokenize(text, Token(TOKEN_EXPRESSION, text, 0, text))))

    def key(item: object) -> object:
        context.spend(1)
        with context.extend({str(variable): item}):
            return parsed.evaluate(context)

    return _grouped((key(item), item) for item in items_of(value))


def _rank(value: object) -> tuple[int, Any]:
    """What can be compared with anything: numbers before dates before text."""
    if isinstance(value, bool | int | float):
        return 0, float(value)
    if isinstance(value, datetime):
        return 1, value.timestamp()
    return 2, text_of(value)


def sort(value: object, name: object = None, nils: object = "first") -> object:
    """The items in order, by a property where one is named; those without it first, or `last`."""
    if value is None or isinstance(value, str):
        return value
    items = [list(pair) for pair in value.items()] if name is None and isinstance(value, Mapping) else items_of(value)
    keyed = [(item if name is None else _property(item, name), item) for item in items]
    without = [item for key, item in keyed if key is None]
    ranked = sorted(((key, item) for key, item in keyed if key is not None), key=lambda pair: _rank(pair[0]))
    sorted_items = [item for _, item in ranked]
    return sorted_items + without if nils == "last" else without + sorted_items


def pop(value: object, count: object = 1) -> object:
    """The list without its last items."""
    items = items_of(value)
    return items[: max(0, len(items) - to_integer(count))] if isinstance(value, list) else value


def shift(value: object, count: object = 1) -> object:
    """The list without its first items."""
    return items_of(value)[max(0, to_integer(count)) :] if isinstance(value, list) else value


def push(value: object, item: object) -> object:
    """The list with one more at its end."""
    return [*value, item] if isinstance(value, list) else value


def unshift(value: object, item: object) -> object:
    """The list with one more at its beginning."""
    return [item, *value] if isinstance(value, list) else value


def sample(value: object, count: object = 1) -> object:
    """Some items, the same ones in every build: the same input gives the same bytes."""
    items = items_of(value)
    if not isinstance(value, list) or not items:
        return value if not isinstance(value, list) else None
    wanted = max(0, min(to_integer(count), len(items)))
    chosen = Random(len(items)).sample(items, wanted)
    return chosen[0] if wanted == 1 else chosen


def array_to_sentence_string(value: object, connector: object = "and") -> object:
    """`a`, `a and b`, `a, b, and c`."""
    if not isinstance(value, list | tuple):
        return value
    words = [text_of(item) for item in value]
    if len(words) < 3:
        return f" {connector} ".join(words)
    return f"{', '.join(words[:-1])}, {connector} {words[-1]}"
