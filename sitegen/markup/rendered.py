"""What goes into the room and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from sitegen.errors import SitegenError
from sitegen.markup.dialect import Dialect


@dataclass(frozen=True)
class MarkupSettings:
    """How bodies are rendered.

    `engine` is "markdown" (Python-Markdown in kramdown's dialect) or "commonmark" (pulldown-cmark, an extra).
    `baseurl` is put before site-absolute links and pictures of the body that do not have it yet. `dialect` is for the
    default engine; of the contents' levels, and of what sitegen adds to Markdown, both take notice. `anchors` puts a
    link to each heading into it.
    """

    engine: str = "markdown"
    baseurl: str = ""
    dialect: Dialect = field(default_factory=Dialect)
    anchors: bool = False


class Ends(NamedTuple):
    """The ends of links in a body: what it links to and what it shows within the site, and the ids to link to.

    Each stands once. Addresses with a scheme or a host of their own are left out.
    """

    links: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rendered:
    """A body as HTML, and what is known about it.

    `excerpt` is HTML without ids, comments and footnote references; `summary` its text on one line, at most 200
    signs; `toc` a nested `<ul>` of links to the headings, "" for fewer than two; `links` every `href` and `src`
    in the order of the body.
    """

    html: str
    excerpt: str
    summary: str
    toc: str
    words: int
    links: tuple[str, ...]
    ends: Ends


class MarkupError(SitegenError):
    """A body that cannot be rendered: `line` counts the body's lines from 1 (None: the whole body)."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message, self.line = message, line

    def __reduce__(self) -> tuple[type[MarkupError], tuple[str, int | None]]:
        return type(self), (self.message, self.line)
