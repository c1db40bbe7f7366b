"""The settings of a site: the one list of them, with the name, the default and the check of each.

A new setting is a row in `SETTINGS`, with the shape of its values, and a field of `config.Config`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from ipaddress import ip_network
from types import MappingProxyType
from typing import Any

from sitegen.dates import zone_named
from sitegen.errors import MissingExtra, RefusedAddress, did_you_mean
from sitegen.languages import PATTERN, language_hint, language_of
from sitegen.marked import Origin
from sitegen.shapes import (
    ANYTHING,
    LINK,
    TABLE,
    TEXT,
    TRUTH,
    WEB_ADDRESS,
    Key,
    Shape,
    any_case,
    either,
    list_of,
    one_of,
    one_or_more,
    string,
    table,
    text,
    usually,
    whole,
)
from sitegen.urls import is_web_address, url_from

OUTPUT_NAMES = (
    "posts",
    "pages",
    "home",
    "tags",
    "categories",
    "series",
    "authors",
    "archive",
    "years",
    "months",
    "atom",
    "rss",
    "json",
    "sitemap",
    "robots",
    "join",
    "manifest",
    "redirects",
    "static",
    "404",
)
CHECK_NAMES = (
    "build",
    "links",
    "anchors",
    "ids",
    "pictures",
    "alt",
    "weight",
    "forms",
    "titles",
    "descriptions",
    "headings",
    "words",
    "language",
    "mixed",
    "names",
    "dates",
    "indents",
    "fences",
    "pipes",
    "years",
    "notes",
    "orphans",
    "external",
)
CHANGED_BY = ("front matter", "git")
ENGINES = ("markdown", "commonmark")
FEED_CONTENTS = ("full", "excerpt")
MARKDOWN_ENDINGS = (".md", ".markdown", ".mkd", ".mkdn", ".mdown")
MOST_RELATED = 100
PERMALINK = "/:year/:month/:day/:title/"
UNDATED_PERMALINK = "/:title/"
PERMALINK_STYLES: Mapping[str, str] = {  # Jekyll's names, docs/_data/permalinks.yml
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}


@dataclass(frozen=True)
class Default:
    """Front matter for everything below a path: one entry of `defaults`."""

    path: str
    type: str
    values: Mapping[str, Any]
    origin: Origin


class Wrong(ValueError):
    """A value is not what its setting wants: what is wrong, a hint, and the place if it is inside the value.

    `meant` is what goes for it where nobody can mean anything else: then it is a warning.
    """

    def __init__(self, message: str, hint: str = "", place: Origin | None = None, meant: str = "") -> None:
        super().__init__(message)
        self.hint, self.place, self.meant = hint, place, meant


Check = Callable[[Any, Origin], Any]


@dataclass(frozen=True)
class Setting:
    """One row of the table: `attribute` is its name in `Config`, `doc` one sentence for its users.

    `shape` is what `check` lets through, for the schema of `sitegen.toml`; `default` is as in TOML, or else in words.
    """

    name: str
    attribute: str
    check: Check
    default: str
    doc: str
    shape: Shape = field(default_factory=dict)


def _text(value: Any, origin: Origin) -> str:
    if value is None:
        return ""
    if isinstance(value, str | int | float):
        return origin.written(value)
    raise Wrong("is not text", "put it in quotes")


def truth(value: Any, _: Origin) -> bool:
    """Yes or no. Raises `Wrong`."""
    if isinstance(value, bool):
        return value
    raise Wrong("is neither true nor false", "write true or false, without quotes")


def web_address(value: Any, origin: Origin) -> str:
    """Scheme and host of a site or service, without a slash at the end. Raises `Wrong`."""
    text = _text(value, origin).rstrip("/")
    if text and not is_web_address(text):
        raise Wrong(f'is no web address: "{text}"', "write it with its scheme: https://example.org")
    return text


def base_path(value: Any, origin: Origin) -> str:
    """The path below a host, with a slash before it and none behind; "" for none. Raises `Wrong`."""
    text = _text(value, origin).strip("/")
    if re.search(r"[\s?#\\\x00-\x1f<>\"]|:|(^|/)\.\.?(/|$)", text):
        raise Wrong(f'is no path: "{text}"', 'write the path below the host: "/blog"; the host belongs to `url`')
    return "/" + text if text else ""


def count(value: Any, _: Origin) -> int:
    """A whole number that is not negative. Raises `Wrong`."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100_000:
        return value
    raise Wrong("is not a whole number (0 to 100000; 0 means all)")


