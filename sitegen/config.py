"""The configuration of a site: `sitegen.toml`, `[tool.sitegen]` in `pyproject.toml`, or Jekyll's `_config.yml`.

`settings.SETTINGS` is the list of what it may say; `Config` is what the rest of sitegen sees.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import tzinfo
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sitegen import seal
from sitegen.dates import zone_named
from sitegen.errors import Problem, Problems, SiteError, UsageError, did_you_mean, one_hint
from sitegen.frozen import dataclass
from sitegen.languages import lookups
from sitegen.marked import NOWHERE, Malformed, Marked, Origin, problem_at, read_toml, read_yaml
from sitegen.settings import NOT_JEKYLLS, SETTINGS
from sitegen.settings.cards import CARD_COLOURS
from sitegen.settings.defaults import Default
from sitegen.settings.kinds import Lacking, Wrong, web_address
from sitegen.settings.languages import Language
from sitegen.settings.names import MARKDOWN_ENDINGS, PERMALINK, USUAL_OUTPUTS
from sitegen.settings.paths import base_path
from sitegen.texts import read_text

if TYPE_CHECKING:
    from sitegen.jekyll import Collection
    from sitegen.jekyll_feed import TagFeeds
    from sitegen.settings import Setting

CONFIG_FILES = ("sitegen.toml", "pyproject.toml", "_config.yml", "_config.yaml")
SITE_FOLDERS = ("_posts", "_drafts", "_pages", "_layouts", "_includes", "_data", "static")
MEMORY = seal.MEMORY


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
    languages: tuple[Language, ...] = ()
    prefix: str = ""  # what the addresses of an edition begin with
    timezone: str = "UTC"
    author: str = ""
    logo: str = ""
    image: str | Mapping[str, Any] = ""
    social: tuple[str, ...] = ()
    twitter: str = ""
    permalink: str = PERMALINK
    permalink_keys: tuple[str, ...] = ("permalink",)  # where the file says so
    paginate: int = 10
    paginate_path: str = "/page:num/"
    related: int = 3
    outputs: tuple[str, ...] = USUAL_OUTPUTS
    search: bool = False
    menu: tuple[tuple[str, str], ...] = ()
    page_ending: str = "/"
    exclude: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    drafts: bool = False
    future: bool = False
    expired: bool = False
    updated: str = "front matter"
    unpublished: bool = False
    limit_posts: int = 0
    collections: tuple[Collection, ...] = ()
    collections_dir: str = ""
    markdown_endings: tuple[str, ...] = MARKDOWN_ENDINGS
    engine: str = "markdown"
    extended: bool = True
    anchors: bool = True
    maths: bool = False
    mermaid: str = ""
    liquid: bool = False
    shortcodes: bool = True
    excerpt_separator: str = "<!--more-->"
    feed_path: str = "/feed.xml"
    feed_posts: int = 10
    feed_content: str = "full"
    feed_lists: bool = True
    feed_categories: Mapping[str, str] = field(default_factory=dict)
    feed_tags: TagFeeds | None = None
    defaults: tuple[Default, ...] = ()
    forms: Mapping[str, tuple[Any, Origin]] = field(default_factory=dict)
    image_sizes: bool = True
    image_captions: bool = True
    image_variants: bool = False
    image_widths: tuple[int, ...] = (360, 720, 1080, 1440)
    image_kinds: tuple[str, ...] = ("avif", "webp")
    image_display: str = "(min-width: 48rem) 44rem, 92vw"
    endpoint: str = ""
    keep: int | None = None  # days
    receive_url: str = ""
    rate_limit: str = "20/minute"
    form_rate_limit: str = "off"
    keep_spam: int | None = None  # days
    origins: tuple[str, ...] = ()
    altcha: bool = False
    uploads: bool = False
    notify: tuple[str, ...] = ()
    notify_each: bool = True
    digest: str = ""
    sender: str = ""
    letters: bool = False
    webhook: str = ""
    webhook_internal: bool = False
    trusted_proxies: tuple[str, ...] = ()
    fingerprint: bool = True
    minify: bool = False
    integrity: bool = False
    compress: tuple[str, ...] = ()
    budget_page: int = 0  # bytes, as the next ones; 0: any number
    budget_html: int = 0
    budget_css: int = 0
    budget_js: int = 0
    budget_images: int = 0
    budget_fonts: int = 0
    budget_requests: int = 0
    budget_fail: bool = False
    check_skip: tuple[str, ...] = ()
    cards_for: tuple[str, ...] = ()
    card_fonts: tuple[str, ...] = ()
    card_colours: Mapping[str, str] = field(default_factory=lambda: dict(CARD_COLOURS))
    card_background: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def everything(self) -> Config:
        """The same, publishing whatever there is: drafts, posts to come, expired and unpublished ones."""
        return replace(self, drafts=True, future=True, expired=True, unpublished=True, limit_posts=0)

    @property
    def has_budget(self) -> bool:
        """Whether there is any for the weight of pages."""
        return any((
            self.budget_page, self.budget_html, self.budget_css, self.budget_js, self.budget_images, self.budget_fonts,
            self.budget_requests,
        ))  # fmt: skip

    @property
    def tongues(self) -> tuple[Language, ...]:
        """The languages that the site is in, its own first; none where the setting `languages` names none."""
        if not self.languages:
            return ()
        given = {one.lang.lower(): one for one in self.languages}
        own = given.pop(self.lang.lower(), None)
        return (replace(own, lang=self.lang) if own else Language(self.lang), *given.values())

    def tongue_of(self, tag: str) -> str:
        """In which of its languages the site has what is in that one: it, one that it is a kind of, or else its own."""
        known = {one.lang.lower(): one.lang for one in self.tongues}
        return next((known[key] for key in lookups(tag) if key in known), self.lang)

    def edition(self, language: Language) -> Config:
        """The settings as they are for what is in one language. Only its own words are told of the site there."""
        own = language.lang == self.lang
        menu, description = (self.menu, self.description) if own else ((), "")
        return replace(
            self,
            lang=language.lang,
            prefix="" if own else f"/{language.lang.lower()}",
            title=self.title if language.title is None else language.title,
            description=description if language.description is None else language.description,
            menu=menu if language.menu is None else language.menu,
        )

    def within(self, url: str) -> str:
        """An address of what each edition has (`/archive/`), as it is in this one (`/de/archive/`)."""
        return self.prefix + url

    @property
    def memory(self) -> Path:
        """The folder for what builds remember, and the inbox."""
        return self.source / MEMORY


GROUPS = ("markdown", "feed", "images", "forms", "receive", "assets", "budget", "cards", "check")
FOR_ALL_FORMS = ("endpoint", "keep")  # in the table `forms`, where any other name is a form


def load_config(
    source: Path,
    output: Path | None = None,
    *,
    strict: bool = False,
    preview: bool = False,
    drafts: bool = False,
    future: bool = False,
    expired: bool = False,
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
        from sitegen.jekyll import completed, note_plugins

        values = completed(values, document.value)
        note_plugins(document.value, origin, problems)
    if not patient:
        problems.refuse()
    values |= _given(url, baseurl)
    values["drafts"] = drafts or values.get("drafts", False)
    values["future"] = future or values.get("future", False)
    values["expired"] = expired or values.get("expired", False)
    if values.get("search"):
        values["outputs"] = tuple(dict.fromkeys((*values.get("outputs", USUAL_OUTPUTS), "search")))
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


def _given(url: str | None, baseurl: str | None) -> dict[str, str]:
    """What the command line says in place of the file. Raises `UsageError`."""
    found: dict[str, str] = {}
    for name, value, check in (("url", url, web_address), ("baseurl", baseurl, base_path)):
        try:
            found |= {name: check(value, NOWHERE)} if value is not None else {}
        except Wrong as error:
            raise UsageError(f"--{name} {error}; {error.hint}") from error
    return found


def _values(raw: dict[str, Any], origin: Origin, problems: Problems) -> dict[str, Any]:
    """Attribute → checked value, for each setting that is given."""
    flat = _flat(raw, origin, problems)
    found: dict[str, Any] = {"forms": _named_forms(raw, origin)}
    lacking: dict[str, tuple[Lacking, Origin, list[str]]] = {}
    own = tuple(one for one in SETTINGS if not (problems.lenient and one.name in NOT_JEKYLLS))
    for setting in (*own, *(_jekylls() if problems.lenient else ())):
        if setting.name not in flat:
            continue
        place, value = origin.at(*setting.name.split(".")), flat[setting.name]
        if value is None:
            continue  # a key without a value, as YAML has it, is not given
        try:
            found[setting.attribute] = setting.kind.check(value, place)
        except Lacking as error:
            lacking.setdefault(error.extra, (error, error.place or place, []))[2].append(f"`{setting.name}`")
        except Wrong as error:
            tell = problems.warn if error.meant else problems.tolerate
            for one in (error, *error.others):
                tell((one.place or place).problem(f"`{setting.name}` {one}", one.hint))
            found |= {setting.attribute: error.meant} if error.meant else {}
    for first, place, (name, *others) in lacking.values():
        too = f"; {', '.join(others)} need{'s' if len(others) == 1 else ''} it, too" if others else ""
        problems.tolerate(place.problem(f"{name} {first}", first.hint + too))
    known = [setting.name for setting in own]
    unknown = {key: value for key, value in flat.items() if key not in known}
    if problems.lenient:
        return {**found, "extra": MappingProxyType(unknown)}
    for key in unknown:
        hint = one_hint(did_you_mean(key, [*known, *GROUPS]), "what only layouts read belongs into [extra]")
        problems.add(origin.at(*key.split(".")).problem(f'there is no setting "{key}"', hint))
    return found


def _jekylls() -> tuple[Setting, ...]:
    """The settings that only a Jekyll site has."""
    from sitegen.jekyll import SETTINGS

    return SETTINGS


def _flat(raw: dict[str, Any], origin: Origin, problems: Problems) -> dict[str, Any]:
    """Settings by full name: `receive.url`, not a table in a table."""
    flat: dict[str, Any] = {}
    for key, value in raw.items():
        if key not in GROUPS:
            flat[key] = value
        elif value is None:
            continue
        elif key == "markdown" and isinstance(value, str):
            flat["markdown.engine"] = value  # as Jekyll writes it
        elif not isinstance(value, dict):
            hint = f"write [{key}] and settings below it"
            problems.tolerate(origin.at(key).problem(f"`{key}` is not a table", hint))
        else:
            named = {} if key == "forms" else value
            flat |= {f"{key}.{inner}": item for inner, item in named.items()}
            if key == "forms":
                flat |= {f"forms.{inner}": value[inner] for inner in FOR_ALL_FORMS if inner in value}
    return flat


def _named_forms(raw: dict[str, Any], origin: Origin) -> dict[str, tuple[Any, Origin]]:
    forms = raw.get("forms")
    named = forms if isinstance(forms, dict) else {}
    return {name: (form, origin.at("forms", name)) for name, form in named.items() if name not in FOR_ALL_FORMS}


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
