"""The filters that layouts have beside Jinja's own: `FILTERS`, and `SITE_FILTERS`, which know the site."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date as day_type
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

from jinja2.nodes import EvalContext
from jinja2.utils import pass_eval_context
from markupsafe import Markup

from sitegen.config import Config
from sitegen.dates import parse_moment
from sitegen.languages import direction
from sitegen.patterns import regex
from sitegen.slugs import jekyll_slug, slugify, term_slug
from sitegen.templates.list_filters import formatted, group_by, sort, split, where
from sitegen.templates.players import player
from sitegen.templates.views import Refused
from sitegen.urls import absolute_url, relative_url

_ORDINALS = {1: "st", 2: "nd", 3: "rd"}
_UNSEEN = regex(r"[\x00-\x20]")  # browsers pass over them, also within `java script:`
_SCHEME = regex(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HARMLESS = ("http", "https", "mailto", "tel")


def _moment(value: Any, config: Config) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, day_type):
        return datetime(value.year, value.month, value.day, tzinfo=config.zone)
    return parse_moment(str(value), config.zone)


def date(config: Config, value: Any, form: str = "%Y-%m-%d") -> str:
    """A date in a form of strftime; `%-d` is the day without a leading zero. None and "" give ""."""
    return "" if value in (None, "") else formatted(_moment(value, config), form)


def date_to_xmlschema(config: Config, value: Any) -> str:
    """ISO 8601 with the offset: `2026-05-06T18:30:00+02:00`."""
    return "" if value in (None, "") else _moment(value, config).isoformat(timespec="seconds")


def date_to_rfc822(config: Config, value: Any) -> str:
    """As RSS wants it: `Wed, 06 May 2026 18:30:00 +0200`."""
    from email.utils import format_datetime  # it brings sockets

    return "" if value in (None, "") else format_datetime(_moment(value, config))


def date_to_string(config: Config, value: Any, kind: str = "", style: str = "") -> str:
    """`06 May 2026`; as "ordinal" `6th May 2026`, and that in the style "US" `May 6th, 2026`."""
    return _in_words(config, value, "%b", kind, style)


def date_to_long_string(config: Config, value: Any, kind: str = "", style: str = "") -> str:
    """The same with the month in full."""
    return _in_words(config, value, "%B", kind, style)


def _in_words(config: Config, value: Any, month: str, kind: str, style: str) -> str:
    if value in (None, "") or kind != "ordinal":
        return date(config, value, f"%d {month} %Y")
    number = _moment(value, config).day
    day = f"{number}{'th' if 10 < number < 14 else _ORDINALS.get(number % 10, 'th')}"
    return date(config, value, f"{month} {day}, %Y" if style == "US" else f"{day} {month} %Y")


def relative(config: Config, value: Any) -> str:
    """An address below the site's base: what a link on the same host needs. None gives ""."""
    return "" if value is None else relative_url(str(value), config.baseurl)


def absolute(config: Config, value: Any) -> str:
    """The whole address, with scheme and host where the site has a `url`. None gives ""."""
    return "" if value is None else absolute_url(str(value), config.url, config.baseurl)


def address(config: Config, value: Any) -> str:
    """What `href` and `src` take: below `baseurl` if it begins with `/`. Raises `Refused` for a script."""
    text = str(value).strip()
    scheme = _SCHEME.match(_UNSEEN.sub("", text))
    is_picture = _UNSEEN.sub("", text).lower().startswith("data:image/")
    if scheme and scheme[1].lower() not in _HARMLESS and not is_picture:
        raise Refused(f'no address for a page: "{text[:60]}"')
    return relative_url(text, config.baseurl) if text.startswith("/") else text


def local_url(config: Config, value: Any) -> str:
    """An address of what each language has (`/archive/`), as it is in the page's own: `/de/archive/`."""
    return config.within(str(value))


def tag_url(config: Config, value: Any) -> str:
    """Where the page of a tag is."""
    return config.within(f"/tags/{term_slug(str(value))}/")


def category_url(config: Config, value: Any) -> str:
    """Where the page of a category is."""
    return config.within(f"/categories/{term_slug(str(value))}/")


def host(value: Any) -> str:
    """The host of an address, as a person would name it: `https://www.example.org/@me` is `example.org`."""
    text = str(value)
    return (urlsplit(text).hostname or text.removeprefix("mailto:")).removeprefix("www.")


@pass_eval_context
def strip_html(context: EvalContext, value: Any) -> str:
    """The text without its tags. Where nothing is escaped, its entities stay as they are."""
    text = re.sub(r"<[^>]*>", "", re.sub(r"<(script|style)\b.*?</\1>", "", str(value), flags=re.S))
    return unescape(text) if context.autoescape else text


def truncatewords(value: Any, count: int = 15, end: str = "...") -> str:
    """So many of the first words, and `end` if there are more."""
    words = str(value).split(maxsplit=max(1, count))
    return str(value) if len(words) <= max(1, count) else " ".join(words[:-1]) + end


def number_of_words(value: Any) -> int:
    """How many words a text has."""
    return len(str(value).split())


def jsonify(value: Any) -> Markup:
    """JSON that is safe inside a script element."""
    text = json.dumps(value, ensure_ascii=False, default=_for_json)
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _for_json(value: Any) -> Any:
    """What JSON has no kind for: a date is its text, what can be walked through a list."""
    if isinstance(value, str | datetime | day_type):
        return str(value)
    if isinstance(value, Iterable):
        return list(value)
    text = str(value)
    if " at 0x" in text:  # it would be another one in each build
        raise TypeError(f"jsonify: this is an object, not data: {text.split(' at 0x')[0]}>")
    return text


FILTERS: Mapping[str, Callable[..., Any]] = {
    "host": host,
    "direction": lambda value: direction(str(value)),
    "player": player,
    "cgi_escape": lambda value: quote_plus(str(value), safe="-._*"),
    "group_by": group_by,
    "sort": sort,
    "split": split,
    "strip_html": strip_html,
    "truncatewords": truncatewords,
    "uri_escape": lambda value: quote(str(value), safe="/~!$&'()*+,;=:@-._?#[]%"),
    "where": where,
    "number_of_words": number_of_words,
    "jsonify": jsonify,
    "slugify": lambda value, mode="": jekyll_slug(str(value), mode) if mode else slugify(str(value)),
    "xml_escape": lambda value: Markup.escape(str(value)),
}
SITE_FILTERS: Mapping[str, Callable[..., Any]] = {
    "date": date,
    "date_to_xmlschema": date_to_xmlschema,
    "date_to_rfc822": date_to_rfc822,
    "date_to_string": date_to_string,
    "date_to_long_string": date_to_long_string,
    "address": address,
    "tag_url": tag_url,
    "category_url": category_url,
    "local_url": local_url,
    "relative_url": relative,
    "absolute_url": absolute,
}
