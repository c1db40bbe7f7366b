"""Submissions as CSV, JSON and JSON Lines, a row at a time.

A spreadsheet runs what looks like a formula, and visitors write what they like: such cells get an apostrophe
in front (OWASP, "CSV Injection"). Telephone numbers too: a spreadsheet would drop their plus.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from sitegen.forms.inbox.listing import Snapshot
from sitegen.forms.submission import Answers, Submission, joined, moment_text

COLUMNS = ("id", "form", "state", "reason", "created")
MOST_COLUMNS = 250  # of answers, the most frequent names: a stranger may send a thousand new ones with every answer
MOST_NAMES = 20_000  # that are counted at a time: the rare ones are forgotten where there are more
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


def csv_text(submissions: Snapshot | Collection[Submission]) -> Iterator[str]:
    """CSV as in RFC 4180, in pieces: a header, then a row for each. They are read twice, and never kept.

    What a visitor agreed to counts as an answer.
    The answers have a column for each name, in the order of first appearance; one of our own names gets
    `answer.` in front. Where there are very many names, what has no column stands in the last one, a line for each.
    """
    yield ",".join(COLUMNS)  # before the first reading: whoever waits for the file sees that it has begun
    names, are_all = _names(submissions)
    last = [] if are_all else [REST]
    named = [*(f"answer.{name}" if name in COLUMNS else name for name in names), *last]
    yield ("," if named else "") + _row(named)
    for submission in submissions:
        answers = joined(_answers(submission))
        rest = "\n".join(f"{name}: {value}" for name, value in answers.items() if name not in names)
        yield _row([*_fixed(submission), *(answers.get(name, "") for name in names), *(rest for _ in last)])


def json_text(submissions: Iterable[Submission], *, ascii_only: bool = False) -> Iterator[str]:
    """One JSON array, an object to a line, in pieces; `ascii_only` is for terminals and pipes."""
    start = "["
    for submission in submissions:
        yield f"{start}\n{json.dumps(submission.as_json(), ensure_ascii=ascii_only)}"
        start = ","
    yield "[]\n" if start == "[" else "\n]\n"


def json_lines(submissions: Iterable[Submission]) -> Iterator[str]:
    """JSON Lines: an object to a line, and nothing else."""
    for submission in submissions:
        yield f"{json.dumps(submission.as_json(), ensure_ascii=False)}\n"


def _answers(submission: Submission) -> Answers:
    return (*submission.answers, *([(AGREED, submission.consent)] if submission.consent else []))


def _names(submissions: Iterable[Submission]) -> tuple[dict[str, int], bool]:
    """The most frequent names of answers and how often they come; and whether they are all that there are."""
    times: Counter[str] = Counter()
    are_all = True
    for submission in submissions:
        times.update(dict(_answers(submission)).keys())
        if len(times) > MOST_NAMES:
            times, are_all = _frequent(times, MOST_NAMES // 2), False
    return _frequent(times, MOST_COLUMNS), are_all and len(times) <= MOST_COLUMNS


def _frequent(times: Counter[str], most: int) -> Counter[str]:
    """Those that come most, still in the order of first appearance."""
    kept = dict(times.most_common(most))
    return Counter({name: count for name, count in times.items() if name in kept})


def _fixed(submission: Submission) -> list[str]:
    created = moment_text(submission.created)
    return [submission.id, submission.form, submission.state, submission.reason, created]


def _row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_MINIMAL).writerow([harmless(cell) for cell in cells])
    return line.getvalue()
