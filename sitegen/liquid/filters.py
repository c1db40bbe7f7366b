"""The filters: Liquid's own that are ours (`CORE`), and Jekyll's: `FILTERS`, and `SITE_FILTERS`, which see the site."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from sitegen.liquid import core_filters, date_filters, list_filters, text_filters
from sitegen.liquid.values import joined

CORE: Mapping[str, Callable[..., object]] = {
    "compact": core_filters.compact,
    "escape": core_filters.escape,
    "escape_once": core_filters.escape_once,
    "h": core_filters.escape,
    "join": core_filters.join,
    "map": core_filters.map_,
    "round": core_filters.round_,
    "split": core_filters.split,
    "truncate": core_filters.truncate,
    "truncatewords": core_filters.truncatewords,
}
FILTERS: Mapping[str, Callable[..., object]] = {
    "array_to_sentence_string": list_filters.array_to_sentence_string,
    "cgi_escape": text_filters.cgi_escape,
    "find": list_filters.find,
    "group_by": list_filters.group_by,
    "inspect": text_filters.inspect,
    "jsonify": text_filters.jsonify,
    "normalize_whitespace": text_filters.normalize_whitespace,
    "number_of_words": text_filters.number_of_words,
    "pop": list_filters.pop,
    "push": list_filters.push,
    "sample": list_filters.sample,
    "shift": list_filters.shift,
    "slugify": text_filters.slugify,
    "smartify": text_filters.smartify,
    "sort": list_filters.sort,
    "strip_index": text_filters.strip_index,
    "to_integer": text_filters.to_integer,
    "unshift": list_filters.unshift,
    "uri_escape": text_filters.uri_escape,
    "where": list_filters.where,
    "xml_escape": text_filters.xml_escape,
}
SITE_FILTERS: Mapping[str, Callable[..., object]] = {
    "absolute_url": text_filters.absolute,
    "date": date_filters.date,
    "date_to_long_string": date_filters.date_to_long_string,
    "date_to_rfc822": date_filters.date_to_rfc822,
    "date_to_string": date_filters.date_to_string,
    "date_to_xmlschema": date_filters.date_to_xmlschema,
    "find_exp": list_filters.find_exp,
    "group_by_exp": list_filters.group_by_exp,
    "markdownify": text_filters.markdownify,
    "relative_url": text_filters.relative,
    "where_exp": list_filters.where_exp,
}
NOT_HERE = ("sassify", "scssify")  # style sheets are not made in posts: the text passes, with a warning


def adapted(function: Callable[..., object], *, sees_site: bool) -> Callable[..., object]:
    """A filter as python-liquid calls it; what is not defined is None."""

    def filter_(value: object, *args: object, context: Any, **_: object) -> object:
        given = [_plain(one) for one in (value, *args)]
        return function(context, *given) if sees_site else function(*given)

    filter_.with_context = True  # type: ignore[attr-defined]
    return filter_


def of_texts(function: Callable[..., object]) -> Callable[..., object]:
    """One of python-liquid's filters for texts, given texts as Ruby makes them."""

    @wraps(function)
    def filter_(value: object, *args: object, **named: object) -> object:
        return function(*(joined(_plain(one)) for one in (value, *args)), **named)

    return filter_


def _plain(value: object) -> object:
    from liquid.undefined import Undefined

    return None if isinstance(value, Undefined) else value
