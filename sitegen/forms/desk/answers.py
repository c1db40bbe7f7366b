"""One answer: all that was written, its files, what the author noted, and what was sent because of it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response

from sitegen.forms.description import CONSENT, LIST_ME
from sitegen.forms.desk.painting import SAFE, painted
from sitegen.forms.desk.visit import Visit
from sitegen.forms.desk.wanted import Wanted, parse_wanted
from sitegen.forms.emails import address_of, mailto
from sitegen.forms.files import shown_name
from sitegen.forms.inbox.listing import Cursor, Page
from sitegen.forms.submission import State, Submission, joined
from sitegen.forms.validation import is_ticked

LONG = 1200  # signs from which on an answer scrolls in a box of its own
_LAST = 10**18 - 1  # behind every number of a submission
BUTTONS: tuple[State, ...] = ("new", "contacted", "joined", "declined", "spam")


@dataclass(frozen=True)
class Said:
    """An answer under the words that the form asks with."""

    label: str
    value: str

    @property
    def long(self) -> bool:
        """Whether it needs a box that scrolls."""
        return len(self.value) > LONG or self.value.count("\n") > 30


def page(visit: Visit) -> Response:
    """The answer whose id the path has, and the way to its neighbours in the list that one comes from."""
    submission, wanted = visit.submission(), parse_wanted(visit.query)
    terms = visit.store.forms()
    title = visit.title_of(submission.form, terms)
    newer, older = _neighbours(visit, wanted, submission)
    return painted(
        visit,
        "answer.html",
        submission=submission,
        person=visit.person(submission),
        said=_said(visit, submission),
        title=title,
        mail=mail_to(submission, title),
        files=visit.store.files_of(submission),
        notes=visit.store.notes_of(submission),
        deliveries=visit.store.deliveries_of(submission),
        wanted=wanted,
        newer=newer,
        older=older,
        buttons=BUTTONS,
        beyond=_beyond(visit, submission, visit.capacity_of(submission.form, terms)),
        here=f"/a/{submission.id}{wanted.query()}",
    )


def file(visit: Visit) -> Response:
    """A file that came with it: to be saved, whatever is in it, and never shown."""
    submission = visit.submission()
    kept = next((one for one in visit.store.files_of(submission) if one.id == visit.path["file"]), None)
    if kept is None:
        raise HTTPException(404)
    name = quote(shown_name(kept.name), safe="")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    safe = {**SAFE, "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'"}
    return Response(visit.store.content_of(kept), headers={**safe, **headers}, media_type="application/octet-stream")


def mail_to(submission: Submission, title: str) -> str:
    """What opens the mail program with a letter to the visitor (RFC 6068); "" where there is no address."""
    address = address_of(submission.answers)
    return mailto([address], f"Re: {title}") if address else ""


def _beyond(visit: Visit, submission: Submission, capacity: int | None) -> int | None:
    """The capacity that one more place would go beyond; None where somebody who waits finds a free one."""
    if submission.state != "waitlist" or capacity is None:
        return None
    return capacity if visit.store.taken(submission.form) >= capacity else None


def _said(visit: Visit, submission: Submission) -> list[Said]:
    """What was written. The boxes whose words stand below as what was agreed to are left out."""
    form, agreed = visit.forms().get(submission.form), submission.consent.splitlines()
    labels = {field.name: field.label for field in form.fields} if form else {}
    shown = {name: value for name, value in joined(submission.answers).items() if labels.get(name) not in agreed}
    if agreed:  # to words in the language of the call, where a label here is in English
        shown.pop(CONSENT, None)
        if form and form.members and is_ticked(shown.get(LIST_ME, "")):
            del shown[LIST_ME]
    return [Said(labels.get(name) or name, value) for name, value in shown.items()]


def _neighbours(visit: Visit, wanted: Wanted, submission: Submission) -> tuple[str, str]:
    """The ids of the next newer and older in the list, "" for none. Not among what words find: that takes too long."""
    if wanted.text:
        return "", ""
    asked, store = wanted.filter(visit.zone), visit.store
    newer = store.page_before(asked, 1, Cursor(submission.created, _LAST))
    older = store.page_of(asked, 1, Cursor(submission.created, 0))
    return _other(newer, submission, newer=True), _other(older, submission, newer=False)


def _other(page: Page, submission: Submission, *, newer: bool) -> str:
    one = next(iter(page.submissions), None)
    there = one and (one.created > submission.created if newer else one.created < submission.created)
    return one.id if one and there else ""
