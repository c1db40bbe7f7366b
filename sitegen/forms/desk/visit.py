"""One request to the desk: where it is mounted, what is asked, what was sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

from sitegen.forms.description import AGREED, Form
from sitegen.forms.desk.people import Person, person_of
from sitegen.forms.inbox.places import Terms
from sitegen.forms.inbox.store import NotFound, Store
from sitegen.forms.submission import Submission, clean

LARGEST = 1024 * 1024  # bytes of what is sent to the desk
MOST_FIELDS = 2000
_ID = re.compile(r"[0-9a-z]{1,64}", re.ASCII)
_WAY_BACK = re.compile(r"/(?:[a-z0-9]+/?)*(?:\?[A-Za-z0-9._~=&%+*-]*)?", re.ASCII)  # never two slashes


@dataclass(frozen=True)
class Visit:
    """A request, and what is needed to answer it. `root` is the path at which the desk is, without a slash at the end.

    `forms` asks for the forms of the site as they are now; there may be answers to others.
    """

    store: Store
    forms: Callable[[], Mapping[str, Form]]
    zone: tzinfo
    moment: datetime
    root: str = ""
    token: str = ""
    leave: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    path: Mapping[str, str] = field(default_factory=dict)
    posted: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def sent(self, name: str) -> str:
        """The last value that was sent under a name; "" for none."""
        return self.posted.get(name, [""])[-1]

    @property
    def back(self) -> str:
        """Where the visitor came from, a path below the desk: what is anything else leads to the list."""
        back = self.sent("back")
        return back if _WAY_BACK.fullmatch(back) else "/"

    def submission(self) -> Submission:
        """The submission that the path names in full. Raises `HTTPException` with 404."""
        return self.found(self.path["id"])

    def found(self, id_: str) -> Submission:
        """The submission of that id. Raises `HTTPException` with 404 if there is none."""
        found = self.known(id_)
        if found is None:
            raise HTTPException(404)
        return found

    def known(self, id_: str) -> Submission | None:
        """The submission of that id; None if there is none: the beginning of an id is none."""
        try:
            found = self.store.find(id_) if _ID.fullmatch(id_) else None
        except NotFound:
            return None
        return found if found is not None and found.id == id_ else None

    def title_of(self, form: str, terms: Mapping[str, Terms]) -> str:
        """How a form is called: as the site says, else as it was last seen, else its id."""
        known = self.forms().get(form)
        return (known.title if known else "") or (terms[form].title if form in terms else "") or form

    def capacity_of(self, form: str, terms: Mapping[str, Terms]) -> int | None:
        """How many places a form has: as the site says, else as it was last seen; None for no limit."""
        known = self.forms().get(form)
        return known.capacity if known else terms.get(form, Terms()).capacity

    def person(self, submission: Submission) -> Person:
        """Whom an answer is from; what is ticked to agree is nothing that somebody says."""
        known = self.forms().get(submission.form)
        fields = known.fields if known else ()
        boxes = (field.name for field in fields if field.type == "checkbox" and not field.multiple and field.required)
        return person_of(submission, {*AGREED, *boxes})


async def read_posted(request: Request) -> dict[str, list[str]]:
    """The fields that were sent, cleaned for every database. Raises `HTTPException` with 413 or 400."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise HTTPException(413)
    try:
        fields = parse_qs(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise HTTPException(400) from error
    return {name: [clean(value) for value in values] for name, values in fields.items()}
