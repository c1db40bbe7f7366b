"""The numbers of an inbox for people at a terminal: a table of the forms, a bar for each week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.bar import Bar
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from sitegen.forms.inbox.display import ID_LENGTH, STYLES, visible
from sitegen.forms.inbox.statistics import FormNumbers, Statistics
from sitegen.forms.submission import STATES, State

BAR = 50  # columns at most
FORM = 20  # columns that the id of a form has at least, if it needs so many
_PAPER = Console(width=10_000)  # what a table would be like if there were room enough


def charts(statistics: Statistics, width: int | None = None) -> Group:
    """Everything, as wide as the terminal; None where there is none."""
    parts: list[RenderableType] = [_forms(statistics.forms, width), Text(), _weeks(statistics.weeks, width)]
    if statistics.deliveries:
        parts += [Text(), _deliveries(statistics)]
    return Group(*parts)


def _forms(forms: Sequence[FormNumbers], width: int | None) -> Table:
    """A row for each form; on a narrow terminal a row for each of its states."""
    shown = [state for state in STATES if any(one.states.get(state) for one in forms)]
    wide = _table("form", *shown, "total", "places taken")
    for one in forms:
        numbers = [_number(one, state) for state in shown]
        wide.add_row(Text(visible(one.form)), *numbers, Text(f"{one.total:,}", style="bold"), _places(one))
    return wide if width is None or width >= _least(wide, forms) else _narrow(forms)


def _least(table: Table, forms: Sequence[FormNumbers]) -> int:
    """The columns that a table needs, where ids of forms are folded."""
    longest = max((cell_len(visible(one.form)) for one in forms), default=0)
    whole = Measurement.get(_PAPER, _PAPER.options, table).maximum
    return whole - max(longest - FORM, 0)


def _narrow(forms: Sequence[FormNumbers]) -> Table:
    table = _table("form", "")
    table.add_column("")
    for one in forms:
        table.add_row(Text(visible(one.form)), Text(f"{one.total:,}", style="bold"), Text("answers"))
        for state in STATES:
            if one.states.get(state):
                table.add_row("", _number(one, state), Text(state, style=STYLES[state]))
        if one.terms.capacity is not None:
            table.add_row("", _places(one), Text("places taken"))
    return table


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column(first, overflow="fold")
    for name in others:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _number(one: FormNumbers, state: State) -> Text:
    number = one.states.get(state, 0)
    return Text(f"{number:,}", style=STYLES[state]) if number else Text("·", style="dim")


def _places(one: FormNumbers) -> Text:
    capacity = one.terms.capacity
    if capacity is None:
        return Text("·", style="dim")
    return Text(f"{one.taken:,} of {capacity:,}", "yellow" if one.taken >= capacity else "")


def _weeks(weeks: Sequence[tuple[date, int]], width: int | None) -> Table:
    """The most is as long as there is room; the number stands beside, for those who see no bars."""
    table = _table("week of", "answers")
    table.add_column("")
    most = max((number for _, number in weeks), default=0) or 1
    room = max(min(BAR, (width or 80) - 24), 5)
    for monday, number in weeks:
        bar = Bar(most, 0, number, width=room, color="green") if number else Text()
        table.add_row(Text(f"{monday}", style="dim"), f"{number:,}" if number else Text("·", style="dim"), bar)
    return table


def _deliveries(statistics: Statistics) -> Text:
    """What waits is said calmly, what was given up is not."""
    numbers = statistics.deliveries
    sent, waiting = numbers.get("sent", 0), numbers.get("waiting", 0)
    text = Text(f"Letters and webhooks: {sent:,} sent, {waiting:,} waiting")
    if dead := numbers.get("dead"):
        named = ", ".join(id_[:ID_LENGTH] for id_ in statistics.given_up)
        text.append(f"\n{dead:,} given up", style="bold red").append(
            f" ({named}): `sitegen inbox replay --all` tries again."
        )
    return text
