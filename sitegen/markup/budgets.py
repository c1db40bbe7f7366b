"""What a body may cost."""

from __future__ import annotations

import re

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # no file can hold a lone surrogate, no page shows NUL


def readable(body: str) -> str:
    """The body with one kind of line end and without signs that cannot be written or shown."""
    text = body.replace("\r\n", "\n").replace("\r", "\n") if "\r" in body else body
    return _UNSTORABLE.sub("\ufffd", text).replace("\x02", "").replace("\x03", "")
