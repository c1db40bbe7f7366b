"""Every setting of a site: `sitegen.toml`, `[tool.sitegen]` in `pyproject.toml`, or Jekyll's `_config.yml`.

`SETTINGS` is the one list of them: name, default, how a value is checked, and what it is for. `Config` is what
the rest of sitegen sees.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from ipaddress import ip_network
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sitegen.dates import zone_named
from sitegen.errors import Problem, Problems, RefusedAddress, SiteError, UsageError, did_you_mean
from sitegen.marked import NOWHERE, Malformed, Marked, Origin, problem_at, read_toml, read_yaml
from sitegen.urls import is_web_address, url_from

CONFIG_FILES = ("sitegen.toml", "pyproject.toml", "_config.yml", "_config.yaml")
SITE_FOLDERS = ("_posts", "_drafts", "_pages", "_layouts", "_includes", "_data", "static")
MEMORY = ".sitegen"  # the folder for what builds remember, and the inbox
OUTPUT_NAMES = (
    "posts",
    "pages",
    "home",
    "tags",
    "categories",
    "archive",
    "atom",
    "sitemap",
    "robots",
    "join",
    "static",
    "404",
)
MOST_BYTES = 20_000_000  # of one text
ENGINES = ("markdown", "commonmark")
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


@dataclass(frozen=True)
class Config:
    """Every setting, checked. Paths are absolute; `file` is the configuration's name ("" if there is none).

    `problems` are those of the file itself; a setting that is wrong has its default.
    """

    source: Path
    output: Path
    file: str = ""
    origin: Origin = NOWHERE
    lenient: bool = False
    strict: bool = False
    preview: bool = False
    zone: tzinfo = field(default_factory=lambda: zone_named("UTC"))
    title: str = ""
    description: str = ""
    url: str = ""
    baseurl: str = ""
    lang: str = "en"
    timezone: str = "UTC"
    author: str = ""
    permalink: str = PERMALINK
    paginate: int = 10
    paginate_path: str = "/page:num/"
    outputs: tuple[str, ...] = OUTPUT_NAMES
    menu: tuple[tuple[str, str], ...] = ()
    exclude: tuple[str, ...] = ()
    drafts: bool = False
    future: bool = False
    engine: str = "markdown"
    liquid: bool = False
    excerpt_separator: str = "<!--more-->"
    defaults: tuple[Default, ...] = ()
    forms: Mapping[str, tuple[Any, Origin]] = field(default_factory=dict)
    endpoint: str = ""
    receive_url: str = ""
    rate_limit: str = "20/minute"
    trusted_proxies: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def memory(self) -> Path:
        """The folder for what builds remember, and the inbox."""
        return self.source / MEMORY


class Wrong(ValueError):
    """A value is not what its setting wants: what is wrong, a hint, and the place if it is inside the value."""

    def __init__(self, message: str, hint: str = "", place: Origin | None = None) -> None:
        super().__init__(message)
        self.hint, self.place = hint, place


Check = Callable[[Any, Origin], Any]


@dataclass(frozen=True)
class Setting:
    """One row of the table: `attribute` is its name in `Config`, `doc` one sentence for its users."""

    name: str
    attribute: str
    check: Check
    default: str
    doc: str


def _text(value: Any, origin: Origin) -> str:
    if value is None:
        return ""
    if isinstance(value, str | int | float):
        return origin.written(value)
    raise Wrong("is not text", "put it in quotes")


def _truth(value: Any, _: Origin) -> bool:
    if isinstance(value, bool):
        return value
    raise Wrong("is neither true nor false", "write true or false, without quotes")


def _web_address(value: Any, origin: Origin) -> str:
    text = _text(value, origin).rstrip("/")
    if text and not is_web_address(text):
        raise Wrong(f'is no web address: "{text}"', "write it with its scheme: https://example.org")
    return text


def _baseurl(value: Any, origin: Origin) -> str:
    text = _text(value, origin).strip("/")
    if re.search(r"[\s?#\\\x00-\x1f<>\"]|:|(^|/)\.\.?(/|$)", text):
        raise Wrong(f'is no path: "{text}"', 'write the path below the host: "/blog"; the host belongs to `url`')
    return "/" + text if text else ""


def _count(value: Any, _: Origin) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100_000:
        return value
    raise Wrong("is not a whole number (0 to 100000; 0 means all on one page)")


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


def _permalink(value: Any, origin: Origin) -> str:
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


def _liquid(value: Any, origin: Origin) -> bool:
    """Jekyll has a table of options there."""
    return True if isinstance(value, dict) else _truth(value, origin)


def _one_of(*known: str) -> Check:
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
    return "markdown" if text in ("kramdown", "gfm") else str(_one_of(*ENGINES)(text, origin))


def _words(value: Any, origin: Origin) -> tuple[str, ...]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str | int | float) for item in items):
        raise Wrong("is not a list of words", 'write it as ["one", "two"]')
    return tuple(origin.at(at).written(item) for at, item in enumerate(items))


def _outputs(value: Any, origin: Origin) -> tuple[str, ...]:
    names = _words(value, origin)
    for at, name in enumerate(names):
        if name not in OUTPUT_NAMES:
            raise Wrong(f'has "{name}", which there is not', did_you_mean(name, OUTPUT_NAMES), origin.at(at))
    return tuple(dict.fromkeys(names))


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
    names = _words(value, origin)
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


SETTINGS: tuple[Setting, ...] = (
    Setting("title", "title", _text, '""', "The name of the site, in the header, in titles and feeds."),
    Setting("description", "description", _text, '""', "One sentence about the site, for search engines and feeds."),
    Setting(
        "url", "url", _web_address, '""', "Scheme and host of the published site; feeds and canonical links want it."
    ),
    Setting("baseurl", "baseurl", _baseurl, '""', "The path below the host where the site lives, such as `/blog`."),
    Setting("lang", "lang", _text, '"en"', "The language of the site, as in HTML's `lang`."),
    Setting(
        "timezone", "timezone", _zone_name, '"UTC"', "The zone of dates that name none, and of the days in addresses."
    ),
    Setting("author", "author", _author, '""', "Who writes, where a post does not say."),
    Setting("permalink", "permalink", _permalink, f'"{PERMALINK}"', "The pattern of the posts' addresses."),
    Setting("paginate", "paginate", _count, "10", "Posts on an index page; 0 puts all on one."),
    Setting(
        "paginate_path",
        "paginate_path",
        _paginate_path,
        '"/page:num/"',
        "The address of index pages from the second on.",
    ),
    Setting("outputs", "outputs", _outputs, "all", "The kinds of files to emit."),
    Setting(
        "menu", "menu", _menu, "the pages, archive and join", "The links in the header: a list of `title` and `url`."
    ),
    Setting("exclude", "exclude", _words, "[]", "Files and folders (patterns) that are not part of the site."),
    Setting("drafts", "drafts", _truth, "false", "Whether drafts are built."),
    Setting("future", "future", _truth, "false", "Whether posts with a date to come are built."),
    Setting("markdown.engine", "engine", _engine, '"markdown"', "Python-Markdown, or `commonmark`, the compiled one."),
    Setting("liquid", "liquid", _liquid, "false", "Whether Jekyll's Liquid tags in posts are run."),
    Setting(
        "excerpt_separator", "excerpt_separator", _text, '"<!--more-->"', "What ends a post's excerpt, if it is there."
    ),
    Setting("defaults", "defaults", _defaults, "[]", "Front matter by `scope` (`path`, `type`), as in Jekyll."),
    Setting(
        "forms.endpoint", "endpoint", _web_address, "sitegen's receiver", "Where forms post unless they say otherwise."
    ),
    Setting(
        "receive.url", "receive_url", _web_address, '""', "Where sitegen's receiver is reached from the published site."
    ),
    Setting(
        "receive.rate_limit",
        "rate_limit",
        _rate,
        '"20/minute"',
        "Answers that one address may send to one form; `off` for any number.",
    ),
    Setting(
        "receive.trusted_proxies", "trusted_proxies", _networks, "[]", "Networks whose `X-Forwarded-For` is believed."
    ),
    Setting("extra", "extra", _table, "{}", "Anything else that layouts want; they see it as `site.extra`."),
)
_GROUPS = ("markdown", "forms", "receive")  # tables; forms.NAME is a named form


def load_config(
    source: Path,
    output: Path | None = None,
    *,
    strict: bool = False,
    preview: bool = False,
    drafts: bool = False,
    future: bool = False,
    url: str | None = None,
    baseurl: str | None = None,
    patient: bool = False,
) -> Config:
    """The configuration of the site in `source`; `url` and `baseurl` go before what the file says.

    Raises `SiteError` with every wrong setting; a `patient` caller finds them in `Config.problems`, among others.
    """
    source = Path(os.path.abspath(source))
    if not source.is_dir():
        what = "this is not a folder" if os.path.lexists(source) else "there is no such folder"
        raise SiteError([Problem(str(source), None, what, "sitegen init makes a new site")])
    name, document, text, lenient = _find(source)
    problems = Problems(lenient=lenient, strict=strict)
    origin = Origin(name, text, document.lines, document.words)
    prefix = ("tool", "sitegen") if name == "pyproject.toml" else ()
    for keys, line in document.repeated:
        problems.tolerate(problem_at(name, text, line, f"`{'.'.join(keys)}` is given twice", "remove one of them"))
    values = _values(document.value, origin.at(*prefix), problems)
    if lenient:
        values.setdefault("permalink", PERMALINK_STYLES["date"])
        values.setdefault("liquid", True)
    if not patient:
        problems.refuse()
    values |= _given(url, baseurl)
    values["drafts"] = drafts or values.get("drafts", False)
    values["future"] = future or values.get("future", False)
    config = Config(
        source=source,
        output=Path(os.path.abspath(output)) if output is not None else source / "output",
        file=name,
        origin=origin.at(*prefix),
        lenient=lenient,
        strict=strict,
        preview=preview,
        zone=zone_named(values.get("timezone", "UTC")),
        problems=tuple(problems),
        **values,
    )
    _check_output(config)
    return config


def _find(source: Path) -> tuple[str, Marked, str, bool]:
    """The configuration's file name, its document, its text, and whether it is Jekyll's."""
    for name in CONFIG_FILES:
        path = source / name
        if not os.path.lexists(path):
            continue
        if not path.is_file():
            raise SiteError([Problem(name, None, "this should be a file", "remove it, or put the settings into it")])
        text = read_text(path, name)
        try:
            document = read_toml(text) if name.endswith(".toml") else read_yaml(text)
        except Malformed as error:
            raise SiteError([problem_at(name, text, error.line, error.message, error.hint)]) from error
        if name == "pyproject.toml":
            tool = document.value.get("tool", {})
            if not isinstance(tool, dict) or "sitegen" not in tool:
                continue
            document = Marked(tool["sitegen"], document.lines)
        if document.value is None:
            document = Marked({}, document.lines)
        if not isinstance(document.value, dict):
            line = document.lines.get(("tool", "sitegen"), 1)
            message = "the configuration is not a table of settings"
            raise SiteError([problem_at(name, text, line, message, "each setting has a name, and a value")])
        return name, document, text, not name.endswith(".toml")
    return "", Marked({}, {}), "", False


def read_text(path: Path, name: str) -> str:
    """The text of a file, with line ends as \\n and without a BOM. Raises `SiteError` naming `name`."""
    try:
        data = read_limited(path)
    except OSError as error:
        raise SiteError([Problem(name, None, f"cannot be read: {error.strerror}")]) from error
    except Malformed as error:
        raise SiteError([Problem(name, None, error.message, error.hint)]) from error
    try:
        return decode(data)
    except Malformed as error:
        text = lines_of(data.decode("cp1252", "replace"))
        raise SiteError([problem_at(name, text, error.line, error.message, error.hint)]) from error


def read_limited(path: Path) -> bytes:
    """The bytes of a text. Raises `Malformed` for more than a text can have, OSError if it cannot be read."""
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        message = f"more than {MOST_BYTES // 1_000_000} MB, which is no text"
        raise Malformed(message, 1, "what readers download belongs into static/")
    return data


def decode(data: bytes) -> str:
    """UTF-8 with any line ends, with or without a BOM. Raises `Malformed` with the line of the first wrong byte."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or (0 in data[:2] and 0 in data[2:4] and any(data[:4])):
        raise Malformed("the file is UTF-16", 1, "save it as UTF-8")
    try:
        text = data.decode("utf-8-sig").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        guess = data[error.start : error.start + 1].decode("cp1252", "replace")
        hint = f'save the file as UTF-8 (in Windows-1252 that byte is "{guess}")' if guess != "\ufffd" else ""
        line = before.count(b"\n") + 1
        raise Malformed(f"not UTF-8: byte 0x{data[error.start]:02x}", line, hint or "save it as UTF-8") from error
    return lines_of(text)


