"""What a visitor wrote in words of their own, and the same text sent again and again. Pure functions."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Set
from datetime import timedelta

from sitegen.forms.description import Field, Form
from sitegen.forms.submission import Answers

LONG = 150  # signs; what is shorter many people may write, each for themselves
TIMES, WINDOW = 3, timedelta(days=1)  # the third sender of one text within a day

Sender = tuple[str, ...]

_ADDRESS = re.compile(r"\b(?:https?://|www\.)\w", re.IGNORECASE)
_NAME = re.compile(r"(?:(?:first|last|full|given|family|middle|nick|your)[ _-]?)?name", re.IGNORECASE)
_SENDER = re.compile(rf"{_NAME.pattern}|e-?mail|_replyto", re.IGNORECASE)


def free_texts(form: Form, answers: Answers) -> Iterator[tuple[str, str]]:
    """Name and text of the answers in words of the visitor's own.

    Choices, hidden fields and words that the author put into a field are the same for everybody, and a field for an
    address asks for one; what the form does not have may be anything.
    """
    asked = {field.name: field for field in form.fields if field.type in ("text", "textarea")}
    for name, text in answers:
        if name in asked:
            yield name, _without_given(asked[name], text)


def _without_given(field: Field, text: str) -> str:
    return text.replace(field.value, "", 1) if field.value else text


def asks_for_name(field: str) -> bool:
    """Whether a field so called asks for the name of a person."""
    return _NAME.fullmatch(field) is not None


def web_addresses(text: str) -> int:
    """How many web addresses are in a text.

    >>> web_addresses("See www.example.org, or HTTPS://example.org/a?b")
    2
    """
    if "://" not in text and "www." not in text.lower():  # most have none, and looking for these is much quicker
        return 0
    return len(_ADDRESS.findall(text))


def text_digest(texts: Iterable[tuple[str, str]]) -> str | None:
    """A digest of the longest of the free texts that is worth comparing; blanks and the case of letters do not matter.

    None where there is no such text: it has `LONG` signs, or a web address among other words.
    """
    plain = [" ".join(text.split()).casefold() for _, text in texts]
    worth = [text for text in plain if len(text) >= LONG or (" " in text and web_addresses(text))]
    return hashlib.sha256(max(worth, key=len).encode()).hexdigest() if worth else None


def repeated(sender: Sender, earlier: Set[Sender]) -> str:
    """Why a text that came from these `earlier` within the `WINDOW` is spam, or ""."""
    senders = len(earlier) + (sender not in earlier)
    return f"the same text came from {TIMES} senders or more within a day" if senders >= TIMES else ""


def sender_of(answers: Answers) -> Sender:
    """Who sends one text to several calls is one sender: whoever gives the same name and e-mail."""
    return tuple(sorted(" ".join(value.split()).casefold() for name, value in answers if _SENDER.fullmatch(name)))
