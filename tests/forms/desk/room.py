"""What the tests of this room share: a desk without a socket, and an inbox with something of everything in it."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import httpx
from starlette.types import Receive, Scope, Send

from sitegen.forms.description import Field, Form
from sitegen.forms.desk.app import Desk
from sitegen.forms.inbox.store import Entry, Store
from sitegen.forms.notices import Notice
from sitegen.forms.submission import Submission, Upload
from tests.forms.world import FORM, NOON, Clock

ROOT = "/inbox"
TOKEN = "a-token"
TOLD = (Notice("answer", "mail", "author@example.org"),)


@dataclass
class Mounted:
    """The application below a prefix, with the token of a visitor who has logged in."""

    app: Desk
    token: str = TOKEN

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = {**scope, "root_path": ROOT, "sitegen.token": self.token, "sitegen.leave": "/inbox/leave"}
        await self.app(scope, receive, send)


@dataclass
class Room:
    """A desk over an inbox; `forms` are those of the site."""

    store: Store
    forms: dict[str, Form] = field(default_factory=lambda: {FORM.id: FORM})
    clock: Clock = field(default_factory=Clock)
    more: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.app = Mounted(Desk(self.store, lambda: self.forms, clock=self.clock, **self.more))

    def get(self, path: str = "/", method: str = "GET", **more: Any) -> httpx.Response:
        """One request below the prefix."""
        return asyncio.run(self._send(method, path, more))

    def page(self, path: str = "/") -> str:
        """The HTML of a page that there is."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def post(self, path: str, **fields: Any) -> httpx.Response:
        """A form of the desk, sent by a browser."""
        return self.get(path, "POST", data=fields)

    async def _send(self, method: str, path: str, more: dict[str, Any]) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app)) as client:
            return await client.request(method, f"http://desk.test{ROOT}{path}", **more)

    def states(self) -> list[str]:
        """The states of all answers, oldest first."""
        return [submission.state for submission in self.store.each()]


def put(store: Store, name: str = "Ada", minutes: float = 0, **more: Any) -> Submission:
    """An answer to the form chicago, some minutes after noon."""
    answers = (("name", name), ("email", f"{name.lower()}@example.org"), *more.pop("answers", ()))
    values = {"form": "chicago", "capacity": None, "created": NOON + timedelta(minutes=minutes), **more}
    return store.accept(Entry(answers=answers, **values)).submission


def upload(name: str, content: bytes = b"%PDF-1.4") -> Upload:
    """A file that came with an answer."""
    return Upload("cv", name, "application/pdf", len(content), sha256(content).hexdigest(), BytesIO(content))


def give_up(store: Store, now: datetime) -> None:
    """Let all mail that is due fail for good."""
    while parcel := store.lease("mail", now, timedelta(hours=1)):
        store.settle(replace(parcel.delivery, state="dead", error="550 no such user"))


WORKSHOP = Form(
    "workshop", (Field("name", "text", "What is your name?"),), title="A workshop on sourdough", capacity=12
)
WORDS = (
    "I have been leading a team for some years and should like to talk about how others do it.",
    "Yes, please! Could we meet in the evening?\n\nI can bring bread.",
    "Is there a place for somebody who has never done this before?",
    "Thank you for the post. I am in Chicago until June.",
)


PEOPLE = "Ada Lovelace", "Grace Hopper", "Alan Turing", "Zoë Smith", "Barbara Liskov", "Edsger Dijkstra", "Ken"


def furnished(store: Store) -> Room:
    """A room with answers of every state, files, notes, deliveries, and a waitlist."""
    for at in range(64):
        said = (("message", WORDS[at % len(WORDS)]),)
        form = ("chicago", "workshop")[at % 3 == 1]
        place = {
            "form": form,
            "capacity": {"workshop": 12}.get(form),
            "title": {"workshop": WORKSHOP.title}.get(form, ""),
        }
        name = PEOPLE[at % len(PEOPLE)] + ("" if at < len(PEOPLE) else f" {at}")
        put(store, name, -at * at * 23, answers=said, spam="a link in the name" if at % 17 == 5 else "", **place)
    hostile(store)
    chicago = [one.id for one in store.each() if one.form == "chicago" and one.state == "new"]
    for at, state in enumerate(("contacted", "joined", "joined", "declined")):
        store.mark(chicago[at], state)  # type: ignore[arg-type]
    give_up(store, NOON + timedelta(days=1))
    return Room(store, {FORM.id: FORM, WORKSHOP.id: WORKSHOP})


HOSTILE = '<script>alert(1)</script>"><svg onload=alert(1)>'


def hostile(store: Store) -> Submission:
    """Somebody who means no good, in every field."""
    answers = (
        ("name", f"{HOSTILE} \u202egnp.exe\u2066"),
        ("email", "eve@example.org"),
        (f"<img src=x onerror=alert(2)>{HOSTILE}", "{{7919*7919}} ${7919*7919} \x1b[31m \x07"),
        ("formula", "=cmd|'/C calc'!A0"),
        ("arabic", "مرحبا بالعالم"),
        ("long", "lopado" * 200),
        ("endless", "All work and no play. " * 1_000),
    )
    files = (upload("../../<img src=x onerror=alert(3)>.html"), upload("cv\u202efdp.exe"))
    entry = Entry("chicago", None, answers, NOON, files=files, notices=TOLD, consent=f"I agree. {HOSTILE}")
    kept = store.accept(entry).submission
    store.note(kept.id, f"Careful: {HOSTILE} \u202e")
    return kept
