"""What a site is made of: posts, pages, assets, calls."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime, tzinfo
from typing import Any, Literal, TypeVar
from urllib.parse import unquote

from sitegen.digests import digest_of
from sitegen.errors import Problem
from sitegen.forms.description import Form
from sitegen.frozen import dataclass
from sitegen.marked import Origin, problem_at
from sitegen.model.authors import Writer
from sitegen.model.given import BY_SITEGEN, Given, Givens
from sitegen.model.manuscripts import Manuscript, Shelved

PAGE_ENDINGS = (".html", ".htm", ".xhtml")  # Jekyll's (page.rb)


def _is_html(path: str) -> bool:
    return path.lower().endswith((".html", ".htm"))


def written_line(lines: tuple[int, ...], line: int) -> int:
    """The line of the body as it was written, where `lines` tells of each line of the present one; else the same."""
    return lines[min(line, len(lines)) - 1] if lines and line > 0 else line


class _Written:
    """What posts and pages have of their manuscripts."""

    manuscript: Manuscript | Shelved

    @property
    def origin(self) -> Origin:
        """Where the front matter stands."""
        return self.manuscript.origin

    @property
    def body(self) -> str:
        """The text below it, Markdown for ever. Raises `SiteError` for one that was changed while it was read."""
        return self.manuscript.body

    @property
    def given(self) -> Mapping[str, Givens]:
        """Who gave the values that the file's own front matter did not give."""
        return self.manuscript.given


@dataclass(frozen=True)
class Post(_Written):
    """One post. `path` is its source, relative to the site, and its identity; the `manuscript` has its `body`.

    `permalink` is the pattern that made the `url`; `dated` tells whether the author gave a date; `front` is the whole
    front matter, defaults included (see `given_of`). `digest` covers everything but the body, `body_digest` the body,
    and `head_digest` the text above that.
    From the moment `expires` on it is left out; one that is `pinned` stands before the others on the index. Where
    Liquid has run, `body` is what it made, and `body_lines` has for each line of it the line (from 1) of the body that
    the author wrote.
    `verbatim` tells that the body is neither Markdown nor HTML, `ending` what the name of the post's own file ends in.
    `redirect_from` are the addresses that lead to it, `redirect_to` is where its own leads, if it is no more than that.
    `series` is the name of the one that it belongs to, `part` its number there, if the author gives one; `related` are
    the names of posts that the author finds related (None: sitegen may choose).
    `writers` are those whom it names as such (see `Site.authors_of`). `translation_of` is the name of what it says the
    same as, in another language, where the names of the files do not tell.
    """

    path: str
    manuscript: Manuscript | Shelved = field(repr=False, compare=False)
    title: str
    slug: str
    date: datetime
    url: str
    body_line: int
    digest: str
    body_digest: str
    head_digest: str = ""
    permalink: str = ""
    dated: bool = True
    updated: datetime | None = None
    expires: datetime | None = None
    pinned: bool = False
    layout: str | None = "post"
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    writers: tuple[Writer, ...] = ()
    description: str = ""
    lang: str = ""
    engine: str = ""
    draft: bool = False
    separator: str = ""
    front: Mapping[str, Any] = field(default_factory=dict, repr=False)
    form: Form | None = None
    body_lines: tuple[int, ...] = field(default=(), repr=False)
    verbatim: bool = False
    ending: str = ".html"
    redirect_from: tuple[str, ...] = ()
    redirect_to: str = ""
    series: str = ""
    part: int | None = None
    related: tuple[str, ...] | None = None
    translation_of: str = ""

    def line_of(self, line: int) -> int:
        """The line of the author's file that a line of the body (from 1) is from."""
        return self.body_line - 1 + written_line(self.body_lines, line)

    @property
    def id(self) -> str:
        """Jekyll's id: the folder of the address, and the slug as it is written (document.rb `id`)."""
        folder, between, _ = self.url.rstrip("/").rpartition("/")
        return f"{folder}{between}{self.slug.lstrip('/')}"

    @property
    def is_hidden(self) -> bool:
        """Whether it is kept off the index pages, and related to no other post."""
        return self.front.get("hidden") is True

    @property
    def is_html(self) -> bool:
        """Whether the body is HTML already."""
        return _is_html(self.path)

    @property
    def is_shown(self) -> bool:
        """Whether it is a page for browsers, and no feed, style sheet or script."""
        return self.ending in PAGE_ENDINGS