def _related(value: Any, _: Origin) -> int:
    """How many related posts."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_RELATED:
        return value
    raise Wrong(f"is not a whole number (0 to {MOST_RELATED}; 0 means none)")


def _language(value: Any, origin: Origin) -> str:
    text = _text(value, origin)
    tag = language_of(text)
    if tag != text or not text:
        raise Wrong(f'is no language: "{text}"', language_hint(text), meant=tag)
    return tag


def _zone_name(value: Any, origin: Origin) -> str:
    name = _text(value, origin)
    try:
        zone_named(name)
    except ValueError as error:
        raise Wrong(f"is wrong: {error}", "write a name such as Europe/Berlin") from error
    return name


def _paginate_path(value: Any, origin: Origin) -> str:
    text = _text(value, origin)
    if ":num" not in text:
        raise Wrong("has no :num in it", "write it as /page:num/")
    return _inside(text if text.startswith("/") else "/" + text)


def _feed_path(value: Any, origin: Origin) -> str:
    """The file of the Atom feed."""
    hint = "write it as /feed.xml"
    try:
        url = url_from(_text(value, origin))
    except RefusedAddress as error:
        raise Wrong(f"is wrong: {error}", hint) from error
    if not url.endswith((".xml", ".atom", ".rss")):
        raise Wrong(f'is no name of a feed: "{url}"', hint)
    return url


def permalink_pattern(value: Any, origin: Origin) -> str:
    """A pattern of addresses; Jekyll's styles have names. Raises `Wrong`."""
    text = _text(value, origin)
    if not text.strip("/"):
        raise Wrong("is the same for every post", "write it as /:year/:month/:title/")
    return _inside(PERMALINK_STYLES.get(text, text).removeprefix("./"))


def _inside(pattern: str) -> str:
    """A pattern of addresses that stay in the site, whatever its placeholders stand for."""
    try:
        url_from(re.sub(":[a-z_]+", "0", pattern))
    except RefusedAddress as error:
        raise Wrong(f"is wrong: {error}", "write it as /path/below/the/site/") from error
    return pattern


def _author(value: Any, origin: Origin) -> str:
    """Jekyll's authors may be a mapping with a `name`."""
    if isinstance(value, dict):
        return _text(value.get("name"), origin.at("name"))
    return _text(value, origin)


def _image(value: Any, origin: Origin) -> str | Mapping[str, Any]:
    """A path or address, or a mapping with `path`, `width`, `height` and `alt`, as jekyll-seo-tag has it."""
    if isinstance(value, dict):
        if not isinstance(value.get("path"), str):
            raise Wrong("has no `path`", 'write it as {path = "/images/x.png", alt = "…"}')
        return MappingProxyType(value)
    return _text(value, origin)


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


def _account(value: Any, origin: Origin) -> str:
    """A name with or without its @; jekyll-seo-tag has it as `username` of a mapping."""
    text = _text(value.get("username"), origin.at("username")) if isinstance(value, dict) else _text(value, origin)
    name = text.removeprefix("@")
    if name and not re.fullmatch(r"\w{1,50}", name, re.ASCII):
        raise Wrong(f'is no name of an account: "{text}"', 'write it as "@name"')
    return f"@{name}" if name else ""


def _liquid(value: Any, origin: Origin) -> bool:
    """Jekyll has a table of options there."""
    return True if isinstance(value, dict) else truth(value, origin)


def _script(value: Any, origin: Origin) -> str:
    """A file of the site's own."""
    text = _text(value, origin)
    hint = 'write it as "/assets/mermaid.min.js"; the file belongs into static/assets/'
    if text and not text.endswith(".js"):
        raise Wrong(f'is no script: "{text}"', hint)
    try:
        return url_from(text) if text else ""
    except RefusedAddress as error:
        raise Wrong(f"is wrong: {error}", hint) from error


