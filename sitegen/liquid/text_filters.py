"""Jekyll's filters for text and addresses (filters.rb, filters/url_filters.rb)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import quote, quote_plus

from sitegen.urls import absolute_url, relative_url

_SLUG_MODES: Mapping[str, re.Pattern[str]] = {
    "raw": re.compile(r"\s+"),
    "default": re.compile(r"[^\w]+|_+"),
    "pretty": re.compile(r"[^\w._~!$&'()+,;=@]+"),
    "ascii": re.compile(r"[^A-Za-z0-9]+"),
}
_QUOTES = (
    (re.compile(r"---"), "—"),
    (re.compile(r"--"), "–"),
    (re.compile(r"\.\.\."), "…"),
    (re.compile(r"(^|[\s(\[{—–-])\""), r"\1“"),
    (re.compile(r"\""), "”"),
    (re.compile(r"(^|[\s(\[{—–“-])'"), r"\1‘"),
    (re.compile(r"'"), "’"),
)


def text_of(value: object) -> str:
    """A value as Liquid prints it."""
    from liquid.stringify import to_liquid_string

    return to_liquid_string(value, autoescape=False)


def _address(value: object) -> str:
    """An address, percent-encoded once."""
    return quote(text_of(value), safe="/~!$&'()*+,;=:@-._%?#[]")


def relative(context: Any, value: object) -> str | None:
    """An address below the site's base."""
    if value is None:
        return None
    address = _address(value)
    if not address:
        return str(context.look.config.baseurl)
    if address.startswith("#"):  # `urls.relative_url` leaves it alone, Jekyll puts it below the base
        return f"{context.look.config.baseurl}/{address}"
    return relative_url(address, context.look.config.baseurl)


def absolute(context: Any, value: object) -> str | None:
    """The whole address, with scheme and host where the site has a `url`."""
    if value is None:
        return None
    config = context.look.config
    address = _address(value)
    return absolute_url(address, config.url, config.baseurl) if address else f"{config.url}{config.baseurl}"


def strip_index(value: object) -> str | None:
    """The address without a closing `index.html`."""
    return None if value is None else re.sub(r"/index\.html?$", "/", text_of(value))


def slugify(value: object, mode: str | None = None) -> str | None:
    """The text as a slug; `mode` is one of Jekyll's (utils.rb)."""
    if value is None:
        return None
    text = text_of(value)
    if mode == "none":
        return text.lower()
    if mode == "latin":
        import unicodedata

        text, mode = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode(), "ascii"
    slug = _SLUG_MODES.get(mode or "default", _SLUG_MODES["default"]).sub("-", text)
    return slug.strip("-").lower()


def normalize_whitespace(value: object) -> str:
    """The text with one blank wherever it has any."""
    return " ".join(text_of(value).split())


_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def number_of_words(value: object, mode: str | None = None) -> int:
    """How many words; with `cjk` or `auto` each Chinese, Japanese or Korean sign is one."""
    text = text_of(value)
    signs = len(_CJK.findall(text)) if mode in ("cjk", "auto") else 0
    return signs + len(_CJK.sub(" ", text).split()) if signs else len(text.split())


def xml_escape(value: object) -> str:
    """Text for XML."""
    return escape(text_of(value)).replace("&#x27;", "&#39;") if value is not None else ""


def cgi_escape(value: object) -> str:
    """Text for a query: blanks are `+`."""
    return quote_plus(text_of(value), safe="-._*")


def uri_escape(value: object) -> str:
    """Text for an address; what means something there stays."""
    return quote(text_of(value), safe="/~!$&'()*+,;=:@-._?#[]%")


def smartify(value: object) -> str | None:
    """Typographic quotes, dashes and ellipses."""
    if value is None:
        return None
    text = text_of(value)
    for pattern, sign in _QUOTES:
        text = pattern.sub(sign, text)
    return text


def markdownify(context: Any, value: object) -> str | None:
    """Markdown as HTML."""
    return None if value is None else str(context.look.bodies.fragment(text_of(value)))


def to_integer(value: object) -> int:
    """A whole number; 0 for what is none."""
    if isinstance(value, bool):
        return int(value)
    try:
        return int(float(text_of(value)))
    except (ValueError, OverflowError):
        return 0


def jsonify(value: object) -> str:
    """JSON, as Ruby writes it."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"), default=text_of)


def inspect(value: object) -> str:
    """A value as Ruby shows it to programmers, for HTML."""
    return escape(_inspected(value), quote=True).replace("&#x27;", "&#39;")


def _inspected(value: object, depth: int = 0) -> str:
    if value is None or depth > 8:
        return "nil"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_inspected(k, depth + 1)}=>{_inspected(value[k], depth + 1)}" for k in value) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_inspected(item, depth + 1) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else text_of(value)


def _plain(value: object, depth: int = 0) -> object:
    if isinstance(value, Mapping):
        hidden = ("next", "previous") if depth else ()
        kept = [name for name in value if name not in hidden] if depth < 4 else []
        return {str(name): _plain(value[name], depth + 1) for name in kept}
    if isinstance(value, list | tuple):
        return [_plain(item, depth + 1) for item in value] if depth < 8 else []
    return value if isinstance(value, str | int | float | bool | None) else text_of(value)
