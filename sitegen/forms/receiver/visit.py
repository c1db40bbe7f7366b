"""A request to the receiver: what it asks for, of which form. A pure value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

from sitegen.forms.description import Form
from sitegen.forms.receiver.book import FormBook
from sitegen.forms.wire.protocol import Route, find_route, headers_of, wants_json
from sitegen.words import Words

LANGUAGE_QUERY = "lang"  # in the address of a page of the receiver's own, behind the form


@dataclass(frozen=True)
class Visit:
    """One request: what it asks for, of which form, when, and whether the answer should be JSON.

    `headers` are by name, in lower case.
    """

    request: Request
    headers: Mapping[str, str]
    book: FormBook
    route: Route | None
    form: Form | None
    moment: datetime
    json: bool

    @property
    def words(self) -> Words:
        """The words of the language of the call, or of the site."""
        return self.book.words_of(self.form)


def visit_of(request: Request, book: FormBook, moment: datetime) -> Visit:
    """What a request asks for, by the book of that moment."""
    prefix = request.scope.get("root_path", "").rstrip("/")
    route = find_route(request.scope["path"].removeprefix(prefix), book.baseurl)
    form = book.forms.get(route.form) if route else None
    if form is not None and route is not None and route.page and (lang := request.query_params.get(LANGUAGE_QUERY, "")):
        form = book.in_language(form, lang)
    headers = headers_of(request.scope["headers"])
    return Visit(request, headers, book, route, form, moment, wants_json(headers))
