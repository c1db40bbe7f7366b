"""Through what views look: the site, rendered bodies, and a record of what was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from sitegen.model.content import Document
from sitegen.model.site import Site


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


class Bodies(Protocol):
    """Renders bodies, and short pieces of Markdown."""

    def of(self, document: Document) -> Body:
        """The rendered body of a post or page."""
        ...

    def fragment(self, text: str) -> str:
        """Markdown as HTML."""
        ...


@dataclass(frozen=True)
class Lens:
    """Through which views look at one site on behalf of one target; `reads` collects the names of what they saw."""

    site: Site
    bodies: Bodies
    reads: set[str] = field(default_factory=set)
