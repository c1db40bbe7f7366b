"""What the tests of this room share: forms, a visitor, and plain pages in memory."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import httpx

from sitegen.forms.description import STANDARD_FIELDS, Field, Form
from sitegen.forms.inbox.database import parse_database
from sitegen.forms.inbox.store import Store
from sitegen.forms.receiver.app import Receiver
from sitegen.forms.receiver.book import FormBook
from sitegen.forms.submission import Answers, FieldError, Submission
from sitegen.forms.wire.responses import kept_answers
from sitegen.web.listening import address_of, listen
from sitegen.web.running import Server
from sitegen.web.watch import Limits

NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
FORM = Form("chicago", STANDARD_FIELDS, title="Chicago")
ADA = {"name": "Ada", "email": "ada@example.org"}
DATABASES = ("sqlite", "postgresql")
JSON = {"Accept": "application/json"}
PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


class PlainPages:
    """Pages without layouts."""

    def form_error(self, form: Form, answers: Answers, errors: Sequence[FieldError]) -> str:
        kept = "".join(f'<input name="{escape(name)}" value="{escape(value)}">' for name, value in answers)
        wrong = "".join(f"<li>{escape(error.message)}</li>" for error in errors)
        return f"<title>Error: {escape(form.title)}</title><ul>{wrong}</ul><form>{kept}</form>"

    def notice(self, title: str, message: str, form: Form | None, answers: Answers = (), code: str = "") -> str:
        return f"<h1>{escape(title)}</h1><p>{escape(message)}</p>{kept_answers(answers)}"

    def thanks(self, form: Form, kind: str) -> str:
        return f"<h1>{kind.title()}</h1>"

    def confirm(self, form: Form, token: str) -> str:
        return f'<form method="post" action="?"><input name="token" value="{escape(token)}"></form>'


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@dataclass
class World:
    """A receiver with its inbox; `book` may be changed while it runs."""

    store: Store
    book: FormBook = field(default_factory=lambda: FormBook({FORM.id: FORM}))
    clock: Callable[[], datetime] = field(default_factory=Clock)
    pages: Any = field(default_factory=PlainPages)
    seconds: float = 5.0

    def __post_init__(self) -> None:
        self.app = self._receiver()

    def _receiver(self) -> Receiver:
        return Receiver(lambda: self.book, self.store, self.pages, self.clock, self.seconds)

    def restart(self) -> None:
        """Let another receiver begin, with the pages, the clock and the seconds of now."""
        self.app.close()
        self.app = self._receiver()

    def close(self) -> None:
        """Let go of everything."""
        self.app.close()
        self.store.close()

    def serve_form(self, form: Form, **settings: Any) -> None:
        """Let this form be the only one."""
        self.book = replace(self.book, forms={form.id: form}, **settings)

    def send(
        self, method: str = "POST", path: str = "/f/chicago", peer: str = "127.0.0.1", **more: Any
    ) -> httpx.Response:
        """One request, without a socket."""
        return asyncio.run(self._send(method, path, peer, more))

    async def _send(self, method: str, path: str, peer: str, more: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, client=(peer, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://receiver.test") as client:
            url = path if path.startswith("http") else "http://receiver.test" + path
            return await client.request(method, url, **more)

    def post(self, data: Any = None, path: str = "/f/chicago", **more: Any) -> httpx.Response:
        """A form as a script sends it: the answer is JSON."""
        more["headers"] = JSON | more.get("headers", {})
        return self.send("POST", path, data=data, **more)

    def post_page(self, data: Any = None, path: str = "/f/chicago", **more: Any) -> httpx.Response:
        """A form as a browser without script sends it."""
        more["headers"] = PAGE | more.get("headers", {})
        return self.send("POST", path, data=data, **more)

    def inbox(self) -> list[Submission]:
        """What is stored."""
        return list(self.store.each())


def open_store(path: Path) -> Store:
    """The inbox in a file."""
    return Store(parse_database(str(path)))


def form_of(*fields: Field, **more: Any) -> Form:
    """A form called chicago with these fields."""
    return replace(FORM, fields=fields, **more)


def codes(response: httpx.Response) -> list[str]:
    """The codes of a refusal, whose body is as the clients want it."""
    body = response.json()
    assert isinstance(body["error"], str) and body["error"]
    assert body["errors"] and all(isinstance(error["message"], str) for error in body["errors"])
    return [error["code"] for error in body["errors"]]


@contextmanager
def serving(app: Any, limits: Limits | None = None) -> Iterator[str]:
    """The application behind a real socket: its address."""
    listener = listen("127.0.0.1", 0)
    server = Server(app, 5, limits=limits)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.005)
    try:
        yield f"http://{address_of(listener)}"
    finally:
        server.should_exit = True
        thread.join(10)
