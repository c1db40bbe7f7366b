"""What is wrong with the site, as HTML: for the overlay on the last good page, and as a page of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

from sitegen.errors import Problem
from sitegen.serve.site_files import regular_file

AROUND = 3  # lines of the source before and after
MOST = 40  # places that are shown
MOST_MESSAGES = 3  # of one place
WIDEST = 400  # signs of a line that are shown
LARGEST = 4_000_000  # bytes of a source that is read for an excerpt

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_ORDER = ("error", "warning", "note")
_BEHIND = "Behind this is the last good version. Save the mended file, and this goes away by itself."
_NOTHING = "There is no page to show yet. Save the mended file, and it comes by itself."
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} · sitegen</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/_sitegen/live.css">
</head>
<body class="page">
<main class="panel {kind}">
{content}
</main>
</body>
</html>
"""


def problems_html(problems: Iterable[Problem], source: Path, *, stands: bool) -> str:
    """The problems, errors first, each with the lines around it; `stands`: a good site is still up."""
    found = sorted(problems, key=lambda problem: _ORDER.index(problem.severity))
    places = _by_place(found)
    items = "\n".join(_item(group, source) for group in places[:MOST])
    if len(places) > MOST:
        items += f'\n<li class="quiet">… and {len(places) - MOST} more places.</li>'
    return (
        f'<h1 id="sitegen-title">{_headline(found)}</h1>\n'
        f'<p class="quiet">{_BEHIND if stands else _NOTHING}</p>\n'
        f'<ol class="problems">\n{items}\n</ol>'
    )


def problems_page(shown: str) -> str:
    """The same as a page of its own, for a site that has not been built yet."""
    return _PAGE.format(title="The site cannot be built", kind="bad", content=shown)


def missing_page(address: str, baseurl: str) -> str:
    """The answer where there is nothing and the site has no 404 page of its own."""
    content = (
        f'<h1>Nothing is here</h1>\n<p class="quiet">The site has no page <code>{_text(address)}</code> '
        f'and no <code>404.html</code>.</p>\n<p><a href="{_text(baseurl)}/">To the start</a></p>'
    )
    return _PAGE.format(title="Not found", kind="", content=content)


def summary(problems: Iterable[Problem]) -> str:
    """The problems in one line of text each, for screen readers."""
    return "\n".join(f"{problem.where}: {problem.message}" for problem in problems)


def _headline(problems: list[Problem]) -> str:
    count = sum(problem.severity == "error" for problem in problems)
    return "One problem in the site" if count == 1 else f"{count} problems in the site"


def _by_place(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Those about one line together: a layout fails once for each post."""
    places: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        places.setdefault((problem.severity, problem.where), []).append(problem)
    return list(places.values())


def _item(group: list[Problem], source: Path) -> str:
    first, more = group[0], len(group) - MOST_MESSAGES
    label = "" if first.severity == "error" else f'<span class="label">{first.severity}</span> '
    words = "\n".join(f"<h2>{_text(problem.message)}</h2>" for problem in group[:MOST_MESSAGES])
    rest = f'\n<p class="quiet">… and {more} more of this line.</p>' if more > 0 else ""
    hints = dict.fromkeys(problem.hint for problem in group[:MOST_MESSAGES] if problem.hint)
    hint = "".join(f'\n<p class="hint">{_text(text)}</p>' for text in hints)
    return (
        f'<li class="{first.severity}">\n<p class="where">{label}<code>{_text(first.where)}</code></p>\n'
        f"{words}{rest}\n{_excerpt(first, source)}{hint}\n</li>"
    )


def _excerpt(problem: Problem, source: Path) -> str:
    """The lines around the problem; only its own line where the file cannot be read."""
    if problem.line is None:
        return ""
    rows = lines_around(source, problem.path, problem.line)
    if not rows and problem.excerpt:
        rows = [(problem.line, problem.excerpt)]
    if not rows:
        return ""
    code = "".join(_row(number, text, number == problem.line) for number, text in rows)
    return f'<pre class="source"><code>{code}</code></pre>'


def _row(number: int, text: str, here: bool) -> str:
    tag = "mark" if here else "span"
    return f'<{tag} class="row" data-line="{number}">{_text(text)}\n</{tag}>'


def lines_around(source: Path, path: str, line: int) -> list[tuple[int, str]]:
    """The numbered lines around a line of a file of the site; none if it is no file, or outside."""
    text = _read(source, path)
    if text is None:
        return []
    rows = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    first, last = max(1, line - AROUND), min(len(rows), line + AROUND)
    return [(number, _cut(rows[number - 1])) for number in range(first, last + 1)]


def _read(source: Path, path: str) -> str | None:
    file = regular_file(source, path)
    try:
        if file is None or file.stat().st_size > LARGEST:
            return None
        return file.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return None


def _cut(text: str) -> str:
    return text if len(text) <= WIDEST else text[:WIDEST] + "…"


def _text(text: str) -> str:
    """Text as HTML, with control characters made visible."""
    return escape(_CONTROL.sub(lambda sign: chr(0x2400 + ord(sign.group())), text))
