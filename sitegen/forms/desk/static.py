"""The desk's style sheet and script: the only files that its pages load."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

from starlette.exceptions import HTTPException
from starlette.responses import Response

from sitegen.forms.desk.visit import Visit

TYPES = {"desk.css": "text/css", "desk.js": "text/javascript"}


def file(visit: Visit) -> Response:
    """One of them. Its address changes with it, so that browsers may keep it."""
    name = visit.path["name"]
    if name not in TYPES:
        raise HTTPException(404)
    kept = "private, max-age=31536000, immutable" if visit.query.get("v") == _mark(name) else "no-cache"
    headers = {
        "Cache-Control": kept,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return Response(_content(name), headers=headers, media_type=TYPES[name])


def address_of(name: str) -> str:
    """Where it is, below the desk."""
    return f"/static/{name}?v={_mark(name)}"


@cache
def _content(name: str) -> bytes:
    return files("sitegen.forms.desk").joinpath("static", name).read_bytes()


@cache
def _mark(name: str) -> str:
    return sha256(_content(name)).hexdigest()[:12]
