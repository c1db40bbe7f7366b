"""What the wire says in HTTP: which form is meant, JSON or a page, where to go next. Pure functions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

# On every answer, errors included: without them a browser hides the answer from the page's script. The star stays where
# there is an allowlist of origins: a page that is refused may read why.
CORS: Mapping[str, str] = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "POST, OPTIONS",
    "Access-Control-Allow-Headers": "accept, content-type, x-requested-with, formspree-client, "
    "formspree-session-data, idempotency-key",
    "Access-Control-Expose-Headers": "Retry-After",
    "Access-Control-Max-Age": "86400",
}
SAFE: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    # Not `no-referrer`: a page sent again from our error page would then come with `Origin: null`.
    "Referrer-Policy": "strict-origin-when-cross-origin",
}

_ROUTE = re.compile(
    r"(?:/p/(?P<project>[^/]+))?/f/(?P<form>[^/]+)(?:/(?P<page>thanks|waitlist|asked|confirm|challenge|places))?/?"
)
_PLAIN_PATH = re.compile(r"/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*(?:[?#][A-Za-z0-9._~!$&'()*+,;=:@%/?#-]*)?")
_HOST = re.compile(r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")


@dataclass(frozen=True)
class Route:
    """What a path names: the form, and one of its pages (see `_ROUTE`), or "" for the form itself."""

    prefix: str
    form: str
    page: str = ""

    def own_page(self, page: str) -> str:
        """The path of another page of the same form."""
        return f"{self.prefix}/f/{quote(self.form)}/{page}"


def find_route(path: str, prefix: str = "") -> Route | None:
    """What a decoded path names, also below the prefix and with doubled slashes; None if it is not a form's.

    >>> find_route("//f/chicago"), find_route("/blog/p/1/f/chicago/thanks", "/blog")
    (Route(prefix='', form='chicago', page=''), Route(prefix='/blog', form='chicago', page='thanks'))
    """
    plain = re.sub("/{2,}", "/", path) if "//" in path else path
    below = prefix and plain.startswith(prefix + "/")
    match = _ROUTE.fullmatch(plain.removeprefix(prefix) if below else plain)
    if match is None:
        return None
    form = unicodedata.normalize("NFC", match["form"])
    return Route(prefix if below else "", form, match["page"] or "")


def headers_of(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """The headers of a request by name, in lower case as ASGI has them; one that came twice is one list (RFC 9110 5.3).

    >>> headers_of([(b"x-forwarded-for", b"10.0.0.1"), (b"x-forwarded-for", b"10.0.0.2")])
    {'x-forwarded-for': '10.0.0.1, 10.0.0.2'}
    """
    found: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1"), value.decode("latin-1")
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found


def wants_json(headers: Mapping[str, str]) -> bool:
    """Whether the answer should be JSON, by Formspree's rules and by `Sec-Fetch-Dest`.

    A bare `fetch` accepts anything, and would take a page for success: browsers say that it is no navigation.
    """
    accept = headers.get("accept", "").lower()
    html, as_json = accept.find("html"), accept.find("json")
    if headers.get("x-requested-with", "").lower() == "xmlhttprequest":
        return True
    if as_json >= 0 and (html < 0 or as_json < html):
        return True
    if html >= 0:
        return False
    if headers.get("sec-fetch-dest", "").lower() == "empty":
        return True
    return "json" in headers.get("content-type", "").lower()


def safe_next(wish: str, site_url: str) -> str:
    """Where the visitor wishes to go, if that is on the site: a path, or an address with exactly its origin.

    "" for all else: other hosts, other schemes, anything with blanks, backslashes or control characters.
    """
    path = wish
    if site_url and wish.startswith("http"):
        own = origin_of(site_url)
        if not own or not wish.startswith(own + "/"):
            return ""
        path = wish[len(own) :]
    if not _PLAIN_PATH.fullmatch(path) or "//" in path.partition("?")[0] or "/.." in path:
        return ""
    return origin_of(site_url) + path if site_url else path


def origin_of(url: str) -> str:
    """Scheme, host and port of an address; "" if it has none."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def absolute(address: str, scheme: str, host: str) -> str:
    """A path with the scheme and host of the request; a strange host is not repeated."""
    return f"{scheme}://{host}{address}" if address.startswith("/") and _HOST.fullmatch(host) else address