@dataclass(frozen=True)
class Page(_Written):
    """One page that is no post; the fields as in `Post`.

    `collection` is the label of the one that it belongs to; only then it has a `slug`, and perhaps a `date`.
    """

    path: str
    manuscript: Manuscript | Shelved = field(repr=False, compare=False)
    title: str
    url: str
    body_line: int
    digest: str
    body_digest: str
    head_digest: str = ""
    layout: str | None = "page"
    description: str = ""
    lang: str = ""
    engine: str = ""
    front: Mapping[str, Any] = field(default_factory=dict, repr=False)
    body_lines: tuple[int, ...] = field(default=(), repr=False)
    verbatim: bool = False
    ending: str = ".html"
    redirect_from: tuple[str, ...] = ()
    redirect_to: str = ""
    collection: str = ""
    slug: str = ""
    date: datetime | None = None
    translation_of: str = ""

    separator = ""

    def line_of(self, line: int) -> int:
        """The line of the author's file that a line of the body (from 1) is from."""
        return self.body_line - 1 + written_line(self.body_lines, line)

    @property
    def is_html(self) -> bool:
        """Whether the body is HTML already."""
        return _is_html(self.path)

    @property
    def is_shown(self) -> bool:
        """Whether it is a page for browsers, and no feed, style sheet or script."""
        return self.ending in PAGE_ENDINGS

    @property
    def in_menu(self) -> bool:
        """Whether the header links to it, where the configuration has no menu of its own.

        A Jekyll site may have pages in any folder: these only if they say so.
        """
        wants = self.front.get("menu")
        meant = wants is not False if "/" not in self.path or self.path.startswith("_pages/") else wants is True
        is_link = bool(self.title) and self.is_shown and not self.collection
        return meant and is_link and self.url not in ("/", "/404.html")


Document = Post | Page
Doc = TypeVar("Doc", Post, Page)


def with_body(document: Document, body: str, origin: Origin) -> Document:
    """The document with another body below the same front matter; `origin` is the file as it is now."""
    manuscript = document.manuscript.but(body=body, origin=origin)
    return replace(document, manuscript=manuscript, body_digest=digest_of(body))


def problem_in(document: Document, line: int | None, message: str, hint: str = "") -> Problem:
    """A problem at a line of the document's body (from 1); None: the whole document."""
    at = None if line is None else document.line_of(line)
    return problem_at(document.path, document.origin.text, at, message, hint)


def in_sitemap(document: Document) -> bool:
    """Whether it is a page that is meant to be found."""
    return document.is_shown and not document.redirect_to and document.front.get("sitemap") is not False


def given_of(document: Document, key: str) -> Givens:
    """Who gave a value of a document: a key of its front matter, or a field that the reader settled."""
    if key in document.given:
        return document.given[key]
    return (Given("front matter", document.origin, (key,)),) if key in document.front else BY_SITEGEN


Reason = Literal["no date", "not a post", "future", "expired", "unpublished", "too many", "draft"]


@dataclass(frozen=True)
class LeftOut:
    """A post or page that is not published, and why.

    `origin` is where that stands: a line of front matter or of the configuration, or the file itself; `moment` is when
    one of the "future" will be published, or when an "expired" one ceased to be.
    """

    path: str
    reason: Reason
    origin: Origin = field(repr=False, compare=False)
    moment: datetime | None = None


@dataclass(frozen=True)
class Asset:
    """One file that is published as it is.

    `file` is where its bytes are; `digest` is theirs; `modified` is when it was changed (seconds since 1970); `front`
    is what the configuration's defaults say of it.
    """

    path: str
    url: str
    file: str
    digest: str
    modified: float = 0.0
    front: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def place(self) -> str:
        """Its path in the output folder."""
        return unquote(self.url).lstrip("/")

    def shown(self, zone: tzinfo) -> Mapping[str, Any]:
        """What layouts and Liquid see of it, with Jekyll's names (drops/static_file_drop.rb)."""
        name = posixpath.basename(self.path)
        stem, ending = posixpath.splitext(name)
        return {
            **self.front,
            "path": f"/{self.place}",
            "name": name,
            "basename": stem.rstrip("."),
            "extname": ending,
            "modified_time": datetime.fromtimestamp(self.modified, zone),
        }


@dataclass(frozen=True)
class Call:
    """A post that asks for answers: `open` is as of the build, `prefix` what addresses in its language begin with."""

    post: Post
    form: Form
    open: bool
    prefix: str = ""

    @property
    def url(self) -> str:
        """The join page."""
        return f"{self.prefix}/join/{self.form.id}/"

    @property
    def thanks_url(self) -> str:
        """Where a visitor without script lands after submitting."""
        return f"{self.prefix}/join/{self.form.id}/thanks/"

    @property
    def waitlist_url(self) -> str:
        """The same for one who came after the last place was taken."""
        return f"{self.prefix}/join/{self.form.id}/waitlist/"


@dataclass(frozen=True)
class Layout:
    """One layout or include. `path` is for problems; `text` is Jinja, its lines counted as in the file.

    With `liquid` it is Jekyll's instead: the Liquid of posts may include it, no layout can.
    """

    path: str
    text: str = field(repr=False)
    digest: str
    front: Mapping[str, Any] = field(default_factory=dict)
    liquid: bool = False
