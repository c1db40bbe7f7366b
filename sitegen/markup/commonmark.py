"""The compiled engine: pulldown-cmark through pyromark, brought to the default engine's HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from sitegen.markup import budgets
from sitegen.markup.footnotes import gathered
from sitegen.markup.headings import MARK
from sitegen.markup.highlighting import code_block, language_of

_HEADING = re.compile(r"<h([1-6])(?=[ >])")
_ATTRIBUTES = re.compile(r"<(h[1-6])>([^\n]*) \{((?:[#.][\w:-]+ *)+)\}(?=</\1>)")  # pulldown-cmark's own lose text
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
    "DEFINITION_LIST",
)


def convert(text: str) -> str:
    """The HTML of the text, headings marked. Raises `MarkupError`."""
    import pyromark

    budgets.check_shape(text)
    source = _CONTENTS.sub(_place, text) if "{:" in text else text
    options = pyromark.Options(0)
    for name in _OPTIONS:
        options |= pyromark.Options[f"ENABLE_{name}"]
    fenced = _fenced(pyromark.events(source, options=options))
    html = pyromark.html(source, options=options, highlight=_highlighter(fenced))
    return _dressed(html).strip()


def _place(match: re.Match[str]) -> str:
    """Where the contents come: what the default engine makes of the list that `{:toc}` names."""
    return "<ol>[TOC]</ol>" if match[0][0] == "1" else "[TOC]"


def _fenced(events: Any) -> Iterator[bool]:
    """For each code block whether it is fenced: the highlighter is not told."""
    for event in events:
        if isinstance(event, dict) and isinstance(start := event.get("Start"), dict) and "CodeBlock" in start:
            yield start["CodeBlock"] != "Indented"


def _highlighter(fenced: Iterator[bool]) -> Callable[[str | None, str], str | None]:
    def block(info: str | None, text: str) -> str | None:
        return code_block(text, language_of(info or "")) if next(fenced, True) else None

    return block


def _dressed(html: str) -> str:
    """The HTML with the marks, regions and classes that the default engine gives."""
    html = _ATTRIBUTES.sub(_with_attributes, html) if "}</h" in html else html
    html = _HEADING.sub(rf'<h\1 {MARK}="1"', html)
    html = _TABLE.sub(_REGION, html) if "<table>" in html else html
    html = _TASK.sub(_task, html) if "checkbox" in html else html
    return gathered(html) if "footnote-" in html else html


def _with_attributes(match: re.Match[str]) -> str:
    names = match[3].split()
    ids = [name[1:] for name in names if name[0] == "#"]
    classes = " ".join(name[1:] for name in names if name[0] == ".")
    attributes = (f' class="{classes}"' if classes else "") + (f' id="{ids[-1]}"' if ids else "")
    return f"<{match[1]}{attributes}>{match[2]}"


def _task(match: re.Match[str]) -> str:
    checked = " checked" if match[2] else ""
    return f'<li class="task-list-item">{match[1] or ""}<input type="checkbox" disabled{checked}/> '
