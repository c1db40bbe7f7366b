"""Diagrams: whether the site brings the script that draws them."""

from __future__ import annotations

import re

from sitegen.errors import Problem, Problems
from sitegen.marked import problem_at
from sitegen.model.content import Document
from sitegen.outputs.target import Rendering

_BLOCK = 'class="language-mermaid"'
_FENCE = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})[ \t]*\{?\.?mermaid\b", re.MULTILINE)
_HOW = "npm pack mermaid, and put its dist/mermaid.min.js into static/assets/"


def advise(rendering: Rendering, problems: Problems) -> None:
    """Tell once of diagrams that are shown as text, and of a script that is not there."""
    site = rendering.site
    config = site.config
    if config.mermaid and not site.mermaid:
        place = config.origin.at("markdown", "mermaid")
        message = f"`markdown.mermaid`: no file is published at {config.mermaid}; diagrams are shown as text"
        problems.warn(place.problem(message, _HOW))
    elif not (config.mermaid or config.lenient):
        documents: tuple[Document, ...] = (*site.posts, *site.pages)
        for document in documents:
            if (match := _FENCE.search(document.body)) and _BLOCK in rendering.bodies.of(document).html:
                problems.note(_as_text(document, document.body.count("\n", 0, match.start()) + 1))
                return


def _as_text(document: Document, line: int) -> Problem:
    message = "the diagram is shown as text: the site has no script that draws it"
    hint = f'{_HOW}, and set `markdown.mermaid` to "/assets/mermaid.min.js"'
    return problem_at(document.path, document.origin.text, document.line_of(line), message, hint)
