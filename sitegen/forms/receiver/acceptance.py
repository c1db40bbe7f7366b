"""Whether a post is accepted, and as what. Pure functions of one visit."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from sitegen.forms.description import CONSENT, END_OF_DAY, HONEYPOT, LIST_ME, Form
from sitegen.forms.emails import address_of
from sitegen.forms.inbox.store import Entry
from sitegen.forms.judgement.durations import seconds_on_page
from sitegen.forms.judgement.free_texts import text_digest
from sitegen.forms.judgement.origins import origin_allowed, source_of
from sitegen.forms.judgement.proofs import Proof
from sitegen.forms.judgement.verdicts import Evidence, verdict
from sitegen.forms.receiver.visit import Visit
from sitegen.forms.submission import Answers, FieldError, Upload
from sitegen.forms.validation import check, ticked
from sitegen.forms.wire.posted import KEY, STAY, Posted
from sitegen.forms.wire.refusals import REFUSALS, Refusal, refused
from sitegen.forms.wording import label_of
from sitegen.words import Words, english_words

_UNITS = ("hours", 3600), ("minutes", 60)  # the greatest that fits tells a visitor when to come again


def admit(visit: Visit, form: Form, posted: Posted, wait: int) -> None:
    """Whether answers from there, of that kind, at that moment, are wanted at all. Raises `Refusal`."""
    if wait:
        raise too_many(wait)
    headers = visit.headers
    source = source_of(headers.get("origin", ""), headers.get("referer", ""))
    if not origin_allowed(source, headers.get("host", ""), visit.book.origins):
        raise refused("BLOCKED")
    if not form.is_open(visit.moment):
        raise closed(form, visit.words)
    if posted.files and not form.files:
        raise refused("NO_FILE_UPLOADS")


def too_many(wait: int) -> Refusal:
    """The refusal of whoever is over a limit, be it their own or the form's: it says in how many seconds they are not.

    >>> too_many(86395).message
    'Too many answers came just now. Please try again in 24 hours.'
    """
    unit, seconds = next(((name, size) for name, size in _UNITS if wait >= size), ("seconds", 1))
    return refused("RATE_LIMITED", f"rate_limited_{unit}", retry_after=wait, count=ceil(wait / seconds))


def closed(form: Form, words: Words) -> Refusal:
    """The refusal of a form that takes no more answers: it says since when."""
    if form.closes is None:
        return refused("INACTIVE")
    time = "" if form.closes.time() == END_OF_DAY else f"{form.closes:, %H:%M %Z}"
    # Who was not told that an earlier answer has arrived may have sent it again: so the words say that it is safe.
    return refused("INACTIVE", "inactive_since", date=words.date(form.closes) + time)


def full(form: Form) -> Refusal:
    """The refusal of a form whose places are taken."""
    return refused("FULL", "full_places", count=form.capacity or 0)


def validate(form: Form, answers: Answers, files: Sequence[Upload] = (), words: Words | None = None) -> None:
    """Whether the answers and files are what the form asks for. Raises `Refusal`: 400, 413, 422."""
    if not answers and not files:
        raise refused("EMPTY")
    if errors := check(form, answers, files, words) or _unasked(form, answers, words):
        codes = {error.code for error in errors}
        code = errors[0].code if len(codes) == 1 else "INVALID"
        raise Refusal(code if code in REFUSALS else "INVALID", errors)
    if not files and not any(value for _, value in answers):
        raise refused("EMPTY")


def _unasked(form: Form, answers: Answers, words: Words | None) -> list[FieldError]:
    """What is wrong where somebody has to confirm, and two addresses leave open who."""
    if not form.confirm or address_of(answers):
        return []
    return [FieldError("TYPE_EMAIL", (words or english_words()).text("errors.one_address"), "email")]


def entry_of(visit: Visit, form: Form, posted: Posted, answers: Answers, proof: Proof = "none") -> Entry:
    """What is to be stored, and as what."""
    headers, special = visit.headers, posted.special
    seconds = seconds_on_page(special.get(STAY, ""), headers.get("formspree-session-data", ""), visit.moment)
    evidence = Evidence(form, answers, special.get(HONEYPOT, ""), seconds, proof)
    return Entry(
        form=form.id,
        capacity=form.capacity,
        waitlist=form.waitlist,
        answers=answers,
        files=posted.files,
        created=visit.moment,
        spam=verdict(evidence),
        key=headers.get("idempotency-key", "") or special.get(KEY, ""),
        text=text_digest(evidence.texts),
        notices=visit.book.notices,
        letters=visit.book.letters,
        keep=form.keep,
        consent=agreed_to(form, answers, visit.words),
        title=form.title,
        confirm=form.confirm,
    )


def agreed_to(form: Form, answers: Answers, words: Words | None = None) -> str:
    """The words beside the boxes by which a visitor agreed, a line for each.

    They are those that have to be ticked, as whoever passes `validate` has done, and that of the members, if it was.
    """
    words = words or english_words()
    named = form.members is not None and ticked(LIST_ME, answers)
    boxes = (
        field
        for field in form.fields
        if field.type == "checkbox" and not field.multiple and (field.required or (named and field.name == LIST_ME))
    )
    return "\n".join(
        form.consent if field.name == CONSENT and form.consent else label_of(form, field, words) for field in boxes
    )
