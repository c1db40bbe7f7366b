"""Jekyll's filters for text and addresses (filters.rb, filters/url_filters.rb)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import quote, quote_plus

from sitegen.liquid.values import inspected, text_of
from sitegen.slugs import jekyll_slug

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_QUOTES = (
    (re.compile(r"---"), "—"),
    (re.compile(r"--"), "–"),
    (re.compile(r"\.\.\."), "…"),
    (re.compile(r"(^|[\s(\[{—–-])\""), r"\1“"),
    (re.compile(r"\""), "”"),
    (re.compile(r"'(?=\d\ds\b)"), "’"),
    (re.compile(r"(^|[\s(\[{—–“-])'"), r"\1‘"),
    (re.compile(r"'"), "’"),
)


def _address(value: object) -> str:
    """An address, percent-encoded once; a post's or page's is its own."""
    text = text_of(value.get("url") if isinstance(value, Mapping) else value)
    return quote(text, safe="/~!$&'()*+,;=:@-._%?#[]")


def relative(context: Any, value: object) -> str | None:
    """An address below the site's base."""
    if value is None:
        return None
    address = _address(value)
    if _SCHEME.match(address):
        return address
    slash = "" if not address or address.startswith("/") else "/"
    return _straight(f"{context.look.config.baseurl}{slash}{address}")


def absolute(context: Any, value: object) -> str | None:
    """The whole address, with scheme and host where the site has a `url`."""
    found, site = relative(context, value), str(context.look.url)
    if found is None or not site or _SCHEME.match(found):
        return found
    return site + (found or "/")


def _straight(address: str) -> str:
    """The address without steps up (`..`) and to the same place (`.`)."""
    path, sign, rest = re.match(r"([^?#]*)([?#]?)(.*)", address, re.DOTALL).groups()  # type: ignore[union-attr]
    if "/." not in path:
        return address
    kept: list[str] = []
    for part in path.split("/"):
        if part == ".." and len(kept) > 1:
            kept.pop()
        elif part not in (".", ".."):
            kept.append(part)
    end = "/" if path.endswith(("/.", "/..")) else ""
    return "/".join(kept) + end + sign + rest


def strip_index(value: object) -> str | None:
    """The address without a closing `index.html`."""
    return None if value is None else re.sub(r"/index\.html?$", "/", text_of(value))


def slugify(value: object, mode: object = None) -> str | None:
    """The text as a slug; `mode` is one of Jekyll's."""
    return None if value is None else jekyll_slug(text_of(value), text_of(mode) or "default")


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
    return escape(text_of(value)).replace("&#x27;", "&apos;")


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
    return xml_escape(inspected(value))


def _plain(value: object, depth: int = 0) -> object:
    if isinstance(value, Mapping):
        hidden = ("next", "previous") if depth else ()
        kept = [name for name in value if name not in hidden] if depth < 4 else []
        return {str(name): _plain(value[name], depth + 1) for name in kept}
    if isinstance(value, list | tuple):
        return [_plain(item, depth + 1) for item in value] if depth < 8 else []
    return value if isinstance(value, str | int | float | bool | None) else text_of(value)
