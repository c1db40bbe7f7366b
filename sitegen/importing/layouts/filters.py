"""Liquid's filters, and Jekyll's, in Jinja: what the table does not have lets its value pass, and is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sitegen.importing.layouts.expressions import Chain, Filter, Literal
from sitegen.importing.layouts.list_filters import LISTS
from sitegen.importing.layouts.number_filters import NUMBERS
from sitegen.importing.layouts.operands import value_of
from sitegen.importing.layouts.scope import Scope
from sitegen.importing.layouts.text_filters import TEXTS
from sitegen.importing.layouts.values import Value

Convert = Callable[[Value, Sequence[Value], Scope], Value]
FILTERS: Mapping[str, Convert] = {**LISTS, **NUMBERS, **TEXTS}
_NOW = ("now", "today")  # what Jekyll's filters for dates take for the present
_HINTS = {
    "inspect": "it is for looking into a value while writing a layout",
    "sassify": "style sheets are not made in layouts",
    "scssify": "style sheets are not made in layouts",
    "smartify": "write the quotes and dashes themselves, or use `markdownify`",
    "url_decode": "Jinja has nothing of the kind; write the text as it is to be",
}


def chain_value(chain: Chain, scope: Scope) -> Value:
    """A value with its filters."""
    value = value_of(chain.value, scope)
    if chain.ignored:
        scope.note(f"`{chain.ignored}` is left out", "Liquid does not read it: there, too, the value before it is all")
    is_now = isinstance(chain.value, Literal) and chain.value.value in _NOW
    if is_now and chain.filters and chain.filters[0].name.startswith("date"):
        value = Value("site.time", "moment")
    for filter_ in chain.filters:
        value = _applied(filter_, value, scope)
    return value


def _applied(filter_: Filter, value: Value, scope: Scope) -> Value:
    convert = FILTERS.get(filter_.name)
    if convert is None:
        hint = _HINTS.get(filter_.name, "it is not Jekyll's own; there, too, the value passes where no plugin has it")
        scope.note(f"the filter `{filter_.text}` is left out", hint)
        return value
    return convert(value, [value_of(arg, scope) for arg in filter_.args], scope)
