"""The list: the newest answers first, by pages, beside the numbers of every form and state."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from sitegen.forms.desk.painting import painted
from sitegen.forms.desk.people import Person
from sitegen.forms.desk.visit import Visit
from sitegen.forms.desk.wanted import EVERYTHING, Wanted, parse_wanted
from sitegen.forms.inbox.listing import Cursor, Page, parse_cursor
from sitegen.forms.submission import ASIDE, MARKS, SHOWN, STATES, State, Submission

SIZE = 50  # answers on a page
COUNTED = 1000  # as many of those that words or days find
Counts = dict[str, dict[State, int]]


@dataclass(frozen=True)
class Choice:
    """A filter that can be chosen: its `value` is what the address has."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Line:
    """A row of the list."""

    submission: Submission
    person: Person
    form: str


def page(visit: Visit) -> Response:
    """Those that the address asks for."""
    wanted = parse_wanted(visit.query)
    terms, counts = visit.store.forms(), visit.store.counts()
    found, total = _found(visit, wanted) if wanted.narrowed else (_page(visit, wanted), f"{number(counts, wanted):,}")
    lines = [Line(one, visit.person(one), visit.title_of(one.form, terms)) for one in found.submissions]
    forms = {form: visit.title_of(form, terms) for form in [*counts, *visit.forms()]}
    return painted(
        visit,
        "list.html",
        wanted=wanted,
        lines=lines,
        newer=str(found.newer or ""),
        older=str(found.older or ""),
        states=state_choices(wanted, counts),
        forms=form_choices(wanted, counts, forms),
        heading=heading(wanted, forms.get(wanted.form, wanted.form)),
        total=total,
        marks=MARKS,
        here="/" + wanted.query(after=visit.query.get("after"), before=visit.query.get("before")),
    )


def _page(visit: Visit, wanted: Wanted) -> Page:
    asked = wanted.filter(visit.zone)
    after, before = _cursors(visit)
    return visit.store.page_before(asked, SIZE, before) if before else visit.store.page_of(asked, SIZE, after)


def _found(visit: Visit, wanted: Wanted) -> tuple[Page, str]:
    """The page of what words or days find, and how many they find."""
    after, before = _cursors(visit)
    page, found = visit.store.counted_page(wanted.filter(visit.zone), SIZE, COUNTED, after=after, before=before)
    return page, f"{found:,} or more found" if found >= COUNTED else f"{found} found"


def _cursors(visit: Visit) -> tuple[Cursor | None, Cursor | None]:
    return parse_cursor(visit.query.get("after", "")), parse_cursor(visit.query.get("before", ""))


def heading(wanted: Wanted, title: str) -> str:
    """What the list is a list of; `title` is that of the form, if one is wanted.

    >>> heading(Wanted(state="spam"), ""), heading(Wanted(text="hire"), ""), heading(Wanted("f", "new"), "A workshop")
    ('Spam', 'Answers with “hire”', 'A workshop: new')
    """
    state = {"": "", EVERYTHING: "everything"}.get(wanted.state, wanted.state)
    named = f"{title}: {state}" if title and state else title or state.capitalize() or "Answers"
    return f"{named} with “{wanted.text}”" if wanted.text else named


def number(counts: Counts, wanted: Wanted) -> int:
    """How many there are of a form and a state, days and words aside."""
    forms = [counts.get(wanted.form, {})] if wanted.form else counts.values()
    states = STATES if wanted.states is None else wanted.states
    return sum(form.get(state, 0) for form in forms for state in states)


def state_choices(wanted: Wanted, counts: Counts) -> list[Choice]:
    """The states that one can choose, with their numbers in the form that is chosen."""
    labels: dict[str, str] = {"": "Inbox"}
    labels |= {state: state.capitalize() for state in (*SHOWN, *ASIDE)}
    labels[EVERYTHING] = "Everything"
    form = wanted.form
    numbers = {state: number(counts, Wanted(form=form, state=state)) for state in labels}
    shown = (state for state in labels if numbers[state] or state in ("", "new", EVERYTHING, wanted.state))
    return [Choice(state, labels[state], numbers[state], state == wanted.state) for state in shown]


def form_choices(wanted: Wanted, counts: Counts, titles: dict[str, str]) -> list[Choice]:
    """The forms that one can choose, by their titles, with their numbers in the state that is chosen."""
    every = Choice("", "All calls", number(counts, Wanted(state=wanted.state)), not wanted.form)
    ordered = sorted(titles, key=lambda form: (titles[form].casefold(), form))
    numbers = {form: number(counts, Wanted(form=form, state=wanted.state)) for form in ordered}
    return [every, *(Choice(form, titles[form], numbers[form], form == wanted.form) for form in ordered)]
