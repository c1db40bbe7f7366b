"""From a layout's name to text. What goes wrong in a layout is told with its file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from types import TracebackType
from typing import Any

from jinja2 import Template, TemplateError, TemplateNotFound, TemplatesNotFound, TemplateSyntaxError, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from markupsafe import Markup

from sitegen.errors import Problem, Problems, SiteError, SitegenError, did_you_mean, one_hint
from sitegen.marked import problem_at
from sitegen.model.content import Layout
from sitegen.model.site import Site
from sitegen.templates.environment import (
    LayoutTooLarge,
    Missing,
    SiteEnvironment,
    closure,
    find_layout,
    known_layouts,
)
from sitegen.templates.filters import FILTERS, SITE_FILTERS
from sitegen.templates.shortcodes import Shortcodes
from sitegen.templates.structured_data import PAGE_FILTERS
from sitegen.templates.syntax import explain
from sitegen.templates.theme import theme_layouts
from sitegen.templates.views import SHOWN_SETTINGS, Attributes, Bodies, Lens, Refused, SiteView

TOO_DEEP = "its blocks or brackets are nested too deeply"


class Renderer:
    """Renders the layouts of one site."""

    def __init__(self, site: Site, bodies: Bodies) -> None:
        self.site, self.bodies = site, bodies
        self.environment = SiteEnvironment(site)
        self.environment.filters.update(FILTERS)
        self.environment.filters.update(
            {name: partial(function, site.config) for name, function in SITE_FILTERS.items()}
        )
        self.environment.filters["markdownify"] = lambda text: Markup(bodies.fragment(str(text)))
        for name, function in PAGE_FILTERS.items():
            self.environment.filters[name] = pass_context(partial(_about_page, function))
        self.shortcodes = Shortcodes(self)
        self._references: dict[str, tuple[str, ...]] = {}
        self._endless: dict[str, SiteError] = {}

    def lens(self, reads: set[str] | None = None, *, feed: bool = False) -> Lens:
        """A look at the site on behalf of one file; `reads` collects what was read."""
        self.environment.steps = 0
        return Lens(self.site, self.bodies, self.shortcodes, set() if reads is None else reads, feed)

    def page(self, layout: str, page: Mapping[str, Any], **extra: Any) -> str:
        """A page that no file stands for, by a layout: what the receiver answers with."""
        lens = self.lens()
        attributes = {"lang": self.site.config.lang, "description": "", "call": None, "draft": False, **page}
        return self.render(layout, lens, Attributes(attributes), **extra)

    def render(self, layout: str | None, lens: Lens, page: Any, content: str = "", **extra: Any) -> str:
        """The content in its layout, and that in the layout which its front matter names, and so on.

        Raises `SiteError` for what is wrong in a layout.
        """
        text = Markup(content)
        seen: list[str] = []
        while layout is not None:
            seen.append(layout)
            template = layout + ".html"
            found = find_layout(self.site, template)
            front = found.front if found is not None else {}
            context = {"site": SiteView(lens), "page": page, "content": text, "layout": dict(front), **extra}
            self.environment.steps = 0
            text = Markup(self.piece(template, lens, context, partial(self.problem, context=context)))
            layout = parent_of(found) if found is not None else None
            if layout in seen or (layout is not None and find_layout(self.site, layout + ".html") is None):
                break  # `check` tells
        return str(text)

    def piece(
        self, template: str, lens: Lens, context: Mapping[str, Any], tell: Callable[[str, Exception], Problem]
    ) -> str:
        """What a template makes, counted with what else its file is made of. `tell` says what is wrong.

        Raises `SiteError`.
        """
        if template in self._endless:
            raise self._endless[template]
        found = self._loaded(template, lens, tell)
        try:
            return found.render(context)
        except SiteError:
            raise
        except Exception as error:  # a template may fail in as many ways as Python can
            told = SiteError([tell(template, error)])
            if isinstance(error, LayoutTooLarge | RecursionError):
                self._endless[template] = told  # once is long enough
            raise told from error

    def _loaded(self, template: str, lens: Lens, tell: Callable[[str, Exception], Problem]) -> Template:
        try:
            names = closure(self.environment, self.site, template, self._references)
            lens.reads.update(f"layout:{name}" for name in names)
            return self.environment.get_template(template)
        except TemplateError as error:
            raise SiteError([tell(template, error)]) from error
        except (RecursionError, SyntaxError) as error:  # Python's own limit of blocks inside each other
            raise SiteError([Problem(_path_of(self.site, template), None, TOO_DEEP)]) from error

    def problem(self, template: str, error: Exception, context: Mapping[str, Any], place: str = "") -> Problem:
        """What is wrong in a template, at its line; `place` says where it is used, by default in which page."""
        places = _places(error.__traceback__, self.site)
        if isinstance(error, TemplateSyntaxError):
            path = error.filename or (places[-1][0] if places else _path_of(self.site, template))
            return self._syntax_problem(path, error)
        source = getattr(context.get("page"), "path", "")
        if isinstance(error, SitegenError) and not isinstance(error, LayoutTooLarge | Refused):
            of = source or next((post.path for post in getattr(context.get("page"), "posts", ())), template)
            return Problem(of, None, str(error), "this is about Markdown in its front matter")
        path, line = places[-1] if places else (_path_of(self.site, template), None)
        text = _text_of(_by_path(self.site, path))
        row = text.split("\n")[line - 1] if line is not None else ""
        hints = [_hint(error, self, context, row)]
        if len(places) > 1:
            hints.append("reached from " + " ← ".join(f"{file}:{at}" for file, at in reversed(places[:-1])))
        if place or source:
            hints.append(place or f"in the page of {source}")
        return problem_at(path, text, line, _message(error), one_hint(*hints))

    def _syntax_problem(self, path: str, error: TemplateSyntaxError) -> Problem:
        text = _text_of(_by_path(self.site, path))
        message, line, hint = explain(error, text, self.environment.filters, self.environment.tests)
        return problem_at(path, text, line, message, hint)

    def digest(self, name: str) -> str:
        """The digest of a template by name; of all of them for `*`."""
        if name == "*":
            known = {**theme_layouts(), **self.site.layouts}
            return "/".join(f"{path}={layout.digest}" for path, layout in sorted(known.items()))
        layout = find_layout(self.site, name)
        return "none" if layout is None else f"{layout.path}={layout.digest}"

    def check(self, problems: Problems) -> None:
        """Report every layout of the site that Jinja cannot parse, used or not, or that names a layout wrongly.

        Where Liquid runs, `_includes/` may hold Liquid: what layouts include of it is told when they do.
        """
        for layout in self.site.layouts.values():
            if layout.liquid or (self.site.config.liquid and layout.path.startswith("_includes/")):
                continue
            try:
                self.environment.compile(layout.text, filename=layout.path, raw=True)
            except TemplateSyntaxError as error:
                problems.add(self._syntax_problem(layout.path, error))
            except RecursionError:
                problems.add(Problem(layout.path, None, TOO_DEEP))
            self._check_parents(layout, problems)

    def _check_parents(self, layout: Layout, problems: Problems) -> None:
        name = layout.path.split("/", 1)[1].removesuffix(".html")
        parent = parent_of(layout)
        if not layout.path.startswith("_layouts/") or parent is None:
            return
        rows = enumerate(layout.text.split("\n"), 1)
        line = next((at for at, row in rows if re.match(r"(\{#---)?\s*layout\s*:", row)), 1)
        chain = [name]
        while parent is not None and parent not in chain:
            chain.append(parent)
            above = find_layout(self.site, parent + ".html")
            if above is None and len(chain) == 2:
                hint = did_you_mean(parent, known_layouts(self.site))
                message = f'there is no layout "{parent}"'
                problems.tolerate(problem_at(layout.path, layout.text, line, message, hint))
            parent = parent_of(above) if above is not None else None
        if parent == name:
            message = f"the layouts go round in a circle: {' → '.join([*chain, parent])}"
            hint = "take `layout:` out of one of them"
            problems.add(problem_at(layout.path, layout.text, line, message, hint))


def _about_page(function: Callable[[SiteView, Any], Any], context: Context, page: Any) -> Any:
    """A filter that looks at the whole site."""
    return function(context["site"], page)


def parent_of(layout: Layout) -> str | None:
    """The layout that a layout's front matter names."""
    below = layout.front.get("layout")
    return str(below) if below not in (None, "none", False, "") else None


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


def _path_of(site: Site, name: str) -> str:
    layout = find_layout(site, name) or find_layout(site, name + ".html")
    return layout.path if layout is not None else name


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


def _hint(error: Exception, renderer: Renderer, context: Mapping[str, Any], row: str) -> str:
    if isinstance(error, TemplateNotFound):
        names = {path.split("/", 1)[1] for path in renderer.site.layouts} | set(theme_layouts())
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
