"""What the server has to tell the one who started it. `cli.serve` puts it into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen.errors import Problem
from sitegen.model.content import LeftOut

if TYPE_CHECKING:
    from sitegen.build import BuildReport


@dataclass(frozen=True)
class Serving:
    """The server listens at `url`; `wanted` is the port that was taken, if another had to be used."""

    url: str
    wanted: int | None = None
    public: bool = False


@dataclass(frozen=True)
class Rebuilt:
    """A build is shown. `paths` are the files that changed, relative to the site (none: the first build).

    `seconds` count from the first change; `notices` and `left_out` are those that the build before did not have;
    `mended` tells that the build before had failed.
    """

    paths: tuple[str, ...]
    report: BuildReport
    seconds: float
    notices: tuple[Problem, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    mended: bool = False


@dataclass(frozen=True)
class Broken:
    """A build failed; the last good site stays up, if there was one (`stands`)."""

    paths: tuple[str, ...]
    problems: tuple[Problem, ...]
    stands: bool


@dataclass(frozen=True)
class Receiving:
    """Answers to the forms are kept in `place` (a path, or the address of a database); `inbox` is where they are to be
    seen on the web, or "": then it may be that no key opens it (`closed`).
    """

    forms: tuple[str, ...]
    place: str
    inbox: str = ""
    closed: bool = False


@dataclass(frozen=True)
class Answered:
    """An answer to a form has arrived. What it says is nobody's business but the inbox's."""

    form: str


@dataclass(frozen=True)
class Remark:
    """Something else worth a line."""

    problem: Problem


@dataclass(frozen=True)
class Ended:
    """The server has stopped."""


News = Serving | Rebuilt | Broken | Receiving | Answered | Remark | Ended
