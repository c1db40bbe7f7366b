"""The routes of the preview: the site's own addresses, the server's, and those of the forms."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote, unquote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sitegen.config import Config
from sitegen.forms.service import is_ours
from sitegen.serve.events import Events
from sitegen.serve.overlay import missing_page, problems_page
from sitegen.serve.preview import Preview
from sitegen.serve.site_files import (
    HEADERS,
    Moved,
    content_type,
    file_answer,
    find,
    is_page,
    page_answer,
    regular_file,
)
from sitegen.web.hosts import LocalNamesOnly

Index = Callable[[str], bytes | None]  # path in the output → bytes
OWN_FILES = ("live.js", "live.css")


def create_app(events: Events, service: ASGIApp, index: Index, *, local: bool) -> ASGIApp:
    """The whole server; with `local` it answers to local names only. `index` has the files of the search index."""
    own = [
        Route("/_sitegen/events", _events, methods=["GET"]),
        Route("/_sitegen/{name:path}", _own_file, methods=["GET"]),
        Mount("/", _Site(service, index)),
    ]
    app = Starlette(routes=own, middleware=[Middleware(LocalNamesOnly)] if local else [])
    app.state.events = events
    return app


async def _events(request: Request) -> Response:
    if request.method == "HEAD":  # it would have no end
        return Response(headers=HEADERS, media_type="text/event-stream")
    stream = request.app.state.events.stream(unquote(request.query_params.get("at", "/")))
    return StreamingResponse(stream, headers=HEADERS, media_type="text/event-stream")


async def _own_file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in OWN_FILES:
        return PlainTextResponse("Not found\n", 404, HEADERS)
    data = files("sitegen.serve").joinpath(name).read_bytes()
    return Response(data, 200, HEADERS, content_type(name))


class _Site:
    """Everything else: the site's files for GET and HEAD, the service for answers to forms and the inbox."""

    def __init__(self, service: ASGIApp, index: Index) -> None:
        self.service, self.index = service, index

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, once no build runs; with a glimpse of the page at once."""
        preview: Preview = await scope["app"].state.events.settled(scope["path"])
        answer = _glimpse(preview, scope) or await run_in_threadpool(_answer, preview, self.index, Request(scope))
        await (answer or self.service)(scope, receive, send)


def _glimpse(preview: Preview, scope: Scope) -> Response | None:
    """The page as the next build is going to write it, where that is known."""
    page = preview.glimpse(scope["path"]) if scope["method"] in ("GET", "HEAD") else None
    return None if page is None else page_answer(page, _script(preview, scope["path"]))


def _answer(preview: Preview, index: Index, request: Request) -> Response | None:
    """The answer, or None to leave it to the service."""
    baseurl = preview.config.baseurl if preview.config else ""
    ours = is_ours(request.scope["path"], baseurl)
    if request.method not in ("GET", "HEAD"):
        allow = {"Allow": "GET, HEAD", **HEADERS}
        return None if ours else PlainTextResponse("Method not allowed\n", 405, allow)
    if preview.config is None:
        page = problems_page(preview.shown).encode("utf-8", "replace")
        return page_answer(page, _script(preview, request.scope["path"], alone=True), 500)
    found = _found(preview.config, request.scope["path"])
    if found is None and (piece := index(request.scope["path"].removeprefix(f"{baseurl}/"))) is not None:
        return Response(piece, 200, HEADERS, content_type(request.scope["path"]))
    if isinstance(found, Moved):
        query = request.url.query
        return RedirectResponse(found.url + (f"?{query}" if query else ""), 302, HEADERS)
    if found is None:
        return None if ours else _missing(preview, preview.config, request)
    script = _script(preview, request.scope["path"])
    return page_answer(found.read_bytes(), script) if is_page(found) else file_answer(found)


def _found(config: Config, path: str) -> Path | Moved | None:
    """What the site has at a path of the server; the start of the site where that is below a base."""
    base = config.baseurl
    if base and path in ("/", base):
        return Moved(quote(f"{base}/"))
    if not path.startswith(f"{base}/"):
        return None
    found = find(config.output, path.removeprefix(base))
    return Moved(quote(base) + found.url) if isinstance(found, Moved) else found


def _missing(preview: Preview, config: Config, request: Request) -> Response:
    """The site's own 404 page, in the language of the address if there is one, or ours."""
    address = request.url.path
    prefixes = (config.edition(language).prefix for language in config.tongues)
    prefix = next((one for one in prefixes if one and address.startswith(f"{config.baseurl}{one}/")), "")
    found = (regular_file(config.output, f"{folder}/404.html".lstrip("/")) for folder in dict.fromkeys((prefix, "")))
    own = next(filter(None, found), None)
    html = own.read_bytes() if own else missing_page(address, config.baseurl).encode("utf-8", "replace")
    return page_answer(html, _script(preview, request.scope["path"]), 404)


def _script(preview: Preview, address: str, *, alone: bool = False) -> str:
    """The tag that the page at an address gets; `alone` for the page that holds nothing but the problems."""
    revision = f' data-revision="{preview.revision}"' if alone else ""
    return f'<script src="/_sitegen/live.js" data-build="{preview.mark(address)}"{revision} defer></script>\n'
