"""Forms that stand in texts: each may stand once on a page, or its fields have the ids of others."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.build.outlook import Outlook
from sitegen.errors import Problem, Problems
from sitegen.model.content import Document, problem_in

_TEMPLATE = "_includes/shortcodes/form.html"


def advise(outlook: Outlook, problems: Problems) -> None:
    """Refuse a form that a text shows twice; a site's own shortcode may do as it likes."""
    if _TEMPLATE in outlook.site.layouts:
        return
    for document in outlook.site.documents.values():
        if document.manuscript.has("::form") and document.body.count("::form") > 1:
            for problem in _twice(outlook, document):
                problems.add(problem)


def _twice(outlook: Outlook, document: Document) -> Iterator[Problem]:
    call = outlook.site.call_of(document)
    first: dict[object, int] = {}
    for one in outlook.rendering.bodies.of(document).all_shortcodes:
        if one.name == "form":
            named = one.values.get("call") or (call.form.id if call else "")
            line = first.setdefault(named, one.line)
            if line != one.line:
                message = f'the form "{named}" stands here twice: the first is in line {document.line_of(line)}'
                yield problem_in(document, one.line, message, "link to it instead")
