"""One build of a preview, and what came of it."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from sitegen.config import Config
from sitegen.errors import Problem, SiteError, SitegenError

if TYPE_CHECKING:
    from sitegen.build import BuildReport

OWN = "_sitegen"  # the addresses that are the server's own


class Build(Protocol):
    """`sitegen.build.build`."""

    def __call__(self, config: Config, *, now: datetime) -> BuildReport:
        """Build the site. Raises `SiteError`; nothing has been written then."""
        ...


@dataclass(frozen=True)
class Attempt:
    """One build: of which files, of everything up to which change, and since when (`time.perf_counter`) it is due.

    `config` and `report` are those of a good one, `problems` of one that has failed.
    """

    paths: tuple[str, ...]
    change: int
    since: float
    config: Config | None = None
    report: BuildReport | None = None
    problems: tuple[Problem, ...] = ()

    def made(self, config: Callable[[], Config], build: Build, now: datetime) -> Attempt:
        """The same, done. Whatever it raises is a problem."""
        try:
            settings = config()
            return replace(self, config=settings, report=_with_notice(settings, build(settings, now=now)))
        except SiteError as error:
            return replace(self, problems=error.problems)
        except Exception as error:  # whatever it is, the last good site stays up
            return replace(self, problems=(_surprise(error),))

    @property
    def only_styles(self) -> bool:
        """Whether the build did no more than copy the style sheets that changed."""
        styles = bool(self.paths) and all(path.endswith(".css") for path in self.paths)
        return styles and self.report is not None and self.report.written <= len(self.paths) and not self.report.deleted


def _with_notice(config: Config, report: BuildReport) -> BuildReport:
    return replace(report, notices=report.notices + _hidden_pages(config))


def _hidden_pages(config: Config) -> tuple[Problem, ...]:
    """A notice if the site has pages where the server has its own."""
    if config.baseurl or not (config.output / OWN).exists():
        return ()
    message = f"the preview cannot show what the site has below /{OWN}/: it keeps its own files there"
    return (Problem(OWN, None, message, "it is published all the same", severity="warning"),)


def _surprise(error: Exception) -> Problem:
    """What a build should not have raised, as a problem: the system's fault, or a bug of ours."""
    if isinstance(error, SitegenError):
        return Problem(".", None, str(error))
    if isinstance(error, OSError):
        return Problem(str(error.filename or "."), None, error.strerror or str(error))
    place = traceback.extract_tb(error.__traceback__)[-1]
    message = f"{type(error).__name__}: {error}"
    return Problem(place.filename, place.lineno, message, "this is a bug in sitegen: please report it")
