"""Form services: what a page has to do for each of them. Pure data and functions.

One row each in `SERVICES`. The facts are from the services' own manuals, as they were in November 2026. What no manual
says is left out: no field is sent that a service may not know, and nothing is sent by script where nobody says what the
answer looks like.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, replace
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from sitegen.forms.endpoints import NETLIFY
from sitegen.frozen import dataclass

# How the script knows whether an answer has arrived. "json": by what the body says, and what is no JSON (a captcha)
# is for the visitor to see; "status": any 2xx will do; "page": not at all, so the browser sends the form as it is.
Answers = Literal["json", "status", "page"]


@dataclass(frozen=True)
class Service:
    """One form service. A field that has no name is not sent.

    `host` is its domain, `form` the pattern of what a form's address is behind `https://`, `example` what an author
    writes. `honeypot` is the field that only robots fill (`ticked`: a box), `key` one for each filling-in, `subject` of
    the mail, `next` the page to lead on to (`leads_script`: said to scripts, too), `language` of the service's pages;
    `form_name` holds the form's id, and `attributes` stand in the form's tag. With `query_in_body` the address's query
    becomes hidden fields. Where names have to tell the kinds of answers, `blocks` has them by field type; any other is
    `text`. `files` and `note` are for the manual.
    """

    name: str
    host: str = ""
    form: str = ""
    example: str = ""
    honeypot: str = ""
    ticked: bool = False
    key: str = ""
    subject: str = ""
    next: str = ""
    leads_script: bool = True
    language: str = ""
    form_name: str = ""
    query_in_body: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)
    blocks: Mapping[str, str] = field(default_factory=dict)
    answers: Answers = "json"
    files: str = "not known"
    note: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of what is sent beside the answers."""
        query = tuple(name for name, _ in _query(self.example)) if self.query_in_body else ()
        named = (self.honeypot, self.key, self.subject, self.next, self.language, self.form_name)
        return (*query, *filter(None, named))


OWN = Service("sitegen's receiver", honeypot="_gotcha", key="_key")
FORMSPREE = Service(
    "Formspree",
    host="formspree.io",
    form=r"formspree\.io/+(p/[\w-]+/)?f/[\w-]+",
    example="https://formspree.io/f/your-form-id",
    honeypot="_gotcha",
    key="_key",
    subject="_subject",
    next="_next",
    language="_language",
    files="25 MB each, 10 of them",
    note="leads on to your page on paid plans only; 50 answers a month are free; drops spam unseen",
)
SERVICES = (
    FORMSPREE,
    Service(
        "Basin",
        host="usebasin.com",
        form=r"(www\.)?usebasin\.com/f/[0-9a-z]{6,}(\.json)?",
        example="https://usebasin.com/f/your-form-id",
        answers="status",
        files="yes",
        note="the page to lead on to is set there; deletes spam after 30 days",
    ),
    Service(
        "Netlify Forms",
        example=NETLIFY,
        honeypot="_gotcha",
        subject="subject",
        form_name="form-name",
        attributes={"data-netlify": "true", "netlify-honeypot": "_gotcha"},
        answers="page",
        files="one a field, 8 MB in all",
        note="only on sites that Netlify serves; switch form detection on, then deploy; drops spam unseen",
    ),
    Service(
        "Web3Forms",
        host="web3forms.com",
        form=r"api\.web3forms\.com/submit\?access_key=[\w-]{20,}",
        example="https://api.web3forms.com/submit?access_key=your-access-key",
        honeypot="botcheck",
        ticked=True,
        subject="subject",
        next="redirect",
        leads_script=False,
        query_in_body=True,
        files="on paid plans",
        note="calls its own honeypot out of date",
    ),
    Service(
        "Getform",
        host="getform.io",
        form=r"(www\.)?getform\.io/f/[\w-]{6,}",
        example="https://getform.io/f/your-form-id",
        honeypot="_gotcha",
        answers="page",
        note="is called Forminit now; drops spam unseen",
    ),
    Service(
        "Forminit",
        host="forminit.com",
        form=r"(www\.)?forminit\.com/f/[\w-]{6,}",
        example="https://forminit.com/f/your-form-id",
        blocks={kind: kind for kind in ("email", "url", "number", "date", "select", "radio", "checkbox", "file")},
        files="25 MB in all",
        note="the form has to be public; answers are called `fi-…` there; at most 50 fields",
    ),
    Service(
        "Formcarry",
        host="formcarry.com",
        form=r"(www\.)?formcarry\.com/s/[\w-]{6,}",
        example="https://formcarry.com/s/your-form-id",
        honeypot="_gotcha",
        files="yes",
        note="the page to lead on to is set there; wants a field `email`; marks spam, and keeps it",
    ),
)
_NETLIFY = next(service for service in SERVICES if service.example == NETLIFY)
_OTHER = Service("another service", honeypot="_gotcha", key="_key", subject="_subject", next="_next")
_SENDER = {("name", "text"): "fi-sender-fullName", ("email", "email"): "fi-sender-email"}  # whom Forminit writes to


def service_at(endpoint: str) -> Service:
    """The service that an endpoint belongs to; "" is sitegen's receiver.

    An unknown address with `/f/` in it is taken for one that speaks Formspree's protocol, as many do.
    """
    if not endpoint:
        return OWN
    if endpoint == NETLIFY:
        return _NETLIFY
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    for service in SERVICES:
        if service.host and (host == service.host or host.endswith("." + service.host)):
            return service
    return _OTHER if "/f/" in parts.path else replace(_OTHER, answers="page")


def recipient(endpoint: str) -> str:
    """Who receives the answers, as visitors are told: a host, or the service's name where there is no address."""
    return urlsplit(endpoint).hostname or (service_at(endpoint).name if endpoint else "")


def action_of(endpoint: str) -> str:
    """Where the form is sent; "" where that is a page of the site itself."""
    if endpoint == NETLIFY:
        return ""
    return endpoint.partition("?")[0] if service_at(endpoint).query_in_body else endpoint


def fixed_fields(endpoint: str, form_id: str) -> tuple[tuple[str, str], ...]:
    """The hidden fields by which a service knows the form: names and values."""
    service = service_at(endpoint)
    named = ((service.form_name, form_id),) if service.form_name else ()
    return (*named, *(_query(endpoint) if service.query_in_body else ()))


def name_there(service: Service, name: str, kind: str) -> str:
    """What a field of that name and type is called at the service.

    >>> forminit = service_at("https://forminit.com/f/k3x9p2ab")
    >>> name_there(forminit, "email", "email"), name_there(forminit, "home-town", "text")
    ('fi-sender-email', 'fi-text-homeTown')
    """
    if not service.blocks:
        return name
    camel = re.sub(r"[-_]+(\w?)", lambda match: match[1].upper(), name)
    return _SENDER.get((name, kind)) or f"fi-{service.blocks.get(kind, 'text')}-{camel}"


def _query(address: str) -> tuple[tuple[str, str], ...]:
    return tuple(parse_qsl(urlsplit(address).query))
