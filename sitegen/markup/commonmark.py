"""The compiled engine: pulldown-cmark through pyromark, brought to the default engine's HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, reduce
from html import unescape
from itertools import count
from operator import or_
from typing import Any

from sitegen.markup import alerts, budgets, mathml
from sitegen.markup.code_options import NONE, options_of
from sitegen.markup.dialect import Dialect
from sitegen.markup.highlighting import code_block, language_of
from sitegen.patterns import regex

_ATTRIBUTES = regex(r"<(h[1-6])>([^\n]*) \{((?:[#.][\w:-]+ *)+)\}(?=</\1>)")  # pulldown-cmark's own lose text
_TABLE = regex(r"<table><thead>.*?</table>", re.DOTALL)
_REGION = r'<div class="table" role="region" tabindex="0" aria-label="Table">\g<0></div>'
_TASK = regex(r'<li>\s*(<p>)?<input disabled="" type="checkbox"( checked="")?/>\n')
_CONTENTS = regex(r"^(?:[*+-]|1\.) .*\n\{:\s*toc\b[^}\n]*\} *$", re.MULTILINE)
_OPTIONS = (
    "TABLES",
    "FOOTNOTES",
    "STRIKETHROUGH",
    "TASKLISTS",
    "SMART_PUNCTUATION",
    "DEFINITION_LIST",
)
_MORE = ("GFM",)  # alerts
_MATHS = ("MATH",)
_LONG_INFO = regex(r"^(?>[^\n]*?(?:```|~~~))[^\n]*(?:&|\S[^\S\n]+\S)", re.MULTILINE)  # a fence with more words
_FORMULA = regex(r'(<p>)?<span class="math math-display">([^<]*)</span>(?(1)(</p>)?)')


def convert(text: str, dialect: Dialect) -> str:
    """The HTML of the text. Raises `MarkupError`."""
    import pyromark

    options = _options(dialect.extended, dialect.maths)
    source = _CONTENTS.sub(_place, text) if "{:" in text else text
    source = alerts.quoted(source, dialect.alert) if dialect.extended else source
    budgets.check_shape(source)
    source = _without_dollars(source, options) if dialect.maths and "$" in source else source
    fenced = "```" in source or "~~~" in source
    highlight = _highlighter(source, options, dialect) if fenced else None
    html = pyromark.html(source, options=options, highlight=highlight)
    html = alerts.dressed(html, dialect.alert) if dialect.extended else html
    html = _FORMULA.sub(_formula, html) if dialect.maths else html
    return _dressed(html).strip()


@cache
def _options(extended: bool, maths: bool) -> Any:
    import pyromark

    names = (*_OPTIONS, *_MORE * extended, *_MATHS * maths)
    return reduce(or_, (pyromark.Options[f"ENABLE_{name}"] for name in names))


def _without_dollars(source: str, options: Any) -> str:
    """The source with a backslash before each single `$` that would begin a formula: here it is money."""
    import pyromark

    while places := [
        span["start"]
        for event, span in pyromark.events_with_range(source, options=options)
        if isinstance(event, dict) and "InlineMath" in event
    ]:
        data = source.encode()
        parts = zip((0, *places), (*places, len(data)), strict=True)
        source = b"\\".join(data[start:end] for start, end in parts).decode()
    return source


def _formula(match: re.Match[str]) -> str:
    """One in a paragraph of its own is on lines of its own."""
    formula = unescape(match[2]).strip()
    if match[3]:
        return f'<div class="math"{mathml.SCROLLS}>{mathml.converted(formula, display="block")}</div>'
    return (match[1] or "") + mathml.converted(formula)


def _place(match: re.Match[str]) -> str:
    """Where the contents come: what the default engine makes of the list that `{:toc}` names."""
    return "<ol>[TOC]</ol>" if match[0][0] == "1" else "[TOC]"


def _highlighter(source: str, options: Any, dialect: Dialect) -> Callable[[str | None, str], str | None]:
    """What makes the HTML of each code block in turn. It is told one word of what a fence says; where there may be more
    to know, the source is read once more.
    """
    is_brief = cache(lambda: not _LONG_INFO.search(source))
    infos = cache(lambda: list(_infos(source, options)))
    numbers = count()

    def block(word: str | None, text: str) -> str | None:
        number = next(numbers)
        info = word if word and is_brief() else infos()[number]
        if info is None:
            return None
        return code_block(text, language_of(info), options_of(info) if dialect.extended else NONE)

    return block


def _infos(source: str, options: Any) -> Iterator[str | None]:
    """What the fence of each code block says, None for indented ones."""
    import pyromark

    for event in pyromark.events(source, options=options):
        if isinstance(event, dict) and isinstance(start := event.get("Start"), dict) and "CodeBlock" in start:
            kind = start["CodeBlock"]
            yield kind["Fenced"] if isinstance(kind, dict) else None


def _dressed(html: str) -> str:
    """The HTML with the regions and classes that the default engine gives."""
    html = _ATTRIBUTES.sub(_with_attributes, html) if "}</h" in html else html
    html = _TABLE.sub(_REGION, html) if "<table>" in html else html
    html = _TASK.sub(_task, html) if "checkbox" in html else html
    if "footnote-" not in html:
        return html
    from sitegen.markup.footnotes import gathered

    return gathered(html)


def _with_attributes(match: re.Match[str]) -> str:
    names = match[3].split()
    ids = [name[1:] for name in names if name[0] == "#"]
    classes = " ".join(name[1:] for name in names if name[0] == ".")
    attributes = (f' class="{classes}"' if classes else "") + (f' id="{ids[-1]}"' if ids else "")
    return f"<{match[1]}{attributes}>{match[2]}"


def _task(match: re.Match[str]) -> str:
    checked = " checked" if match[2] else ""
    return f'<li class="task-list-item">{match[1] or ""}<input type="checkbox" disabled{checked}/> '
