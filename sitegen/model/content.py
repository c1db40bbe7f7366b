"""What a site is made of: posts, pages, assets, calls."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

from sitegen.forms.description import Form
from sitegen.marked import Origin


def _is_html(path: str) -> bool:
    return path.lower().endswith((".html", ".htm"))


def written_line(lines: tuple[int, ...], line: int) -> int:
    """The line of the body as it was written, where `lines` tells of each line of the present one; else the same."""
    return lines[min(line, len(lines)) - 1] if lines and line > 0 else line


@dataclass(frozen=True)
class Post:
    """One post. `path` is its source, relative to the site, and its identity; `body` is Markdown for ever.

    `dated` tells whether the author gave a date; `front` is the whole front matter, defaults included;
    `digest` covers everything but the body, `body_digest` the body. Where Liquid has run, `body` is what it made, and
    `body_lines` has for each line of it the line (from 1) of the body that the author wrote.
    """

    path: str
    origin: Origin = field(repr=False)
    title: str
    slug: str
    date: datetime
    url: str
    body: str = field(repr=False)
    body_line: int
    digest: str
    body_digest: str
    dated: bool = True
    updated: datetime | None = None
    layout: str | None = "post"
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    author: str = ""
    description: str = ""
    lang: str = ""
    draft: bool = False
    separator: str = ""
    front: Mapping[str, Any] = field(default_factory=dict, repr=False)
    form: Form | None = None
    body_lines: tuple[int, ...] = field(default=(), repr=False)

    def line_of(self, line: int) -> int:
        """The line of the author's file that a line of the body (from 1) is from."""
        return self.body_line - 1 + written_line(self.body_lines, line)

    @property
    def id(self) -> str:
        """Jekyll's id: the folder of the address and the slug (document.rb `id`). Feed readers know posts by it."""
        return posixpath.join(posixpath.dirname(self.url.rstrip("/")), quote(self.slug, safe="~!$&'()*+,;=:@-._"))

    @property
    def is_html(self) -> bool:
        """Whether the body is HTML already."""
        return _is_html(self.path)


@dataclass(frozen=True)
class Page:
    """One page that is no post; the fields as in `Post`."""

    path: str
    origin: Origin = field(repr=False)
    title: str
    url: str
    body: str = field(repr=False)
    body_line: int
    digest: str
    body_digest: str
    layout: str | None = "page"
    description: str = ""
    lang: str = ""
    front: Mapping[str, Any] = field(default_factory=dict, repr=False)
    body_lines: tuple[int, ...] = field(default=(), repr=False)

    separator = ""

    def line_of(self, line: int) -> int:
        """The line of the author's file that a line of the body (from 1) is from."""
        return self.body_line - 1 + written_line(self.body_lines, line)

    @property
    def is_html(self) -> bool:
        """Whether the body is HTML already."""
        return _is_html(self.path)


Document = Post | Page


@dataclass(frozen=True)
class Asset:
    """One file that is published as it is. `file` is where its bytes are; `digest` is theirs."""

    path: str
    url: str
    file: str
    digest: str


@dataclass(frozen=True)
class Term:
    """One tag or category. `posts` are the paths of its posts, newest first."""

    kind: str
    name: str
    slug: str
    posts: tuple[str, ...]

    @property
    def url(self) -> str:
        """Where its page is."""
        return f"/{self.kind}/{self.slug}/"


@dataclass(frozen=True)
class Call:
    """A post that asks for answers: `open` is as of the build."""

    post: Post
    form: Form
    open: bool

    @property
    def url(self) -> str:
        """The join page."""
        return f"/join/{self.form.id}/"

    @property
    def thanks_url(self) -> str:
        """Where a visitor without script lands after submitting."""
        return f"/join/{self.form.id}/thanks/"

    @property
    def waitlist_url(self) -> str:
        """The same for one who came after the last place was taken."""
        return f"/join/{self.form.id}/waitlist/"


@dataclass(frozen=True)
class Layout:
    """One layout or include. `path` is for problems; `text` is Jinja, its lines counted as in the file."""

    path: str
    text: str = field(repr=False)
    digest: str
    front: Mapping[str, Any] = field(default_factory=dict)
