"""Fenced code: whether it ends, in which colours it is shown, and what else its fence says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sitegen.check.look import Look
from sitegen.check.paragraphs import place_of
from sitegen.errors import Problem, nearest
from sitegen.markup.code_options import beyond, options_of
from sitegen.markup.highlighting import language_of
from sitegen.markup.lines import fences
from sitegen.model.content import Document

# Words that mean "no colours", and languages that scripts draw on the page.
_KNOWN = frozenset(("plain", "plaintext", "txt", "none", "nohighlight", "no-highlight", "mermaid", "math", "ascii"))
_CLASSED = re.compile(r"\s*\{:[^}]*\.")  # kramdown's way to name a language: {: .language-ruby}


@dataclass(frozen=True)
class Written:
    """One fence: the number of its line, from 0, its language ("" for none), whether something closes it.

    `info` is all that stands behind it, `lines` how many lines of code it has.
    """

    line: int
    language: str
    closed: bool
    classed: bool = False
    info: str = ""
    lines: int = 0


def check(look: Look) -> Iterator[Problem]:
    """A warning for a fence that never ends, or says what cannot be; notes on unknown languages, and on none."""
    for document in look.markdown:
        if "```" not in document.body and "~~~" not in document.body:
            continue
        found = list(written(document.body))
        for fence in found:
            yield from _closed(document, fence)
            yield from _language(document, fence)
            if look.site.config.extended:
                yield from _options(document, fence)
        yield from _without(document, [fence for fence in found if fence.closed and not fence.language])


def _closed(document: Document, fence: Written) -> Iterator[Problem]:
    if not fence.closed:
        hint = "put a line with the same signs, and at least as many, below the code"
        yield place_of(document, fence.line).problem("warning", "a fence that nothing closes", hint)


def _language(document: Document, fence: Written) -> Iterator[Problem]:
    if fence.closed and fence.language and not is_known(fence.language):
        near = nearest(fence.language.lower(), _names(), 0.75)
        hint = f'did you mean "{near}"?' if near else "text is the language of what has none"
        message = f'there are no colours for the language "{fence.language}"'
        yield place_of(document, fence.line).problem("note", message, hint)


def _options(document: Document, fence: Written) -> Iterator[Problem]:
    if fence.closed:
        options = options_of(fence.info)
        for message in (*options.wrong, *beyond(options, fence.lines)):
            yield place_of(document, fence.line).problem("warning", message)


def _without(document: Document, fences: list[Written]) -> Iterator[Problem]:
    bare = [fence for fence in fences if not fence.classed]
    if bare:
        more = f", and {len(bare) - 1} more below" if len(bare) > 1 else ""
        message = f"a fence without a language{more}"
        yield place_of(document, bare[0].line).problem("note", message, "```python has colours; ```text has none")


def written(body: str) -> Iterator[Written]:
    """The fences of a body."""
    lines = body.split("\n")
    for (start, end, is_text), fence in fences(body):
        around = (*lines[max(0, start - 1) : start], *lines[end : end + 1])
        classed = any(_CLASSED.match(line) for line in around)
        yield Written(start, language_of(fence.info), not is_text, classed, fence.info, end - start - 2)


@cache
def is_known(language: str) -> bool:
    """Whether a block in that language is coloured, or meant to be plain."""
    from pygments.lexers import find_lexer_class_by_name
    from pygments.util import ClassNotFound

    if language.lower() in _KNOWN:
        return True
    try:
        return find_lexer_class_by_name(language.lower()) is not None
    except ClassNotFound:
        return False


@cache
def _names() -> tuple[str, ...]:
    from pygments.lexers import get_all_lexers

    return tuple(sorted({alias for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases}))
