"""What a request to the read API asks for: `since`, `limit`, `offset`, `order`, `spam`, as Formspree has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sitegen.forms.inbox.listing import Filter
from sitegen.forms.submission import SHOWN, State

MOST = 1_000_000  # of `limit` and `offset`; without a limit all are sent
_TRUTHS: Mapping[str, bool] = {"false": False, "true": True, "0": False, "1": True}  # the first is what is usual
_ORDERS: Mapping[str, bool] = {"desc": True, "asc": False}


class Unclear(ValueError):
    """A value that means nothing; the text says which, and what would do."""


@dataclass(frozen=True)
class Query:
    """Which submissions of a form, in which order, how many (None: all), and how many are passed over before them."""

    wanted: Filter
    newest_first: bool = True
    limit: int | None = None
    offset: int = 0


def parse_query(form: str, asked: Mapping[str, str]) -> Query:
    """What the query of an address means; of a name that is not known nothing. Raises `Unclear`."""
    states: tuple[State, ...] = ("spam",) if _one_of("spam", asked, _TRUTHS) else SHOWN
    wanted = Filter(form, states, _moment("since", asked))
    limit = _number("limit", asked)
    return Query(wanted, _one_of("order", asked, _ORDERS), limit, _number("offset", asked) or 0)


def _one_of(name: str, asked: Mapping[str, str], values: Mapping[str, bool]) -> bool:
    usual, other = list(values)[:2]
    told = asked.get(name, "").strip().lower() or usual
    if told not in values:
        raise Unclear(f"`{name}` is {usual} or {other}")
    return values[told]


def _number(name: str, asked: Mapping[str, str]) -> int | None:
    told = asked.get(name, "").strip()
    if not told:
        return None
    if not (told.isascii() and told.isdecimal() and len(told) <= len(str(MOST)) and int(told) <= MOST):
        raise Unclear(f"`{name}` is a whole number from 0 to {MOST}")
    return int(told)


def _moment(name: str, asked: Mapping[str, str]) -> datetime | None:
    """ISO 8601; a moment without a zone is in UTC, as Formspree has it."""
    told = asked.get(name, "").strip()
    if not told:
        return None
    try:
        moment = datetime.fromisoformat(told)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Unclear(f"`{name}` is a moment such as 2026-05-06T12:00:00") from error
