"""What every feed promises of moments and addresses. A rule yields what is broken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
XML = "{http://www.w3.org/XML/1998/namespace}"

LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_RFC822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
_NOT_IN_ADDRESSES = re.compile(r"[^!-~]|[<>\"{}|\\^`]")


def rfc3339(text: str | None) -> Iterator[str]:
    """A moment as Atom and JSON Feed want it."""
    if text is None or not _RFC3339.fullmatch(text):
        yield f"no moment of RFC 3339: {text}"
    else:
        datetime.fromisoformat(text)


def rfc822(text: str | None) -> Iterator[str]:
    """A moment as RSS wants it."""
    if text is None or not _RFC822.fullmatch(text) or f"{parsedate_to_datetime(text):%a}" != text[:3]:
        yield f"no moment of RFC 822: {text}"


def addresses(found: Iterable[str | None]) -> Iterator[str]:
    """Whole addresses, in ASCII."""
    for address in found:
        parts = urlsplit(address or "")
        if address is None or not parts.scheme or not parts.netloc or _NOT_IN_ADDRESSES.search(address):
            yield f"no whole address: {address}"


def once(found: Iterable[Any], what: str) -> Iterator[str]:
    """Each of them is there one time."""
    yield from (f"the {what} {value} is there {times} times" for value, times in Counter(found).items() if times > 1)
