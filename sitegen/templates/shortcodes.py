"""What a shortcode becomes: its template is run with its attributes.

A template declares nothing. It takes what it names: an attribute that it never names is told, and so is one that it
prints and that is not given; only a template that names `inner` may stand around Markdown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NoReturn

from jinja2 import TemplateError, meta
from markupsafe import Markup

from sitegen.errors import Problem, SiteError, SitegenError, did_you_mean, one_hint
from sitegen.model.content import Document, problem_in
from sitegen.model.site import Site
from sitegen.templates.environment import LayoutTooLarge, Missing, find_layout
from sitegen.templates.running import Templates
from sitegen.templates.telling import template_problem
from sitegen.templates.theme import theme_layouts
from sitegen.templates.views import Bodies, Lens, Refused, Shortcode, SiteView, document_view

FOLDER = "shortcodes/"  # within `_includes/`, and within those of the theme
GIVEN = ("page", "site", "feed", "refuse")  # what a template has beside the attributes and `inner`


class Shortcodes:
    """The shortcodes of one site."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self._taken: dict[str, frozenset[str]] = {}

    def html(self, lens: Lens, document: Document, shortcode: Shortcode, inner: str) -> str:
        """What one shortcode of a document becomes; `inner` is the HTML of what it wraps. Raises `SiteError`."""
        if problems := list(self._problems(document, shortcode)):
            raise SiteError(problems)
        within = replace(lens, showing=(*lens.showing, document.path))
        context = {
            **shortcode.values,
            **({"inner": Markup(inner)} if shortcode.wraps else {}),
            "page": document_view(within, document),
            "site": SiteView(within),
            "feed": lens.feed,
            "refuse": _refuse,
        }
        tell = partial(self._told, document, shortcode, context)
        html = self._templates.run(template_of(shortcode.name), lens.reads, context, tell)
        if problems := list(_faults(lens.bodies, document, shortcode, inner, html)):
            raise SiteError(problems)
        return html

    def taken(self, name: str) -> frozenset[str]:
        """What a template takes: the names in it that are neither its own nor there for all."""
        if name not in self._taken:
            self._taken[name] = frozenset(self._named(name)) - {*GIVEN, *self._templates.environment.globals}
        return self._taken[name]

    def _named(self, name: str) -> set[str]:
        layout = find_layout(self._templates.site, template_of(name))
        try:
            return meta.find_undeclared_variables(self._templates.environment.parse(layout.text if layout else ""))
        except (TemplateError, RecursionError):
            return set()  # told where it is run

    def _problems(self, document: Document, shortcode: Shortcode) -> Iterator[Problem]:
        """What can be told before the template is run."""
        name, site = shortcode.name, self._templates.site
        problem = partial(problem_in, document, shortcode.line)
        if find_layout(site, template_of(name)) is None:
            hint = one_hint(did_you_mean(name, names(site)), f"_includes/{template_of(name)} would make it one")
            yield problem(f'there is no shortcode "{name}"', hint)
            return
        taken = self.taken(name)
        for key in shortcode.values:
            if key not in taken - {"inner"}:
                yield problem(f'the shortcode "{name}" takes no `{key}`', did_you_mean(key, taken - {"inner"}))
        if shortcode.wraps and "inner" not in taken:
            yield problem(f'the shortcode "{name}" takes no text', f"write it as ::{name}, without a ::: behind it")

    def _told(self, document: Document, shortcode: Shortcode, context: Mapping[str, Any], error: Exception) -> Problem:
        """What is wrong with the attributes stands at the post's line; what is wrong with the template, at its own."""
        name, problem = shortcode.name, partial(problem_in, document, shortcode.line)
        if isinstance(error, Missing) and error.owner is None and error.name in self.taken(name):
            if error.name == "inner":
                return problem(f'the shortcode "{name}" needs text', f"write it between :::{name} and a line :::")
            hint = f"it takes {', '.join(sorted(self.taken(name) - {'inner'}))}"
            return problem(f'the shortcode "{name}" needs `{error.name}`', hint)
        if isinstance(error, SitegenError) and not isinstance(error, LayoutTooLarge):
            return problem(f'the shortcode "{name}": {error}')
        place = f"in the shortcode at {document.path}:{document.line_of(shortcode.line)}"
        return template_problem(self._templates.environment, template_of(name), error, context, place)


def template_of(name: str) -> str:
    """The template of a shortcode."""
    return f"{FOLDER}{name}.html"


def names(site: Site) -> set[str]:
    """The shortcodes that there are: the site's own, and the packaged ones."""
    own = {path.removeprefix("_includes/") for path, layout in site.layouts.items() if not layout.liquid}
    found = {path for path in (*own, *theme_layouts()) if path.startswith(FOLDER) and path.endswith(".html")}
    return {path.removeprefix(FOLDER).removesuffix(".html") for path in found}


def _refuse(message: object) -> NoReturn:
    """What a template calls to tell the author of a post what is wrong with an attribute."""
    raise Refused(str(message))


def _faults(bodies: Bodies, document: Document, shortcode: Shortcode, inner: str, html: str) -> Iterator[Problem]:
    """What would break the page around a shortcode: in what it wraps, or else in what it makes."""
    name, problem = shortcode.name, partial(problem_in, document, shortcode.line)
    if wrong := bodies.fault(inner):
        yield problem(f"within `:::{name}`: {wrong}", "what is opened there is closed there")
    elif wrong := bodies.fault(html):
        hint = f"look into its template, {template_of(name)}"
        yield problem(f'what the shortcode "{name}" makes would break the page: {wrong}', hint)
