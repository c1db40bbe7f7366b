"""Kinds that one setting has: who writes, what Markdown is, what is in the menu, who may post."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any

from sitegen import shapes
from sitegen.errors import MissingExtra
from sitegen.forms.emails import is_email
from sitegen.marked import Origin
from sitegen.patterns import regex
from sitegen.settings.kinds import TRUTH, Kind, Lacking, Wrong, each, one_of, some_of, text, truth, words
from sitegen.settings.names import ENGINES, OUTPUT_NAMES
from sitegen.shapes import Key, Shape, any_case, either, optional, string, table
from sitegen.urls import is_web_address


def _below(key: str, value: Any, origin: Origin) -> tuple[Any, Origin]:
    """What counts: the value itself, or what stands in it below a key, as Jekyll's plugins have it."""
    return (value.get(key), origin.at(key)) if isinstance(value, dict) else (value, origin)


def _or_below(key: str, doc: str, shape: Shape) -> Shape:
    return either(shape, table({key: Key(doc, optional(shape))}, strict=False))


def _author(value: Any, origin: Origin) -> str:
    return text(*_below("name", value, origin))


AUTHOR = Kind(_author, _or_below("name", "the name", shapes.TEXT))


def _image(value: Any, origin: Origin) -> str | Mapping[str, Any]:
    """A path or address, or a mapping with `path`, `width`, `height` and `alt`, as jekyll-seo-tag has it."""
    if isinstance(value, dict):
        if not isinstance(value.get("path"), str):
            raise Wrong("has no `path`", 'write it as {path = "/images/x.png", alt = "…"}')
        return MappingProxyType(value)
    return text(value, origin)


IMAGE = Kind(
    _image, either(shapes.TEXT, {"type": "object", "properties": {"path": {"type": "string"}}, "required": ["path"]})
)


def social_addresses(value: Any, origin: Origin) -> tuple[str, ...]:
    """Addresses; jekyll-seo-tag has them as `links` of a mapping. Raises `Wrong`."""
    links = value.get("links", []) if isinstance(value, dict) else value
    place = origin.at("links") if isinstance(value, dict) else origin
    found = words(links, place)
    for at, link in enumerate(found):
        if not is_web_address(link) and not link.startswith("mailto:"):
            raise Wrong(
                f'has "{link}", which is no web address', 'write it as ["https://example.org/@me"]', place.at(at)
            )
    return found


_LINKS = shapes.one_or_more(shapes.LINK)
SOCIAL = Kind(social_addresses, either(_LINKS, table({"links": Key("the addresses", _LINKS)}, strict=False)))


def _account(value: Any, origin: Origin) -> str:
    """A name with or without its @."""
    given = text(*_below("username", value, origin))
    name = given.removeprefix("@")
    if name and not re.fullmatch(r"\w{1,50}", name, re.ASCII):
        raise Wrong(f'is no name of an account: "{given}"', 'write it as "@name"')
    return f"@{name}" if name else ""


ACCOUNT = Kind(_account, _or_below("username", "the name", shapes.text(r"^@?[A-Za-z0-9_]{0,50}$")))


def _menu(value: Any, origin: Origin) -> tuple[tuple[str, str], ...]:
    hint = 'write it as [{title = "About", url = "/about/"}]'
    if not isinstance(value, list):
        raise Wrong("is not a list", hint)
    for at, item in enumerate(value):
        if not isinstance(item, dict) or set(item) != {"title", "url"}:
            raise Wrong("has an entry without `title` and `url`, or with more", hint, origin.at(at))
        if not all(isinstance(word, str) for word in item.values()):
            raise Wrong("has an entry that is not text", hint, origin.at(at))
    return tuple((item["title"], item["url"]) for item in value)


_LINK = {"title": Key("the words of the link", {"type": "string"}), "url": Key("its address", {"type": "string"})}
MENU = Kind(_menu, shapes.list_of(table(_LINK, required=["title", "url"])))


def _engine(value: Any, origin: Origin) -> str:
    """Also Jekyll's names for it: kramdown and GFM, CommonMark and CommonMarkGhPages."""
    name = text(value, origin).lower()
    if name.startswith("commonmark"):
        return "commonmark"
    return "markdown" if name in ("kramdown", "gfm") else str(_ONE_ENGINE.check(name, origin))


_ONE_ENGINE = one_of(*ENGINES)
ENGINE = Kind(
    _engine,
    either(
        _ONE_ENGINE.shape,
        string(f"^({any_case('commonmark')}.*|{'|'.join(map(any_case, ('markdown', 'kramdown', 'gfm')))})$"),
    ),
)


def truth_with_extra(what: str, extra: str, packages: tuple[str, ...], without: str) -> Kind:
    """True or false, where true needs an extra with these packages; `without` tells how it is else."""

    def check(value: Any, origin: Origin) -> bool:
        wanted = truth(value, origin)
        if wanted and not all(map(find_spec, packages)):
            raise Lacking("cannot be", MissingExtra(what, extra), without)
        return wanted

    return Kind(check, TRUTH.shape)


