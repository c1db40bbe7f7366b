"""The answer to what was stored: JSON for a script, the way to a page for a browser."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from sitegen.forms.description import Form
from sitegen.forms.inbox.store import Accepted
from sitegen.forms.receiver.visit import LANGUAGE_QUERY, Visit
from sitegen.forms.submission import State
from sitegen.forms.wire.protocol import CORS, SAFE, Route, absolute, safe_next
from sitegen.forms.wire.responses import After, json_response


def thank(visit: Visit, form: Form, route: Route, accepted: Accepted, wish: str) -> Response:
    """Lead on to where the visitor `wish`es, if that is on the site; else to the site's own page, or to ours."""
    submission = accepted.submission
    kind = kind_of(form, submission.state)
    asked = kind == "asked"  # whatever page is wished for does not say so
    after = ("" if asked else safe_next(wish, visit.book.site_url)) or page_after(visit, form, route, kind)
    if not visit.json:
        return RedirectResponse(after, 303, {**CORS, **SAFE})
    body: dict[str, object] = {
        "ok": True,
        "next": absolute(after, visit.request.scope["scheme"], visit.headers.get("host", "")),
        "id": submission.id,
    }
    told = {"waitlist": {"waitlist": True}, "asked": {"confirm": True}}
    return json_response(body | told.get(kind, {}))


def page_after(visit: Visit, form: Form, route: Route, kind: After) -> str:
    """The site's own page for that, or the receiver's in the language of the form."""
    if own := visit.book.thanks_of(form, kind):
        return own
    usual = visit.book.forms.get(form.id, form)
    language = f"?{LANGUAGE_QUERY}={form.lang}" if form.key != usual.key else ""
    return f"{visit.request.scope.get('root_path', '')}{route.own_page(kind)}{language}"


def kind_of(form: Form, state: State) -> After:
    """What a visitor is told of an answer in that state; spam is told what the others are."""
    if state == "unconfirmed" or (form.confirm and state == "spam"):
        return "asked"
    return "waitlist" if state == "waitlist" else "thanks"
