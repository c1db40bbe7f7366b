"""The language of a page: screen readers pronounce by it, browsers hyphenate and translate by it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.check.look import Look
from sitegen.errors import Problem

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")  # what RFC 5646 lets be, and people use


def check(look: Look) -> Iterator[Problem]:
    """A warning for a page that does not say its language, or says what is none."""
    for page in look.pages:
        place = look.sources.of_page(page)
        if not page.whole or _TAG.fullmatch(page.lang):
            continue
        if not page.lang:
            yield place.problem("warning", "the page does not say its language", '<html lang="en">, in the layout')
        else:
            hint = f"write {page.lang.replace('_', '-')}" if "_" in page.lang else "write a code such as en or pt-BR"
            yield place.problem("warning", f'"{page.lang}" is no language', hint)
