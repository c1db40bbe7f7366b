"""How problems, paths, numbers and moments look on a terminal."""

from __future__ import annotations

import io
import os
import sys
from collections import Counter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta
    from pathlib import Path
    from typing import TextIO

    from sitegen.errors import Problem

_STYLES = {"error": "1;31", "warning": "1;33", "note": "36", "good": "1;32", "quiet": "2", "bold": "1"}
_WORDS = {"error": "", "warning": "warning: ", "note": "notice: "}


class Script(io.StringIO):
    """What is to be printed, with all its colours."""


def is_coloured(stream: TextIO) -> bool:
    """Whether the stream is a terminal that wants colours (no-color.org); a `Script` keeps them for one."""
    if isinstance(stream, Script):
        return True
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def styled(text: str, style: str, stream: TextIO) -> str:
    """The text in a style, where the stream has colours."""
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if is_coloured(stream) else text


def show_problems(problems: Iterable[Problem], stream: TextIO) -> None:
    """Each problem: `path:line: what is wrong`, the line, a hint. What is only a notice takes one line."""
    for problem in problems:
        for line in lines_of(problem, stream):
            print(line, file=stream)


def summary(problems: Iterable[Problem]) -> str:
    """How many there are: `2 problems, 1 warning`."""
    counts: Counter[str] = Counter(problem.severity for problem in problems)
    words = (("error", "problem"), ("warning", "warning"), ("note", "notice"))
    return ", ".join(plural(counts[kind], word) for kind, word in words if counts[kind])


def lines_of(problem: Problem, stream: TextIO) -> list[str]:
    """The lines of one problem."""
    message = printable(f"{_WORDS[problem.severity]}{problem.message}")
    head = f"{styled(printable(problem.where), 'bold', stream)}: {styled(message, problem.severity, stream)}"
    if problem.severity == "note":
        return [f"{head} ({printable(problem.hint)})" if problem.hint else head]
    lines = [head]
    if problem.excerpt.strip():
        number = f"{problem.line:>5} | "
        lines.append(styled(number, "quiet", stream) + printable(problem.excerpt.strip())[:160])
    if problem.hint:
        lines.append("        " + styled(f"hint: {printable(problem.hint)}", "quiet", stream))
    return lines


def printable(text: str) -> str:
    """The text on one line, with control signs made visible, so that no file can steer a terminal."""
    return "".join(sign if sign.isprintable() else _visible(sign) for sign in text)


def _visible(sign: str) -> str:
    return " " if sign in "\t\n" else sign.encode("unicode_escape").decode()


def plural(number: int, word: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def shown_path(path: Path) -> str:
    """A file or folder as a person would name it from here."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def shown_moment(moment: datetime) -> str:
    """`2026-05-06`, or `2026-05-06 18:30 +02:00` where it is not the beginning of a day."""
    text = moment.isoformat(" ", "minutes")
    day, time, offset = text[:10], text[11:16], text[16:]
    return day if time == "00:00" else f"{day} {time} {'UTC' if offset == '+00:00' else offset}"


_UNITS = ((365 * 1440, "year"), (1440, "day"), (60, "hour"))  # with their minutes


def shown_span(span: timedelta) -> str:
    """How long it is, in the largest unit that says it: `206 days`, `9 hours`.

    >>> from datetime import timedelta
    >>> [shown_span(timedelta(minutes=minutes)) for minutes in (0.2, 119, 120, 4 * 1440, 3 * 366 * 1440)]
    ['1 minute', '119 minutes', '2 hours', '4 days', '3 years']
    """
    minutes = max(1, round(span.total_seconds() / 60))
    for size, unit in _UNITS:
        if minutes >= 2 * size:
            return plural(minutes // size, unit)
    return plural(minutes, "minute")


def span_stays(span: timedelta) -> timedelta:
    """For how long a span that gets shorter is shown in the same words.

    >>> from datetime import timedelta
    >>> span_stays(timedelta(days=3, hours=1)), span_stays(timedelta(minutes=119, seconds=10))
    (datetime.timedelta(seconds=3630), datetime.timedelta(seconds=40))
    """
    minutes = round(span.total_seconds() / 60)
    size = next((size for size, _ in _UNITS if minutes >= 2 * size), 1)
    return span - type(span)(minutes=minutes // size * size - 0.5) if minutes > 1 else span


def say(said: Iterable[tuple[str, str]], seconds: float) -> None:
    """Print what a `Script` has, in colours or without: "out" or "err", and the words; "" are the seconds it took."""
    for where, words in said:
        stream = sys.stderr if where == "err" else sys.stdout
        stream.write((words if is_coloured(stream) else _plain(words)) or f"{seconds:.2f}")


def _plain(text: str) -> str:
    first, *rest = text.split("\x1b[")
    return first + "".join(part.partition("m")[2] for part in rest)


def say_waiting() -> None:
    """Tell why nothing happens yet."""
    print("another build of this site is running; waiting for it", file=sys.stderr, flush=True)
