"""The service inside the preview: what is sent from the site's forms lands in the inbox, and can be read there.

The database is opened when the site has a form, and again with each answer if that failed: while it cannot be
opened the receiver answers 503, with the visitor's answers kept.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from sitegen.config import MEMORY
from sitegen.errors import MissingExtra, Problem, SitegenError
from sitegen.forms.api.keys import VARIABLE
from sitegen.forms.gate.keys import Open, keys_of
from sitegen.forms.judgement.proofs import library
from sitegen.forms.secret import PROOFS, kept_secret, key_in
from sitegen.marked import Origin
from sitegen.serve.news import Answered, News, Receiving, Remark

if TYPE_CHECKING:
    from sitegen.forms.inbox.store import Click, Confirmed, Entry, Outcome, Places, Store
    from sitegen.forms.notices import Notice
    from sitegen.forms.service import Service
    from sitegen.model.site import Site


class Answers:
    """An ASGI application at that `address`; `follow` gives it each new state of the site.

    Where the server answers to this computer only (`local`), the inbox is open; else it wants keys. Raises
    `SitegenError` for keys that are none.
    """

    def __init__(
        self, source: Path, database: str | None, tell: Callable[[News], None], address: str, *, local: bool
    ) -> None:
        self._source, self._tell = source, tell
        self._inbox = Inbox(source, database, tell)
        self._place = _named(database) if database else f"{MEMORY}/inbox.db"
        self._site: Site | None = None
        self._forms: tuple[str, ...] = ()
        self._access = Open(token_urlsafe()) if local else keys_of(os.environ, source / MEMORY)
        self._api_key = key_in(os.environ, VARIABLE)
        key_in(os.environ, PROOFS.variable)  # said now, and not when the first page asks for a challenge
        self._web = f"{address}/inbox/" if self._access else ""
        self._app: Service | None = None
        self._making = threading.Lock()

    def follow(self, site: Site) -> None:
        """Take the site as it is now: open the inbox for its first form, and tell which forms there are."""
        self._site = site
        forms = tuple(sorted(call.form.id for call in site.calls))
        if forms == self._forms:
            return
        self._forms = forms
        if not forms:
            return
        if site.config.altcha:
            self._look_for_library(site.config.origin.at("receive", "altcha"))
        try:
            self._inbox.open()
        except SitegenError as error:
            hint = "until it can be opened, the forms answer that nothing can be sent"
            self._tell(Remark(Problem(self._place, None, str(error), hint, severity="warning")))
        else:
            self._tell(Receiving(forms, self._place, self._web, closed=self._access is None))

    def _look_for_library(self, place: Origin) -> None:
        try:
            library()
        except MissingExtra as error:
            problem = place.problem(str(error), "without it the forms work, and prove nothing")
            self._tell(Remark(replace(problem, severity="warning")))

    def close(self) -> None:
        """Finish what was begun, and let go of the inbox."""
        if self._app is not None:
            self._app.close()
        self._inbox.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        app = await run_in_threadpool(self._made)
        await app(scope, receive, send)

    def _made(self) -> Service:
        """The service. It is made when it is first needed: its libraries take their time to load."""
        with self._making:
            if self._app is None:
                from sitegen.forms.receiver.book import FormBook
                from sitegen.forms.receiver.pages import SitePages
                from sitegen.forms.service import Means, Service

                pages = SitePages(self._shown)
                means = Means(
                    book=lambda: pages.book() if self._site else FormBook({}),
                    pages=pages,
                    inbox=self._inbox,
                    store=self._inbox.open,
                    access=self._access,
                    api_key=self._api_key,
                    secret=lambda: kept_secret(PROOFS, self._source / MEMORY),
                    zone=self._site.config.zone if self._site else UTC,
                )
                self._app = Service(means)
            return self._app

    def _shown(self) -> Site:
        if self._site is None:  # there are no pages before there is a site
            raise SitegenError("the site has not been built yet")
        return self._site


def _named(database: str) -> str:
    from sitegen.forms.inbox.database import name_of, parse_database

    return name_of(parse_database(database))


class Inbox:
    """A store that is opened as late as can be, and tells of each answer."""

    def __init__(self, source: Path, database: str | None, tell: Callable[[News], None]) -> None:
        self._source, self._database, self._tell = source, database, tell
        self._store: Store | None = None
        self._opening = threading.Lock()

    def open(self) -> Store:
        """The store. Raises `StoreError` or `UsageError`."""
        from sitegen.forms.inbox.opening import open_for_writing

        with self._opening:
            self._store = self._store or open_for_writing(self._source, self._database)
            return self._store

    def accept_all(self, entries: Sequence[Entry]) -> tuple[Outcome, ...]:
        """Store the entries, and tell. Raises `StoreError`."""
        from sitegen.forms.inbox.store import Accepted

        outcomes = self.open().accept_all(entries)
        for entry, outcome in zip(entries, outcomes, strict=True):
            if isinstance(outcome, Accepted) and not outcome.repeated:
                self._tell(Answered(entry.form))
        return outcomes

    def places(self, form: str) -> Places:
        """How many places of a form are taken. Raises `StoreError`."""
        return self.open().places(form)

    def confirm(self, click: Click, notices: Sequence[Notice]) -> Confirmed:
        """Let an answer count. Raises `NotFound`, `Full`, `StoreError`."""
        return self.open().confirm(click, notices)

    def is_confirmed(self, form: str, token: str) -> bool:
        """Whether an answer is confirmed already. Raises `NotFound`, `StoreError`."""
        return self.open().is_confirmed(form, token)

    def close(self) -> None:
        """Let go of the database."""
        if self._store is not None:
            self._store.close()
