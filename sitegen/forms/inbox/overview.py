"""Many submissions for people at a terminal: a line or two for each, as wide as that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from itertools import zip_longest

from rich.cells import cell_len, chop_cells
from rich.console import Group
from rich.text import Text

from sitegen.forms.inbox.display import ID_LENGTH, STYLES, visible, when
from sitegen.forms.submission import STATES, State, Submission

ANSWER_LENGTH = 160  # signs of each answer at most
_TICKED = frozenset(("yes", "on", "true"))  # what the theme's boxes send, those of other pages, and scripts
_Cell = tuple[str, str]  # text, style
_NONE: _Cell = ("", "")
_GAP = 2  # columns between two
_DAY, _MOMENT = 10, 16  # columns of a date, and of one with the time
_NARROW = 70  # columns of a terminal: where there are fewer, the time of the day is left out
# Columns of a form at most, where the answers have so many at least: a longer id goes on in the next line. Where none
# of these is possible, the answers have a line of their own.
_SHARES = (32, 48), (20, 24), (12, 24)


@dataclass(frozen=True)
class Columns:
    """How wide each one is, and all together (None: nothing is cut). `form` is 0 where all are to the same one.

    Where the answers are `below`, they have a line of their own.
    """

    when: int
    form: int
    state: int
    whole: int | None
    below: bool = False

    @property
    def before(self) -> int:
        """Where the answers begin."""
        return _GAP if self.below else sum(width + _GAP for width in self.widths if width)

    @property
    def widths(self) -> tuple[int, ...]:
        """Of all that stands before the answers."""
        return ID_LENGTH, self.when, self.form, self.state


def columns_for(forms: Collection[str], states: Iterable[State], width: int | None) -> Columns:
    """The columns of a terminal of this width, None for no limit. What a command can be given is never cut."""
    form = max((cell_len(visible(one)) for one in forms), default=0) if len(forms) > 1 else 0
    state = max(map(len, ("state", *states)))
    if width is None:
        return Columns(_MOMENT, form, state, None)
    for most, least in _SHARES:
        columns = Columns(_DAY if width < _NARROW else _MOMENT, min(form, most), state, width)
        if width - columns.before >= least:
            return columns
    room = width - Columns(_DAY, 0, state, width).before - _GAP
    return Columns(_DAY, min(form, max(room, 1)), state, width, below=True)


def lines_of(submissions: Iterable[Submission], columns: Columns, zone: tzinfo | None = None) -> Iterator[Text]:
    """A heading, and the lines of each, one after another. `zone` None is the machine's."""
    heading = [(name, "bold") for name in ("id", "when", "form", "state")]
    yield Text.assemble(*_padded(heading, columns), ("" if columns.below else "answers", "bold"))
    for submission in submissions:
        yield from _lines(submission, columns, zone)


def total(counts: Mapping[str, Mapping[State, int]], limit: int | None = None) -> Group:
    """How many there are, to which form if it is the only one, and of which states; whether not all were shown."""
    states: Counter[State] = Counter()
    for numbers in counts.values():
        states.update(numbers)
    words = [Text(f"\n{counted(states, visible(*counts) if len(counts) == 1 else '')}", style="dim")]
    if limit is not None and states.total() > limit:
        text = f"These are the newest {limit:,}: --all shows all of them, --limit N others."
        words.append(Text(text, style="dim"))
    return Group(*words)


def counted(states: Mapping[State, int], form: str = "") -> str:
    """How many there are, to which form if it is the only one, and of which states.

    >>> counted({}), counted({"new": 1234}, "chicago")
    ('0 submissions', '1,234 submissions to chicago: 1,234 new')
    """
    number = sum(states.values())
    listed = ", ".join(f"{states[state]:,} {state}" for state in STATES if states.get(state))
    where = f" to {form}" if form else ""
    return f"{number:,} submission{'' if number == 1 else 's'}{where}" + (f": {listed}" if listed else "")


def _lines(submission: Submission, columns: Columns, zone: tzinfo | None) -> Iterator[Text]:
    moment = when(submission.created, zone)[: columns.when]
    form, *more = _folded(visible(submission.form), columns.form)
    first = (submission.id[:ID_LENGTH], ""), (moment, "dim"), (form, ""), (submission.state, STYLES[submission.state])
    rows = [first, *((_NONE, _NONE, (part, ""), _NONE) for part in more)]
    answers = [_cut(line, columns) for line in _answers(submission)]
    for cells, answer in zip_longest(rows, () if columns.below else answers):
        yield Text.assemble(*_padded(cells or [_NONE] * 4, columns), answer or "")
    if columns.below:
        yield from (Text.assemble(" " * _GAP, line) for line in answers)


def _padded(cells: Iterable[_Cell], columns: Columns) -> list[_Cell]:
    widths = zip(cells, columns.widths, strict=True)
    return [(text + " " * (width + _GAP - cell_len(text)), style) for (text, style), width in widths if width]


def _folded(text: str, width: int) -> list[str]:
    return chop_cells(text, width) if width and cell_len(text) > width else [text]


def _cut(line: Text, columns: Columns) -> Text:
    if columns.whole is not None:
        line.truncate(max(columns.whole - columns.before, 1), overflow="ellipsis")
    return line


def _answers(submission: Submission) -> list[Text]:
    """The answers in a line, and for spam in one more the reason: it has to be seen who was judged wrongly.

    A box that is ticked is told by its name: what it sent says nothing.
    """
    told = (f"✓ {name}" if value in _TICKED else value for name, value in submission.answers)
    values = (" ".join(visible(value[: ANSWER_LENGTH + 1]).split()) for value in told)
    lines = [Text(" · ".join(_short(value) for value in values if value))]
    if submission.state == "spam" and submission.reason:
        lines.append(Text(" ".join(visible(submission.reason).split()), style="dim"))
    return lines


def _short(text: str) -> str:
    return text if len(text) <= ANSWER_LENGTH else text[: ANSWER_LENGTH - 1] + "…"
