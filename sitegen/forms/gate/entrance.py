"""Signing in and out. What is wrong with a sign-in nobody is told but that it is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from urllib.parse import urlencode

from starlette.responses import PlainTextResponse, RedirectResponse, Response

from sitegen.forms.gate.asking import LOGIN, Asked, Visitor, fields_of
from sitegen.forms.gate.cookies import set_cookie
from sitegen.forms.gate.keys import Keys
from sitegen.forms.gate.pages import login_page, once_more_page
from sitegen.forms.gate.passwords import Hashed
from sitegen.forms.gate.sessions import (
    Ended,
    Session,
    new_session,
    past_session,
    read_earlier,
    read_session,
    signed,
    token_of,
)
from sitegen.forms.judgement.addresses import network_of
from sitegen.forms.judgement.rates import Rate, RateLimiter

logger = logging.getLogger("sitegen.inbox")

OF_NETWORK, OF_ALL = Rate(5, timedelta(minutes=1)), Rate(30, timedelta(minutes=1))
EVERYBODY, EARLIER = ("*", LOGIN), "earlier"
WRONG = "That is not the password."
PROGRAMS_ONLY = "This inbox is open to programs only."


class Entrance:
    """Knows who has signed in, by the keys. Who makes it closes it."""

    def __init__(self, keys: Keys) -> None:
        self._keys, self._key = keys, keys.signing
        self._limiter, self._ended = RateLimiter(), Ended()
        self._checker = ThreadPoolExecutor(1, "sitegen-passwords")  # one: each check takes its 32 MB

    def close(self) -> None:
        """Finish what was begun."""
        self._checker.shutdown()

    def visitor(self, asked: Asked, moment: datetime) -> Visitor | Response:
        """Who has signed in, or what they are told instead: the same for every path, be there something or not."""
        if asked.token is not None:
            return Visitor(program=True) if self._keys.knows(asked.token) else _unknown("This is not the token.")
        if session := self._session(asked, moment):
            return Visitor(token_of(session, self._key), signed_in=True)
        if asked.from_a_link_elsewhere:
            return once_more_page(asked.address_again)
        return _way_in(asked) if self._keys.password else _unknown(PROGRAMS_ONLY)

    def page(self, asked: Asked, moment: datetime) -> Response:
        """Where the author signs in; who has done so is led on."""
        if self._keys.password is None:
            return _unknown(PROGRAMS_ONLY)
        after = asked.below(fields_of(asked.query.encode()).get("next", [""])[0])
        return RedirectResponse(after, 303) if self._session(asked, moment) else login_page(asked.root + LOGIN, after)

    async def sign_in(self, asked: Asked, body: bytes, moment: datetime) -> Response:
        """Begin a session, with an id of its own whatever the browser has brought."""
        if self._keys.password is None:
            return _unknown(PROGRAMS_ONLY)
        sent = fields_of(body)
        password, after = (sent.get(name, [""])[0] for name in ("password", "next"))
        action, after = asked.root + LOGIN, asked.below(after)
        keys = self._counted_by(asked)
        if wait := self._wait(keys, moment):
            logger.warning("a sign-in to the inbox was refused: too many in a minute")
            return login_page(action, after, f"Please try again in {wait} seconds.", 429, wait)
        if not await self._fits(self._keys.password, password):
            logger.warning("a sign-in to the inbox was refused: wrong password")
            return login_page(action, after, WRONG, 403)
        for key in keys:  # who knows the password uses up nothing
            self._limiter.take_back(key, moment)
        self._end(asked, moment)
        logger.info("somebody has signed in to the inbox")
        cookie = set_cookie(signed(new_session(moment), self._key), https=asked.https)
        return RedirectResponse(after, 303, {"Set-Cookie": cookie})

    def sign_out(self, asked: Asked, moment: datetime) -> Response:
        """End the session, also for whoever has kept a copy of it. That there was one its browser keeps."""
        self._end(asked, moment)
        cookie = set_cookie(signed(past_session(moment), self._key), https=asked.https)
        return RedirectResponse(asked.root + LOGIN, 303, {"Set-Cookie": cookie})

    def _counted_by(self, asked: Asked) -> tuple[tuple[str, str], ...]:
        """By what tries are counted: their network, and all together; whoever has signed in before, by that alone.

        So nobody can keep the author out by wrong passwords (OWASP: Authentication Cheat Sheet, device cookies).
        """
        if earlier := read_earlier(asked.cookie, self._key):
            return ((earlier.id, EARLIER),)
        return (network_of(asked.address), LOGIN), EVERYBODY

    def _wait(self, keys: Sequence[tuple[str, str]], moment: datetime) -> int:
        """Seconds until another may be tried. Whoever is over their own limit does not use up that of all.

        A try counts from its beginning: else many at once would all pass.
        """
        rates = (OF_NETWORK, OF_ALL)
        waits = (self._limiter.wait(key, rate, moment) for key, rate in zip(keys, rates, strict=False))
        return next(filter(None, waits), 0)

    async def _fits(self, hashed: Hashed, password: str) -> bool:
        return await asyncio.get_running_loop().run_in_executor(self._checker, hashed.fits, password)

    def _session(self, asked: Asked, moment: datetime) -> Session | None:
        found = read_session(asked.cookie, self._key, moment)
        return None if found is None or found in self._ended else found

    def _end(self, asked: Asked, moment: datetime) -> None:
        if session := self._session(asked, moment):
            self._ended.add(session)


def _way_in(asked: Asked) -> Response:
    """To where one signs in; what was asked for comes afterwards, if it can."""
    after = "" if asked.changes else asked.address_again
    query = f"?{urlencode({'next': after})}" if asked.below(after) == after != f"{asked.root}/" else ""
    return RedirectResponse(f"{asked.root}{LOGIN}{query}", 303)


def _unknown(message: str) -> Response:
    return PlainTextResponse(f"{message}\n", 401, {"WWW-Authenticate": "Bearer"})
