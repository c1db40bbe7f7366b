"""One check of one site: make a proof of it, look at every page, ask every check."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter

from sitegen.build.proof import Proof, proof
from sitegen.check import CHECKS
from sitegen.check.external import Asking, elsewhere
from sitegen.check.look import Look
from sitegen.check.pages import SeenPage
from sitegen.check.reading import read_page
from sitegen.config import Config
from sitegen.errors import Problem, SiteError
from sitegen.model.site import Site
from sitegen.outputs.target import Target
from sitegen.texts import MOST_BYTES

_TOLD_BY_CHECKS = ("calls", "endpoints", "links")  # of a build's advice
BUILD, EXTERNAL = "build", "external"  # what is no row of `CHECKS`: the build's own problems, and links to elsewhere
_RANK = {"note": 0, "warning": 1, "error": 2}


@dataclass(frozen=True)
class Finding:
    """One problem, and the name of the check that found it."""

    check: str
    problem: Problem


@dataclass(frozen=True)
class CheckReport:
    """The outcome: `findings` with the worst at the end; how many pages and addresses were looked at; seconds.

    `site` is None where it cannot be built: the findings are all "build" then.
    """

    site: Site | None
    findings: tuple[Finding, ...]
    pages: int = 0
    addresses: int = 0
    seconds: float = 0.0


def run(
    config: Config,
    wanted: Iterable[str],
    *,
    now: datetime,
    epoch: datetime | None = None,
    asking: Asking | None = None,
    waiting: Callable[[], None] = lambda: None,
) -> CheckReport:
    """Check the site by the wanted names. `asking` is how other sites are asked; without it they are left alone."""
    started = perf_counter()
    names = frozenset(wanted)
    try:
        made = proof(config, _seen, now=now, epoch=epoch, waiting=waiting, but=_TOLD_BY_CHECKS)
    except SiteError as error:
        return refused(error)
    look = _look(made)
    found = [
        *(Finding(BUILD, problem) for problem in made.notices if BUILD in names),
        *(Finding(name, problem) for name, check in CHECKS.items() if name in names for problem in check(look)),
        *(Finding(EXTERNAL, problem) for problem in (elsewhere(look, asking) if asking else ())),
    ]
    return CheckReport(
        site=look.site,
        findings=tuple(sorted(dict.fromkeys(found), key=_order)),
        pages=len(look.pages),
        addresses=len(look.uses),
        seconds=perf_counter() - started,
    )


def refused(error: SiteError) -> CheckReport:
    """The outcome for a site that cannot be built."""
    return CheckReport(None, tuple(sorted((Finding(BUILD, problem) for problem in error.problems), key=_order)))


def _order(finding: Finding) -> tuple[int, str, int, str]:
    problem = finding.problem
    return _RANK[problem.severity], problem.path, problem.line or 0, problem.message


def _seen(target: Target, text: str) -> SeenPage:
    return read_page(text, target.path, target.owner)


def _look(made: Proof[SeenPage]) -> Look:
    copies: dict[str, str] = {}
    pages = list(made.seen)
    for target in made.targets.values():
        if target.file is not None and target.is_page and (text := _text(target.file)):
            copies[target.owner] = text
            pages.append(read_page(text, target.path, target.owner, copied=True))
    return Look(made, copies, tuple(sorted(pages, key=lambda page: page.path)))


def _text(file: Path) -> str:
    """The text of a page that is copied; "" for one that cannot be read, or is far too long."""
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""
