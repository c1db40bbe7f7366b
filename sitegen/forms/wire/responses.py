"""The receiver's answers: JSON or a page, with the headers that keep it safe, and readable for scripts."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from html import escape
from typing import Literal, Protocol

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response

from sitegen.forms.description import Form
from sitegen.forms.submission import Answers, FieldError
from sitegen.forms.wire.protocol import CORS, SAFE, origin_of
from sitegen.forms.wire.refusals import Refusal
from sitegen.forms.wording import label_of
from sitegen.languages import html_attributes
from sitegen.words import Words, english_words

logger = logging.getLogger("sitegen.receiver")

# Where something can be mended or tried again, the visitor gets the form back with the answers in it.
_WITH_FORM = frozenset({"EMPTY", "NO_FILE_UPLOADS", "CONFLICT", "INVALID", "RATE_LIMITED", "UNAVAILABLE", "INTERNAL"})


_JSON = Headers({**CORS, **SAFE, "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}).raw
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


After = Literal["thanks", "waitlist", "asked"]  # what a visitor sees after submitting; `asked` is to confirm
AFTER: Mapping[After, str] = {"thanks": "after.thanks", "waitlist": "after.waitlist", "asked": "after.asked"}  # titles


class Pages(Protocol):
    """Makes the pages that visitors without script see: whole HTML documents."""

    def form_error(self, form: Form, answers: Answers, errors: Sequence[FieldError]) -> str:
        """The form again, with a summary of the errors on top and the answers kept."""
        ...

    def notice(self, title: str, message: str, form: Form | None, answers: Answers = (), code: str = "") -> str:
        """A few words, the answers that were not taken, and the way back; `code` is that of the refusal."""
        ...

    def thanks(self, form: Form, kind: After) -> str:
        """What a visitor sees after submitting."""
        ...

    def confirm(self, form: Form, token: str) -> str:
        """A button by which the visitor confirms; `token` goes with it."""
        ...


def json_response(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """JSON that scripts of every page may read; the `headers` go before those that all answers have."""
    response = Response(_encoded(body), status, headers, "application/json")
    given = {name.lower().encode() for name in headers or ()}
    response.raw_headers += [header for header in _JSON if header[0] not in given] if given else _JSON  # encoded once
    return response


def html_response(page: str, status: int, site_url: str, headers: Mapping[str, str] | None = None) -> Response:
    """A page in the site's looks: it loads what the site has, and is shown in no frame."""
    policy = {"Content-Security-Policy": content_policy(site_url)}
    return HTMLResponse(page, status, {**CORS, **SAFE, **policy, **(headers or {})})


def content_policy(site_url: str) -> str:
    """Styles, pictures and fonts of the site's host; no script, on pages that show what visitors wrote."""
    own = f"'self' {origin_of(site_url)}".strip()
    return (
        f"default-src 'none'; style-src {own} 'unsafe-inline'; img-src {own} data:; font-src {own} data:; "
        f"base-uri 'none'; form-action {own}; frame-ancestors 'none'"
    )


def refusal_headers(refusal: Refusal) -> dict[str, str]:
    """What a refusal adds: when to come again, what is allowed, and the end of a connection that dawdles."""
    headers = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else {}
    if refusal.status == 405:
        headers["Allow"] = "POST, OPTIONS"
    if refusal.code in ("MALFORMED", "TIMEOUT", "FILES_TOO_BIG"):
        headers["Connection"] = "close"  # some of the body may still be under way
    return headers


def refusal_page(pages: Pages, refusal: Refusal, form: Form | None, answers: Answers) -> str:
    """The page for a refusal; a plain one if the site's layouts cannot make it."""
    try:
        if form is not None and (refusal.code in _WITH_FORM or refusal.named):
            return pages.form_error(form, answers, refusal.errors)
        return pages.notice(refusal.title, refusal.page, form, answers, refusal.code)
    except Exception:
        logger.exception("the layouts cannot show a page of the receiver")
        return plain_page(refusal.title, refusal.message, answers, refusal.words)


def thanks_page(pages: Pages, form: Form, kind: After, words: Words | None = None) -> str:
    """The page after submitting; a plain one if the site's layouts cannot make it: the answer is stored already."""
    try:
        return pages.thanks(form, kind)
    except Exception:
        logger.exception("the layouts cannot show a page of the receiver")
        words = words or english_words()
        message = words.text("after.letter" if kind == "asked" else "after.arrived")
        return plain_page(words.text(AFTER[kind]), message, (), words)


def plain_page(title: str, message: str, answers: Answers = (), words: Words | None = None) -> str:
    """A page that needs no layout: the last resort, so that nobody loses what they wrote."""
    words = words or english_words()
    return (
        f'<!doctype html>\n<html{html_attributes(words.lang)}><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title></head>'
        f"<body><main><h1>{escape(title)}</h1><p>{escape(message)}</p>"
        + kept_answers(answers, None, words)
        + "</main></body></html>\n"
    )


def kept_answers(answers: Answers, form: Form | None = None, words: Words | None = None) -> str:
    """What the visitor wrote, as HTML, so that it can be copied, below the form's own words; "" for nothing."""
    words = words or english_words()
    labels = {field.name: label_of(form, field, words) for field in form.fields} if form else {}
    kept = "".join(
        f"<dt>{escape(labels.get(name, name))}</dt><dd><p>{escape(value)}</p></dd>" for name, value in answers if value
    )
    title, copy = escape(words.text("notice.answers")), escape(words.text("notice.copy"))
    return f'<h2>{title}</h2><p>{copy}</p><dl class="kept">{kept}</dl>' if kept else ""
