"""Reading the body of a post under a limit of time and size."""

from __future__ import annotations

import asyncio

from starlette.requests import Request

from sitegen.forms.wire.refusals import refused
from sitegen.forms.wire.request import BODY_BYTES

# Of a body that is too large this much is read and forgotten: a client that is still sending would not see
# the answer otherwise.
DRAINED_BYTES = 16 * 1024 * 1024


async def read_body(request: Request, seconds: float) -> bytes:
    """The whole body. Raises `Refusal` (408, 413), and starlette's ClientDisconnect."""
    length = request.headers.get("content-length", "")
    if length and "transfer-encoding" in request.headers:
        raise refused("MALFORMED")  # a proxy in front may have seen another end: request smuggling
    announced = int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0
    if announced > DRAINED_BYTES or (announced > BODY_BYTES and "expect" in request.headers):
        raise refused("FILES_TOO_BIG")
    try:
        async with asyncio.timeout(seconds):
            return await _collect(request)
    except TimeoutError as error:
        raise refused("TIMEOUT") from error


async def _collect(request: Request) -> bytes:
    body, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > DRAINED_BYTES:
            break
        if size > BODY_BYTES:
            body.clear()
        else:
            body += chunk
    if size > BODY_BYTES:
        raise refused("FILES_TOO_BIG")
    return bytes(body)
