"""Forms: what readers fill in has to reach somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from sitegen.build.advice.calls import calls_not_to_confirm, calls_of_nobody, calls_to_nowhere, files_unwanted
from sitegen.build.advice.endpoints import place_of_endpoint
from sitegen.check.look import Look
from sitegen.check.pages import HtmlForm, SeenPage
from sitegen.errors import Problem
from sitegen.forms.endpoints import mistake_in
from sitegen.forms.services import action_of
from sitegen.leads.places import Place, in_body
from sitegen.marked import Origin

_FROM_MANUALS = re.compile(r".*/abcdwxyz", re.IGNORECASE)  # may be somebody's, so no build tells it
_NOBODYS = re.compile(
    r"localhost|.*\.(?:localhost|local|test|invalid|example)|(?:.*\.)?example\.(?:org|com|net)|127\.[\d.]+|0\.0\.0\.0|\[?::1\]?"
)  # RFC 2606, RFC 6762, and the own computer


def check(look: Look) -> Iterator[Problem]:
    """Errors where answers would be lost, warnings where others could read them, notes on links to a closed call."""
    yield from calls_to_nowhere(look.site)
    yield from calls_not_to_confirm(look.site)
    for problem in files_unwanted(look.site):
        yield replace(problem, severity="warning")
    for problem in calls_of_nobody(look.site):
        yield replace(problem, severity="note")
    for call in look.site.calls:
        if call.open and call.form.hosted:
            yield from _endpoint(call.form.endpoint, _at(place_of_endpoint(look.site, call)), look.site.config.url)
    if look.site.config.receive_url and any(not call.form.hosted for call in look.site.calls):
        yield from _endpoint(look.site.config.receive_url, _setting(look, "receive", "url"))
    yield from _own(look)
    yield from _closed(look)


def is_nobodys(host: str) -> bool:
    """Whether a host is one of examples, or the own computer: nobody else is there."""
    return _NOBODYS.fullmatch(host) is not None


def _endpoint(address: str, place: Place, site_url: str = "") -> Iterator[Problem]:
    host = urlsplit(address).hostname or ""
    if is_nobodys(host):
        yield place.problem("error", f"the answers go to {host}, where nobody receives them", "name a real address")
    elif _FROM_MANUALS.fullmatch(address):
        yield place.problem("warning", f"the address of the form is one from a manual: {address}")
    elif mistake := mistake_in(address, site_url):
        yield place.problem(mistake.severity, mistake.message, mistake.hint)


def _setting(look: Look, *keys: str) -> Place:
    return _at(look.site.config.origin.at(*keys))


def _at(origin: Origin) -> Place:
    return Place(origin.path, origin.text, origin.line)


def _own(look: Look) -> Iterator[Problem]:
    """Forms that the author wrote as HTML."""
    ours = {f"/f/{call.form.id}" for call in look.site.calls}
    for page in look.pages:
        for form in page.forms:
            lead = look.lead(page, form.action)
            if form.method != "post" or lead.path in ours:
                continue
            place = _form_place(look, page, form)
            if lead.kind == "elsewhere" and form.action not in _hosted(look):
                yield from _endpoint(lead.url, place)
            elif lead.kind in ("inside", "nowhere") and not form.claimed:
                hint = "a static site takes no answers: name a form service in `action`, or make the post a call"
                yield place.problem("error", f"the form on the page {page.url} is sent to nobody", hint)


def _hosted(look: Look) -> set[str]:
    receive = look.site.config.receive_url
    received = {f"{receive}/f/{call.form.id}" for call in look.site.calls} if receive else set()
    return received | {action_of(call.form.endpoint) for call in look.site.calls}


def _form_place(look: Look, page: SeenPage, form: HtmlForm) -> Place:
    if form.action:
        return look.sources.of_address(page, form.action, 1, form.line)[0]
    document = look.site.documents.get(page.owner)
    found = in_body(document, ("<form",)) if document is not None else []
    return found[0] if found else replace(look.sources.of_page(page), line=form.line if page.copied else None)


def _closed(look: Look) -> Iterator[Problem]:
    """Links in posts, pages and the menu to the join page of a call that is over."""
    closed = {call.url: call for call in look.site.calls if not call.open}
    for use in look.uses:
        call = closed.get(use.lead.path) if use.lead.kind == "inside" and use.reference.tag == "a" else None
        if call is None or use.page.owner not in look.site.documents or use.page.owner == call.post.path:
            continue
        for place in look.places(use):
            yield place.problem("note", f"the link to {use.reference.address} leads to a call that is closed")
