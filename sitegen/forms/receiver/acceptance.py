"""Whether a post is accepted, and as what. Pure functions of one visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

from sitegen.forms.description import Form
from sitegen.forms.inbox.store import Entry
from sitegen.forms.judgement.origins import origin_allowed
from sitegen.forms.judgement.verdicts import verdict
from sitegen.forms.receiver.book import FormBook
from sitegen.forms.submission import Answers
from sitegen.forms.validation import check
from sitegen.forms.wire.protocol import Route
from sitegen.forms.wire.refusals import Refusal, refused
from sitegen.forms.wire.request import KEY, Posted


@dataclass(frozen=True)
class Visit:
    """One request: what it asks for, of which form, when, and whether the answer should be JSON."""

    request: Request
    book: FormBook
    route: Route | None
    form: Form | None
    moment: datetime
    json: bool


def admit(visit: Visit, form: Form, posted: Posted, wait: int) -> None:
    """Whether answers from there, of that kind, at that moment, are wanted at all. Raises `Refusal`."""
    if wait:
        raise refused("RATE_LIMITED", retry_after=wait)
    headers = visit.request.headers
    origin, referer, host = (headers.get(name, "") for name in ("origin", "referer", "host"))
    if not origin_allowed(origin, referer, host, visit.book.origins):
        raise refused("BLOCKED")
    if not form.is_open(visit.moment):
        raise refused("INACTIVE", closed_words(form))
    if posted.files:
        raise refused("NO_FILE_UPLOADS")


def closed_words(form: Form) -> str:
    """When a form closed, and what to do now."""
    if form.closes is None:
        return refused("INACTIVE").message
    day = f"{form.closes.day} {form.closes:%B %Y}"
    return f"This call took answers until {day}. Nothing was sent; the post may say how to reach its author."


def validate(form: Form, answers: Answers) -> None:
    """Whether the answers are what the form asks for. Raises `Refusal`: 400, 422."""
    if not answers:
        raise refused("EMPTY")
    if errors := check(form, answers):
        raise Refusal("INVALID", errors)
    if not any(value for _, value in answers):
        raise refused("EMPTY")


def entry_of(visit: Visit, form: Form, posted: Posted, answers: Answers) -> Entry:
    """What is to be stored."""
    key = visit.request.headers.get("idempotency-key", "") or posted.special.get(KEY, "")
    return Entry(form.id, form.capacity, answers, visit.moment, verdict(posted.special), key)
