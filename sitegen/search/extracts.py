"""What of a page is searched: its main text, without the menu and all else that stands around it.

The index is made of extracts alone, so that a page whose menu changes is as it was. A layout says what the text is with
Pagefind's own mark, `data-pagefind-body`; of a page without it, `<main>` is taken, or else `<body>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from sitegen.search.entries import Entry

_UNSEEN = re.compile(r"<!--.*?-->|<(script|style|template)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_MARKED = re.compile(r"<([a-z][\w-]*)\b[^<>]*\sdata-pagefind-body\b[^<>]*>", re.IGNORECASE)
_MARK = re.compile(r"""\sdata-pagefind-body(=("[^"]*"|'[^']*'|[^\s>]*))?""", re.IGNORECASE)
_WHOLE = tuple(re.compile(rf"<({name})\b[^<>]*>", re.IGNORECASE) for name in ("main", "body"))
_TAG = re.compile(r"<[^<>]*>")
_ENDS = re.compile(r"(\w?)(</(?:figcaption|dt|dd|th|summary)>)", re.IGNORECASE)  # Pagefind runs on after these
_TITLE = re.compile(r"<h1\b", re.IGNORECASE)
_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{title}</title>
{meta}
</head>
<body data-pagefind-body>
{text}
</body>
</html>
"""


def extract(entry: Entry, html: str) -> str:
    """The page for Pagefind: what is known of it, and its text. "" where there is no text to find."""
    marked = "\n".join(_parts(_UNSEEN.sub("", html)))
    text = _MARKED.sub(lambda tag: _MARK.sub("", tag[0]), marked)  # it would leave out what is added here
    text = _ENDS.sub(lambda end: f"{end[1]}{'.' if end[1] else ''}{end[2]} ", text)
    if not _TAG.sub("", text).strip():
        return ""
    head = "" if _TITLE.search(text) else f"<h1>{escape(entry.title)}</h1>\n"
    if entry.description:
        head += f"<p>{escape(entry.description)}</p>\n"
    if entry.tags:
        text += f"\n<p>{escape(' · '.join(entry.tags))}</p>"  # right in any language
    meta = {"title": entry.title, "url": entry.url, "date": entry.day, "call": "yes" if entry.is_call else ""}
    known = ((name, escape(value)) for name, value in meta.items() if value)
    rows = (f'<meta data-pagefind-meta="{name}[content]" content="{value}">' for name, value in known)
    return _PAGE.format(lang=escape(entry.lang), title=escape(entry.title), meta="\n".join(rows), text=head + text)


def _parts(html: str) -> Iterator[str]:
    """The marked elements, or the one that holds the page."""
    at = 0
    while marked := _MARKED.search(html, at):
        at = _end(html, marked)
        yield html[marked.start() : at]
    if at:
        return
    found = next((match for kind in _WHOLE if (match := kind.search(html))), None)
    yield html[found.end() : _end(html, found)] if found else html


def _end(html: str, start: re.Match[str]) -> int:
    """Where an element ends, by its tags; one that is never closed ends with the page."""
    depth = 1
    for tag in re.compile(rf"<(/?){start[1]}(?![\w-])[^<>]*>", re.IGNORECASE).finditer(html, start.end()):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return len(html)
