"""Links and pictures in bodies that lead nowhere in the site: every build tells them.

What layouts make of a page, and what links to other sites lead to, is the business of `sitegen check`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from functools import cache

from sitegen.build.outlook import Outlook
from sitegen.build.written import bytes_of
from sitegen.dimensions import ENDINGS
from sitegen.errors import Problem, Problems, nearest
from sitegen.frozen import dataclass
from sitegen.leads.addresses import Lead
from sitegen.leads.hints import of_part
from sitegen.leads.places import Place, in_body, spellings_of
from sitegen.leads.words import wrong, wrong_part
from sitegen.markup.cuts import cut
from sitegen.markup.links import links_of
from sitegen.markup.rendered import Ends
from sitegen.model.beside import folder_of, names_beside
from sitegen.model.content import Document
from sitegen.outputs.target import Target
from sitegen.pictures.beside import may_have, names_near
from sitegen.templates.shortcodes import template_of
from sitegen.texts import MOST_BYTES
from sitegen.urls import address_of

MOST = 100  # lines that are told one by one


@dataclass(frozen=True)
class _Broken:
    """An address in a body that leads nowhere: on the page of that URL, with the ids of the page that it leads to.

    It is `severe` where a picture beside the document is meant, which only its author can have forgotten.
    """

    document: Document
    url: str
    address: str
    lead: Lead
    what: str
    ids: Sequence[str] = ()
    severe: bool = False


def advise(outlook: Outlook, problems: Problems) -> None:
    """Warn of each line with such an address, but for what the setting `check.skip` names. A picture that should be
    beside the document is an error.
    """
    found, left = list(_Looking(outlook).broken()), MOST
    for at, one in enumerate(found):
        tell = problems.tolerate if one.severe else problems.warn
        if left <= 0:
            message, hint = f"{len(found) - at} more links lead nowhere", "sitegen check tells them all"
            problems.warn(Problem(outlook.site.config.file or "_posts", None, message, hint))
            break
        told = _told(outlook, one, left)
        left -= len(told)
        for problem in told:
            tell(problem)


def _told(outlook: Outlook, one: _Broken, most: int) -> list[Problem]:
    """A problem for each line that has the address, or one for the file."""
    hint = _near(outlook, one) if one.severe else ""
    hint = hint or (of_part(one.lead.part, one.ids) if one.ids else outlook.hints.of(one.url, one.address, one.lead))
    places = in_body(one.document, spellings_of(one.address, outlook.site.config), times=most)
    return [place.problem("warning", one.what, hint) for place in places or [Place(one.document.path)]]


def _near(outlook: Outlook, one: _Broken) -> str:
    """The file beside the document that was meant, or ""."""
    wanted = next(iter(names_beside(one.address)), "")
    if not wanted:
        return "what it shows is in its folder or below, or in static/" if one.address.startswith("..") else ""
    known = list(names_near(outlook.site, one.document))
    if found := next((name for name in known if name.casefold() == wanted.casefold()), ""):
        return f"capitals count: write {found}"
    names = {name.rpartition("/")[2]: name for name in known}
    if near := nearest(wanted, known) or nearest(wanted.rpartition("/")[2], names):
        return f"did you mean {names.get(near, near)}?"
    if (unlinked := _only_unlinked(outlook, one.document, known)) and wanted.lower().endswith(ENDINGS):
        return f"did you mean {unlinked}? No text links to it"
    place = posixpath.join(folder_of(one.document.path), wanted)
    return f"put it at {place}" if may_have(outlook.site.config, one.document.path) else ""


def _only_unlinked(outlook: Outlook, document: Document, names: Sequence[str]) -> str:
    """The picture beside the document to which no text links, if it is the only one; or ""."""
    linked, folder = outlook.site.paths_beside, folder_of(document.path)
    free = [one for one in names if one.lower().endswith(ENDINGS) and posixpath.join(folder, one) not in linked]
    return free[0] if len(free) == 1 else ""


def _bare(address: str) -> str:
    return address.strip().partition("#")[0].partition("?")[0]


class _Looking:
    """One look at the bodies of one site. The page that a link leads to is read only if no body tells enough."""

    def __init__(self, outlook: Outlook) -> None:
        self.outlook, self.targets, self.addresses = outlook, outlook.targets, outlook.addresses
        self.skipped = frozenset(outlook.site.config.check_skip)
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
        document = self.outlook.site.documents.get(target.owner) if target.is_page and target.file is None else None
        return None if document is None or document.redirect_to or document.verbatim else document

    def _in(self, document: Document, url: str) -> Iterator[_Broken]:
        ends = self.ends(document.path)
        beside = self.outlook.site.beside.get(document.path, {})
        if "pictures" not in self.skipped:
            for address in ends.files:
                if _bare(address) in beside:
                    continue
                lead = self.addresses.lead(url, address)
                if (what := wrong("file", address, lead)) and not self._is_for_a_template(document, address):
                    severe = self._is_own_picture(address)
                    yield _Broken(document, url, address, lead, what, severe=severe)
        own = frozenset(f"#{name}" for name in ends.ids)
        for address in ends.links:
            if address not in own and _bare(address) not in beside:
                yield from self._of_link(document, url, address)

    def _is_own_picture(self, address: str) -> bool:
        """Whether it means a picture beside the document."""
        relative = not address.startswith("/") and _bare(address).lower().endswith(ENDINGS)
        return relative and not self.outlook.site.config.lenient

    def _is_for_a_template(self, document: Document, address: str) -> bool:
        """Whether it is relative, and given to shortcodes of the site's own only: they may put a folder before it."""
        if address.startswith("/"):
            return False
        body, own = self.outlook.rendering.bodies.of(document), self.outlook.site.layouts
        names = {template_of(one.name) for one in body.all_shortcodes if address in one.values.values()}
        if not names or not all(f"_includes/{name}" in own for name in names):
            return False
        return address not in links_of(cut(body.html).opening)[0]

    def _of_link(self, document: Document, url: str, address: str) -> Iterator[_Broken]:
        lead = self.addresses.lead(url, address)
        if what := wrong("link", address, lead):
            if "links" not in self.skipped and not self._is_for_a_template(document, address):
                yield _Broken(document, url, address, lead, what)
        elif lead.part and "anchors" not in self.skipped:
            ids = self._missed(lead)
            if ids is not None:
                yield _Broken(document, url, address, lead, wrong_part(address, lead), ids)

    def _missed(self, lead: Lead) -> Sequence[str] | None:
        """The ids of the page that a link leads to a part of, if that part is not among them."""
        target = self.targets.get(lead.file)
        if target is None or not target.is_page:
            return None
        document = self._shown(target)
        if document is not None and lead.part in self.ends(document.path).ids:
            return None
        ids = self.ids_on(lead.file)
        return ids if lead.part not in ids else None

    def _ends(self, path: str) -> Ends:
        document, bodies = self.outlook.site.documents[path], self.outlook.rendering.bodies
        return self.outlook.memory.bodies.ends(bodies.key(document)) or bodies.of(document).ends

    def _ids_on(self, path: str) -> Sequence[str]:
        """Every id of a page, layouts' too: as it was just rendered, or as it stands in the output."""
        made = self.outlook.made.get(path)
        if made is not None:
            data = bytes_of(made)
        else:
            file = self.targets[path].file or self.outlook.site.config.output / path
            with file.open("rb") as stream:
                data = stream.read(MOST_BYTES)
        return links_of(cut(data.decode("utf-8", "replace")).opening)[1].ids
