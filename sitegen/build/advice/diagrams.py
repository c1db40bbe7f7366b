"""Diagrams: whether the site brings the script that draws them."""

from __future__ import annotations

from sitegen.build.outlook import Outlook
from sitegen.errors import Problems
from sitegen.markup.highlighting import language_of
from sitegen.markup.lines import fences
from sitegen.model.content import Document, problem_in

_HOW = "npm pack mermaid, and put its dist/mermaid.min.js into static/assets/"


def advise(outlook: Outlook, problems: Problems) -> None:
    """Tell once of diagrams that are shown as text, and of a script that is not there."""
    site, config = outlook.site, outlook.site.config
    if config.mermaid and not site.mermaid:
        place = config.origin.at("markdown", "mermaid")
        message = f"`markdown.mermaid`: no file is published at {config.mermaid}; diagrams are shown as text"
        problems.warn(place.problem(message, _HOW))
    elif not (config.mermaid or config.lenient):
        documents: tuple[Document, ...] = (*site.posts, *site.pages)
        for document in documents:
            line = _line_of_diagram(document.body) if document.manuscript.has("mermaid") else 0
            if line and outlook.rendering.bodies.of(document).has_diagram:
                message = "the diagram is shown as text: the site has no script that draws it"
                hint = f'{_HOW}, and set `markdown.mermaid` to "/assets/mermaid.min.js"'
                problems.note(problem_in(document, line, message, hint))
                return


def _line_of_diagram(body: str) -> int:
    """The line of a body (from 1) where its first diagram begins; 0 if it has none."""
    return next((part.start + 1 for part, fence in fences(body) if language_of(fence.info) == "mermaid"), 0)
