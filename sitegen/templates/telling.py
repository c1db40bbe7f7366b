"""What goes wrong in a template, told with its file and line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import TracebackType
from typing import Any

from jinja2 import TemplateError, TemplateNotFound, TemplatesNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError

from sitegen.errors import Problem, SitegenError, did_you_mean, one_hint
from sitegen.marked import problem_at
from sitegen.model.content import Layout
from sitegen.model.site import Site
from sitegen.templates.environment import LayoutTooLarge, Missing, SiteEnvironment, find_layout
from sitegen.templates.syntax import explain
from sitegen.templates.theme import theme_layouts
from sitegen.templates.views import SHOWN_SETTINGS, Refused, SiteView

TOO_DEEP = "its blocks or brackets are nested too deeply"


def template_problem(
    environment: SiteEnvironment, template: str, error: Exception, context: Mapping[str, Any], place: str = ""
) -> Problem:
    """What is wrong in a template, at its line; `place` says where it is used, by default in which page."""
    site = environment.site
    places = _places(error.__traceback__, site)
    if isinstance(error, TemplateSyntaxError):
        path = error.filename or (places[-1][0] if places else path_of(site, template))
        return syntax_problem(environment, path, error)
    source = getattr(context.get("page"), "path", "")
    if isinstance(error, SitegenError) and not isinstance(error, LayoutTooLarge | Refused):
        of = source or next((post.path for post in getattr(context.get("page"), "posts", ())), template)
        return Problem(of, None, str(error), "this is about Markdown in its front matter")
    path, line = places[-1] if places else (path_of(site, template), None)
    text = _text_of(_by_path(site, path))
    row = text.split("\n")[line - 1] if line is not None else ""
    hints = [_hint(error, site, context, row)]
    if len(places) > 1:
        hints.append("reached from " + " ← ".join(f"{file}:{at}" for file, at in reversed(places[:-1])))
    if place or source:
        hints.append(place or f"in the page of {source}")
    return problem_at(path, text, line, _message(error), one_hint(*hints))


def syntax_problem(environment: SiteEnvironment, path: str, error: TemplateSyntaxError) -> Problem:
    """What Jinja cannot parse in the file of that path."""
    text = _text_of(_by_path(environment.site, path))
    message, line, hint = explain(error, text, environment.filters, environment.tests)
    return problem_at(path, text, line, message, hint)


def path_of(site: Site, name: str) -> str:
    """The file of a template, for messages."""
    layout = find_layout(site, name) or find_layout(site, name + ".html")
    return layout.path if layout is not None else name


def _places(trace: TracebackType | None, site: Site) -> list[tuple[str, int]]:
    """The lines of templates that the error passed through, outermost first. Jinja rewrites them so."""
    known = {layout.path for layout in (*site.layouts.values(), *theme_layouts().values())}
    places: list[tuple[str, int]] = []
    while trace is not None:
        path = trace.tb_frame.f_code.co_filename
        if path in known and (path, trace.tb_lineno) not in places:
            places.append((path, trace.tb_lineno))
        trace = trace.tb_next
    return places


def _by_path(site: Site, path: str) -> Layout | None:
    return site.layouts.get(path) or theme_layouts().get(path.removeprefix("theme/"))


def _text_of(layout: Layout | None) -> str:
    if layout is None:
        return ""
    # Front matter stands there as a comment (content/layouts.py), which ends on the line where the layout begins.
    hidden = layout.text.startswith(("{#---", "{#\n"))
    return layout.text.removeprefix("{#").replace("-#}", "", 1) if hidden else layout.text


def _message(error: Exception) -> str:
    if isinstance(error, TemplatesNotFound):
        return "this names no layout or include"
    if isinstance(error, TemplateNotFound):
        return f'there is no layout or include "{error.message or error.name}"'
    if isinstance(error, RecursionError):
        return "the layouts include or call themselves without end"
    if isinstance(error, MemoryError | OverflowError):
        return "the layout makes something far too large"
    text = str(error).strip() or type(error).__name__
    if isinstance(error, SecurityError):
        return f"this is not for layouts: {text}"
    known = isinstance(error, TemplateError | SitegenError)
    return text if known else f"{text} ({type(error).__name__})"


def _hint(error: Exception, site: Site, context: Mapping[str, Any], row: str) -> str:
    if isinstance(error, TemplateNotFound):
        names = {path.split("/", 1)[1] for path in site.layouts} | set(theme_layouts())
        return did_you_mean(str(error.name), names)
    if bare := re.search(r"\{%-?\s*include\s+([\w/-]+\.\w+)", row):
        return f"the name of an include stands in quotes: {{% include '{bare.group(1)}' %}}"
    if isinstance(error, Missing) and error.name:
        near = did_you_mean(error.name, _names_in(error.owner, context))
        return one_hint(near, "what may be missing is asked for first: {% if page.x %}")
    return ""


def _names_in(owner: Any, context: Mapping[str, Any]) -> set[str]:
    """What an author could have meant."""
    if owner is None:
        return set(context)
    inner = getattr(owner, "_values", owner)
    if isinstance(inner, Mapping):
        return {key for key in inner if isinstance(key, str)}
    front = getattr(getattr(owner, "_document", None), "front", {})
    shown = SHOWN_SETTINGS if isinstance(owner, SiteView) else ()
    return {key for key in (*dir(type(owner)), *front, *shown) if not key.startswith("_")}