def _maths(value: Any, origin: Origin) -> bool:
    """What it needs is an extra."""
    if truth(value, origin) and find_spec("latex2mathml") is None:
        missing = MissingExtra("MathML", "maths")
        raise Wrong(f"cannot be: {missing}", "without it, formulas stay as they are, for MathJax or KaTeX to find")
    return bool(value)


def _listed(*known: str) -> Check:
    def check(value: Any, origin: Origin) -> str:
        text = _text(value, origin)
        if text not in known:
            raise Wrong(f'is "{text}", which there is not', did_you_mean(text, known))
        return text

    return check


def _engine(value: Any, origin: Origin) -> str:
    """Also Jekyll's names for it: kramdown and GFM, CommonMark and CommonMarkGhPages."""
    text = _text(value, origin).lower()
    if text.startswith("commonmark"):
        return "commonmark"
    return "markdown" if text in ("kramdown", "gfm") else str(_listed(*ENGINES)(text, origin))


def words(value: Any, origin: Origin) -> tuple[str, ...]:
    """A list of words; a single one may stand alone. Raises `Wrong`."""
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str | int | float) for item in items):
        raise Wrong("is not a list of words", 'write it as ["one", "two"]')
    return tuple(origin.at(at).written(item) for at, item in enumerate(items))


def _outputs(value: Any, origin: Origin) -> tuple[str, ...]:
    names = words(value, origin)
    for at, name in enumerate(names):
        if name not in OUTPUT_NAMES:
            raise Wrong(f'has "{name}", which there is not', did_you_mean(name, OUTPUT_NAMES), origin.at(at))
    return tuple(dict.fromkeys(names))


def _checks(value: Any, origin: Origin) -> tuple[str, ...]:
    names = words(value, origin)
    for at, name in enumerate(names):
        if name not in CHECK_NAMES:
            raise Wrong(f'has "{name}", which there is not', did_you_mean(name, CHECK_NAMES), origin.at(at))
    return names


def _menu(value: Any, origin: Origin) -> tuple[tuple[str, str], ...]:
    hint = 'write it as [{title = "About", url = "/about/"}]'
    if not isinstance(value, list):
        raise Wrong("is not a list", hint)
    for at, item in enumerate(value):
        if not isinstance(item, dict) or set(item) != {"title", "url"}:
            raise Wrong("has an entry without `title` and `url`, or with more", hint, origin.at(at))
        if not all(isinstance(text, str) for text in item.values()):
            raise Wrong("has an entry that is not text", hint, origin.at(at))
    return tuple((item["title"], item["url"]) for item in value)


def _rate(value: Any, origin: Origin) -> str:
    text = _text(value, origin)
    if text != "off" and not re.fullmatch(r"[1-9]\d{0,6}/(second|minute|hour|day)", text):
        raise Wrong(f'is wrong: "{text}"', 'write it as "20/minute", or "off"')
    return text


def _networks(value: Any, origin: Origin) -> tuple[str, ...]:
    names = words(value, origin)
    for name in names:
        try:
            ip_network(name, strict=False)
        except ValueError as error:
            raise Wrong(f'has "{name}", which is no network', 'write it as "10.0.0.0/8"') from error
    return names


def _table(value: Any, _: Origin) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Wrong("is not a table")
    return MappingProxyType(value)


def _defaults(value: Any, origin: Origin) -> tuple[Default, ...]:
    if not isinstance(value, list):
        raise Wrong("is not a list", "each entry has a `scope` and `values`")
    return tuple(_default(entry, origin.at(at)) for at, entry in enumerate(value))


def _default(entry: Any, origin: Origin) -> Default:
    scope, values = (entry.get("scope", {}), entry.get("values")) if isinstance(entry, dict) else (None, None)
    if not isinstance(scope, dict) or not isinstance(values, dict):
        raise Wrong("has an entry without `scope` and `values`", 'scope = {path = "_posts/x.md"}, values = {…}', origin)
    path = str(scope.get("path") or "").strip("/")
    return Default(path.removeprefix("./"), str(scope.get("type") or ""), values, origin.at("values"))


