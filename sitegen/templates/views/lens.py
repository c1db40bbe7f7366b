"""Through what views look: the site, rendered bodies, and a record of what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from typing import Any, Protocol

from sitegen.errors import SitegenError
from sitegen.frozen import dataclass
from sitegen.model.content import Document
from sitegen.model.digests import name_in
from sitegen.model.pictures import Around
from sitegen.model.site import Site
from sitegen.words import Words


class Refused(SitegenError):
    """What a template is given is wrong, in the words of who gave it."""


class Shortcode(Protocol):
    """A shortcode in a body, as `markup.Shortcode` is."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def values(self) -> Mapping[str, str | bool]:
        """Its attributes; a bare key is True."""
        ...

    @property
    def line(self) -> int:
        """Its line in the body, from 1."""
        ...

    @property
    def wraps(self) -> bool:
        """Whether it stands around Markdown."""
        ...


class Body(Protocol):
    """A rendered body, as `markup.Rendered` has it."""

    @property
    def html(self) -> str:
        """The whole of it, as HTML."""
        ...

    @property
    def excerpt(self) -> str:
        """Its beginning, as HTML."""
        ...

    @property
    def summary(self) -> str:
        """Its beginning, as one line of plain text."""
        ...

    @property
    def toc(self) -> str:
        """Its table of contents, as HTML."""
        ...

    @property
    def words(self) -> int:
        """How many words it has."""
        ...

    @property
    def all_shortcodes(self) -> Iterable[Shortcode]:
        """The shortcodes in it, at any depth."""
        ...


class Bodies(Protocol):
    """Renders bodies, and short pieces of Markdown."""

    def of(self, document: Document) -> Body:
        """The rendered body of a post or page."""
        ...

    def filled(self, document: Document, make: Callable[[Any, str], str]) -> str:
        """The HTML of a body with what `make` makes of each shortcode and of the HTML in it."""
        ...

    def dressed(
        self,
        html: str,
        address: Callable[[str], str],
        picture: Callable[[str, Mapping[str, str], Around], str],
        *,
        captions: bool,
    ) -> str:
        """The HTML with other addresses and other pictures, as `markup.dressing` has it."""
        ...

    def fragment(self, text: str) -> str:
        """Markdown as HTML."""
        ...

    def fault(self, html: str) -> str:
        """What in the HTML would break the page around it, in words; "" for nothing."""
        ...


class Shortcodes(Protocol):
    """Runs the templates of shortcodes."""

    def html(self, lens: Lens, document: Document, shortcode: Shortcode, inner: str) -> str:
        """What one shortcode of a document becomes."""
        ...


@dataclass(frozen=True)
class Lens:
    """Through which views look at one site on behalf of one target; `reads` collects the names of what they saw.

    `feed` tells that the target is a feed; `showing` are the documents whose shortcodes are made at the moment;
    `plain` that assets have the names that they always have;
    `page` is the path of the document that the target is the page of.
    """

    site: Site
    bodies: Bodies
    shortcodes: Shortcodes
    reads: set[str] = field(default_factory=set)
    feed: bool = False
    showing: tuple[str, ...] = ()
    plain: bool = False
    page: str = ""

    def saw(self, *names: str) -> None:
        """Record what was read of the edition."""
        self.reads.update(name_in(self.site, name) for name in names)

    def on(self, document: Document) -> Lens:
        """The same look, at the edition that a document is in."""
        edition = self.site.edition_of(document)
        return self if edition is self.site else replace(self, site=edition)

    def words(self, lang: str = "") -> Words:
        """Words of sitegen's own in a language, or in the site's."""
        wanted = lang or self.site.config.lang or "en"
        self.reads.add(f"words:{wanted}")
        return self.site.words(wanted)
