"""What can be wrong with a site that builds: one module for each kind of finding.

A check is a function from a `Look` at the site to problems. A new one is a module here, a row in `CHECKS`, its name in
`settings.names.CHECK_NAMES`, and a section of the manual.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sitegen.check import (
    alerts,
    anchors,
    braces,
    dates,
    fences,
    forms,
    headings,
    ids,
    indents,
    languages,
    links,
    mixed,
    names,
    notes,
    orphans,
    pictures,
    pipes,
    svgs,
    titles,
    words,
    years,
)
from sitegen.check.look import Look
from sitegen.errors import Problem

CHECKS: Mapping[str, Callable[[Look], Iterator[Problem]]] = {
    "links": links.check,
    "anchors": anchors.check,
    "ids": ids.check,
    "pictures": pictures.missing,
    "alt": pictures.texts,
    "weight": pictures.heavy,
    "svg": svgs.check,
    "forms": forms.check,
    "titles": titles.check,
    "descriptions": titles.descriptions,
    "headings": headings.check,
    "words": words.check,
    "language": languages.check,
    "mixed": mixed.check,
    "names": names.check,
    "dates": dates.check,
    "indents": indents.check,
    "fences": fences.check,
    "alerts": alerts.check,
    "pipes": pipes.check,
    "braces": braces.check,
    "years": years.check,
    "notes": notes.check,
    "orphans": orphans.check,
}
