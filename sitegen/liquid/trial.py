"""Whether a body has Liquid at all, and which unknown tags stand in it."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.liquid.code import Code
from sitegen.liquid.marks import Mark, Scan
from sitegen.liquid.vocabulary import assigned, is_literal_output
from sitegen.model.content import Document


def is_tried(document: Document, *, jekyll: bool) -> bool:
    """Whether Liquid is to run: something of it stands outside code.

    On a Jekyll site `{% raw %}` counts in code, too, and `{{ "text" | filter }}` outside of it: there nobody could
    have written them to be seen. Elsewhere quoted text in braces is another language's.
    """
    if "{%" not in document.body and "{{" not in document.body:
        return False
    marks = [mark for mark in Scan(document.body, assigned(document.body)).marks() if mark.known]
    code = Code(document.body, html=document.is_html or document.verbatim) if marks else None
    return any(
        (jekyll and mark.name == "raw" and mark.raw is not None) or (code is not None and not code.holds(mark.start))
        for mark in marks
        if jekyll or not (mark.is_output and is_literal_output(mark.expression))
    )


def unknown_tags(document: Document) -> Iterator[Mark]:
    """The tags outside code that are nobody's: the first of each name. Those in `highlight` and `raw` are code."""
    code = Code(document.body, html=document.is_html or document.verbatim)
    seen: set[str] = set()
    highlighted = False
    for mark in Scan(document.body).marks():
        if mark.name in ("highlight", "endhighlight"):
            highlighted = mark.name == "highlight"
        strange = not mark.known and not mark.is_output and not mark.name.startswith("end")
        if strange and not highlighted and mark.name not in seen and not code.holds(mark.start):
            seen.add(mark.name)
            yield mark
