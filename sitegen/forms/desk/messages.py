"""What was done, said on the next page. The address has a word of ours and numbers, never a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.forms.submission import MARKS

_ANSWERS = "{} answer", "{} answers"
SAID: dict[str, tuple[str, str]] = {  # of one, of several
    **{state: (f"{_ANSWERS[0]} is {state} now.", f"{_ANSWERS[1]} are {state} now.") for state in MARKS},
    "waitlist": ("1 answer is on the waitlist now.", "{} answers are on the waitlist now."),
    "deleted": ("1 answer is deleted.", "{} answers are deleted."),
    "place": ("1 person has a place now.", "{} people have places now."),
    "noted": ("The note is kept.", "The notes are kept."),
    "again": ("1 delivery is sent again.", "{} deliveries are sent again."),
}
NOTHING: dict[str, str] = {  # where nothing could be done
    "none": "Nothing was selected: tick the answers first.",
    "gone": "The answers are not there any more.",
    "empty": "The note was empty.",
    "again": "Nothing was given up: there is nothing to send again.",
    "placed": "That answer is not on the waitlist any more.",
}


@dataclass(frozen=True)
class Message:
    """A sentence or two, and whether they are good news."""

    text: str
    good: bool = True


def message_of(query: Mapping[str, str]) -> Message | None:
    """The message that an address asks for; None for none."""
    done, failed = query.get("done", ""), query.get("failed", "")
    if failed in NOTHING:
        return Message(NOTHING[failed], good=False)
    number = _number(query, "n")
    if done not in SAID or not number:
        return None
    words = [SAID[done][number > 1].format(number), *_besides(query)]
    return Message(" ".join(words))


def _besides(query: Mapping[str, str]) -> list[str]:
    moved, waiting = _number(query, "moved"), _number(query, "waiting")
    words = []
    if taken := _number(query, "taken"):
        words.append(f"{taken} of {_number(query, 'of')} places are taken.")
    if waiting:
        words.append(f"{waiting} had to go on the waitlist, as no place was free.")
    if moved:
        words.append(f"{moved} moved up from the waitlist.")
    if query.get("unswept"):
        words.append("Some bytes may stay in the journal of the database until nobody reads it.")
    return words


def _number(query: Mapping[str, str], name: str) -> int:
    text = query.get(name, "")
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 8 else 0
