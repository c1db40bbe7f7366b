"""The desk's pages, made of its own templates: everything that visitors wrote goes through `shown`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from sitegen.forms.desk.messages import message_of
from sitegen.forms.desk.static import address_of
from sitegen.forms.desk.visit import Visit
from sitegen.forms.files import shown_name, size_words
from sitegen.forms.inbox.display import visible
from sitegen.forms.notices import DeliveryState
from sitegen.forms.submission import moment_text

_NONE: dict[DeliveryState, int] = {"waiting": 0, "dead": 0}
LINE = 160  # signs of an answer in a list
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
SAFE: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",  # with `no-referrer` what is posted would come with `Origin: null`
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}


def painted(visit: Visit, template: str, status: int = 200, **values: Any) -> Response:
    """A page, whatever state the outbox is in said above it."""
    undelivered = _NONE | visit.store.delivery_counts()
    html = (
        _templates()
        .get_template(template)
        .render(visit=visit, root=visit.root, undelivered=undelivered, message=message_of(visit.query), **values)
    )
    return HTMLResponse(html, status, SAFE)


def failure_page(visit: Visit, status: int, said: str, headers: Mapping[str, str] | None = None) -> Response:
    """A page about what did not work. It asks the inbox nothing."""
    page = _templates().get_template("failure.html")
    html = page.render(visit=visit, root=visit.root, undelivered=_NONE, message=None, status=status, said=said)
    return HTMLResponse(html, status, {**SAFE, **(headers or {})})


def line(text: str) -> str:
    """The beginning of a text, in one line.

    >>> line("a\\n b")
    'a b'
    """
    short = " ".join(visible(text[: LINE + 1]).split())
    return short if len(text) <= LINE else short[: LINE - 1] + "…"


def when(visit: Visit, moment: datetime) -> Markup:
    """A moment as short as it is clear, for lists: the time of today, the day of this year, else the year too."""
    there, today = moment.astimezone(visit.zone), visit.moment.astimezone(visit.zone)
    if there.date() == today.date():
        return _time(moment, f"{there:%H:%M}")
    return _time(moment, f"{there.day} {there:%b}" + ("" if there.year == today.year else f" {there.year}"))


def moment(visit: Visit, when: datetime) -> Markup:
    """A moment in full."""
    there = when.astimezone(visit.zone)
    return _time(when, f"{there.day} {there:%B %Y, %H:%M %Z}")


def query_of(pairs: Mapping[str, str]) -> str:
    """The query of an address, with its question mark.

    >>> query_of({"form": "a b"})
    '?form=a+b'
    """
    return f"?{urlencode(pairs)}"


def _time(moment: datetime, words: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(moment_text(moment.astimezone(UTC)), words)


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("sitegen.forms.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"shown": visible, "line": line, "file_name": shown_name, "size": size_words, "query_of": query_of}
    made.globals |= {"when": when, "moment": moment, "static": address_of}
    return made
