"""Submissions for people at a terminal. What visitors wrote is shown, never obeyed: see `visible`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sitegen.forms.files import size_words
from sitegen.forms.notices import Delivery, DeliveryState
from sitegen.forms.submission import STATES, KeptFile, State, Submission

ID_LENGTH = 8  # enough to tell one submission from the others; the commands take any unique beginning
ANSWER_LENGTH = 160
FORM_WIDTHS = 12, 20  # columns at least and at most: a longer id goes on in the next line
_DELIVERY_WORDS: dict[DeliveryState, str] = {"waiting": "waiting", "sent": "sent", "dead": "given up"}
_STYLES: dict[State, str] = {
    "new": "bold green",
    "contacted": "cyan",
    "joined": "green",
    "declined": "dim",
    "spam": "red",
    "waitlist": "yellow",
    "unconfirmed": "dim yellow",
}
# Controls, and what turns the direction of writing or hides itself: a terminal would obey.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def visible(text: str) -> str:
    r"""The text with every control character written out, tabs and line ends aside.

    >>> visible("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    return _UNSEEN.sub(lambda match: match[0].encode("unicode_escape", "surrogatepass").decode(), text)


def overview(submissions: Sequence[Submission], zone: tzinfo | None = None) -> Group:
    """A table with a row for each submission, and a line that counts them. `zone` None is the machine's.

    What a command can be given is never cut: the answers have the room that is left. A form that is the only one
    stands in the last line.
    """
    forms = {submission.form for submission in submissions}
    several = len(forms) > 1
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0), expand=True)
    table.add_column("id", no_wrap=True, min_width=ID_LENGTH)
    table.add_column("when", no_wrap=True)
    if several:
        table.add_column("form", overflow="fold", min_width=FORM_WIDTHS[0], max_width=FORM_WIDTHS[1])
    table.add_column("state", no_wrap=True)
    table.add_column("answers", overflow="ellipsis", no_wrap=True, ratio=1)  # `show` has them in full
    for submission in submissions:
        state = Text(submission.state, style=_STYLES[submission.state])
        when = _when(submission.created, zone)
        form = [Text(visible(submission.form))] if several else []
        table.add_row(submission.id[:ID_LENGTH], when, *form, state, _answers(submission))
    only = "" if several else visible("".join(forms))
    return Group(table, Text(f"\n{counted(submissions, only)}", style="dim"))


def _answers(submission: Submission) -> Text:
    """The answers in a line, and for spam in one more the reason: it has to be seen who was judged wrongly."""
    text = Text(_line(submission))
    if submission.state == "spam" and submission.reason:
        text.append(f"\n{visible(submission.reason)}", style="dim")
    return text


def details(
    submission: Submission,
    files: Sequence[KeptFile] = (),
    deliveries: Sequence[Delivery] = (),
    zone: tzinfo | None = None,
) -> Group:
    """Everything about one submission: each answer in full, its files, and what was sent because of it."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", overflow="fold", max_width=24)
    table.add_column(overflow="fold", ratio=1)
    table.add_row("id", submission.id)
    table.add_row("when", _when(submission.created, zone))
    table.add_row("form", Text(visible(submission.form)))
    table.add_row("state", Text(submission.state, style=_STYLES[submission.state]))
    if submission.reason:
        table.add_row("reason", Text(visible(submission.reason)))
    if submission.consent:
        table.add_row("agreed to", Text(visible(submission.consent)))
    table.add_row("", "")
    for name, value in submission.answers:
        table.add_row(Text(visible(name)), Text(visible(value)))
    parts: list[RenderableType] = [table]
    start = submission.id[:ID_LENGTH]
    if files:
        words = Text(f"\n`sitegen inbox save {start}` writes them into this folder.", style="dim")
        parts += [Text(), _files(files), words]
    if deliveries:
        parts += [Text(), _deliveries(deliveries, zone)]
    if any(delivery.state == "dead" for delivery in deliveries):
        parts.append(Text(f"\n`sitegen inbox replay {start}` tries again what was given up.", style="dim"))
    return Group(*parts)


def _files(files: Sequence[KeptFile]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column in ("field", "file", "size", "type", "id"):
        table.add_column(column, overflow="fold")
    for file in files:
        names = Text(visible(file.field)), Text(visible(file.name))
        table.add_row(*names, size_words(file.size), file.type, file.id)
    return table


def _deliveries(deliveries: Sequence[Delivery], zone: tzinfo | None) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column in ("sent", "by", "to", "state", "attempts", "next", "last error"):
        table.add_column(column, overflow="fold")
    for delivery in deliveries:
        notice, due = delivery.notice, _when(delivery.due, zone) if delivery.state == "waiting" else ""
        words = visible(notice.target), _DELIVERY_WORDS[delivery.state], str(delivery.attempts), due
        table.add_row(notice.kind, notice.channel, *map(Text, (*words, visible(delivery.error))))
    return table


def counted(submissions: Iterable[Submission], form: str = "") -> str:
    """How many there are, to which form if it is the only one, and of which states.

    >>> counted([]), counted([], "chicago")
    ('0 submissions', '0 submissions to chicago')
    """
    counts = Counter(submission.state for submission in submissions)
    total = counts.total()
    states = ", ".join(f"{counts[state]} {state}" for state in STATES if counts[state])
    where = f" to {form}" if form else ""
    return f"{total} submission{'' if total == 1 else 's'}{where}" + (f": {states}" if states else "")


def _when(moment: datetime, zone: tzinfo | None) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _line(submission: Submission) -> str:
    """The answers in short: values one after another, the unnamed beginning of long ones."""
    values = (" ".join(visible(value).split()) for _, value in submission.answers)
    return " · ".join(_short(value) for value in values if value)


def _short(text: str) -> str:
    return text if len(text) <= ANSWER_LENGTH else text[: ANSWER_LENGTH - 1] + "…"
