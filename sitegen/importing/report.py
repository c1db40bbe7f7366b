"""What came of an import."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sitegen.errors import Problem


@dataclass(frozen=True)
class Taken:
    """What was taken over: how many of what, and where they are now ("" for where they were)."""

    number: int
    what: str
    where: str = ""

    @property
    def kind(self) -> str:
        """Of what, in the number that it is."""
        return self.what if self.number == 1 else f"{self.what}s"


@dataclass(frozen=True)
class Group:
    """Things to know that are of one kind; `name` is a heading."""

    name: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Import:
    """The report. `hands` is what its reader has to do, `changed` what was done to files beyond copying them.

    `left` are names of what stayed behind.
    """

    taken: tuple[Taken, ...] = ()
    changed: tuple[Group, ...] = ()
    hands: tuple[Group, ...] = ()
    left: tuple[str, ...] = ()


def grouped(*groups: tuple[str, Iterable[Problem]]) -> tuple[Group, ...]:
    """The groups that have anything in them, each in the order of places."""
    found = ((name, sorted(set(problems), key=_place)) for name, problems in groups)
    return tuple(Group(name, tuple(problems)) for name, problems in found if problems)


def _place(problem: Problem) -> tuple[str, int, str]:
    return problem.path, problem.line or 0, problem.message


def written(report: Import, name: str) -> str:
    """The report as Markdown, to work through."""
    rows = [
        "# From Jekyll",
        "",
        f"Made of `{name}/` by `sitegen import`. When nothing here needs a hand any more, this file can go.",
        "",
        "## Taken over",
        "",
        *(f"- {row.number} {row.kind}{f' ({row.where})' if row.where else ''}" for row in report.taken),
    ]
    for head, groups in (("Needs a hand", report.hands), ("Changed on the way", report.changed)):
        rows += ["", f"## {head}"] if groups else []
        for group in groups:
            rows += ["", f"### {group.name}", "", *map(_row, group.problems)]
    if report.left:
        rows += ["", "## Left alone", "", *(f"- `{name}`" for name in report.left)]
    return "\n".join(rows) + "\n"


def _row(problem: Problem) -> str:
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"- `{problem.where}`: {problem.message}{hint}"
