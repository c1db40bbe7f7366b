"""What an inbox gives away, for the pages of a site: how many places are taken, and who agreed to be named.

Nothing else ever leaves it this way: no id, no moment, no address, no answer that the form does not name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from unicodedata import category, normalize

from sitegen.forms.description import LIST_ME, Form, Members
from sitegen.forms.inbox.places import Places
from sitegen.forms.inbox.store import Filter, Store
from sitegen.forms.submission import Answers, joined
from sitegen.forms.validation import ticked
from sitegen.texts import UNSEEN

NAME_LENGTH, ABOUT_LENGTH = 100, 300  # signs
# Whoever writes one where a name is asked for did not mean to publish it; blanks round its sign hide it from nobody.
_ADDRESS = re.compile(r"\S@\S|\S\s*@\s*[\w-]+(?:\.[\w-]+)+")
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs to Unicode, and nothing to the eye
_MOST_MARKS = 4  # on one letter, in any script; more of them cover the lines above and below


@dataclass(frozen=True)
class Member:
    """Somebody who is in and agreed to be named; `about` are the words beside the name, "" for none."""

    name: str
    about: str = ""

    def as_json(self) -> dict[str, str]:
        """The shape in the data file."""
        return {"name": self.name, **({"about": self.about} if self.about else {})}


@dataclass(frozen=True)
class Published:
    """What is published of one call: its places, None where they are not shown, and its members.

    `left_out` counts those who agreed, but whose name is none: nothing is to be seen of it, or it has an address in it.
    """

    places: Places | None
    members: tuple[Member, ...]
    left_out: int = 0

    def as_json(self) -> dict[str, Any]:
        """The entry in the data file."""
        counted = {"taken": self.places.taken, "waitlist": self.places.waitlist} if self.places else {}
        return {**counted, **({"members": [member.as_json() for member in self.members]} if self.members else {})}


def published(store: Store, form: Form) -> Published:
    """What may be known of a call: its members in the order in which they wrote."""
    places = None if form.public_capacity is None else store.places(form.id)
    named = list(_named(store, form.id, form.members)) if form.members else []
    members = tuple(member for member in named if member is not None)
    return Published(places, members, len(named) - len(members))


def _named(store: Store, form: str, shown: Members) -> Iterator[Member | None]:
    """Those who agreed; None for who has no name to show."""
    for submission in store.each(Filter(form, ("joined",))):
        if ticked(LIST_ME, submission.answers):
            yield _member(submission.answers, shown)


def _member(answers: Answers, shown: Members) -> Member | None:
    said = joined(answers)
    name, about = (_public(said.get(key, ""), most) for key, most in _lengths(shown))
    return Member(name, about) if name else None


def _lengths(shown: Members) -> tuple[tuple[str, int], ...]:
    return (shown.name, NAME_LENGTH), (shown.about, ABOUT_LENGTH)


def _public(text: str, most: int) -> str:
    """One line of printable text; "" for one with an address of mail in it, and for what is not fit to be seen.

    >>> _public("Ada\\n  Lovelace ", 7), _public("ada @example.org", 99)
    ('Ada Lo…', '')
    """
    shown = "".join(sign for sign in normalize("NFKC", text) if category(sign) != "Cf")
    if _ADDRESS.search(shown) or not any(map(_is_seen, shown)) or _is_heaped(shown):
        return ""
    plain = " ".join(UNSEEN.sub(" ", text).split())
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"


def _is_seen(sign: str) -> bool:
    """Whether it is a letter, a digit or a sign: no blank, and no mark that wants one of those."""
    return category(sign)[0] in "LNPS" and sign not in _BLANK_LETTERS


def _is_heaped(text: str) -> bool:
    """Whether more marks stand upon one letter than any script has."""
    marks = "".join("m" if category(sign) in ("Mn", "Me") else " " for sign in normalize("NFKD", text))
    return "m" * (_MOST_MARKS + 1) in marks
