"""The language of a page: screen readers pronounce by it, browsers hyphenate and translate by it."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.check.look import Look
from sitegen.errors import Problem
from sitegen.languages import language_hint, language_of


def check(look: Look) -> Iterator[Problem]:
    """A warning for a page that does not say its language, or says what is none."""
    for page in look.pages:
        place = look.sources.of_page(page)
        if not page.whole or page.lang == language_of(page.lang) != "":
            continue
        if not page.lang:
            yield place.problem("warning", "the page does not say its language", '<html lang="en">, in the layout')
        else:
            yield place.problem("warning", f'"{page.lang}" is no language', language_hint(page.lang))
