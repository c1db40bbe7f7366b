"""What goes into the room and what comes out of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import NamedTuple

from sitegen.errors import SitegenError
from sitegen.frozen import dataclass
from sitegen.markup.dialect import Dialect


@dataclass(frozen=True)
class MarkupSettings:
    """How bodies are rendered.

    `engine` is "markdown" (Python-Markdown in kramdown's dialect) or "commonmark" (pulldown-cmark, an extra).
    `baseurl` is put before site-absolute links and pictures of the body that do not have it yet. `dialect` is for the
    default engine; of the contents' levels, and of what sitegen adds to Markdown, both take notice. `anchors` puts a
    link to each heading into it, `shortcodes` tells whether bodies may have any.
    """

    engine: str = "markdown"
    baseurl: str = ""
    dialect: Dialect = field(default_factory=Dialect)
    anchors: bool = False
    shortcodes: bool = False


class Ends(NamedTuple):
    """The ends of links in a body: what it links to and what it shows within the site, and the ids to link to.

    Each stands once. Addresses with a scheme or a host of their own are left out.
    """

    links: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shortcode:
    """One shortcode of a body: `line` is the body's, from 1; a bare key is True.

    `start` and `end` are places in the HTML of the body: what a shortcode `wraps` is between them, with the shortcodes
    `inside`.
    """

    name: str
    values: Mapping[str, str | bool]
    line: int
    wraps: bool
    start: int
    end: int
    inside: tuple[Shortcode, ...] = ()

    def walk(self) -> Iterator[Shortcode]:
        """It, and all that are in it."""
        yield self
        for inner in self.inside:
            yield from inner.walk()


@dataclass(frozen=True)
class Rendered:
    """A body as HTML, and what is known about it. What its shortcodes make is not in it: see `shortcodes.filled`.

    `excerpt` is HTML without ids, comments and footnote references; `summary` its text on one line, at most 200
    signs; `toc` a nested `<ul>` of links to the headings, "" for fewer than two; `links` every `href` and `src`
    in the order of the body; `coloured` the blocks of code that were coloured for it, by key, for those who remember.
    """

    html: str
    excerpt: str
    summary: str
    toc: str
    words: int
    links: tuple[str, ...]
    ends: Ends
    shortcodes: tuple[Shortcode, ...] = ()
    coloured: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def has_diagram(self) -> bool:
        """Whether there is code in it that Mermaid can draw."""
        return 'class="language-mermaid"' in self.html

    @property
    def all_shortcodes(self) -> Iterator[Shortcode]:
        """The shortcodes, and all that are in them, in the order of the body."""
        return (one for top in self.shortcodes for one in top.walk())


class MarkupError(SitegenError):
    """A body that cannot be rendered: `line` counts the body's lines from 1 (None: the whole body)."""

    def __init__(self, message: str, line: int | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.line, self.hint = message, line, hint

    def __reduce__(self) -> tuple[type[MarkupError], tuple[str, int | None, str]]:
        return type(self), (self.message, self.line, self.hint)
