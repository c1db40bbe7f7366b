"""Formspree's read API, as an ASGI application.

GET  /api/0/forms/{id}/submissions?since&limit&offset&order&spam      with the key, as `Bearer` or as a password

It speaks to programs and not to pages: no browser may read it from elsewhere, and nothing of it is kept on the way.
"""

from __future__ import annotations

import json
import logging
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from sitegen.dates import now
from sitegen.errors import SitegenError
from sitegen.forms.api.answers import pieces
from sitegen.forms.api.keys import given_key, is_same
from sitegen.forms.api.query import Query, Unclear, parse_query
from sitegen.forms.inbox.database import StoreError
from sitegen.forms.inbox.store import Store
from sitegen.forms.judgement.addresses import client_address
from sitegen.forms.judgement.rates import Rate, RateLimiter
from sitegen.forms.wire.protocol import headers_of

logger = logging.getLogger("sitegen.api")

WRONG_KEYS = Rate(20, timedelta(minutes=1))  # from one address, then it is told to wait
_PATH = re.compile(r"/api/0/forms/(?P<form>[^/]+)/submissions/?$")
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
_JSON = "application/json"


@dataclass(frozen=True)
class Kind:
    """One row of the table: status, the words, and what the answer's head has besides."""

    status: int
    message: str
    headers: Mapping[str, str]


ERRORS: Mapping[str, Kind] = {
    "OFF": Kind(404, "The API is off: the receiver has no key for it.", {}),
    "UNAUTHORIZED": Kind(401, "The key is missing or wrong.", {"WWW-Authenticate": 'Basic realm="submissions"'}),
    "RATE_LIMITED": Kind(429, "Too many wrong keys came from there. Try again later.", {}),
    "NOT_FOUND": Kind(404, "There is nothing here. Submissions are at /api/0/forms/ID/submissions.", {}),
    "FORM_NOT_FOUND": Kind(404, "Form not found", {}),
    "METHOD_NOT_ALLOWED": Kind(405, "Submissions can only be read here.", {"Allow": "GET, HEAD"}),
    "UNCLEAR": Kind(400, "The query means nothing.", {}),
    "UNAVAILABLE": Kind(503, "The inbox cannot be read just now.", {"Retry-After": "30"}),
}


class Refused(SitegenError):
    """A request that is not answered; `code` is a row of `ERRORS`."""

    def __init__(self, code: str, message: str = "", retry_after: int = 0) -> None:
        self.code, self.kind = code, ERRORS[code]
        self.more = {"Retry-After": str(retry_after)} if retry_after else {}
        super().__init__(message or self.kind.message)


class ReadApi:
    """An ASGI application. `key` is "" where the API is off; `forms` are those of the site, with answers or without.

    `trusted` are the networks of proxies. Both are asked anew for each request.
    """

    def __init__(
        self,
        store: Store,
        key: str,
        forms: Callable[[], Collection[str]],
        trusted: Callable[[], Sequence[str]] = tuple,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._store, self._key, self._forms = store, key, forms
        self._trusted, self._clock = trusted, clock
        self._limiter = RateLimiter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await send({"type": "websocket.close"})
            return
        try:
            request = Request(scope)
            self._check_key(request)
            response = await run_in_threadpool(self._answer, request)
        except Refused as refused:
            response = _refusal(refused)
        except StoreError as error:
            logger.error("nothing can be read: %s", error)
            response = _refusal(Refused("UNAVAILABLE"))
        await response(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        query = self._query(request)
        if request.method == "HEAD":
            return Response(None, 200, _HEADERS, _JSON)
        return StreamingResponse(_begun(pieces(self._store, query)), 200, _HEADERS, _JSON)

    def _check_key(self, request: Request) -> None:
        """Whether the request has the key. A right one always passes, whoever else sends wrong ones from there."""
        if not self._key:
            raise Refused("OFF")
        headers = headers_of(request.scope["headers"])
        given = given_key(headers.get("authorization", ""))
        if given and is_same(given, self._key):
            return
        peer = request.client.host if request.client else ""
        address = client_address(peer, headers.get("x-forwarded-for", ""), self._trusted())
        if wait := self._limiter.wait((address, ""), WRONG_KEYS, self._clock()):
            raise Refused("RATE_LIMITED", retry_after=wait)
        if given:
            logger.warning("a wrong key for the read API")
        raise Refused("UNAUTHORIZED")

    def _query(self, request: Request) -> Query:
        match = _PATH.search(request.scope["path"])
        if match is None:
            raise Refused("NOT_FOUND")
        form = unicodedata.normalize("NFC", match["form"])
        if form not in self._forms() and form not in self._store.forms():
            raise Refused("FORM_NOT_FOUND")
        if request.method not in ("GET", "HEAD"):
            raise Refused("METHOD_NOT_ALLOWED")
        try:
            return parse_query(form, request.query_params)
        except Unclear as error:
            raise Refused("UNCLEAR", f"{error}.") from error


def _begun(all_pieces: Iterator[str]) -> Iterator[str]:
    """The same; the first is read now, while it can still be said that it cannot be. Raises `StoreError`."""
    return chain([next(all_pieces)], all_pieces)


def _refusal(refused: Refused) -> Response:
    message = str(refused)
    body = {"error": message, "errors": [{"code": refused.code, "message": message}]}
    headers = {**_HEADERS, **refused.kind.headers, **refused.more}
    return Response(json.dumps(body), refused.kind.status, headers, _JSON)
