"""What the gate itself shows: plain pages in the manner of the theme, that load nothing."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files

from starlette.responses import HTMLResponse, Response


def login_page(action: str, after: str, error: str = "", status: int = 200, wait: int = 0) -> Response:
    """Where the author signs in; `after` is where they go then."""
    alert = f'<p class="alert" role="alert" id="error">{escape(error)}</p>' if error else ""
    described = ' aria-invalid="true" aria-describedby="error"' if error else ""
    body = (
        "<h1>The inbox</h1><p>Only its author may read the answers.</p>"
        f'{alert}<form method="post" action="{escape(action)}">'
        '<p><label for="password">Password</label>'
        '<input id="password" name="password" type="password" autocomplete="current-password" required autofocus'
        f'{described}></p><input type="hidden" name="next" value="{escape(after)}">'
        "<p><button>Sign in</button></p></form>"
    )
    headers = {"Retry-After": str(wait)} if wait else {}
    return _page("Error: sign in" if error else "Sign in", body, status, headers)


def notice_page(title: str, message: str, status: int, link: str = "", words: str = "") -> Response:
    """A few words, and where to go on."""
    way = f'<p><a href="{escape(link)}">{escape(words)}</a></p>' if link else ""
    return _page(title, f"<h1>{escape(title)}</h1><p>{escape(message)}</p>{way}", status)


def once_more_page(address: str) -> Response:
    """Asks for the same address again, now from a page of its own: so the browser shows its session, if it has one.

    Who follows a link in a letter need not sign in again. Nobody can frame this page, and what is asked for by it
    changes nothing.
    """
    body = f'<h1>The inbox</h1><p><a href="{escape(address)}">Go on</a></p>'
    return _page("The inbox", body, 200, head=f'<meta http-equiv="refresh" content="0; url={escape(address)}">')


def _page(title: str, body: str, status: int, headers: Mapping[str, str] | None = None, head: str = "") -> Response:
    style, policy = _style()
    html = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{escape(title)}</title>{head}<style>{style}</style></head>'
        f"<body><main>{body}</main></body></html>\n"
    )
    return HTMLResponse(html, status, {"Content-Security-Policy": policy, **(headers or {})})


@cache
def _style() -> tuple[str, str]:
    """The style sheet of these pages, and the policy that allows it and nothing else: no script, no other host."""
    style = files("sitegen.forms.gate").joinpath("gate.css").read_text(encoding="utf-8")
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return style, (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
