"""The forms of posts that are calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sitegen.config import Config
from sitegen.errors import Problem, Problems
from sitegen.forms.description import Form, rules_that_differ
from sitegen.marked import Origin
from sitegen.model.content import Post
from sitegen.model.site import Site
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


def check_form_ids(config: Config, posts: Sequence[Post], problems: Problems) -> None:
    """Two different forms with one id would share an inbox without their author knowing.

    Those of posts that are to come, or have expired, count: the receiver knows them, too. Translations of a call are
    one call, and so have to ask for the same, in whatever words, as the one in the site's own language does.
    """
    seen: dict[str, Post] = {}
    same = Site(config, posts=tuple(posts)).translations
    calls = [(config.tongue_of(post.lang) != config.lang, post.path, post, post.form) for post in posts if post.form]
    for _, _, post, form in sorted(calls, key=lambda call: call[:2]):
        first = seen.setdefault(form.id, post)
        named = isinstance(post.front.get("form"), str) and post.front.get("form") == first.front.get("form")
        if first is post or named:
            continue
        if first.form is not None and first.path in same.get(post.path, ()):
            differing = rules_that_differ(first.form, form)
            if differing and not (_is_wrong(first, problems) or _is_wrong(post, problems)):
                message = f"`form`: another `{differing}` than in {first.path}, whose translation this is"
                hint = "a call has one inbox in all languages: ask for the same, or give this post another `slug`"
                problems.add(post.origin.at("form").problem(message, hint))
        else:
            message = f'the form "{form.id}" is that of {first.path}, too'
            problems.add(post.origin.at("form").problem(message, "give one of the posts another `slug`"))


def _is_wrong(post: Post, problems: Problems) -> bool:
    """Whether something is told of its form: what is read of that may not be what was meant."""
    lines = {line for keys, line in post.origin.lines.items() if keys[:1] == ("form",)}
    return any(one.path == post.path and one.line in lines for one in problems)
