"""The answer to what was stored: JSON for a script, the way to a page for a browser."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from sitegen.forms.description import Form
from sitegen.forms.inbox.store import Accepted
from sitegen.forms.receiver.visit import Visit
from sitegen.forms.wire.protocol import CORS, SAFE, Route, absolute, safe_next
from sitegen.forms.wire.responses import json_response


def thank(visit: Visit, form: Form, route: Route, accepted: Accepted, wish: str) -> Response:
    """Lead on to where the visitor `wish`es, if that is on the site; else to the site's own page, or to ours."""
    submission = accepted.submission
    waitlisted = submission.state == "waitlist"
    own = visit.book.thanks_of(form, waitlisted=waitlisted)
    after = safe_next(wish, visit.book.site_url) or own
    if not after:
        after = visit.request.scope.get("root_path", "") + route.own_page("waitlist" if waitlisted else "thanks")
    if not visit.json:
        return RedirectResponse(after, 303, {**CORS, **SAFE})
    body: dict[str, object] = {
        "ok": True,
        "next": absolute(after, visit.request.scope["scheme"], visit.headers.get("host", "")),
        "id": submission.id,
    }
    return json_response(body | ({"waitlist": True} if waitlisted else {}))
