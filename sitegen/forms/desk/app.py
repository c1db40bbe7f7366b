"""The desk: an ASGI application on which an author works with the answers. It asks nobody who they are.

Whoever mounts it lets only the author in, and checks that what is posted comes from its pages: it puts a token into
`scope["sitegen.token"]`, and every form sends that back as `_token`. Where `scope["sitegen.leave"]` is an address, a
button posts there to log out.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, tzinfo

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import Receive, Scope, Send

from sitegen.dates import now
from sitegen.errors import SitegenError
from sitegen.forms.description import Form
from sitegen.forms.desk import answers, calls, changes, deliveries, exporting, listing, static
from sitegen.forms.desk.painting import failure_page
from sitegen.forms.desk.visit import Visit, read_posted
from sitegen.forms.inbox.database import StoreError
from sitegen.forms.inbox.store import Store
from sitegen.forms.wire.scope import LEAVE, TOKEN

logger = logging.getLogger("sitegen.desk")

Page = Callable[[Visit], Response]
PAGES: dict[str, Page] = {
    "/": listing.page,
    "/a/{id}": answers.page,
    "/a/{id}/files/{file}": answers.file,
    "/calls": calls.page,
    "/deliveries": deliveries.page,
    "/export.csv": exporting.csv,
    "/export.jsonl": exporting.jsonl,
    "/static/{name}": static.file,
}
CHANGES: dict[str, Page] = {  # what is posted; afterwards the browser is sent back to where it was
    "/change": changes.change,
    "/a/{id}/notes": changes.note,
    "/deliveries/again": changes.send_again,
}
_SAID = {
    400: "That was not understood.",
    404: "There is nothing here, or not any more.",
    405: "That does not work here.",
    413: "That is too much at once.",
    500: "Something went wrong. The log says what.",
}


class Desk:
    """The application. `forms` asks for the forms of the site as they are now, `zone` is the site's time zone."""

    def __init__(
        self,
        store: Store,
        forms: Callable[[], Mapping[str, Form]] = dict,
        *,
        zone: tzinfo = UTC,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._store, self._forms, self._zone, self._clock = store, forms, zone, clock
        pages = [Route(path, self._answering(page), methods=["GET"]) for path, page in PAGES.items()]
        posts = [Route(path, self._answering(page), methods=["POST"]) for path, page in CHANGES.items()]
        self._router = Router([*pages, *posts], redirect_slashes=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await send({"type": "websocket.close"})
            return
        # What the router says of an unknown path is an exception if it believes to be in an application. One round us
        # would catch that before we do.
        scope = {name: value for name, value in scope.items() if name != "starlette.exception_handlers"} | {"app": self}
        try:
            await self._router(scope, receive, send)
        except HTTPException as error:
            await self._failed(Request(scope), error.status_code, dict(error.headers or {}))(scope, receive, send)
        except ClientDisconnect:
            return

    def _answering(self, page: Page) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            posted = await read_posted(request) if request.method == "POST" else {}
            try:
                return await run_in_threadpool(page, self._visit(request, posted))
            except StoreError as error:
                logger.error("%s", error)
                return self._failed(request, 503)
            except SitegenError:  # somebody else has deleted it in between
                return self._failed(request, 404)
            except HTTPException:
                raise
            except Exception:
                logger.exception("the desk failed")
                return self._failed(request, 500)

        return answer

    def _visit(self, request: Request, posted: Mapping[str, list[str]]) -> Visit:
        scope = request.scope
        known = self._store, self._forms, self._zone, self._clock()
        about = scope.get("root_path", "").rstrip("/"), scope.get(TOKEN, ""), scope.get(LEAVE, "")
        return Visit(*known, *about, dict(request.query_params), scope.get("path_params", {}), posted)

    def _failed(self, request: Request, status: int, headers: Mapping[str, str] | None = None) -> Response:
        said = _SAID.get(status, "The inbox cannot be read just now. Nothing is lost: try again in a moment.")
        return failure_page(self._visit(request, {}), status, said, headers)
