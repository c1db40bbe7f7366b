"""Submissions for people at a terminal. What visitors wrote is shown, never obeyed: see `visible`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sitegen.forms.files import size_words
from sitegen.forms.notices import Delivery, DeliveryState
from sitegen.forms.submission import KeptFile, Note, State, Submission
from sitegen.texts import UNSEEN

ID_LENGTH = 8  # enough to tell one submission from the others; the commands take any unique beginning
NARROW = 90  # columns: where there are fewer, files and deliveries have a line for each thing that there is to say
_FOLDED = "field", "file", "to", "last error"  # what visitors and servers make as long as they like
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
    width: int | None = None,
) -> Group:
    """Everything about one submission: each answer in full, what was agreed to, the author's notes, its files, and
    what was sent because of it. `title` is the call's, `width` the columns of the terminal (None: no limit).
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
        parts += [Text(), _files(files, width), words]
    if deliveries:
        parts += [Text(), _deliveries(deliveries, zone, width)]
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


def _files(files: Sequence[KeptFile], width: int | None) -> Table:
    rows = [(visible(file.field), visible(file.name), size_words(file.size), file.type, file.id) for file in files]
    return _listed(("field", "file", "size", "type", "id"), rows, width)


def _deliveries(deliveries: Sequence[Delivery], zone: tzinfo | None, width: int | None) -> Table:
    rows = [tuple(_delivery(one, zone)) for one in deliveries]
    return _listed(("sent", "by", "to", "state", "attempts", "next", "last error"), rows, width)


def _delivery(delivery: Delivery, zone: tzinfo | None) -> Iterator[str]:
    yield from (delivery.notice.words, delivery.notice.channel, visible(delivery.notice.target))
    yield from (_DELIVERY_WORDS[delivery.state], str(delivery.attempts))
    yield when(delivery.due, zone) if delivery.state == "waiting" else ""
    yield visible(delivery.error)


def _listed(names: Sequence[str], rows: Sequence[Sequence[str]], width: int | None) -> Table:
    """A row for each; on a narrow terminal a line for each thing that there is to say, and a blank one between."""
    narrow = width is not None and width < NARROW
    table = Table(box=None, show_header=not narrow, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name in ("", "") if narrow else names:
        table.add_column(name, overflow="fold", no_wrap=name not in ("", *_FOLDED))
    for number, row in enumerate(rows):
        if not narrow:
            table.add_row(*map(Text, row))
            continue
        if number:
            table.add_row("", "")
        for name, value in zip(names, row, strict=True):
            if value:
                table.add_row(Text(name, style="dim"), Text(value))
    return table


def when(moment: datetime, zone: tzinfo | None) -> str:
    """`2026-05-06 18:30` in a zone, None for the machine's."""
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")
