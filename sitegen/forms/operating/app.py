"""An ASGI application for whoever runs the receiver, and for the programs that watch it.

GET  /health    the process answers; nothing else is looked at
GET  /ready     an answer could be stored: tried by a durable write that leaves nothing, and at what takes answers
GET  /metrics   numbers, as OpenMetrics has them: for this machine, or for whoever has the token
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from importlib.util import find_spec

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from sitegen.dates import now
from sitegen.errors import MissingExtra
from sitegen.forms.inbox.database import StoreError
from sitegen.forms.inbox.store import Figures, Store
from sitegen.forms.inbox.writer import Acceptor
from sitegen.forms.operating.questions import Question
from sitegen.forms.operating.readers import may_read
from sitegen.forms.operating.tally import Tally
from sitegen.forms.wire.protocol import SAFE, headers_of

logger = logging.getLogger("sitegen.operating")

LIBRARY = "prometheus_client"


class Operating:
    """Answers those paths, by their last name. Who makes it closes it.

    `token` is what readers of the numbers have to bring; "" for this machine alone. Once `end` was called nothing is
    ready any more. `connections` tells how many the server has: to be set by whoever runs one. The `acceptor` is what
    takes the answers, where that is not the store itself.
    """

    def __init__(
        self,
        store: Store,
        tally: Tally,
        token: str = "",
        clock: Callable[[], datetime] = now,
        acceptor: Acceptor | None = None,
    ) -> None:
        def probe() -> None:
            (acceptor or store).accept_all(())
            store.probe()

        self._tally, self._token, self._clock = tally, token, clock
        self._probe, self._figures = Question(probe), Question(store.figures)
        self._ending = False
        self.connections: Callable[[], int] = lambda: 0

    def end(self) -> None:
        """Be ready no more: whoever shares requests out looks elsewhere."""
        self._ending = True

    def close(self) -> None:
        """Let go of the threads."""
        self._probe.close()
        self._figures.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["method"] not in ("GET", "HEAD"):
            response: Response = PlainTextResponse("GET only\n", 405, {**SAFE, "Allow": "GET, HEAD"})
        else:
            response = await self._answer(scope)
        await response(scope, receive, send)

    async def _answer(self, scope: Scope) -> Response:
        peer, headers = (scope.get("client") or ("", 0))[0], headers_of(scope["headers"])
        trusted = may_read(peer, headers, self._token)
        name = scope["path"].rpartition("/")[2]
        if name == "health":
            return JSONResponse({"ok": True}, headers=SAFE)
        if name == "ready":
            return await self._ready(trusted)
        if trusted:
            return await self._metrics()
        if self._token:
            return PlainTextResponse("a token is needed\n", 401, {**SAFE, "WWW-Authenticate": "Bearer"})
        return PlainTextResponse("not found\n", 404, SAFE)

    async def _ready(self, trusted: bool) -> Response:
        reasons = [reason] if (reason := await self._reason()) else []
        told = {"reasons": reasons} if trusted else {}  # they name the database
        return JSONResponse({"ready": not reasons, **told}, 503 if reasons else 200, SAFE)

    async def _reason(self) -> str:
        """Why it is not ready; "" if it is."""
        if self._ending:
            return "the receiver is ending"
        try:
            await self._probe.answer()
        except StoreError as error:
            logger.error("not ready: %s", error)
            return str(error)
        return ""

    async def _metrics(self) -> Response:
        if find_spec(LIBRARY) is None:
            logger.warning("there are no numbers: %s", MissingExtra("/metrics", "metrics"))
            return PlainTextResponse("not installed: the log says what is needed\n", 404, SAFE)
        from sitegen.forms.operating.exposition import CONTENT_TYPE, Reading, text_of

        reading = Reading(self._tally, await self._figures_now(), self.connections(), self._clock())
        return Response(text_of(reading), 200, SAFE, CONTENT_TYPE)

    async def _figures_now(self) -> Figures | None:
        try:
            return await self._figures.answer()
        except StoreError as error:
            logger.error("no numbers of the inbox: %s", error)
            return None