# The shapes of what the functions above let through.
COUNT = whole(0, 100_000)
LANGUAGE = string(f"^({PATTERN})$", examples=["en", "pt-BR"])
WORDS = either(list_of(TEXT), {"type": "string"})
IMAGE = either(TEXT, {"type": "object", "properties": {"path": {"type": "string"}}, "required": ["path"]})
_BASE = text(r"^[^\s?#\\<>\":]*$")
_ZONE = string("^[^/]", examples=["UTC", "America/Chicago", "Europe/Berlin"])
_AUTHOR = either(TEXT, table({"name": Key("the name", {**TEXT, "type": [*TEXT["type"], "null"]})}, strict=False))
_SOCIAL = either(one_or_more(LINK), table({"links": Key("the addresses", one_or_more(LINK))}, strict=False))
_NAME = text(r"^@?[A-Za-z0-9_]{0,50}$")
_ACCOUNT = either(
    _NAME, table({"username": Key("the name", {**_NAME, "type": [*_NAME["type"], "null"]})}, strict=False)
)
_PERMALINK = either(one_of(PERMALINK_STYLES), text("[^/]", examples=[PERMALINK]))
_PAGINATE = string(":num")
_SCRIPT = string(r"^$|^[^:]*\.js$")
_FEED = string(r"\.(xml|atom|rss)$")
_MENU = list_of(
    table(
        {"title": Key("the words of the link", {"type": "string"}), "url": Key("its address", {"type": "string"})},
        required=["title", "url"],
    )
)
_ENGINE = either(
    one_of(ENGINES),
    string(f"^({any_case('commonmark')}.*|{'|'.join(map(any_case, ('markdown', 'kramdown', 'gfm')))})$"),
)
_LIQUID = either(TRUTH, TABLE)
_RATE = string("^([1-9][0-9]{0,6}/(second|minute|hour|day)|off)$")
_DEFAULTS = list_of(
    table(
        {
            "scope": Key(
                "which files",
                table(
                    {
                        "path": Key("a file, a folder or a pattern", ANYTHING),
                        "type": Key("which kind", usually(one_of(("posts", "pages", "drafts")))),
                    },
                    strict=False,
                ),
            ),
            "values": Key("the front matter", {"$ref": "#/$defs/front-matter"}),
        },
        strict=False,
        required=["values"],
    )
)