def lines_of(text: str) -> str:
    """The text with every line end as \\n."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _given(url: str | None, baseurl: str | None) -> dict[str, str]:
    """What the command line says in place of the file. Raises `UsageError`."""
    found: dict[str, str] = {}
    for name, value, check in (("url", url, _web_address), ("baseurl", baseurl, _baseurl)):
        try:
            found |= {name: check(value, NOWHERE)} if value is not None else {}
        except Wrong as error:
            raise UsageError(f"--{name} {error}; {error.hint}") from error
    return found


def _values(raw: dict[str, Any], origin: Origin, problems: Problems) -> dict[str, Any]:
    """Attribute → checked value, for each setting that is given."""
    flat = _flat(raw, origin, problems)
    found: dict[str, Any] = {"forms": _named_forms(raw, origin)}
    for setting in SETTINGS:
        if setting.name not in flat:
            continue
        place, value = origin.at(*setting.name.split(".")), flat.pop(setting.name)
        if value is None:
            continue  # a key without a value, as YAML has it, is not given
        try:
            found[setting.attribute] = setting.check(value, place)
        except Wrong as error:
            problems.tolerate((error.place or place).problem(f"`{setting.name}` {error}", error.hint))
    known = [setting.name for setting in SETTINGS]
    unknown = {key: value for key, value in flat.items() if key not in known}
    if problems.lenient:
        return {**found, "extra": MappingProxyType(unknown)}
    for key in unknown:
        hints = (did_you_mean(key, [*known, *_GROUPS]), "what only layouts read belongs into [extra]")
        problems.add(origin.at(*key.split(".")).problem(f'there is no setting "{key}"', "; ".join(filter(None, hints))))
    return found


def _flat(raw: dict[str, Any], origin: Origin, problems: Problems) -> dict[str, Any]:
    """Settings by full name: `receive.url`, not a table in a table."""
    flat: dict[str, Any] = {}
    for key, value in raw.items():
        if key not in _GROUPS:
            flat[key] = value
        elif key == "markdown" and isinstance(value, str):
            flat["markdown.engine"] = value  # as Jekyll writes it
        elif not isinstance(value, dict):
            hint = f"write [{key}] and settings below it"
            problems.tolerate(origin.at(key).problem(f"`{key}` is not a table", hint))
        else:
            named = {} if key == "forms" else value
            flat |= {f"{key}.{inner}": item for inner, item in named.items()}
            if key == "forms" and "endpoint" in value:
                flat["forms.endpoint"] = value["endpoint"]
    return flat


def _named_forms(raw: dict[str, Any], origin: Origin) -> dict[str, tuple[Any, Origin]]:
    forms = raw.get("forms")
    named = forms if isinstance(forms, dict) else {}
    return {name: (form, origin.at("forms", name)) for name, form in named.items() if name != "endpoint"}


def _check_output(config: Config) -> None:
    """Refuse an output folder whose writing or cleaning could touch anything else."""
    output, source = config.output, config.source
    real, root = Path(os.path.realpath(output)), Path(os.path.realpath(source))
    inside = real.relative_to(root).parts if real.is_relative_to(root) else ()
    wrong = ""
    if real == Path(real.anchor):
        wrong = "the output folder is the root of the file system"
    elif root.is_relative_to(real):
        wrong = "the output folder holds the sources"
    elif inside and inside[0] in _SOURCES and not (config.preview and inside[0] == MEMORY):
        wrong = f"the output folder lies in {inside[0]}/, which holds other things"
    elif os.path.lexists(output) and not output.is_dir():
        wrong = "there is a file (or a link to nothing) where the output folder should be"
    if wrong:
        raise SiteError([Problem(str(output), None, wrong, "name another folder with -o")])


_SOURCES = (*SITE_FOLDERS, ".git", MEMORY)
