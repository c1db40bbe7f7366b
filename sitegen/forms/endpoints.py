"""Endpoints: what may stand behind `endpoint:`, and what can be told of one by its looks. Pure functions."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple
from urllib.parse import unquote, urlsplit

from sitegen.patterns import regex
from sitegen.shapes import WEB_ADDRESS, either, one_of
from sitegen.urls import is_web_address

NETLIFY = "netlify"  # the endpoint that is no address: the form is sent to the site itself
ENDPOINT = either(WEB_ADDRESS, one_of((NETLIFY,)))
HINT = f"write the address that the form service tells, such as https://formspree.io/f/your-form-id, or `{NETLIFY}`"

_PLACEHOLDER = regex(
    r"your([-_ ].*|own|form|access|endpoint|id|key|hash|unique).*|.*[<>{}…].*|x[x-]{3,}|0[0-]{7,}"
    r"|(my[-_]?)?form[-_]?(id|key|hash|endpoint)|access[-_]?key([-_]here)?|change[-_]?me|replace[-_]?me",
    re.IGNORECASE,
)
_NO_ID = regex("example|endpoint|placeholder|todo|test", re.IGNORECASE)  # elsewhere it may be somebody's
_ON_THIS_COMPUTER = regex(r"localhost|.*\.localhost|127\.[\d.]+|::1")
_PUBLISHED_BY = {  # by the end of the host: whose sites Netlify does not see
    "github.io": "GitHub Pages",
    "gitlab.io": "GitLab Pages",
    "pages.dev": "Cloudflare Pages",
    "vercel.app": "Vercel",
    "codeberg.page": "Codeberg Pages",
}


class Mistake(NamedTuple):
    """What is wrong with an endpoint. An "error" loses answers, a "warning" may, or lets others read them."""

    severity: Literal["error", "warning"]
    message: str
    hint: str


def is_endpoint(text: str) -> bool:
    """Whether it is a web address, or the word for a service that has none."""
    return text == NETLIFY or is_web_address(text)


def mistake_in(endpoint: str, site_url: str = "") -> Mistake | None:
    """A placeholder, no form's address, a service that cannot receive this site's answers, no https; None for none."""
    if endpoint == NETLIFY:
        return _published_elsewhere(urlsplit(site_url).hostname or "")
    from sitegen.forms.services import service_at

    service = service_at(endpoint)
    behind = endpoint.partition("://")[2].rstrip("/")
    last = unquote(re.split("[/=]", behind)[-1])
    if _PLACEHOLDER.fullmatch(last) or (service.form and _NO_ID.fullmatch(last)):
        hint = "the form service tells the address when you make a form there"
        return Mistake("error", f"the address of the form is still a placeholder: {endpoint}", hint)
    if service.form and not re.fullmatch(service.form, behind, re.IGNORECASE):
        hint = f"write the one that it tells for the form, like {service.example}"
        return Mistake("warning", f"no form at {service.name} has such an address: {endpoint}", hint)
    if not endpoint.lower().startswith("https:") and not _ON_THIS_COMPUTER.fullmatch(urlsplit(endpoint).hostname or ""):
        hint = f"write https://{endpoint.partition('://')[2]}"
        return Mistake("warning", f"the answers travel unprotected: {endpoint}", hint)
    return None


def _published_elsewhere(host: str) -> Mistake | None:
    for ending, publisher in _PUBLISHED_BY.items():
        if host.endswith("." + ending):
            hint = "name the address of another form service, or publish the site with Netlify"
            return Mistake("error", f"Netlify receives nothing from a site that {publisher} publishes", hint)
    return None
