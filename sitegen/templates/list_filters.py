"""Filters for lists: of posts, of what `_data/` holds, of words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from jinja2 import Undefined
from jinja2.environment import Environment
from jinja2.filters import ignore_case, make_attrgetter, make_multi_attrgetter
from jinja2.utils import pass_environment

from sitegen.patterns import regex

_UNPADDED = regex(r"%-([a-zA-Z])")


def formatted(moment: date, form: str) -> str:
    """A date in a form of strftime; `%-d` is the day without a leading zero."""
    bare = _UNPADDED.sub(lambda match: moment.strftime("%" + match.group(1)).lstrip("0") or "0", form)
    return moment.strftime(bare)


@pass_environment
def where(environment: Environment, values: Iterable[Any], name: str, wanted: Any = None) -> list[Any]:
    """The items whose attribute is the wanted value, or a list that has it. Texts and what they look like are one."""
    attribute = make_attrgetter(environment, name)
    return [item for item in values if _matches(attribute(item), wanted)]


def _matches(found: Any, wanted: Any) -> bool:
    if found is None or wanted is None or isinstance(found, Undefined):
        return wanted is None and (found is None or isinstance(found, Undefined))
    if isinstance(found, list | tuple):
        return _text(wanted) in [_text(one) for one in found]
    return _text(found) == _text(wanted)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@pass_environment
def group_by(environment: Environment, values: Iterable[Any], name: str, form: str = "") -> list[dict[str, Any]]:
    """Groups with `name`, `items` and `size`, in the order in which they come; dates by a form of strftime."""
    attribute = make_attrgetter(environment, name, default="")
    groups: dict[str, list[Any]] = {}
    for item in values:
        key = attribute(item)
        shown = formatted(key, form) if form and isinstance(key, date) else "" if key is None else _text(key)
        groups.setdefault(shown, []).append(item)
    return [{"name": shown, "items": items, "size": len(items)} for shown, items in groups.items()]


@pass_environment
def sort(
    environment: Environment,
    values: Iterable[Any],
    reverse: bool = False,
    case_sensitive: bool = False,
    attribute: str | int | None = None,
) -> list[Any]:
    """As Jinja's, but what has no such attribute comes first instead of being an error."""
    keys = make_multi_attrgetter(environment, attribute, None if case_sensitive else ignore_case)

    def place(item: Any) -> list[tuple[bool, Any]]:
        return [(False, 0) if key is None or isinstance(key, Undefined) else (True, key) for key in keys(item)]

    return sorted(values, key=place, reverse=reverse)


def split(value: Any, sign: str = " ") -> list[str]:
    """The parts of a text between the signs; between blanks without any. Empty parts at the end do not count."""
    text = str(value)
    parts = text.split() if sign == " " else text.split(sign) if sign else list(text)
    while parts and not parts[-1]:
        parts.pop()
    return parts
