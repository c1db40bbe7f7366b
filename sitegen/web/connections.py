"""A connection: uvicorn's, under limits of time and number, and strict about what it reads.

What it uses of `HttpToolsProtocol` beside the methods of a protocol and of a parser: `cycle` (the newest request, with
`response_started`, `response_complete`, `keep_alive`, `disconnected`, `message_event`), `pipeline`, `parser`,
`on_response_complete`, `send_400_response` and `shutdown`. None is private, none is promised: the tests of this room
fail where a new uvicorn does otherwise.
"""

from __future__ import annotations

import asyncio
from array import array
from typing import Any

import httptools
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from sitegen.web.gathering import Gathering
from sitegen.web.heads import HEAD_BYTES, without_upgrade, wrong_with
from sitegen.web.watch import Stage, Watch

GRACE = 0.3  # seconds in which a request may still come that was on its way when the server was told to stop
MOST_WAITING = 100  # requests on a connection, behind the one that is being answered
WAITING = frozenset({Stage.NEW, Stage.HEAD, Stage.IDLE})


class Configuration(uvicorn.Config):
    """uvicorn's configuration, and the watch over the connections of that server."""

    def __init__(self, app: Any, watch: Watch, **settings: Any) -> None:
        super().__init__(app, http=Connection, callback_notify=watch.look, timeout_notify=0, **settings)
        self.watch = watch


class Parser(httptools.HttpRequestParser):
    """httptools' parser, that reads the body also of a request which offers another protocol (`Upgrade: h2c`).

    It would leave the body to that protocol, and a form sent by such a client would arrive empty. RFC 9110 7.8: the
    offer may be ignored.
    """

    def __init__(self, connection: HttpToolsProtocol) -> None:
        super().__init__(connection)
        self._connection = connection

    def feed_data(self, data: bytes | bytearray | memoryview | array[int]) -> None:
        """Read on. Raises `HttpParserError`."""
        try:
            super().feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            head = without_upgrade(self.get_method(), self._connection.url, self._connection.headers)
            super().__init__(self._connection)  # begin anew, whatever the first reading has left behind
            self.feed_data(head + bytes(data)[upgrade.args[0] :])


class Connection(HttpToolsProtocol):
    """One connection. It tells the watch at which stage it is."""

    def __init__(
        self,
        config: Configuration,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.parser = Parser(self)
        self._watch = config.watch
        self._stage = Stage.NEW
        self._asked = False  # there has been a request
        self._reading: Stage | None = None  # HEAD or BODY; None between requests
        self._pending = 0  # bytes of a head that is not whole yet, but for the first piece; or since the last of a body
        self._deaf = False  # throws away what comes
        self._last = False  # the server is ending

    # What the transport tells

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Be one of those that are watched."""
        super().connection_made(transport)
        self._watch.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Be watched no more."""
        self._watch.remove(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on."""
        if self._deaf or self.transport.is_closing():
            return
        if self._reading is not None:
            self._pending += len(data)
        super().data_received(data)
        if self._reading is not None and self._pending > HEAD_BYTES and not self._deaf:
            self.send_400_response("")
        self._moved()

    # What the parser tells

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._reading, self._pending = Stage.HEAD, 0

    def on_header(self, name: bytes, value: bytes) -> None:
        """A line of a head. One behind a body (a trailer) is none of it (RFC 9110 6.5.1): whoever sent it could write
        over what a proxy has said, and fill the memory with them.
        """
        if self._reading is Stage.HEAD:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """A head is whole. What is raised here comes out of the parser, and uvicorn refuses the request."""
        if wrong := wrong_with(self.parser.get_http_version(), self.parser.get_method(), self.url, self.headers):
            raise ValueError(wrong)
        if len(self.pipeline) >= MOST_WAITING:  # each takes a hundred times the memory of its bytes
            raise ValueError("too many requests one behind the other")
        if self.parser.should_upgrade():
            return  # the parser reads it anew
        super().on_headers_complete()
        self.cycle.transport = Gathering(self.transport, self.loop)  # type: ignore[assignment]
        self._asked, self._reading, self._pending = True, Stage.BODY, 0
        if self._last:
            self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        """A piece of a body. What else comes (extensions of chunks, trailers) is of no use, and must have an end."""
        self._pending = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """A request is whole."""
        if self.parser.should_upgrade():
            return
        super().on_message_complete()
        self._reading = None

    # What uvicorn tells

    def on_response_complete(self) -> None:
        """An answer is whole."""
        super().on_response_complete()
        self._moved()

    def send_400_response(self, msg: str) -> None:
        """Refuse what no parser should have to guess at; an answer that is under way comes first."""
        self._watch.count("malformed")
        now = self._now()
        if now is Stage.ANSWER:
            self._deaf, self.cycle.keep_alive = True, False
        elif now is Stage.REST or self.pipeline or (now is Stage.BODY and self.cycle.response_started):
            self.drop()  # a second answer could be taken for that of another request
        else:
            self._refuse(b"400 Bad Request")

    def shutdown(self) -> None:
        """Finish what has begun, and what may be on its way just now; then close."""
        self._last = True
        if self._stage in WAITING:
            self.loop.call_later(GRACE, self._close_if_waiting)
        elif self._stage is Stage.ENDED:
            self.transport.close()
        else:
            super().shutdown()

    # What the watch wants

    def unsent(self) -> int:
        """Bytes of answers that the other side has not taken yet."""
        return self.transport.get_write_buffer_size()

    def end(self, stage: Stage) -> None:
        """Close it; whoever has begun a request is told why."""
        if stage is Stage.HEAD:
            self._refuse(b"408 Request Timeout")
        else:
            self.transport.close()

    def drop(self) -> None:
        """Close it at once."""
        self.transport.abort()

    def _close_if_waiting(self) -> None:
        if self._stage in WAITING:
            self.transport.close()

    def _refuse(self, status: bytes) -> None:
        """Say no, and go on reading for a moment: who is still sending would not see the answer otherwise."""
        if self._reading is Stage.BODY:
            self.cycle.disconnected = True  # the application need not wait for the rest
            self.cycle.message_event.set()
        self._deaf, self._stage = True, Stage.ENDED
        self._watch.move(self, Stage.ENDED)
        self.transport.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        self.transport.write_eof()

    def _now(self) -> Stage:
        if self._asked and not self.cycle.response_complete:
            return Stage.BODY if self._reading is Stage.BODY else Stage.ANSWER
        if self._reading is not None:
            return Stage.HEAD if self._reading is Stage.HEAD else Stage.REST
        return Stage.IDLE if self._asked else Stage.NEW

    def _moved(self) -> None:
        now = self._now()
        if now is not self._stage and self._stage is not Stage.ENDED and not self.transport.is_closing():
            self._stage = now
            self._watch.move(self, now)
