"""What can be wrong with a site, told to its author.

The tree of exceptions::

    SitegenError
    ├── SiteError       the site has problems that its author must mend (exit code 1)
    ├── UsageError      the command line is wrong (exit code 2)
    ├── MissingExtra    an optional part of sitegen is not installed (exit code 1)
    ├── RefusedAddress  an address would leave the site, or names no file
    ├── Malformed       a text is not what it should be: YAML, TOML, a table
    ├── MarkupError     a body cannot be rendered
    ├── UnreadFormula   a formula cannot be read
    ├── LayoutTooLarge  a layout comes to no end, or makes far too much
    ├── Refused         in `templates/`: what a template is given is wrong; in `web/`: there is no listening there
    ├── NothingFits     what `sitegen explain` is asked for is nothing, or too much
    ├── NoSuchWord      a layout asks for words of sitegen's own that there are not
    ├── Unreadable      a file that a picture is made of is not what it should be
    ├── Refusal         a submission is not accepted
    ├── KeyConflict     a visitor's key has been used for other answers
    ├── Full            all places are taken, and there is no waitlist
    ├── Unfit           an executor cannot do the work of a build
    ├── Undelivered     a letter or a webhook has not arrived
    ├── NotFound        no submission has that id, or more than one
    └── StoreError      the inbox cannot be used

A `Problem` is one thing to mend. Stages do not stop at the first one: they add it to `Problems` and go on, so
that the author sees all of them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from sitegen.frozen import dataclass

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing the author should know: where it is, what it is, and how to mend it.

    `path` is relative to the site's folder; `line` counts the lines of that file from 1 (None: the whole file);
    `excerpt` is the text of that line. An "error" fails the build, a "warning" only with `--strict`, a "note"
    never.
    """

    path: str
    line: int | None
    message: str
    hint: str = ""
    excerpt: str = ""
    severity: Severity = "error"

    @property
    def where(self) -> str:
        """`path:line`, or the path alone."""
        return self.path if self.line is None else f"{self.path}:{self.line}"


class SitegenError(Exception):
    """The root of the tree."""


class SiteError(SitegenError):
    """The site has problems: `problems` holds them all, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.where}: {p.message}" for p in self.problems))


class UsageError(SitegenError):
    """The command line asks for something that cannot be."""


class MissingExtra(SitegenError):
    """A command needs a package that the core does not bring."""

    def __init__(self, what: str, extra: str) -> None:
        self.extra = extra
        how = f"pip install '…/sitegen[{extra}]', where … is the place you have sitegen from"
        super().__init__(f"{what} needs the extra sitegen[{extra}], which is not installed: {how}")


class RefusedAddress(SitegenError):
    """An address that names no file inside the site."""


class Problems:
    """What the stages of one build collect.

    With `lenient` (a site configured by Jekyll's `_config.yml`) what Jekyll lets pass is a warning; with
    `strict` every warning is an error.
    """

    def __init__(self, *, lenient: bool = False, strict: bool = False) -> None:
        self.lenient = lenient
        self.strict = strict
        self._found: dict[tuple[str, int | None, str], Problem] = {}

    def add(self, problem: Problem) -> None:
        """Remember the problem; the same words about the same place count once."""
        if self.strict and problem.severity == "warning":
            problem = replace(problem, severity="error")
        self._found.setdefault((problem.path, problem.line, problem.message), problem)

    def warn(self, problem: Problem) -> None:
        """Remember it as something that fails only a strict build."""
        self.add(replace(problem, severity="warning"))

    def note(self, problem: Problem) -> None:
        """Remember it as something that never fails a build."""
        self.add(replace(problem, severity="note"))

    def tolerate(self, problem: Problem) -> None:
        """Remember what Jekyll lets pass: a warning on its sites, an error elsewhere."""
        self.add(replace(problem, severity="warning" if self.lenient else "error"))

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self._found.values(), key=lambda p: (p.path, p.line or 0, p.message)))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Those that fail the build."""
        return tuple(p for p in self if p.severity == "error")

    @property
    def notices(self) -> tuple[Problem, ...]:
        """Those that do not."""
        return tuple(p for p in self if p.severity != "error")

    def refuse(self) -> None:
        """Raise `SiteError` with everything found, if anything of it fails the build."""
        if self.errors:
            raise SiteError(self)


def nearest(word: str, known: Iterable[str], alike: float = 0.6) -> str:
    """The known word that is spelt nearly so, "" for none; `alike` is how much of it has to be the same, up to 1."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, sorted(set(known)), n=1, cutoff=alike)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint: the nearest of the known words; where none is near, all of them if they are few.

    >>> did_you_mean("psot", ["post", "page"]), did_you_mean("menu", ["post", "page"])
    ('did you mean "post"?', 'known: page, post')
    """
    names = sorted(set(known))
    if near := nearest(word, names):
        return f'did you mean "{near}"?'
    return f"known: {', '.join(names)}" if 0 < len(names) <= 24 else ""


def one_hint(*hints: str) -> str:
    """Several hints as one; those that are empty are left out. After a question begins a new sentence.

    >>> one_hint('did you mean "post"?', "", "names have no ending")
    'did you mean "post"? Names have no ending'
    """
    joined = "; ".join(filter(None, hints))
    return re.sub(r"\?; (.)", lambda match: f"? {match[1].upper()}", joined)
