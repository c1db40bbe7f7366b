"""What the receiver tells its operator: one line an event, `key=value`, and not a sign that a visitor wrote.

time=2026-05-06T12:00:00.123Z level=info event=request method=POST form=chicago status=200 became=new ms=4 reference=…

A failure is told when it begins, and then once a minute with how often it came (`repeated`): the inbox may be locked
for an hour while a thousand visitors try.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import secrets
import traceback
from collections.abc import Callable
from contextlib import nullcontext, suppress
from datetime import UTC, datetime
from time import monotonic
from types import TracebackType
from typing import TextIO

from starlette.requests import Request
from starlette.responses import Response

requests = logging.getLogger("sitegen.receiver.requests")

REPEAT_SECONDS = 60.0
REFERENCE = b"request-reference"  # in the answer, so that a line can be found again
_BECAME = "sitegen.became"  # a key of the ASGI scope
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})

_PLAIN = re.compile(r"[\w.:/+-]+", re.ASCII)
_TEXT_LENGTH = 500


class Line(str):
    """One event: text of ours, which a log tells as it is."""

    __slots__ = ()


def line(**values: object) -> Line:
    """An event with its values; what is not plain is quoted, in ASCII: it has no line ends and no escape codes."""
    return Line(" ".join([f"{key}={_quoted(str(value))}" for key, value in values.items()]))


def note(request: Request, became: str) -> None:
    """What became of a request: the state of what was stored, `repeated`, `confirmed`, or the code of a refusal."""
    request.scope[_BECAME] = became


def became_of(request: Request) -> str:
    """What became of it, as `note` has it; `-` where nothing was to become of it."""
    return str(request.scope.get(_BECAME, "-"))


def tell_request(request: Request, form: str, response: Response, since: float) -> None:
    """The line of a request that began at `since` (monotonic). Its reference is random and in the answer too."""
    reference = secrets.token_hex(6)
    response.raw_headers.append((REFERENCE, reference.encode()))
    method = request.method if request.method in METHODS else "-"
    name = _quoted(form or "-")  # of one that there is: a name from the wire is the visitor's
    became = became_of(request)
    took = round((monotonic() - since) * 1000)
    told = f"method={method} form={name} status={response.status_code} became={became} ms={took}"
    requests.info(Line(f"event=request {told} reference={reference}"))  # plain by itself, so it is not quoted again


def log_no_more_than_needed() -> None:
    """Leave out what no line of ours has: the names of threads and processes, and the place in the code of each call.

    It is a tenth of a request (the switches are those of the logging HOWTO, "Optimization").
    """
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging._srcfile = None


def handler_to(
    stream: TextIO, clock: Callable[[], float] = monotonic, formatter: logging.Formatter | None = None
) -> logging.Handler:
    """A handler that tells lines of that form, or of another, and of a storm only its size."""
    handler = TurnHandler(stream)
    handler.setFormatter(formatter or LineFormatter())
    handler.addFilter(OnceAMinute(clock))
    return handler


class TurnHandler(logging.StreamHandler[TextIO]):
    """Writes at the end of a turn of the event loop what was told in it; outside of one, at once.

    Each write lets another thread have Python's lock, and wait for it again costs more than the answer to a request.
    """

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self._lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Take a record. One that cannot be told costs its caller nothing."""
        try:
            told = self.format(record)
        except Exception as error:  # whose words may be a visitor's, as those of the record
            text = line(event=record.name, text="what happened cannot be told", error=type(error).__name__)
            told = self.format(logging.LogRecord(record.name, record.levelno, "", 0, text, (), None))
        self._lines.append(told + self.terminator)
        if len(self._lines) > 1:
            return  # the first has seen to it
        try:
            asyncio.get_running_loop().call_soon(self.flush)
        except RuntimeError:
            self.flush()

    def flush(self) -> None:
        """Write what was taken. Where nobody reads any more it is lost: a log must not end the receiver."""
        with self.lock or nullcontext(), suppress(OSError):
            lines, self._lines = self._lines, []
            self.stream.write("".join(lines))
            self.stream.flush()


class LineFormatter(logging.Formatter):
    """A record as one line. Of an error it has the kind and the places: its words may be a visitor's."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        message: object = record.msg
        if not isinstance(message, Line):
            message = line(event=record.name, text=record.getMessage().strip()[:_TEXT_LENGTH])
        told = f"time={moment} level={record.levelname.lower()} {message}"
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            told += " " + line(error=type(error).__name__, at=_places(error.__traceback__))
        repeated = getattr(record, "repeated", 0)
        return f"{told} repeated={repeated}" if repeated else told


class OnceAMinute(logging.Filter):
    """Lets a warning or an error through that was not told in the last minute; the next one has the number of those."""

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__()
        self._clock = clock
        self._told: dict[tuple[str, str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it is told now."""
        if record.levelno < logging.WARNING:
            return True
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        key = (record.name, str(record.msg), kind)
        now = self._clock()
        told, kept_back = self._told.get(key, (now - REPEAT_SECONDS, 0))
        if now - told < REPEAT_SECONDS:
            self._told[key] = (told, kept_back + 1)
            return False
        self._told[key] = (now, 0)
        record.repeated = kept_back
        return True


def _places(trace: TracebackType | None) -> str:
    """`app.py:120 store.py:30`: the innermost last."""
    frames = traceback.extract_tb(trace)[-6:]
    return " ".join(f"{frame.filename.replace(chr(92), '/').rpartition('/')[2]}:{frame.lineno}" for frame in frames)


def _quoted(text: str) -> str:
    plain = (text.isascii() and text.isalnum()) or _PLAIN.fullmatch(text)
    return text if plain else json.dumps(text)