MATHS = truth_with_extra(
    "MathML", "maths", ("latex2mathml",), "formulas stay as they are, for MathJax or KaTeX to find"
)
SEARCH = truth_with_extra(
    "a search index", "search", ("pagefind_bin", "cbor2"), "readers have the archive to look through"
)
VARIANTS = truth_with_extra("making smaller pictures", "images", ("PIL",), "pictures are published as they are")


def _outputs(value: Any, origin: Origin) -> tuple[str, ...]:
    names: tuple[str, ...] = _SOME_OUTPUTS.check(value, origin)
    if "search" in names:
        SEARCH.check(True, origin)
    return names


_SOME_OUTPUTS = some_of(*OUTPUT_NAMES)
OUTPUTS = Kind(_outputs, _SOME_OUTPUTS.shape)


_WIDEST, _MOST_WIDTHS = 8_000, 12
_SUCH_WIDTHS = "write widths in pixels, as [360, 720, 1080, 1440]"


def _widths(value: Any, origin: Origin) -> tuple[int, ...]:
    items = value if isinstance(value, list) else []
    found = each(items, origin, _width)
    if not 1 <= len(found) <= _MOST_WIDTHS:
        raise Wrong(f"is not a list of 1 to {_MOST_WIDTHS} widths", _SUCH_WIDTHS)
    return tuple(sorted(set(found)))


def _width(item: Any, _: Origin) -> int:
    if isinstance(item, int) and not isinstance(item, bool) and 16 <= item <= _WIDEST:
        return item
    said = json.dumps(item, ensure_ascii=False, default=str)
    raise Wrong(f"has {said}, which is no whole number from 16 to {_WIDEST}", _SUCH_WIDTHS)


WIDTHS = Kind(_widths, {"type": "array", "items": shapes.whole(16, _WIDEST), "minItems": 1, "maxItems": _MOST_WIDTHS})


def _liquid(value: Any, origin: Origin) -> bool:
    """Jekyll has a table of options there."""
    return True if isinstance(value, dict) else truth(value, origin)


LIQUID = Kind(_liquid, either(TRUTH.shape, shapes.TABLE))


def _rate(value: Any, origin: Origin) -> str:
    rate = text(value, origin)
    if rate != "off" and not re.fullmatch(r"[1-9]\d{0,6}/(second|minute|hour|day)", rate):
        raise Wrong(f'is wrong: "{rate}"', 'write it as "20/minute", or "off"')
    return rate


RATE = Kind(_rate, string("^([1-9][0-9]{0,6}/(second|minute|hour|day)|off)$"))


def _time_of_day(value: Any, origin: Origin) -> str:
    time = text(value, origin).strip()
    if time and not _TIME.fullmatch(time):
        raise Wrong(f'is no time of the day: "{time}"', 'write it as "08:00"')
    return time.zfill(5) if time else ""


_TIME_PATTERN = "([01]?[0-9]|2[0-3]):[0-5][0-9]"
_TIME = regex(_TIME_PATTERN)
TIME_OF_DAY = Kind(_time_of_day, string(f"^({_TIME_PATTERN})?$", examples=["08:00"]))


def _email(value: Any, origin: Origin) -> str:
    address = text(value, origin).strip()
    if address and not is_email(address):
        raise Wrong(f'is no address of e-mail: "{address}"', "write it as name@example.org")
    return address


_EMAIL_PATTERN = "[^@ ]+@[^@ ]+[.][^@ ]+"
EMAIL = Kind(_email, string(f"^({_EMAIL_PATTERN})?$"))


def _emails(value: Any, origin: Origin) -> tuple[str, ...]:
    return each(words(value, origin), origin, _one_email)


def _one_email(name: str, _: Origin) -> str:
    if not is_email(name):
        raise Wrong(f'has "{name}", which is no address of e-mail', "write it as name@example.org")
    return name


EMAILS = Kind(_emails, shapes.one_or_more(string(f"^{_EMAIL_PATTERN}$")))


def _networks(value: Any, origin: Origin) -> tuple[str, ...]:
    return each(words(value, origin), origin, _network)


def _network(name: str, _: Origin) -> str:
    from ipaddress import ip_network

    try:
        ip_network(name, strict=False)
    except ValueError as error:
        raise Wrong(f'has "{name}", which is no network', 'write it as "10.0.0.0/8"') from error
    return name


NETWORKS = Kind(_networks, shapes.one_or_more(string("[.:]")))

_PORTS = {"http": ":80", "https": ":443"}
_PAGES = r"(https?)://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?/?"


def _origins(value: Any, origin: Origin) -> tuple[str, ...]:
    """As browsers write them: in small letters, without a port that goes without saying."""
    return each(words(value, origin), origin, _page_origin)


def _page_origin(name: str, _: Origin) -> str:
    match = re.fullmatch(_PAGES, name)
    if name == "null":
        return name
    if match is None:
        hint = 'write it as "https://example.org", without a path; letters beyond ASCII as xn--…'
        raise Wrong(f'has "{name}", which is no origin of pages', hint)
    port = match[3] or ""
    return f"{match[1]}://{match[2].lower()}{'' if port == _PORTS[match[1]] else port}"


ORIGINS = Kind(_origins, shapes.one_or_more(string(f"^(null|{_PAGES})$")))
