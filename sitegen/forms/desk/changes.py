"""What an author does with answers. Each is posted, and ends where it began, with a word on what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from sitegen.errors import SitegenError
from sitegen.forms.desk.painting import SAFE, painted
from sitegen.forms.desk.visit import Visit
from sitegen.forms.inbox.database import StoreError
from sitegen.forms.inbox.store import Changes
from sitegen.forms.submission import MARKS, State

MOST = 1000  # answers at once
NOTE = 10_000  # signs of a note

Action = Callable[[Visit, Sequence[str]], Response]


def change(visit: Visit) -> Response:
    """Do with the answers that were ticked what the button says. Raises `HTTPException` with 400 for no button."""
    ids, do = list(dict.fromkeys(visit.posted.get("id", ())))[:MOST], visit.sent("do")
    state = visit.sent("state") if do == "mark" else do
    if not ids:
        return _back(visit, failed="none")
    if state in MARKS:
        return _mark(visit, ids, next(mark for mark in MARKS if mark == state))
    if do not in ACTIONS:
        raise HTTPException(400)
    return ACTIONS[do](visit, ids)


def note(visit: Visit) -> Response:
    """Write something beside an answer."""
    text = visit.sent("text").strip()[:NOTE]
    submission = visit.submission()
    if not text:
        return _back(visit, failed="empty")
    visit.store.note(submission.id, text)
    return _back(visit, done="noted", n=1)


def send_again(visit: Visit) -> Response:
    """Send anew all that was given up."""
    number = visit.store.replay_all()
    return _back(visit, done="again", n=number) if number else _back(visit, failed="again")


def _mark(visit: Visit, ids: Sequence[str], state: State) -> Response:
    changes = visit.store.mark_all(ids, state)
    waiting = sum(one.state != state for one in changes.submissions)
    return _told(visit, state, changes, waiting)


def _ask(visit: Visit, ids: Sequence[str]) -> Response:
    """Before they are deleted: whether that is meant."""
    found = [one for id_ in ids if (one := visit.known(id_)) is not None]
    if not found:
        return _back(visit, failed="gone")
    terms = visit.store.forms()
    people = [(one, visit.person(one), visit.title_of(one.form, terms)) for one in found]
    return painted(visit, "delete.html", people=people, here=visit.back)


def _delete(visit: Visit, ids: Sequence[str]) -> Response:
    return _told(visit, "deleted", visit.store.delete_all(ids))


def _promote(visit: Visit, ids: Sequence[str]) -> Response:
    try:
        placed = visit.store.promote_one(visit.found(ids[0]).id)
    except StoreError:
        raise
    except SitegenError:
        return _back(visit, failed="placed")
    capacity = visit.capacity_of(placed.form, visit.store.forms())
    taken = None if capacity is None else visit.store.taken(placed.form)
    return _back(visit, done="place", n=1, taken=taken, of=capacity)


def _replay(visit: Visit, ids: Sequence[str]) -> Response:
    number = visit.store.replay(visit.found(ids[0]).id)
    return _back(visit, done="again", n=number) if number else _back(visit, failed="again")


def _told(visit: Visit, done: str, changes: Changes, waiting: int = 0) -> Response:
    if not changes.submissions:
        return _back(visit, failed="gone")
    number, unswept = len(changes.submissions), int(not changes.swept)
    return _back(visit, done=done, n=number, moved=len(changes.promoted), waiting=waiting, unswept=unswept)


def _back(visit: Visit, **words: object) -> Response:
    """To where it began, by GET: nothing is done twice by loading the page again."""
    said = urlencode({name: value for name, value in words.items() if value not in (None, 0)})
    joint = "&" if "?" in visit.back else "?"
    return RedirectResponse(f"{visit.root}{visit.back}{joint}{said}", 303, SAFE)


ACTIONS: dict[str, Action] = {"ask": _ask, "delete": _delete, "promote": _promote, "replay": _replay}
