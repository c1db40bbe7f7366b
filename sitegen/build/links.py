"""Links and pictures in bodies that lead nowhere in the site: every build tells them.

What layouts make of a page, and what links to other sites lead to, is the business of `sitegen check`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from sitegen.build.addresses import Addresses, Lead
from sitegen.build.hints import Hints, of_part
from sitegen.build.memory import BuildMemory
from sitegen.build.places import in_body, spellings_of
from sitegen.build.render import Work
from sitegen.errors import Problem, Problems
from sitegen.markup.links import links_of
from sitegen.markup.rendered import Ends
from sitegen.markup.tokens import tokens
from sitegen.model.content import Document
from sitegen.outputs.target import Rendering, Target
from sitegen.texts import MOST_BYTES
from sitegen.urls import address_of

MOST = 100  # that are told one by one
# What scripts put on a page: their routes (`#/about`, `#!page`), and comments.
_SCRIPTED = re.compile(r"[/!?:].*|top|comments?([-_]?\d+)?|disqus_thread|respond", re.IGNORECASE)


@dataclass(frozen=True)
class _Broken:
    """An address in a body that leads nowhere: on the page of that URL, with the ids of the page that it leads to."""

    document: Document
    url: str
    address: str
    lead: Lead
    what: str
    ids: Sequence[str] = ()


def is_scripted(fragment: str) -> bool:
    """Whether a script or the browser itself may know a part of a page that has no such id."""
    return _SCRIPTED.fullmatch(fragment) is not None


def check_links(
    targets: Sequence[Target],
    addresses: Addresses,
    rendering: Rendering,
    memory: BuildMemory,
    work: Work,
    problems: Problems,
) -> None:
    """Warn of each line with such an address, but for what the setting `check.skip` names."""
    looking = _Looking(targets, addresses, rendering, memory, work)
    found = list(looking.broken())
    hints = Hints(rendering.site, looking.targets, addresses)
    for one in found[:MOST]:
        hint = of_part(one.lead.fragment, one.ids) if one.ids else hints.of(one.url, one.address, one.lead)
        words = spellings_of(one.address, rendering.site.config)
        places = in_body(one.document, words, times=MOST)
        for problem in [place.problem("warning", one.what, hint) for place in places] or [_whole(one, hint)]:
            problems.warn(problem)
    if len(found) > MOST:
        where = rendering.site.config.file or "_posts"
        message = f"{len(found) - MOST} more links lead nowhere"
        problems.warn(Problem(where, None, message, "sitegen check tells them all"))


def _whole(one: _Broken, hint: str) -> Problem:
    return Problem(one.document.path, None, one.what, hint)


class _Looking:
    """One look at the bodies of one site. The page that a link leads to is read only if no body tells enough."""

    def __init__(
        self, targets: Sequence[Target], addresses: Addresses, rendering: Rendering, memory: BuildMemory, work: Work
    ) -> None:
        self.targets: Mapping[str, Target] = {target.path: target for target in targets}
        self.addresses, self.rendering, self.memory, self.work = addresses, rendering, memory, work
        self.skipped = frozenset(rendering.site.config.check_skip)
        self.ends = cache(self._ends)
        self.ids_on = cache(self._ids_on)

    def broken(self) -> Iterator[_Broken]:
        """What leads nowhere, in order of pages."""
        for path, target in self.targets.items():
            document = self._shown(target)
            if document is not None:
                yield from self._in(document, address_of(path))

    def _shown(self, target: Target) -> Document | None:
        """The document that a page shows; one that leads elsewhere shows nothing."""
        document = self.rendering.site.documents.get(target.owner) if target.is_page and target.file is None else None
        return None if document is None or document.redirect_to or document.verbatim else document

    def _in(self, document: Document, url: str) -> Iterator[_Broken]:
        ends = self.ends(document.path)
        if "pictures" not in self.skipped:
            for address in ends.files:
                lead = self.addresses.lead(url, address)
                if lead.is_broken:
                    yield _Broken(document, url, address, lead, f"the file {address} is not there")
        own = frozenset(f"#{name}" for name in ends.ids)
        for address in ends.links:
            if address not in own:
                yield from self._of_link(document, url, address)

    def _of_link(self, document: Document, url: str, address: str) -> Iterator[_Broken]:
        lead = self.addresses.lead(url, address)
        if lead.is_broken:
            if "links" not in self.skipped:
                yield _Broken(document, url, address, lead, f"the link to {address} leads nowhere")
        elif lead.file and lead.fragment and "anchors" not in self.skipped and not is_scripted(lead.fragment):
            ids = self._missed(lead)
            if ids is not None:
                what = f'the link to {address} leads to no part of that page: it has no id "{lead.fragment}"'
                yield _Broken(document, url, address, lead, what, ids)

    def _missed(self, lead: Lead) -> Sequence[str] | None:
        """The ids of the page that a link leads to a part of, if that part is not among them."""
        target = self.targets.get(lead.file)
        if target is None or not target.is_page:
            return None
        document = self._shown(target)
        if document is not None and lead.fragment in self.ends(document.path).ids:
            return None
        ids = self.ids_on(lead.file)
        return ids if lead.fragment not in ids else None

    def _ends(self, path: str) -> Ends:
        document, bodies = self.rendering.site.documents[path], self.rendering.bodies
        return self.memory.bodies.ends(bodies.key(document)) or bodies.of(document).ends

    def _ids_on(self, path: str) -> Sequence[str]:
        """Every id of a page, layouts' too: as it was just rendered, or as it stands in the output."""
        data = self._made.get(path)
        if data is None:
            file = self.targets[path].file or self.rendering.site.config.output / path
            with file.open("rb") as stream:
                data = stream.read(MOST_BYTES)
        return links_of(tokens(data.decode("utf-8", "replace")))[1].ids

    @cached_property
    def _made(self) -> Mapping[str, bytes]:
        """What this build has rendered and not yet written."""
        return {one.path: one.data for one in (*self.work.changed, *self.work.same) if one.data is not None}
