"""Submissions for people at a terminal. What visitors wrote is shown, never obeyed: see `visible`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sitegen.forms.files import size_words
from sitegen.forms.notices import Delivery, DeliveryState
from sitegen.forms.submission import KeptFile, Note, State, Submission
from sitegen.texts import UNSEEN

ID_LENGTH = 8  # enough to tell one submission from the others; the commands take any unique beginning
_DELIVERY_WORDS: dict[DeliveryState, str] = {"waiting": "waiting", "sent": "sent", "dead": "given up"}
STYLES: dict[State, str] = {
    "new": "bold green",
    "contacted": "cyan",
    "joined": "green",
    "declined": "dim",
    "spam": "red",
    "waitlist": "yellow",
    "unconfirmed": "dim yellow",
}


def visible(text: str) -> str:
    r"""The text with every control character written out, tabs and line ends aside.

    >>> visible("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    return UNSEEN.sub(lambda match: match[0].encode("unicode_escape", "surrogatepass").decode(), text)


def details(
    submission: Submission,
    files: Sequence[KeptFile] = (),
    deliveries: Sequence[Delivery] = (),
    notes: Sequence[Note] = (),
    title: str = "",
    zone: tzinfo | None = None,
) -> Group:
    """Everything about one submission: each answer in full, what was agreed to, the author's notes, its files, and
    what was sent because of it. `title` is the call's.
    """
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", overflow="fold", max_width=24)
    table.add_column(overflow="fold", ratio=1)
    table.add_row("id", submission.id)
    table.add_row("when", when(submission.created, zone))
    table.add_row("form", Text.assemble(visible(submission.form), (f"  {visible(title)}" if title else "", "dim")))
    table.add_row("state", Text(submission.state, style=STYLES[submission.state]))
    if submission.reason:
        table.add_row("reason", Text(visible(submission.reason)))
    if submission.consent:
        table.add_row("agreed to", Text(visible(submission.consent)))
    table.add_row("", "")
    for name, value in submission.answers:
        table.add_row(Text(visible(name)), Text(visible(value)))
    parts: list[RenderableType] = [table]
    if notes:
        parts += [Text(), _notes(notes, zone)]
    start = submission.id[:ID_LENGTH]
    if files:
        words = Text(f"\n`sitegen inbox save {start}` writes them into this folder.", style="dim")
        parts += [Text(), _files(files), words]
    if deliveries:
        parts += [Text(), _deliveries(deliveries, zone)]
    if any(delivery.state == "dead" for delivery in deliveries):
        parts.append(Text(f"\n`sitegen inbox replay {start}` tries again what was given up.", style="dim"))
    return Group(*parts)


def _notes(notes: Sequence[Note], zone: tzinfo | None) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("noted", no_wrap=True)
    table.add_column("", overflow="fold")
    for note in notes:
        table.add_row(Text(when(note.created, zone), style="dim"), Text(visible(note.text)))
    return table


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
        notice, due = delivery.notice, when(delivery.due, zone) if delivery.state == "waiting" else ""
        words = visible(notice.target), _DELIVERY_WORDS[delivery.state], str(delivery.attempts), due
        table.add_row(notice.words, notice.channel, *map(Text, (*words, visible(delivery.error))))
    return table


def when(moment: datetime, zone: tzinfo | None) -> str:
    """`2026-05-06 18:30` in a zone, None for the machine's."""
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")
