"""The compiled engine: pulldown-cmark through pyromark, brought to the default engine's HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from sitegen.errors import MissingExtra
from sitegen.markup.footnotes import gathered
from sitegen.markup.headings import MARK
from sitegen.markup.highlighting import code_block, language_of

_HEADING = re.compile(r"<h([1-6])(?=[ >])")
_TABLE = re.compile(r"<table><thead>.*?</table>", re.DOTALL)
_REGION = r'<div class="table" role="region" tabindex="0" aria-label="Table">\g<0></div>'
_TASK = re.compile(r'<li>\s*(<p>)?<input disabled="" type="checkbox"( checked="")?/>\n')
_CONTENTS = re.compile(r"^(?:[*+-]|1\.) .*\n\{:\s*toc\b[^}\n]*\} *$", re.MULTILINE)
_OPTIONS = (
    "TABLES",
    "FOOTNOTES",
    "STRIKETHROUGH",
    "TASKLISTS",
    "SMART_PUNCTUATION",
    "HEADING_ATTRIBUTES",
    "DEFINITION_LIST",
)


def convert(text: str) -> str:
    """The HTML of the text, headings marked. Raises `MissingExtra` without pyromark."""
    try:
        import pyromark
    except ImportError as error:
        raise MissingExtra("the commonmark engine", "commonmark") from error
    source = _CONTENTS.sub("[TOC]", text) if "{:" in text else text
    options = pyromark.Options(0)
    for name in _OPTIONS:
        options |= pyromark.Options[f"ENABLE_{name}"]
    fenced = _fenced(pyromark.events(source, options=options))
    html = pyromark.html(source, options=options, highlight=_highlighter(fenced))
    return _dressed(html)


def _fenced(events: Any) -> Iterator[bool]:
    """For each code block whether it is fenced: the highlighter is not told."""
    for event in events:
        if isinstance(event, dict) and isinstance(start := event.get("Start"), dict) and "CodeBlock" in start:
            yield start["CodeBlock"] != "Indented"


def _highlighter(fenced: Iterator[bool]) -> Callable[[str, str | None], str | None]:
    def block(text: str, info: str | None) -> str | None:
        return code_block(text, language_of(info or "")) if next(fenced, True) else None

    return block


def _dressed(html: str) -> str:
    """The HTML with the marks, regions and classes that the default engine gives."""
    html = _HEADING.sub(rf'<h\1 {MARK}="1"', html)
    html = _TABLE.sub(_REGION, html) if "<table>" in html else html
    html = _TASK.sub(_task, html) if "checkbox" in html else html
    return gathered(html) if "footnote-" in html else html


def _task(match: re.Match[str]) -> str:
    checked = " checked" if match[2] else ""
    return f'<li class="task-list-item">{match[1] or ""}<input type="checkbox" disabled{checked}/> '
