"""Reading the body of a post under a limit of time and size."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace

from starlette.requests import ClientDisconnect, Request

from sitegen.forms.description import Form
from sitegen.forms.wire.multipart import MultipartReader
from sitegen.forms.wire.posted import BODY_BYTES, MOST_ANSWERS, Kind, Posted, read_kind, read_posted, sorted_out
from sitegen.forms.wire.refusals import refused

logger = logging.getLogger("sitegen.receiver")

# Of a body that is too large this much is read and forgotten: a client that is still sending would not see
# the answer otherwise.
DRAINED_BYTES = 16 * 1024 * 1024
DRAINED_FILE_BYTES = 256 * 1024 * 1024  # the same where there are files: people do choose films
SLOWEST = 16 * 1024  # bytes a second: a body with files has more time the more of it has come


async def read_post(
    request: Request, headers: Mapping[str, str], seconds: float, form: Form | None, *, keep: bool = True
) -> Posted:
    """What was sent to a form; its files are open, and the caller's to close. Unless `keep` they are only measured.

    Raises `Refusal` (400, 408, 413, 415), and starlette's ClientDisconnect.
    """
    named = headers.get("content-type", ""), headers.get("content-encoding", "")
    if form is not None and form.file_bytes:
        kind = read_kind(*named)
        if kind.multipart:
            return await _read_files(request, headers, seconds, form, kind, keep=keep)
    return read_posted(*named, await read_body(request, headers, seconds))


async def read_body(request: Request, headers: Mapping[str, str], seconds: float) -> bytes:
    """The whole body. Raises `Refusal` (408, 413), and starlette's ClientDisconnect."""
    _look_at_length(headers, BODY_BYTES, DRAINED_BYTES)
    body = bytearray()

    def take(piece: bytes) -> None:
        if len(body) <= BODY_BYTES:
            body.extend(piece)

    await _receive(request, take, DRAINED_BYTES, seconds)
    if len(body) > BODY_BYTES:
        raise refused("FILES_TOO_BIG")
    return bytes(body)


async def _read_files(
    request: Request, headers: Mapping[str, str], seconds: float, form: Form, kind: Kind, *, keep: bool
) -> Posted:
    """A body with files. One that is too long is read all the same: the words in it go back to the visitor."""
    most = form.file_bytes + BODY_BYTES
    _look_at_length(headers, most, most + DRAINED_FILE_BYTES)
    reader = MultipartReader(kind.boundary, MOST_ANSWERS, form.files if keep else {})
    try:
        size = await _receive(request, reader.feed, most + DRAINED_FILE_BYTES, seconds, SLOWEST)
        posted = sorted_out(reader.finish())
        if size > most and all(file.content for file in posted.files):  # else the form names the file
            raise refused("FILES_TOO_BIG")
    except BaseException:
        reader.close()
        raise
    if reader.trouble is not None:  # the disk is full, or there is nowhere to put files
        logger.error("a file cannot be put aside: %s", reader.trouble.strerror)
        posted.close()
        return replace(posted, files=(), whole=False)
    return posted


def _look_at_length(headers: Mapping[str, str], most: int, drained: int) -> None:
    """Refuse what need not be read."""
    length = headers.get("content-length", "")
    if length and "transfer-encoding" in headers:
        raise refused("MALFORMED")  # a proxy in front may have seen another end: request smuggling
    announced = int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0
    if announced > drained or (announced > most and "expect" in headers):
        raise refused("FILES_TOO_BIG")


async def _receive(request: Request, take: Callable[[bytes], None], most: int, seconds: float, slowest: int = 0) -> int:
    """Hand on the body in pieces, no more than so many bytes of it; how many there were.

    It has so many seconds; with `slowest`, one more for each so many bytes that came.
    """
    size = 0
    try:
        async with asyncio.timeout(seconds) as limit:
            end = limit.when() or 0.0
            more = True
            while more:
                message = await request.receive()
                if message["type"] == "http.disconnect":
                    raise ClientDisconnect
                piece, more = message.get("body", b""), message.get("more_body", False)
                size += len(piece)
                if size > most:
                    raise refused("FILES_TOO_BIG")
                take(piece)
                if slowest:
                    limit.reschedule(end + size / slowest)
    except TimeoutError as error:
        raise refused("TIMEOUT") from error
    return size
