"""What the tests of sending share: a submission, a mail server and a target of webhooks that really listen."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller

from sitegen.forms.notices import Delivery, Notice, Parcel
from sitegen.forms.submission import Submission

NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
ANSWERS = (("name", "Ada"), ("email", "ada@example.org"), ("message", "Count me in."))


def parcel(kind: Any = "answer", channel: Any = "mail", target: str = "me@example.org", **more: Any) -> Parcel:
    """A first attempt at telling of Ada's answer."""
    values: dict[str, Any] = {
        "id": "4f3a9c2100000000",
        "form": "chicago",
        "state": "new",
        "reason": "",
        "created": NOON,
    }
    submission = Submission(**(values | {"answers": ANSWERS} | more))
    delivery = Delivery("msg_1", Notice(kind, channel, target), submission.id, "waiting", NOON, NOON, 1, "")
    return Parcel(delivery, submission)


def about(parcel: Parcel) -> Submission:
    """The submission that a parcel is about."""
    assert parcel.submission is not None
    return parcel.submission


@dataclass
class Mailbox:
    """What a mail server got; `says` is its answer to a letter ("" takes it)."""

    letters: list[EmailMessage] = field(default_factory=list)
    says: str = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.says:
            return self.says
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@contextmanager
def mail_server(mailbox: Mailbox, *, utf8: bool = True, **more: Any) -> Iterator[str]:
    """A mail server on this machine: its address."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port(), enable_SMTPUTF8=utf8, **more)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop()


def free_port() -> int:
    """A port that nobody has just now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@dataclass
class Target:
    """What a program got by webhook; `status` and `headers` are its answer."""

    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def webhook_target(target: Target) -> Iterator[str]:
    """A program that takes webhooks on this machine: its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            target.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(target.status)
            for name, value in target.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with hooked(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as address:
        yield address


@contextmanager
def hooked(server: ThreadingHTTPServer) -> Iterator[str]:
    """A server of webhooks that answers as long as that lasts: its address."""
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/hook"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
