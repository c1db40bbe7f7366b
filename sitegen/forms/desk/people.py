"""Whom an answer is from, and its first words, for lists. Pure functions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sitegen.forms.description import AGREED
from sitegen.forms.emails import ADDRESSES, address_of
from sitegen.forms.submission import Submission

NAMES = "name", "full name", "your name", "full_name", "fullname", "your_name", "nickname", "first_name", "firstname"
_MOST_WORDS = 400  # signs that are looked at: the rest would be cut anyway


@dataclass(frozen=True)
class Person:
    """What a line of the list says of a submission: a `name` that is never empty, and what else there is."""

    name: str
    address: str
    words: str


def person_of(submission: Submission, boxes: Collection[str] = AGREED) -> Person:
    """Who it is from: by the answer that is a name, else the address, else by the first thing that was said.

    `boxes` are names of answers that are passed over.
    """
    given = [(name, value.strip()) for name, value in submission.answers if name not in boxes]
    named = next((value for wanted in NAMES for name, value in given if name.lower() == wanted and value), "")
    address = address_of(submission.answers)
    first = next((value for _, value in given if value), "")
    name = named or address or first or "(no answers)"
    others = (value for at, value in given if value and value != name and at.lower() not in ADDRESSES)
    return Person(name, "" if address == name else address, _begin(others))


def _begin(values: Iterable[str]) -> str:
    words = ""
    for value in values:
        words += (" · " if words else "") + value[:_MOST_WORDS]
        if len(words) > _MOST_WORDS:
            break
    return words
