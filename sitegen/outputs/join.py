"""The join pages: a list of calls at `/join/`, a page for each call, and where its visitors land."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from sitegen.model.content import Call
from sitegen.model.site import Site
from sitegen.outputs.generated import generated
from sitegen.outputs.target import Target
from sitegen.templates.views import Attributes, Lens, call_view, document_view
from sitegen.words import Word


def targets(site: Site) -> Iterator[Target]:
    """The pages of all calls; none where there are none."""
    if site.calls:
        yield generated(site.config.within("/join/"), "join", "join", Word("calls.join"), _list)
    for call in site.calls:
        yield from _pages(call, counted=site.config.preview or not call.form.hosted)


def _pages(call: Call, *, counted: bool) -> Iterator[Target]:
    """The pages of a call. A form service does not count places, and so has no waitlist."""
    title, identity = call.post.title, [call.form.id, call.post.path]
    fill = partial(_form, call.post.path)
    yield generated(call.url, "call", "call", title, fill, identity=identity)
    yield generated(call.thanks_url, "thanks", "thanks", Word("after.thanks"), fill, identity=identity)
    if counted and call.form.capacity is not None and call.form.waitlist:
        yield generated(call.waitlist_url, "thanks", "waitlist", Word("after.waitlist"), fill, identity=identity)


def _call(call: Call, lens: Lens) -> Mapping[str, Any]:
    post = document_view(lens, call.post)
    title, url = lens.words(call.post.lang).text("calls.join"), lens.site.config.within("/join/")
    above = Attributes({"title": title, "url": url})
    return {"call": call_view(lens, call), "description": post.description, "posts": [post], "overview": above}


def _form(path: str, lens: Lens) -> Mapping[str, Any]:
    """The pages of the call that a post is are in the language of its questions, as the post is."""
    call = lens.site.call_of(lens.site.documents[path])
    return {"lang": call.post.lang or lens.site.config.lang, **_call(call, lens)} if call is not None else {}


def _list(lens: Lens) -> Mapping[str, Any]:
    """Where only one call is open, the page is that call."""
    lens.saw("calls")
    calls = lens.site.calls
    still = [call for call in calls if call.open]
    alone = still[0] if len(still) == 1 else None
    return {
        "lang": (alone and alone.post.lang) or lens.site.config.lang,
        "calls": [call_view(lens, call) for call in calls],
        "call": call_view(lens, alone) if alone else None,
        "description": lens.words((alone and alone.post.lang) or "").text("calls.about"),
    }
