"""The filters that layouts have beside Jinja's own: `FILTERS`, and `SITE_FILTERS`, which know the site."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date as day_type
from datetime import datetime
from email.utils import format_datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from sitegen.config import Config
from sitegen.dates import parse_moment
from sitegen.slugs import slugify, term_slug
from sitegen.urls import absolute_url, relative_url

_UNPADDED = re.compile(r"%-([a-zA-Z])")


def _moment(value: Any, config: Config) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, day_type):
        return datetime(value.year, value.month, value.day, tzinfo=config.zone)
    return parse_moment(str(value), config.zone)


def date(config: Config, value: Any, form: str = "%Y-%m-%d") -> str:
    """A date in a form of strftime; `%-d` is the day without a leading zero. None gives ""."""
    if value is None:
        return ""
    moment = _moment(value, config)
    bare = _UNPADDED.sub(lambda match: moment.strftime("%" + match.group(1)).lstrip("0") or "0", form)
    return moment.strftime(bare)


def date_to_xmlschema(config: Config, value: Any) -> str:
    """ISO 8601 with the offset: `2026-05-06T18:30:00+02:00`."""
    return "" if value is None else _moment(value, config).isoformat(timespec="seconds")


def date_to_rfc822(config: Config, value: Any) -> str:
    """As RSS wants it: `Wed, 06 May 2026 18:30:00 +0200`."""
    return "" if value is None else format_datetime(_moment(value, config))


def date_to_string(config: Config, value: Any) -> str:
    """`06 May 2026`."""
    return date(config, value, "%d %b %Y")


def date_to_long_string(config: Config, value: Any) -> str:
    """`06 May 2026`, with the month in full."""
    return date(config, value, "%d %B %Y")


def relative(config: Config, value: Any) -> str:
    """An address below the site's base: what a link on the same host needs."""
    return relative_url(str(value), config.baseurl)


def absolute(config: Config, value: Any) -> str:
    """The whole address, with scheme and host where the site has a `url`."""
    return absolute_url(str(value), config.url, config.baseurl)


def tag_url(value: Any) -> str:
    """Where the page of a tag is."""
    return f"/tags/{term_slug(str(value))}/"


def category_url(value: Any) -> str:
    """Where the page of a category is."""
    return f"/categories/{term_slug(str(value))}/"


def host(value: Any) -> str:
    """The host of an address, as a person would name it: `https://www.example.org/@me` is `example.org`."""
    text = str(value)
    return (urlsplit(text).hostname or text.removeprefix("mailto:")).removeprefix("www.")


def strip_html(value: Any) -> str:
    """The text without its tags."""
    return unescape(re.sub(r"<[^>]*>", "", re.sub(r"<(script|style)\b.*?</\1>", "", str(value), flags=re.S)))


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
    "tag_url": tag_url,
    "category_url": category_url,
    "host": host,
    "strip_html": strip_html,
    "number_of_words": number_of_words,
    "jsonify": jsonify,
    "slugify": lambda value: slugify(str(value)),
    "xml_escape": lambda value: Markup.escape(str(value)),
}
SITE_FILTERS: Mapping[str, Callable[..., Any]] = {
    "date": date,
    "date_to_xmlschema": date_to_xmlschema,
    "date_to_rfc822": date_to_rfc822,
    "date_to_string": date_to_string,
    "date_to_long_string": date_to_long_string,
    "relative_url": relative,
    "absolute_url": absolute,
}
