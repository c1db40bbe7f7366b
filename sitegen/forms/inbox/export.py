"""Submissions as CSV and JSON, a row at a time.

A spreadsheet runs what looks like a formula, and visitors write what they like: such cells get an apostrophe
in front (OWASP, "CSV Injection"). Telephone numbers too: a spreadsheet would drop their plus.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sitegen.forms.submission import Answers, Submission, joined, moment_text

COLUMNS = ("id", "form", "state", "reason", "created")
MOST_COLUMNS = 250  # of answers, the most frequent names: a stranger may send a thousand new ones with every answer
REST = "more answers"
AGREED = "agreed to"  # the column of the words beside a box that had to be ticked

# At the start of every line, behind blanks and quotes too: spreadsheets differ in what they strip and split.
# The wide forms of the signs count for some. `*+` never goes back: a line of blanks would take minutes otherwise.
_FORMULA = re.compile("(?:^|(?<=[\n\r]))(?=[^\\S\n\r]*+[\"'`]*+[^\\S\n\r]*+[=+\\-@＝＋－＠]|[\t\r\x00])")


def harmless(text: str) -> str:
    """The text of a cell, such that no spreadsheet runs any of it.

    >>> harmless("=1+1"), harmless("Ada")
    ("'=1+1", 'Ada')
    """
    return _FORMULA.sub("'", text)


@dataclass(frozen=True)
class Columns:
    """The columns of the answers: their names, and whether there is a last one for names that have no column."""

    names: tuple[str, ...]
    rest: bool = False


def csv_text(submissions: Iterable[Submission], files: Mapping[str, Answers] | None = None) -> Iterator[str]:
    """CSV as in RFC 4180, in pieces: a header, then a row for each. They are all in memory; see `csv_rows`."""
    listed = list(submissions)  # the header names what every row has, and answers arrive while we write
    yield from csv_rows(lambda: columns_of(listed, files), listed, files)


def columns_of(submissions: Iterable[Submission], files: Mapping[str, Answers] | None = None) -> Columns:
    """A column for each name, in the order of first appearance; where there are very many, the most frequent.

    `files` has the names of files by the submission's id, as pairs of field and name; they count as answers,
    and so do the words that a visitor agreed to.
    """
    times = Counter(name for one in submissions for name in dict(_answers(one, files)))
    kept = dict(times.most_common(MOST_COLUMNS))
    return Columns(tuple(name for name in times if name in kept), len(times) > len(kept))


def csv_rows(
    find: Callable[[], Columns], submissions: Iterable[Submission], files: Mapping[str, Answers] | None = None
) -> Iterator[str]:
    """The header and the rows, one at a time; one of our own names gets `answer.` in front.

    The columns are asked for when the header has begun: with very many submissions it takes seconds to find them. What
    has no column stands in the last one, a line for each; also what came after the columns were found.
    """
    yield ",".join(COLUMNS)
    columns = find()
    named = [
        *(f"answer.{name}" if name in COLUMNS else name for name in columns.names),
        *([REST] if columns.rest else []),
    ]
    yield ("," if named else "") + _row(named)
    kept = frozenset(columns.names)
    for one in submissions:
        answers = joined(_answers(one, files))
        rest = "\n".join(f"{name}: {value}" for name, value in answers.items() if name not in kept)
        last = [rest] if columns.rest or rest else []
        yield _row([*_fixed(one), *(answers.get(name, "") for name in columns.names), *last])


def _answers(submission: Submission, files: Mapping[str, Answers] | None) -> Answers:
    return submission.answers + (files or {}).get(submission.id, ()) + _agreed(submission)


def _agreed(submission: Submission) -> Answers:
    return ((AGREED, submission.consent),) if submission.consent else ()


def _fixed(submission: Submission) -> list[str]:
    created = moment_text(submission.created)
    return [submission.id, submission.form, submission.state, submission.reason, created]


def _row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_MINIMAL).writerow([harmless(cell) for cell in cells])
    return line.getvalue()


def json_text(submissions: Iterable[Submission], *, ascii_only: bool = False) -> Iterator[str]:
    """One JSON array, an object to a line, in pieces; `ascii_only` is for terminals and pipes."""
    start = "["
    for submission in submissions:
        yield f"{start}\n{json.dumps(submission.as_json(), ensure_ascii=ascii_only)}"
        start = ","
    yield "[]\n" if start == "[" else "\n]\n"
