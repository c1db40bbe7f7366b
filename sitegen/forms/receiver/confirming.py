"""Visitors confirm that an address is theirs: the link in a letter leads to a page, and its button does it.

Looking at the page does nothing, as mail scanners look at every link. The token is a secret in an address: no log of
ours has it, no page that is gone to from there learns of it, and it is worth nothing after the click.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from html import escape
from typing import Protocol

from sitegen.forms.description import Form
from sitegen.forms.inbox.database import StoreError
from sitegen.forms.inbox.store import Click, Confirmed, Full, NotFound
from sitegen.forms.notices import Notice
from sitegen.forms.periods import UNCONFIRMED_DAYS
from sitegen.forms.receiver.visit import Visit
from sitegen.forms.wire.refusals import refused
from sitegen.forms.wire.responses import Pages
from sitegen.languages import html_attributes
from sitegen.words import Words

logger = logging.getLogger("sitegen.receiver")

UNTOLD: Mapping[str, str] = {"Referrer-Policy": "no-referrer"}
RETRY_SECONDS = 30  # what a visitor is told while the inbox cannot be written


class Keeper(Protocol):
    """What confirming wants of a store."""

    def confirm(self, click: Click, notices: Sequence[Notice]) -> Confirmed:
        """Let an answer count. Raises `NotFound`, `Full`, `StoreError`."""
        ...

    def is_confirmed(self, form: str, token: str) -> bool:
        """Whether an answer is confirmed. Raises `NotFound`, `StoreError`."""
        ...


def look(store: Keeper, form: Form, token: str) -> None:
    """Go on to the button, also while the inbox cannot be read. Raises `Refusal` for a link that is used, or none."""
    try:
        if store.is_confirmed(form.id, token):
            raise refused("CONFIRMED")
    except NotFound as error:
        raise refused("NOT_TO_CONFIRM") from error
    except StoreError as error:
        logger.error("nothing can be read: %s", error)


def confirm_page(pages: Pages, form: Form, token: str, words: Words) -> str:
    """The page with the button; a plain one if the site's layouts cannot make it."""
    try:
        return pages.confirm(form, token)
    except Exception:
        logger.exception("the layouts cannot show a page of the receiver")
        title, button = escape(words.text("confirm.title")), escape(words.text("confirm.button"))
        page = html_attributes(words.lang)
        return (
            f'<!doctype html>\n<html{page}><head><meta charset="utf-8"><title>{title}</title></head>'
            f'<body><main><h1>{title}</h1><form method="post" action="?"><input type="hidden" name="token" '
            f'value="{escape(token)}"><button>{button}</button></form></main></body></html>\n'
        )


def confirmed(store: Keeper, visit: Visit, form: Form, token: str) -> Confirmed:
    """Let the answer with this token count. Raises `Refusal`."""
    try:
        found = store.confirm(Click(form.id, token, form.waitlist), visit.book.notices)
    except NotFound as error:
        raise refused("NOT_TO_CONFIRM") from error
    except Full as error:
        raise refused("FULL", "full_confirmed", count=UNCONFIRMED_DAYS) from error
    except StoreError as error:
        logger.error("nothing can be stored: %s", error)
        raise refused("UNAVAILABLE", "unavailable_now", retry_after=RETRY_SECONDS) from error
    if found.repeated:
        raise refused("CONFIRMED")
    return found