SETTINGS: tuple[Setting, ...] = (
    Setting("title", "title", _text, '""', "The name of the site, in the header, in titles and feeds.", TEXT),
    Setting(
        "description", "description", _text, '""', "One sentence about the site, for search engines and feeds.", TEXT
    ),
    Setting(
        "url",
        "url",
        web_address,
        '""',
        "Scheme and host of the published site; feeds and canonical links want it.",
        WEB_ADDRESS,
    ),
    Setting(
        "baseurl", "baseurl", base_path, '""', "The path below the host where the site lives, such as `/blog`.", _BASE
    ),
    Setting("lang", "lang", _language, '"en"', "The language of the site, as in HTML's `lang`.", LANGUAGE),
    Setting(
        "timezone",
        "timezone",
        _zone_name,
        '"UTC"',
        "The zone of dates that name none, and of the days in addresses.",
        _ZONE,
    ),
    Setting("author", "author", _author, '""', "Who writes, where a post does not say.", _AUTHOR),
    Setting(
        "logo",
        "logo",
        _text,
        '""',
        "The site's picture for search engines and home screens: a path or an address.",
        TEXT,
    ),
    Setting(
        "image",
        "image",
        _image,
        '""',
        "The picture that a shared page shows where its front matter has no `image`.",
        IMAGE,
    ),
    Setting(
        "social",
        "social",
        social_addresses,
        "[]",
        "Addresses of the author elsewhere, linked in the footer with `rel=me`.",
        _SOCIAL,
    ),
    Setting("twitter", "twitter", _account, '""', "The account that shared pages are credited to there.", _ACCOUNT),
    Setting(
        "permalink",
        "permalink",
        permalink_pattern,
        f'"{PERMALINK}"',
        "The pattern of the posts' addresses.",
        _PERMALINK,
    ),
    Setting("paginate", "paginate", count, "10", "Posts on an index page; 0 puts all on one.", COUNT),
    Setting(
        "paginate_path",
        "paginate_path",
        _paginate_path,
        '"/page:num/"',
        "The address of index pages from the second on.",
        _PAGINATE,
    ),
    Setting(
        "related",
        "related",
        _related,
        "3",
        "Related posts that are named below a post; 0 for none.",
        whole(0, MOST_RELATED),
    ),
    Setting("outputs", "outputs", _outputs, "all", "The kinds of files to emit.", one_or_more(one_of(OUTPUT_NAMES))),
    Setting(
        "menu",
        "menu",
        _menu,
        "the pages, archive and join",
        "The links in the header: a list of `title` and `url`.",
        _MENU,
    ),
    Setting("exclude", "exclude", words, "[]", "Files and folders (patterns) that are not part of the site.", WORDS),
    Setting("drafts", "drafts", truth, "false", "Whether drafts are built.", TRUTH),
    Setting("future", "future", truth, "false", "Whether posts with a date to come are built.", TRUTH),
    Setting("expired", "expired", truth, "false", "Whether posts are built whose `expires` has passed.", TRUTH),
    Setting(
        "updated",
        "updated",
        _listed(*CHANGED_BY),
        '"front matter"',
        "Who says when a post was last changed, where its front matter does not: nobody, or `git`.",
        one_of(CHANGED_BY),
    ),
    Setting(
        "markdown.engine",
        "engine",
        _engine,
        '"markdown"',
        "Python-Markdown, or `commonmark`, the compiled one.",
        _ENGINE,
    ),
    Setting(
        "markdown.extended",
        "extended",
        truth,
        "true",
        "Whether Markdown has what sitegen adds to it: alerts, and titles, numbers and marked lines of code.",
        TRUTH,
    ),
    Setting("markdown.anchors", "anchors", truth, "true", "Whether headings have a link to themselves.", TRUTH),
    Setting("markdown.maths", "maths", _maths, "false", "Whether formulas between `$$` become MathML.", TRUTH),
    Setting(
        "markdown.mermaid",
        "mermaid",
        _script,
        '""',
        "The site's own copy of Mermaid, which draws diagrams: a path.",
        _SCRIPT,
    ),
    Setting("liquid", "liquid", _liquid, "false", "Whether Jekyll's Liquid tags in posts are run.", _LIQUID),
    Setting("shortcodes", "shortcodes", truth, "true", "Whether posts and pages may have shortcodes.", TRUTH),
    Setting(
        "excerpt_separator",
        "excerpt_separator",
        _text,
        '"<!--more-->"',
        "What ends a post's excerpt, if it is there.",
        TEXT,
    ),
    Setting("feed.path", "feed_path", _feed_path, '"/feed.xml"', "The address of the Atom feed.", _FEED),
    Setting("feed.posts", "feed_posts", count, "10", "Posts in a feed, the newest; 0 for all.", COUNT),
    Setting(
        "feed.content",
        "feed_content",
        _listed(*FEED_CONTENTS),
        '"full"',
        "What feeds hold: `full` posts or `excerpt`.",
        one_of(FEED_CONTENTS),
    ),
    Setting(
        "defaults", "defaults", _defaults, "[]", "Front matter by `scope` (`path`, `type`), as in Jekyll.", _DEFAULTS
    ),
    Setting(
        "forms.endpoint",
        "endpoint",
        web_address,
        "sitegen's receiver",
        "Where forms post unless they say otherwise.",
        WEB_ADDRESS,
    ),
    Setting(
        "receive.url",
        "receive_url",
        web_address,
        '""',
        "Where sitegen's receiver is reached from the published site.",
        WEB_ADDRESS,
    ),
    Setting(
        "receive.rate_limit",
        "rate_limit",
        _rate,
        '"20/minute"',
        "Answers that one address may send to one form; `off` for any number.",
        _RATE,
    ),
    Setting(
        "receive.trusted_proxies",
        "trusted_proxies",
        _networks,
        "[]",
        "Networks whose `X-Forwarded-For` is believed.",
        one_or_more(string("[.:]")),
    ),
    Setting(
        "check.skip",
        "check_skip",
        _checks,
        "[]",
        "Checks that `sitegen check` leaves out.",
        one_or_more(one_of(CHECK_NAMES)),
    ),
    Setting("extra", "extra", _table, "{}", "Anything else that layouts want; they see it as `site.extra`.", TABLE),
)
