"""The bodies that no earlier build rendered, before anything asks for them."""

from __future__ import annotations

from sitegen.build.crew import Crew, Task
from sitegen.build.memory import BuildMemory
from sitegen.build.timings import Watch
from sitegen.errors import SiteError
from sitegen.markup.bodies import Bodies
from sitegen.markup.rendered import Ends
from sitegen.model.content import Document
from sitegen.model.site import Site
from sitegen.pictures.shown import EndsOf


def with_bodies(site: Site, bodies: Bodies, memory: BuildMemory, crew: Crew, watch: Watch) -> EndsOf:
    """Render the bodies that are missing, and tell the ends of the links in any.

    One that cannot be rendered is an error for whoever asks for it.
    """
    known: dict[str, Ends] = {}
    wrong: dict[str, SiteError] = {}
    missing: dict[str, Document] = {}
    for document in site.documents.values():
        if not (document.verbatim or document.redirect_to):
            key = bodies.key(document)
            if (found := memory.bodies.ends(key)) is not None:
                known[key] = found
            else:
                missing[key] = document
    task = Task(bodies.make, memory.beginning(), function="render_bodies", sent=bodies.task)
    documents = [*missing.values()]
    outcomes = watch.seen("Bodies", [one.path for one in documents], crew.each(documents, task))
    for document, outcome in zip(documents, outcomes, strict=True):
        if outcome.made is not None:
            known[bodies.key(document)] = bodies.keep(document, outcome.made).ends
            memory.spill()
        elif outcome.error is not None:
            wrong[document.path] = outcome.error

    def ends(document: Document) -> Ends:
        if document.path in wrong:
            raise wrong[document.path]
        return known.get(bodies.key(document)) or bodies.of(document).ends

    return ends
