"""Whether a person wrote it: a table of signals, and one rule. Pure functions.

Judged spam is stored with its reason and answered like any other: a robot should not learn what gave it away,
and a person whose browser filled the hidden field must not be lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from sitegen.forms.description import Form
from sitegen.forms.judgement.free_texts import asks_for_name, free_texts, web_addresses
from sitegen.forms.judgement.proofs import Proof
from sitegen.forms.submission import Answers

HASTE = 2.0  # seconds: nobody reads and fills in a form sooner, but for those whose browser fills it in
MANY = 3  # web addresses in one text


@dataclass(frozen=True)
class Evidence:
    """What is known of a post: `trap` is what the hidden field holds, `seconds` how long the visitor had the page
    (None if nobody knows).
    """

    form: Form
    answers: Answers
    trap: str = ""
    seconds: float | None = None
    proof: Proof = "none"

    @cached_property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """Name and text of what is in the visitor's own words."""
        return tuple(free_texts(self.form, self.answers))


@dataclass(frozen=True)
class Signal:
    """Something that robots do. One that `decides` does so alone; of the others it takes two."""

    name: str
    shows: Callable[[Evidence], bool]
    words: str
    decides: bool = False


def _trapped(evidence: Evidence) -> bool:
    return bool(evidence.trap.strip())


def _hasty(evidence: Evidence) -> bool:
    return evidence.seconds is not None and evidence.seconds < HASTE


def _named_by_address(evidence: Evidence) -> bool:
    return any(web_addresses(text) for name, text in evidence.texts if asks_for_name(name))


def _full_of_addresses(evidence: Evidence) -> bool:
    return any(web_addresses(text) >= MANY for _, text in evidence.texts)


def _forged(evidence: Evidence) -> bool:
    return evidence.proof == "forged"


SIGNALS: tuple[Signal, ...] = (
    Signal("honeypot", _trapped, "the hidden field that only robots fill was filled in", decides=True),
    Signal("haste", _hasty, f"it was sent within {HASTE:.0f} seconds of opening the page"),
    Signal("address as name", _named_by_address, "a web address stands where a name was asked for"),
    Signal("many addresses", _full_of_addresses, f"a text holds {MANY} web addresses or more"),
    Signal("forged proof", _forged, "the proof of work was forged or used before"),
)
WEAK_TOGETHER = 2
AUTOFILL = "nothing else looks like a robot, so it may have been the visitor's own browser"


def verdict(evidence: Evidence) -> str:
    """Why a post is spam, or "": a signal that decides, or two weak ones, which do not count with a proof of work."""
    shown = [signal for signal in SIGNALS if signal.shows(evidence)]
    if evidence.proof == "valid":
        shown = [signal for signal in shown if signal.decides]
    decided = any(signal.decides for signal in shown)
    if not decided and len(shown) < WEAK_TOGETHER:
        return ""
    words = [signal.words for signal in shown]
    if len(shown) == 1 and not web_addresses(evidence.trap):
        words.append(AUTOFILL)
    return "; ".join(words)
