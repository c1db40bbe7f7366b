"""What checks see: the site, every page as it would be published, and the way back to the sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sitegen.build.proof import Proof
from sitegen.check.pages import Reference, SeenPage
from sitegen.check.sources import Sources
from sitegen.errors import Severity
from sitegen.leads.addresses import Lead
from sitegen.leads.hints import Hints
from sitegen.leads.places import Place
from sitegen.markup.rendered import Rendered
from sitegen.model.content import Document
from sitegen.model.site import Site
from sitegen.outputs.target import Target


@dataclass(frozen=True)
class Use:
    """An address on a page: its first reference there, how often it stands there, and where it leads."""

    page: SeenPage
    reference: Reference
    times: int
    lead: Lead

    @property
    def severity(self) -> Severity:
        """Of its leading nowhere: an error; a warning where it is written with its host, where others may be, too."""
        return "warning" if self.reference.address.lower().startswith(("http:", "https:", "//")) else "error"


class Look:
    """One look at one site. `pages` are its HTML pages, those that are copied too."""

    def __init__(self, proof: Proof[SeenPage], copies: Mapping[str, str], pages: tuple[SeenPage, ...]) -> None:
        """`copies` are the texts of the pages that are copied, by the path of their file."""
        self.site: Site = proof.site
        self.targets: Mapping[str, Target] = proof.targets
        self.bodies: Mapping[str, Rendered] = proof.bodies
        self.pages = pages
        self.hints: Hints = proof.hints
        self.sources = Sources(proof.site, proof.bodies, copies)

    @cached_property
    def by_file(self) -> Mapping[str, SeenPage]:
        """The pages by their path in the output."""
        return {page.path: page for page in self.pages}

    @cached_property
    def by_owner(self) -> Mapping[str, SeenPage]:
        """The pages by the path of their document."""
        return {page.owner: page for page in self.pages}

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """Every address of every page, each once for a page and a kind."""
        return tuple(use for page in self.pages for use in self._uses(page))

    def _uses(self, page: SeenPage) -> Iterator[Use]:
        found: dict[tuple[str, str], list[Reference]] = {}
        for reference in page.references:
            found.setdefault((reference.kind, reference.address), []).append(reference)
        for (_, address), references in found.items():
            yield Use(page, references[0], len(references), self.lead(page, address))

    def lead(self, page: SeenPage, address: str) -> Lead:
        """Where an address on that page leads."""
        return self.hints.addresses.lead(page.url, address, page.base)

    def hint(self, use: Use) -> str:
        """What an address that leads nowhere was most likely meant to be, or ""."""
        return self.hints.of(use.page.url, use.reference.address, use.lead, use.reference.words)

    def places(self, use: Use) -> list[Place]:
        """Where its author wrote an address."""
        return self.sources.of_address(use.page, use.reference.address, use.times, use.reference.line)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The posts and pages that are published as pages, in order of their paths."""
        published = (document for path, document in self.site.documents.items() if path in self.by_owner)
        return tuple(sorted(published, key=lambda document: document.path))

    @cached_property
    def markdown(self) -> tuple[Document, ...]:
        """Those that are written in Markdown."""
        return tuple(document for document in self.documents if not (document.is_html or document.verbatim))
