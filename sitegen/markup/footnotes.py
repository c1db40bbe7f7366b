"""Footnotes of the compiled engine, gathered at the end as the default engine gathers them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from sitegen.markup.kramdown import notes
from sitegen.markup.tokens import Token, attributes, joined, tokens

_REFERENCE = re.compile(r'<sup class="footnote-reference"><a href="#([^"]*)">(\d+)</a></sup>')
_LABEL = re.compile(r'\s*<sup class="footnote-definition-label">(\d+)</sup>\s*')


def gathered(html: str) -> str:
    """The HTML with references (`fnref:x`) and notes (`fn:x`) in the default engine's form."""
    seen: dict[str, int] = {}

    def reference(match: re.Match[str]) -> str:
        name, number = unescape(match[1]), int(match[2])
        seen[name] = seen.get(name, 0) + 1
        return notes.reference(name, number, f":{seen[name] - 1}" if seen[name] > 1 else "")

    text: list[Token] = []
    found: list[tuple[int, str]] = []
    pieces = tokens(_REFERENCE.sub(reference, html))
    for token in pieces:
        if token.name == "div" and "footnote-definition" in token.source:
            found.append(_note(attributes(token.source).get("id", ""), joined(_definition(pieces))))
        else:
            text.append(token)
    listed = "\n".join(note for _, note in sorted(found))
    footer = f"{notes.OPENING}<ol>\n{listed}\n{notes.ENDING}" if found else ""
    return joined(text) + footer


def _definition(pieces: Iterator[Token]) -> Iterator[Token]:
    """The tokens of a definition up to its last tag, which is taken too."""
    depth = 1
    for token in pieces:
        depth += (token.kind == "open") - (token.kind == "close") if token.name == "div" else 0
        if not depth:
            return
        yield token


def _note(name: str, inside: str) -> tuple[int, str]:
    """The note's number and its list item, with the way back at the end of its last paragraph."""
    match = _LABEL.match(inside)
    number, inside = (int(match[1]), inside[match.end() :].strip()) if match else (0, inside.strip())
    back = notes.back_link(unescape(name), number)
    head, end, tail = inside.rpartition("</p>")
    inside = f"{head}{back}{end}" if end and not tail.strip() else f"{inside}<p>{back}</p>"
    return number, f'<li id="fn:{name}">{inside}</li>'
