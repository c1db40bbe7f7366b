"""The forms of posts that are calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sitegen.config import Config
from sitegen.errors import Problem
from sitegen.forms.description import Form
from sitegen.marked import Origin
from sitegen.slugs import slugify, term_slug


def form_of(
    config: Config, tell: Callable[[Problem], None], value: Any, slug: str, title: str, origin: Origin, lang: str
) -> Form | None:
    """The form that `form: value` makes of a post in that language; None for none. What is wrong is told."""
    if value is None or value is False:
        return None
    from sitegen.forms.reading.forms import FormReader

    forms = FormReader(config.zone, tell, config.forms, config.endpoint, config.keep)
    form = forms.read(value, slugify(slug) or term_slug(slug), title, origin)
    return replace(form, lang=config.tongue_of(lang)) if form is not None and config.languages else form
