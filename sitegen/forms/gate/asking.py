"""A request, as the gate sees it, and who it is from. Pure values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from posixpath import normpath
from urllib.parse import parse_qs, quote, unquote

from starlette.types import Scope

from sitegen.forms.gate.cookies import cookie_in
from sitegen.forms.judgement.addresses import client_address, is_https
from sitegen.forms.wire.protocol import headers_of, safe_next

LOGIN, LOGOUT = "/login", "/logout"  # below the root
BEARER = "bearer "
MOST_FIELDS = 5000


@dataclass(frozen=True)
class Asked:
    """One request: `root` is where the inbox is, without a slash at its end, and `path` is what is asked for below it.

    `headers` are by name in lower case, `address` is what to count by, `https` whether the visitor speaks it.
    """

    method: str
    root: str
    path: str
    query: str
    headers: Mapping[str, str]
    address: str
    https: bool

    @property
    def changes(self) -> bool:
        """Whether it may change anything."""
        return self.method not in ("GET", "HEAD")

    @property
    def cookie(self) -> str:
        """The session that its browser keeps, or ""."""
        return cookie_in(self.headers.get("cookie", ""), https=self.https)

    @property
    def token(self) -> str | None:
        """What a program shows; None where it shows nothing of the kind."""
        given = self.headers.get("authorization", "")
        return given[len(BEARER) :].strip() if given.lower().startswith(BEARER) else None

    @property
    def from_own_page(self) -> bool:
        """Whether the page that sent it is of this host; one that a browser does not tell of is not.

        A proxy that nobody trusts may have taken TLS off, so HTTPS for HTTP will do; the other way round anybody on
        the network could have written the page.
        """
        if (origin := self.headers.get("origin")) is None:
            return self.headers.get("sec-fetch-site") in ("same-origin", "none")
        scheme, _, place = origin.lower().partition("://")
        known = scheme == "https" or (scheme == "http" and not self.https)
        return known and place != "" and place == self.headers.get("host", "").lower()

    @property
    def from_a_link_elsewhere(self) -> bool:
        """Whether somebody followed a link, in a letter perhaps: the browser keeps a strict cookie to itself then."""
        said = (self.headers.get(f"sec-fetch-{what}") for what in ("site", "mode", "dest"))
        return not self.changes and tuple(said) == ("cross-site", "navigate", "document")

    @property
    def address_again(self) -> str:
        """Where it leads, as a path with its query."""
        return quote(self.root + self.path) + (f"?{self.query}" if self.query else "")

    def below(self, wish: str) -> str:
        """Where somebody wishes to go, if that is a page of the inbox behind the gate; else its first page."""
        path = unquote(re.split("[?#]", wish)[0])
        inside = path == normpath(path) + ("/" if path.endswith("/") else "") and path.startswith(f"{self.root}/")
        of_the_gate = path.removeprefix(self.root) in (LOGIN, LOGOUT)
        return wish if inside and not of_the_gate and safe_next(wish, "") else f"{self.root}/"


@dataclass(frozen=True)
class Visitor:
    """Who has been let in. `token` is what their forms send back; a program has none: it shows its key each time."""

    token: str = ""
    signed_in: bool = False
    program: bool = False


def asked_of(scope: Scope, trusted: Sequence[str]) -> Asked:
    """What a request asks for; `trusted` proxies are believed."""
    headers = headers_of(scope["headers"])
    peer = scope["client"][0] if scope.get("client") else ""
    root = scope.get("root_path", "").rstrip("/")
    return Asked(
        scope["method"],
        root,
        scope["path"].removeprefix(root) or "/",
        scope["query_string"].decode("latin-1"),
        headers,
        client_address(peer, headers.get("x-forwarded-for", ""), trusted),
        is_https(scope["scheme"], peer, headers.get("x-forwarded-proto", ""), trusted),
    )


def fields_of(body: bytes) -> dict[str, list[str]]:
    """What a form has sent, by name; nothing where it cannot be read."""
    try:
        return parse_qs(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}
