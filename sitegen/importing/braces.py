"""Liquid that nobody can run: a tag stays text, between `raw` and `endraw`, and an unknown filter is left out.

So it is on a Jekyll site that sitegen builds; and a filter, for Jekyll itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sitegen.errors import Problem
from sitegen.liquid.marks import Mark, Scan
from sitegen.liquid.vocabulary import assigned
from sitegen.model.content import Document

_TAG = re.compile(r"`(\w+)`")
_FILTER = re.compile(r'there is no Liquid filter "(\w+)"')
_ARGUMENTS = r"""(?:\s*:(?:[^|"'{}%]|"[^"]*"|'[^']*')*?)?(?=\s*(?:\||-?[%}]))"""


def runnable(document: Document, problems: Sequence[Problem]) -> str | None:
    """The document's whole text with what is wrong in it kept from running; None where nothing of it is to be found.

    `document` is as its author wrote it, before any Liquid has run.
    """
    body = document.body
    for mark in reversed(list(Scan(body, assigned(body)).marks())):
        text = document.body[mark.start : mark.end]
        for problem in problems:
            text = _changed(mark, text, problem, here=problem.line == _line(document, mark))
        body = body[: mark.start] + text + body[mark.end :]
    whole = document.origin.text
    return whole[: len(whole) - len(document.body)] + body if body != document.body else None


def _line(document: Document, mark: Mark) -> int:
    return document.body_line + document.body.count("\n", 0, mark.start)


def _changed(mark: Mark, text: str, problem: Problem, *, here: bool) -> str:
    """The text that is to stand in a mark's place: another one, if the problem is about it.

    `here`: it is of its line. An unknown tag is told only once, so that it is told of all of its name.
    """
    unknown, tag = _FILTER.match(problem.message), _TAG.search(problem.message)
    if unknown is not None:
        return re.sub(rf"\s*\|\s*{unknown[1]}\b{_ARGUMENTS}", "", text) if here else text
    meant = (here or not mark.known) and mark.name == tag[1] if tag is not None else here and mark.known
    return f"{{% raw %}}{text}{{% endraw %}}" if meant and not text.startswith("{% raw %}") else text
