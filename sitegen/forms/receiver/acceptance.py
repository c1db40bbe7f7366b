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

_UNITS = ("hour", 3600), ("minute", 60)  # the greatest that fits tells a visitor when to come again


def admit(visit: Visit, form: Form, posted: Posted, wait: int) -> None:
    """Whether answers from there, of that kind, at that moment, are wanted at all. Raises `Refusal`."""
    if wait:
        raise too_many(wait)
    headers = visit.headers
    source = source_of(headers.get("origin", ""), headers.get("referer", ""))
    if not origin_allowed(source, headers.get("host", ""), visit.book.origins):
        raise refused("BLOCKED")
    if not form.is_open(visit.moment):
        raise closed(form)
    if posted.files and not form.files:
        raise refused("NO_FILE_UPLOADS")


def too_many(wait: int) -> Refusal:
    """The refusal of whoever is over a limit, be it their own or the form's: it says in how many seconds they are not.

    >>> too_many(86395).message
    'Too many answers came just now. Please try again in 24 hours.'
    """
    unit, seconds = next(((name, size) for name, size in _UNITS if wait >= size), ("second", 1))
    count = ceil(wait / seconds)
    when = f"{count} {unit}{'' if count == 1 else 's'}"
    return refused("RATE_LIMITED", f"Too many answers came just now. Please try again in {when}.", retry_after=wait)


def closed(form: Form) -> Refusal:
    """The refusal of a form that takes no more answers: it says since when."""
    if form.closes is None:
        return refused("INACTIVE")
    day = f"{form.closes.day} {form.closes:%B %Y}"
    time = "" if form.closes.time() == END_OF_DAY else f"{form.closes:, %H:%M %Z}"
    safe = "This answer was not stored; one that you sent before is safe."  # who was not told may have sent it again
    return refused("INACTIVE", f"This call took answers until {day}{time}. {safe}")


def full(form: Form) -> Refusal:
    """The refusal of a form whose places are taken. To clients it is closed: their protocol has no word for this."""
    places = "The only place is" if form.capacity == 1 else f"All {form.capacity} places are"
    message = f"{places} taken, and there is no waitlist. This answer was not stored; one that you sent before is safe."
    return Refusal("FULL", [FieldError("INACTIVE", message)])


def validate(form: Form, answers: Answers, files: Sequence[Upload] = ()) -> None:
    """Whether the answers and files are what the form asks for. Raises `Refusal`: 400, 413, 422."""
    if not answers and not files:
        raise refused("EMPTY")
    if errors := check(form, answers, files) or _unasked(form, answers):
        codes = {error.code for error in errors}
        code = errors[0].code if len(codes) == 1 else "INVALID"
        raise Refusal(code if code in REFUSALS else "INVALID", errors)
    if not files and not any(value for _, value in answers):
        raise refused("EMPTY")


def _unasked(form: Form, answers: Answers) -> list[FieldError]:
    """What is wrong where somebody has to confirm, and two addresses leave open who."""
    if not form.confirm or address_of(answers):
        return []
    return [FieldError("TYPE_EMAIL", "Give one address: a letter goes there.", "email")]


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
        consent=agreed_to(form, answers),
        title=form.title,
        confirm=form.confirm,
    )


def agreed_to(form: Form, answers: Answers) -> str:
    """The words beside the boxes by which a visitor agreed, a line for each.

    They are those that have to be ticked, as whoever passes `validate` has done, and that of the members, if it was.
    """
    named = form.members is not None and ticked(LIST_ME, answers)
    boxes = (
        field
        for field in form.fields
        if field.type == "checkbox" and not field.multiple and (field.required or (named and field.name == LIST_ME))
    )
    return "\n".join(form.consent if field.name == CONSENT and form.consent else field.label for field in boxes)
