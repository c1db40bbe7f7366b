"""The figures of a series as a table, and all of them as the page and the plot of the manual."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from os import cpu_count
from pathlib import Path
from statistics import median

from benchmarks.speed.series import SCENES, Taken

PAGE = Path("docs/_pages/benchmarks.md")
PLOT = Path("docs/static/images/speed.svg")
HEAD = """---
title: Benchmarks
description: How long sitegen and its peers take for the same site, and how much memory.
permalink: /benchmarks/
---
Every program gets the same posts, and makes the same pages of them: one for each post, an index of ten a page, a page
for each tag, a feed, and a sitemap. They take turns in one series, and what counts is the ratio within each round:
seconds are those of the machine, ratios say more. The coloured bars are sitegen's: with its compiled engine, with the
default one, and with its own theme and all else that it makes of a site. `make bench` measures it all anew, and writes
this page.

![Times of cold builds, builds with nothing changed, and with one post edited](/images/speed.svg)

"""


@dataclass(frozen=True)
class Figures:
    """One series. `seconds` and `ratios` by (program, scene): median, least, most; `memory` in MiB by program."""

    corpus: str
    base: str
    rounds: int
    seconds: Mapping[tuple[str, str], float]
    ratios: Mapping[tuple[str, str], tuple[float, float, float]]
    memory: Mapping[str, float]


def figures(corpus: str, base: str, taken: Sequence[Taken], memory: Mapping[str, float]) -> Figures:
    """The medians of the seconds, and those of the ratios to the base of the same round and scene."""
    times: dict[tuple[str, str], dict[int, float]] = {}
    for one in taken:
        times.setdefault((one.program, one.scene), {})[one.round] = one.seconds
    ratios = {}
    for (program, scene), rounds in times.items():
        beside = times.get((base, scene), {})
        found = sorted(seconds / beside[turn] for turn, seconds in rounds.items() if turn in beside)
        if found:
            ratios[program, scene] = median(found), found[0], found[-1]
    seconds = {key: median(rounds.values()) for key, rounds in times.items()}
    return Figures(corpus, base, max(one.round for one in taken), seconds, ratios, memory)


def table(found: Figures) -> str:
    """As Markdown: seconds, and in brackets the ratio to the base."""
    rounds = f"{found.rounds} round{'s' * (found.rounds > 1)}"
    lines = [f"## {found.corpus}", "", f"| {rounds} | {' | '.join(SCENES)} | peak memory |"]
    lines.append("|---|" + "---:|" * (len(SCENES) + 1))
    for program, memory in found.memory.items():
        cells = [_cell(found, program, scene) for scene in SCENES]
        lines.append(f"| {program} | {' | '.join(cells)} | {memory:.0f} MiB |")
    return "\n".join(lines) + "\n"


def _cell(found: Figures, program: str, scene: str) -> str:
    seconds = found.seconds.get((program, scene))
    if seconds is None:
        return ""
    ratio = found.ratios.get((program, scene))
    return f"{seconds:.2f} s" + (f" ({ratio[0]:.2f})" if ratio and program != found.base else "")


def write(found: Sequence[Figures]) -> None:
    """The page and the plot of the manual."""
    machine = f"{cpu_count()} processors, {platform.system()}, Python {platform.python_version()}"
    told = f"In brackets: how long beside {found[0].base}. Measured on {machine}.\n\n"
    PAGE.write_text(HEAD + told + "\n".join(map(table, found)), encoding="utf-8")
    PLOT.parent.mkdir(parents=True, exist_ok=True)
    PLOT.write_text(plot(found[0]), encoding="utf-8")


STYLE = """
text { font: 14px system-ui, sans-serif; fill: #222 }
.title { font-weight: 600 }
.bar { fill: #8a949e }
.own { fill: #b3431e }
@media (prefers-color-scheme: dark) { text { fill: #eee } .own { fill: #ff9a70 } }
"""
WIDE, LABEL, ROW = 720, 220, 24


def plot(found: Figures) -> str:
    """A bar for each program and scene, as SVG; the longest of a scene is as wide as there is room."""
    parts: list[str] = []
    y = 0
    for scene in SCENES:
        times = {
            program: found.seconds[program, scene] for program in found.memory if (program, scene) in found.seconds
        }
        y += ROW + 8
        parts.append(f'<text class="title" x="0" y="{y}">{scene}, {escape(found.corpus)}: seconds</text>')
        for program, seconds in times.items():
            y += ROW
            width = max(2.0, (WIDE - LABEL - 70) * seconds / max(times.values()))
            kind = "bar own" if program.startswith("sitegen") else "bar"
            parts.append(f'<text x="{LABEL - 10}" y="{y}" text-anchor="end">{escape(program.split(", ")[-1])}</text>')
            parts.append(f'<rect class="{kind}" x="{LABEL}" y="{y - 13}" width="{width:.1f}" height="16"/>')
            parts.append(f'<text x="{LABEL + width + 8:.1f}" y="{y}">{seconds:.2f}</text>')
        y += 12
    title = f"Seconds of builds of {found.corpus}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {y + 8}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title><style>{STYLE}</style>\n" + "\n".join(parts) + "\n</svg>\n"
    )
