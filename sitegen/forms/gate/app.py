"""The gate: an ASGI application round another, that lets only its author in.

GET, POST  login     signing in
POST       logout    signing out

The application inside finds in its scope, as `sitegen.token`, what its forms have to send back as `_token`, and, as
`sitegen.leave`, where signing out is posted ("" where nobody signs in). What changes anything needs that token and a
page of this host, or a program's key. The body has been read by then, and is handed on.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from datetime import datetime

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sitegen.dates import now
from sitegen.forms.gate.asking import LOGIN, LOGOUT, Asked, Visitor, asked_of, fields_of
from sitegen.forms.gate.entrance import Entrance
from sitegen.forms.gate.keys import Access, Keys, Open
from sitegen.forms.gate.pages import notice_page
from sitegen.forms.wire.body import read_body
from sitegen.forms.wire.refusals import Refusal
from sitegen.forms.wire.scope import LEAVE, TOKEN
from sitegen.web.hosts import host_of, is_loopback, is_passed_on

FIELD = "_token"
BODY_SECONDS = 10.0

# On everything. `no-referrer` would have browsers post `Origin: null`.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FRAMES = "frame-ancestors 'none'"


class Gate:
    """The application. `trusted` are the networks of proxies, asked for anew each time. Who makes it closes it."""

    def __init__(
        self,
        app: ASGIApp,
        access: Access,
        trusted: Callable[[], Sequence[str]] = tuple,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._app, self._trusted, self._clock = app, trusted, clock
        self._door = Entrance(access) if isinstance(access, Keys) else access

    def close(self) -> None:
        """Finish what was begun."""
        if isinstance(self._door, Entrance):
            self._door.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in, or not."""
        if scope["type"] != "http":
            return await send({"type": "websocket.close"})
        asked = asked_of(scope, self._trusted())
        try:
            body = await read_body(Request(scope, receive), asked.headers, BODY_SECONDS) if asked.changes else b""
            answer = await self._answer(asked, body, self._clock())
        except ClientDisconnect:
            return None
        except Refusal as refusal:
            answer = notice_page("That did not work", refusal.message, refusal.status)
        if isinstance(answer, Response):
            return await answer(scope, receive, _guarded(send))
        told = {TOKEN: answer.token, LEAVE: asked.root + LOGOUT if answer.signed_in else ""}
        return await self._app({**scope, **told}, _handing_on(body, receive), _guarded(send))

    async def _answer(self, asked: Asked, body: bytes, moment: datetime) -> Visitor | Response:
        """Who is let in, or what they are told instead."""
        door = self._door
        if isinstance(door, Entrance) and asked.path == LOGIN:
            return await _at_login(door, asked, body, moment)
        visitor = _neighbour(asked, door) if isinstance(door, Open) else door.visitor(asked, moment)
        if isinstance(visitor, Response) or visitor.program or not asked.changes:
            return visitor
        if not (asked.from_own_page and hmac.compare_digest(_token_in(body).encode(), visitor.token.encode())):
            return _foreign(asked)
        if isinstance(door, Entrance) and asked.path == LOGOUT:
            return door.sign_out(asked, moment)
        return visitor


async def _at_login(entrance: Entrance, asked: Asked, body: bytes, moment: datetime) -> Response:
    if not asked.changes:
        return entrance.page(asked, moment)
    return await entrance.sign_in(asked, body, moment) if asked.from_own_page else _foreign(asked)


def _neighbour(asked: Asked, door: Open) -> Visitor | Response:
    """Whoever sits at this computer; a name that another page has given to it (DNS rebinding) is none of its own.

    A tunnel or a proxy may say `localhost` for whoever comes through it, but says somewhere that it stands between.
    """
    if is_passed_on(asked.headers):
        message = "This inbox answers to this computer only, and that came through a proxy."
        return notice_page("Not here", message, 403)
    if is_loopback(host_of(asked.headers.get("host", ""))):
        return Visitor(door.token)
    return notice_page("Not here", "This inbox answers to localhost only.", 403)


def _foreign(asked: Asked) -> Response:
    message = "This was not sent from a page of the inbox, or that page is too old. Nothing has been changed."
    return notice_page("Not from here", message, 403, f"{asked.root}/", "Go to the inbox")


def _token_in(body: bytes) -> str:
    """The one token that was sent; "" for none or several."""
    found = fields_of(body).get(FIELD, [])
    return found[0] if len(found) == 1 else ""


def _handing_on(body: bytes, receive: Receive) -> Receive:
    """The body once more, for the application inside; then whatever else the server tells."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return waiting.pop() if waiting else await receive()

    return next_message


def _guarded(send: Send) -> Send:
    """Send with the headers that keep it safe, whatever the application inside has thought of."""

    async def send_guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            headers.setdefault("Cache-Control", "no-store")
            if FRAMES not in headers.get("Content-Security-Policy", ""):
                headers.append("Content-Security-Policy", FRAMES)
        await send(message)

    return send_guarded
