"""Endpoints of form services: an address that cannot be one loses people, and nobody sees it."""

from __future__ import annotations

from sitegen.build.outlook import Outlook
from sitegen.errors import Problems
from sitegen.forms.endpoints import mistake_in
from sitegen.marked import Origin
from sitegen.model.content import Call
from sitegen.model.site import Site


def advise(outlook: Outlook, problems: Problems) -> None:
    """Warn of each endpoint of an open call that answers will not reach."""
    site = outlook.site
    if site.config.preview:
        return
    for call in site.calls:
        mistake = mistake_in(call.form.endpoint, site.config.url) if call.open and call.form.hosted else None
        if mistake is not None:
            problems.warn(place_of_endpoint(site, call).problem(mistake.message, mistake.hint))


def place_of_endpoint(site: Site, call: Call) -> Origin:
    """Where the endpoint of a call is written: in its post, in the named form, or among the settings."""
    own = call.post.origin.at("form", "endpoint")
    if own.keys in own.lines:
        return own
    name = call.post.front.get("form")
    if isinstance(name, str) and name in site.config.forms:
        named = site.config.forms[name][1].at("endpoint")
        if named.keys in named.lines:
            return named
    return site.config.origin.at("forms", "endpoint")
