"""The receiver: an ASGI application that takes the answers to forms. `serve` mounts it, `receive` runs it.

POST, OPTIONS  /f/{id}  or  /p/{project}/f/{id}      the endpoint, as Formspree speaks it
GET            /f/{id}/thanks, waitlist, asked       after submitting, where the site has no page for that
GET, POST      /f/{id}/confirm                       where the link in a letter leads, and the button there
GET            /f/{id}/places                        how many are taken, for the page's script
GET            /f/{id}/challenge                     a proof of work for the page's script, where the site wants one
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Protocol, cast

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from sitegen.dates import now
from sitegen.errors import MissingExtra
from sitegen.forms.description import Form
from sitegen.forms.inbox.database import StoreError
from sitegen.forms.inbox.places import Places
from sitegen.forms.inbox.store import Accepted, Entry, Full, KeyConflict
from sitegen.forms.inbox.writer import Acceptor, Writer
from sitegen.forms.judgement.proofs import Proof, Proofs
from sitegen.forms.receiver.acceptance import admit, entry_of, full, too_many, validate
from sitegen.forms.receiver.book import FormBook
from sitegen.forms.receiver.confirming import RETRY_SECONDS, UNTOLD, Keeper, confirm_page, confirmed, look
from sitegen.forms.receiver.limits import Limits
from sitegen.forms.receiver.log import became_of, note, tell_request
from sitegen.forms.receiver.places import PlacesBoard, told
from sitegen.forms.receiver.thanking import kind_of, page_after, thank
from sitegen.forms.receiver.visit import Visit, visit_of
from sitegen.forms.submission import Answers
from sitegen.forms.validation import tidied
from sitegen.forms.wire.body import read_post
from sitegen.forms.wire.posted import LANGUAGE, NEXT, PROOFS, Posted
from sitegen.forms.wire.protocol import CORS, SAFE, Route
from sitegen.forms.wire.refusals import Refusal, refused
from sitegen.forms.wire.responses import (
    After,
    Pages,
    html_response,
    json_response,
    refusal_headers,
    refusal_page,
    thanks_page,
)

logger = logging.getLogger("sitegen.receiver")

BODY_SECONDS = 10.0
_SOON_STALE = {"Cache-Control": "public, max-age=5"}

Clock = Callable[[], datetime]


class Inbox(Acceptor, Keeper, Protocol):
    """What the receiver wants of a store."""

    def places(self, form: str) -> Places:
        """How many places of a form are taken. Raises `StoreError`."""
        ...


class Receiver:
    """An ASGI application: answers one request after another. Who makes it closes it.

    `book` is asked anew for each request: a site may change while it is served. What is accepted goes through one
    writer, many by one commit. `secret` is that of the proofs of work, if the site wants any; `stored` is
    called when something new is in the inbox. The `acceptor` takes the answers, where that is not the store itself.
    `answered` is called for each request: with the form ("" for none that there is), what became of it (as in a line of
    the log), and how many seconds that took.
    """

    def __init__(
        self,
        book: Callable[[], FormBook],
        store: Inbox,
        pages: Pages,
        clock: Clock = now,
        body_seconds: float = BODY_SECONDS,
        secret: Callable[[], str] = secrets.token_hex,
        stored: Callable[[], None] = lambda: None,
        acceptor: Acceptor | None = None,
        answered: Callable[[str, str, float], None] = lambda form, became, seconds: None,
    ) -> None:
        self._book, self._pages = book, pages
        self._clock, self._body_seconds = clock, body_seconds
        self._stored, self._answered = stored, answered
        self._limits = Limits()
        self._proofs = Proofs(secret)
        self._store, self._writer = store, Writer(acceptor or store)
        self._board = PlacesBoard(store.places)
        self._painter = ThreadPoolExecutor(1, "sitegen-pages")  # one: a renderer counts what one page costs

    def close(self) -> None:
        """Finish what was begun."""
        self._painter.shutdown()
        self._writer.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await send({"type": "websocket.close"})
            return
        since, visit = monotonic(), visit_of(Request(scope, receive, send), self._book(), self._clock())
        try:
            response = await self._answer(visit)
        except Refusal as refusal:
            response = await self._refuse(visit, refusal)
        except ClientDisconnect:
            return
        except Exception:
            logger.exception("the receiver failed")
            response = await self._refuse(visit, refused("INTERNAL"))
        form = visit.form.id if visit.form else ""
        tell_request(visit.request, form, response, since)
        self._answered(form, became_of(visit.request), monotonic() - since)
        await response(scope, receive, send)

    async def _answer(self, visit: Visit) -> Response:
        method, route = visit.request.method, visit.route
        if method == "OPTIONS":
            return Response(status_code=204, headers={**CORS, **SAFE, "Allow": "POST, OPTIONS"})
        if route is None or visit.form is None:
            return await self._refuse(visit, refused("FORM_NOT_FOUND"), await self._words(visit))
        if route.page == "challenge":
            return self._challenge(visit, visit.form)
        if route.page == "places":
            return await self._places(visit, visit.form)
        if route.page == "confirm":
            return await self._confirm(visit, visit.form, route)
        if route.page and method in ("GET", "HEAD"):
            page = await self._painted(
                partial(thanks_page, self._pages, visit.form, cast(After, route.page), visit.words)
            )
            return html_response(page, 200, visit.book.site_url)
        if route.page or method != "POST":
            raise refused("METHOD_NOT_ALLOWED")
        return await self._post(visit, visit.form, route)

    async def _post(self, visit: Visit, form: Form, route: Route) -> Response:
        wait = self._limits.of_address(visit, form)
        keep = not wait and form.is_open(visit.moment)  # else the files are not even put aside
        posted = await read_post(visit.request, visit.headers, self._body_seconds, form, keep=keep)
        form = visit.book.in_language(form, posted.special.get(LANGUAGE, ""))
        response = await self._judge(replace(visit, form=form), form, route, posted, wait)
        posted.close()  # not where we are cut off: the writer may be reading the files then
        return response

    async def _judge(self, visit: Visit, form: Form, route: Route, posted: Posted, wait: int) -> Response:
        answers = tidied(posted.answers)
        try:
            admit(visit, form, posted, wait)
            if not posted.whole:
                raise refused("UNAVAILABLE", retry_after=RETRY_SECONDS)
            validate(form, answers, posted.files, visit.words)
            if wait := self._limits.of_form(visit, form):
                raise too_many(wait)
            proof = await self._proof(visit, form, posted, answers)
            accepted = await self._store_it(form, entry_of(visit, form, posted, answers, proof))
        except Refusal as refusal:
            return await self._refuse(visit, refusal, answers)
        except Exception:  # a bug of ours must not cost the visitor what they wrote
            logger.exception("the receiver failed")
            return await self._refuse(visit, refused("INTERNAL"), answers)
        if not accepted.repeated:
            self._stored()
        note(visit.request, "repeated" if accepted.repeated else accepted.submission.state)
        return thank(visit, form, route, accepted, posted.special.get(NEXT, ""))

    async def _confirm(self, visit: Visit, form: Form, route: Route) -> Response:
        """A page with a button, and what the button does: looking at the page, as mail scanners do, does nothing."""
        method = visit.request.method
        if method in ("GET", "HEAD"):
            token = visit.request.query_params.get("token", "")
            await asyncio.to_thread(look, self._store, form, token)
            page = await self._painted(partial(confirm_page, self._pages, form, token, visit.words))
            return html_response(page, 200, visit.book.site_url, UNTOLD)
        if method != "POST":
            raise refused("METHOD_NOT_ALLOWED")
        posted = await read_post(visit.request, visit.headers, self._body_seconds, None)
        token = dict(posted.answers).get("token", "")
        counted = (await asyncio.to_thread(confirmed, self._store, visit, form, token)).submission
        self._stored()
        note(visit.request, "confirmed")
        after = page_after(visit, form, route, kind_of(form, counted.state))
        return RedirectResponse(after, 303, {**SAFE, **UNTOLD})

    def _challenge(self, visit: Visit, form: Form) -> Response:
        if not visit.book.altcha:
            raise refused("FORM_NOT_FOUND")
        if visit.request.method not in ("GET", "HEAD"):
            raise refused("METHOD_NOT_ALLOWED")
        try:
            return json_response(self._proofs.challenge(form.id, visit.moment))
        except MissingExtra as error:
            logger.error("%s", error)
            raise refused("UNAVAILABLE") from error

    async def _places(self, visit: Visit, form: Form) -> Response:
        capacity = form.public_capacity
        if capacity is None:
            raise refused("FORM_NOT_FOUND")
        if visit.request.method not in ("GET", "HEAD"):
            raise refused("METHOD_NOT_ALLOWED")
        try:
            places = await self._board.of(form, visit.moment)
        except StoreError as error:
            raise refused("UNAVAILABLE", retry_after=RETRY_SECONDS) from error
        return json_response(told(form, capacity, places, visit.moment), headers=_SOON_STALE)

    async def _proof(self, visit: Visit, form: Form, posted: Posted, answers: Answers) -> Proof:
        payload = next(filter(None, map(posted.special.get, PROOFS)), "")
        if not (payload and visit.book.altcha):
            return "none"
        try:
            return await asyncio.to_thread(self._proofs.judge, payload, form.id, answers)
        except MissingExtra:
            return "none"

    async def _words(self, visit: Visit) -> Answers:
        """What was sent to a form that there is not: the visitor gets it back."""
        if visit.request.method != "POST" or visit.json:
            return ()
        try:
            return (await read_post(visit.request, visit.headers, self._body_seconds, None)).answers
        except Refusal:
            return ()

    async def _store_it(self, form: Form, entry: Entry) -> Accepted:
        try:
            return await self._writer.accept(entry)
        except Full as error:
            raise full(form) from error
        except KeyConflict as error:
            raise refused("CONFLICT") from error
        except StoreError as error:
            logger.error("nothing can be stored: %s", error)
            raise refused("UNAVAILABLE", retry_after=RETRY_SECONDS) from error

    async def _painted(self, paint: Callable[[], str]) -> str:
        """A page, made beside the event loop: the first one compiles the layouts."""
        return await asyncio.get_running_loop().run_in_executor(self._painter, paint)

    async def _refuse(self, visit: Visit, refusal: Refusal, answers: Answers = ()) -> Response:
        note(visit.request, refusal.code)
        refusal = refusal.said(visit.words)
        status, headers = refusal.status, refusal_headers(refusal)
        if visit.json:
            return json_response(refusal.as_json(), status, headers)
        if visit.route and visit.route.page == "confirm":
            headers |= UNTOLD
        page = await self._painted(partial(refusal_page, self._pages, refusal, visit.form, answers))
        return html_response(page, status, visit.book.site_url, headers)
