"""How the findings of a check are printed: gathered for people, as JSON, as annotations of a pull request."""

from __future__ import annotations

import json
import posixpath
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.cli.report import plural, printable
from sitegen.errors import Problem

if TYPE_CHECKING:
    from sitegen.check.run import Finding

ALONE = 3  # so many of the same words about different pages are told one by one
MOST_ALIKE = 10  # so many of the same words about different lines
_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}  # GitHub's words


def merged(findings: Sequence[Finding]) -> list[Finding]:
    """The findings; where the same is wrong with many pages as wholes, it is said once: that is a layout's link."""

    def key(finding: Finding) -> Hashable:
        problem = finding.problem
        return finding.check, problem.severity, problem.message, "" if problem.line is None else problem.where

    return list(_cut(findings, key, ALONE, 1, "other page"))


def shortened(findings: Sequence[Finding]) -> list[Finding]:
    """The findings for a terminal: of many that say the same of different lines, the first ones."""
    return list(_cut(findings, lambda one: (one.check, one.problem.message), MOST_ALIKE, MOST_ALIKE, "more place"))


def _cut(
    findings: Sequence[Finding], key: Callable[[Finding], Hashable], most: int, shown: int, what: str
) -> Iterator[Finding]:
    """The first `shown` of each group of more than `most`; the last of them says how many more there are."""
    totals, seen = Counter(map(key, findings)), Counter[Hashable]()
    for finding in findings:
        group = key(finding)
        seen[group] += 1
        if totals[group] <= most or seen[group] < shown:
            yield finding
        elif seen[group] == shown:
            more = plural(totals[group] - shown, what)
            message = f"{finding.problem.message} (and in {more})"
            yield replace(finding, problem=replace(finding.problem, message=message))


def named(finding: Finding) -> Problem:
    """The problem with the name of its check behind it, by which it can be skipped."""
    return replace(finding.problem, message=f"{finding.problem.message} [{finding.check}]")


def json_text(findings: Sequence[Finding]) -> str:
    """One array, with an object for each finding."""
    rows = [
        {
            "check": finding.check,
            "severity": finding.problem.severity,
            "path": finding.problem.path,
            "line": finding.problem.line,
            "message": finding.problem.message,
            "hint": finding.problem.hint,
            "excerpt": finding.problem.excerpt,
        }
        for finding in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def github_lines(findings: Iterable[Finding], folder: str) -> Iterator[str]:
    """Workflow commands of GitHub Actions, which a pull request shows at the lines; `folder` is that of the site."""
    for finding in findings:
        problem = finding.problem
        file = posixpath.normpath(posixpath.join(folder, problem.path))
        place = {"file": file} if Path(file).is_file() else {}
        place |= {"line": str(problem.line)} if place and problem.line is not None else {}
        place |= {"title": f"sitegen check: {finding.check}"}
        properties = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in place.items())
        where = "" if "file" in place else f"{problem.path}: "
        texts = (f"{where}{problem.message}", problem.hint)
        text = "\n".join(printable(text) for text in texts if text)
        yield f"::{_LEVELS[problem.severity]} {properties}::{_escaped(text)}"


def _escaped(text: str, more: str = "") -> str:
    """As the runner reads it back: what ends a line, or a property, is percent-encoded."""
    return "".join(f"%{ord(sign):02X}" if sign in f"%\r\n{more}" else sign for sign in text)
