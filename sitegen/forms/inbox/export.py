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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

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


def csv_text(submissions: Iterable[Submission], files: Mapping[str, Answers] | None = None) -> Iterator[str]:
    """CSV as in RFC 4180, in pieces: a header, then a row for each.

    `files` has the names of files by the submission's id, as pairs of field and name; they count as answers,
    and so do the words that a visitor agreed to.
    The answers have a column for each name, in the order of first appearance; one of our own names gets
    `answer.` in front. Where there are very many names, what has no column stands in the last one, a line for each.
    """
    named = files or {}
    # The header names what every row has, and answers arrive while we write.
    listed = [replace(one, answers=one.answers + named.get(one.id, ()) + _agreed(one)) for one in submissions]
    times = Counter(name for submission in listed for name in dict(submission.answers))
    kept = dict(times.most_common(MOST_COLUMNS))
    names = [name for name in times if name in kept]
    last = [REST] if len(times) > len(names) else []
    yield _row([*COLUMNS, *(f"answer.{name}" if name in COLUMNS else name for name in names), *last])
    for submission in listed:
        answers = joined(submission.answers)
        rest = "\n".join(f"{name}: {value}" for name, value in answers.items() if name not in kept)
        yield _row([*_fixed(submission), *(answers.get(name, "") for name in names), *(rest for _ in last)])


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
