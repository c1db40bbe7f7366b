"""All that the author's server answers, as one ASGI application: `receive` runs it, `serve` mounts it.

A new part is a row in `PARTS` and the function that makes it. Whatever no part has is the receiver's: `/f/…`, `/p/…`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sitegen.dates import now
from sitegen.errors import SitegenError
from sitegen.forms.wire.protocol import find_route

if TYPE_CHECKING:
    from sitegen.forms.gate.keys import Access
    from sitegen.forms.inbox.store import Store
    from sitegen.forms.inbox.writer import Acceptor
    from sitegen.forms.receiver.app import Inbox
    from sitegen.forms.receiver.book import FormBook
    from sitegen.forms.wire.responses import Pages

logger = logging.getLogger("sitegen.inbox")
requests = logging.getLogger("sitegen.receiver.requests")


@dataclass(frozen=True)
class Means:
    """What the parts are made of.

    `book` and `pages` are of the site as it is now; `inbox`, `acceptor`, `secret`, `stored` and `answered` are the
    receiver's; `store` opens all of the inbox (and raises `SitegenError` where it cannot); `access` is what lets the
    author in, None for nothing, `api_key` what lets programs read, "" for nothing; `zone` is that of the site;
    `operating` answers whoever watches the receiver, None where nobody does.
    """

    book: Callable[[], FormBook]
    pages: Pages
    inbox: Inbox
    store: Callable[[], Store]
    access: Access | None
    secret: Callable[[], str]
    stored: Callable[[], None] = lambda: None
    answered: Callable[[str, str, float], None] = lambda form, became, seconds: None
    acceptor: Acceptor | None = None
    api_key: str = ""
    clock: Callable[[], datetime] = now
    zone: tzinfo = UTC
    operating: ASGIApp | None = None


@dataclass(frozen=True)
class Part:
    """A part that has paths of its own: `/health` is that alone, `/inbox/` all below it.

    The author's are `guarded`. Those for whoever is `watching` are at the root alone, often asked for and so not told,
    and in no preview.
    """

    path: str
    make: Callable[[Means], ASGIApp]
    guarded: bool = False
    watching: bool = False

    @cached_property
    def root(self) -> str:
        """The path without a slash at its end."""
        return self.path.rstrip("/")

    def is_in(self, means: Means) -> bool:
        """Whether these means have what the part needs."""
        return not (self.guarded and means.access is None) and not (self.watching and means.operating is None)

    def root_in(self, path: str, baseurl: str) -> str | None:
        """Where the part begins in a path, if that is one of its own; both may lie below the site's `baseurl`."""
        base = baseurl if baseurl and not self.watching and path.startswith(f"{baseurl}/") else ""
        root, below = base + self.root, path.removeprefix(base)
        mine = below.startswith(self.path) if self.path.endswith("/") else below == self.path
        return root if mine or path == root else None


def _desk(means: Means) -> ASGIApp:
    from sitegen.forms.desk.app import Desk

    return Desk(means.store(), lambda: means.book().forms, zone=means.zone, clock=means.clock)


def _api(means: Means) -> ASGIApp:
    from sitegen.forms.api.app import ReadApi

    forms, trusted = lambda: means.book().forms.keys(), lambda: means.book().trusted_proxies
    return ReadApi(means.store(), means.api_key, forms, trusted, means.clock)


def _operating(means: Means) -> ASGIApp:
    if means.operating is None:  # such parts have been left out
        raise SitegenError("nobody watches")
    return means.operating


PARTS = (
    Part("/inbox/", _desk, guarded=True),
    Part("/api/0/", _api),
    Part("/health", _operating, watching=True),
    Part("/ready", _operating, watching=True),
    Part("/metrics", _operating, watching=True),
)


def part_at(path: str, baseurl: str = "", parts: tuple[Part, ...] = PARTS) -> tuple[Part, str] | None:
    """The part that has a path, and where it begins; None for the receiver."""
    for part in parts:
        if part.root in path and (root := part.root_in(path, baseurl)) is not None:
            return part, root
    return None


def is_ours(path: str, baseurl: str = "") -> bool:
    """Whether a path is one of the service's, in a preview that has the site's files beside it."""
    here = tuple(part for part in PARTS if not part.watching)
    return find_route(path, baseurl) is not None or part_at(path, baseurl, here) is not None


class Service:
    """The application. Who makes it closes it. A part is made when it is first asked for, or all by `begin`."""

    def __init__(self, means: Means, parts: tuple[Part, ...] = PARTS) -> None:
        from sitegen.forms.receiver.app import Receiver

        self._means = means
        self._parts = tuple(part for part in parts if part.is_in(means))
        self._made: dict[Part, ASGIApp] = {}
        self._making = threading.Lock()
        self._opened = ExitStack()
        receiver = Receiver(
            means.book,
            means.inbox,
            means.pages,
            means.clock,
            secret=means.secret,
            stored=means.stored,
            acceptor=means.acceptor,
            answered=means.answered,
        )
        self._receiver = self._opened.enter_context(closing(receiver))

    def begin(self) -> None:
        """Make all parts. Raises `SitegenError` where the inbox cannot be opened."""
        for part in self._parts:
            self._app(part)

    def book(self) -> FormBook:
        """The forms that there are now."""
        return self._means.book()

    def close(self) -> None:
        """Finish what was begun."""
        self._opened.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        before = scope.get("root_path", "").rstrip("/")
        path = scope.get("path", "").removeprefix(before)
        found = part_at(path, self._means.book().baseurl, self._parts)
        if found is None:
            return await self._receiver(scope, receive, send)
        part, root = found
        if path == root and part.path.endswith("/") and scope.get("method") in ("GET", "HEAD"):
            return await RedirectResponse(f"{before}{root}/", 307)(scope, receive, send)
        app = await self._answering(part)
        return await app(
            {**scope, "root_path": before + root}, receive, send if part.watching else _told(part, scope, send)
        )

    async def _answering(self, part: Part) -> ASGIApp:
        if part in self._made:
            return self._made[part]
        try:
            return await run_in_threadpool(self._app, part)
        except SitegenError as error:
            logger.error("%s", error)
            message = "The inbox cannot be opened just now. Nothing is lost.\n"
            return PlainTextResponse(message, 503, {"Retry-After": "30"})

    def _app(self, part: Part) -> ASGIApp:
        with self._making:
            if part not in self._made:
                self._made[part] = self._guarded(part.make(self._means)) if part.guarded else part.make(self._means)
            return self._made[part]

    def _guarded(self, app: ASGIApp) -> ASGIApp:
        from sitegen.forms.gate.app import Gate

        means = self._means
        if means.access is None:  # such parts have been left out: whatever else happens, nobody is let in
            raise SitegenError("the inbox is closed")
        gate = Gate(app, means.access, lambda: means.book().trusted_proxies, means.clock)
        return self._opened.enter_context(closing(gate))


def _told(part: Part, scope: Scope, send: Send) -> Send:
    """Send, and tell the operator how it went: which part, and nothing that came from outside."""
    from sitegen.forms.receiver.log import METHODS, line

    since, method = monotonic(), scope.get("method", "")

    async def send_told(message: Message) -> None:
        if message["type"] == "http.response.start":
            known, took = method if method in METHODS else "-", round((monotonic() - since) * 1000)
            name = part.path.strip("/")
            requests.info(line(event="request", method=known, part=name, status=message["status"], ms=took))
        await send(message)

    return send_told
