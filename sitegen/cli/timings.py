"""Where the time of a build went: as tables, and as a page with bars in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.cli.report import printable
from sitegen.errors import Problem, SiteError

if TYPE_CHECKING:
    from sitegen.build.timings import Spent, Timings

MOST = {"table": 10, "page": 50}  # slowest ones that are shown


def timing_lines(timings: Timings) -> Iterator[str]:
    """The tables."""
    for title, rows, most in _tables(timings, MOST["table"]):
        yield f"{title:>9}      ms      %  times"
        whole = sum(row.seconds for row in rows) or 1
        for row in rows[:most]:
            share = 100 * row.seconds / whole
            yield f"{'':>9}{row.seconds * 1000:>8.1f}{share:>7.1f}{row.count:>7}  {printable(row.name)}"
        if len(rows) > most:
            rest = sum(row.seconds for row in rows[most:])
            yield f"{'':>9}{rest * 1000:>8.1f}{100 * rest / whole:>7.1f}         {len(rows) - most} more"


def write_page(file: Path, timings: Timings, what: str) -> None:
    """The picture: one file of HTML that needs no other. Raises `SiteError`."""
    try:
        file.write_text(page(timings, what), encoding="utf-8")
    except OSError as error:
        hint = "name another file"
        raise SiteError([Problem(str(file), None, f"cannot be written: {error.strerror}", hint)]) from error


def is_page(file: Path) -> bool:
    """Whether there is such a picture already, which another one may replace."""
    try:
        return file.read_text(encoding="utf-8").startswith(_PAGE.split("WHAT")[0])
    except (OSError, ValueError):
        return False


def page(timings: Timings, what: str) -> str:
    """The text of the picture; `what` was built."""
    tables = "".join(_table(*one) for one in _tables(timings, MOST["page"]) if one[1])
    return _PAGE.replace("WHAT", escape(what)).replace("TABLES", tables)


def _tables(timings: Timings, most: int) -> tuple[tuple[str, Sequence[Spent], int], ...]:
    stages = [stage for stage in timings.stages if stage.seconds >= 0.0005]
    return (("Stages", stages, len(stages)), ("Bodies", timings.bodies, most), ("Layouts", timings.layouts, most))


def _table(title: str, rows: Sequence[Spent], most: int) -> str:
    longest = max(row.seconds for row in rows) or 1
    whole = sum(row.seconds for row in rows) or 1
    cells = "".join(
        f'<tr><th scope="row">{escape(row.name)}</th>'
        f'<td class="bar"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{100 * row.seconds / longest:.2f}" height="10"/></svg></td>'
        f"<td>{row.seconds * 1000:,.1f}</td><td>{100 * row.seconds / whole:.1f} %</td><td>{row.count:,}</td></tr>\n"
        for row in rows[:most]
    )
    rest = f"<p>and {len(rows) - most:,} more</p>\n" if len(rows) > most else ""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("ms", "share", "times"))
    return (
        f"<section><table><caption>{title}: {whole:,.2f} s. {_NOTES[title]}</caption>\n"
        f'<thead><tr><th scope="col">what</th><td></td>{head}</tr></thead>\n<tbody>\n{cells}</tbody></table>\n'
        f"{rest}</section>\n"
    )


_NOTES = {
    "Stages": "In their order, by the clock.",
    "Bodies": "From Markdown to HTML, the slowest first; the work of all processes together.",
    "Layouts": "Pages by their layout, the slowest first; the work of all processes together.",
}
_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Where the time went</title>
<style>
:root { color-scheme: light dark; --text: #1d2329; --quiet: #57606a; --bar: #2c6fbb; --line: #d5dae0; --paper: #fff }
@media (prefers-color-scheme: dark) {
  :root { --text: #e4e7eb; --quiet: #a3acb7; --bar: #6ea8e6; --line: #39414b; --paper: #14181d }
}
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif;
  color: var(--text); background: var(--paper) }
h1 { font-size: 1.6rem; margin: 0 }
p { color: var(--quiet); margin: .3rem 0 }
table { width: 100%; border-collapse: collapse; margin-top: 2.5rem; font-variant-numeric: tabular-nums }
caption { text-align: start; font-weight: 600; padding-bottom: .5rem }
th, td { text-align: end; padding: .2rem 0 .2rem 1rem; border-top: 1px solid var(--line); white-space: nowrap;
  font-weight: 400 }
thead > tr > * { border: 0; color: var(--quiet) }
tr > :first-child { text-align: start; padding-left: 0; white-space: normal; overflow-wrap: anywhere }
.bar { width: 40% }
svg { display: block; width: 100%; height: .8rem; fill: var(--bar) }
@media (max-width: 40rem) { .bar, thead td { display: none } }
@media (forced-colors: active) { svg { fill: CanvasText } }
</style>
<h1>Where the time went</h1>
<p>WHAT</p>
TABLES</html>
"""
