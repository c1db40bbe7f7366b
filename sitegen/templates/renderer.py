"""From a layout's name to text. What goes wrong in a layout is told with its file and line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import TracebackType
from typing import Any

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from markupsafe import Markup

from sitegen.errors import Problem, Problems, SiteError, SitegenError, did_you_mean
from sitegen.marked import problem_at
from sitegen.model.content import Layout
from sitegen.model.site import Site
from sitegen.templates.environment import SiteEnvironment, closure, find_layout
from sitegen.templates.filters import FILTERS, SITE_FILTERS
from sitegen.templates.theme import layout_names, theme_layouts
from sitegen.templates.views import Attributes, Bodies, Lens, SiteView

MOST_LAYOUTS = 20  # of a chain in which one layout's front matter names the next


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
        self._references: dict[str, tuple[str, ...]] = {}

    def layouts(self) -> set[str]:
        """The names that `layout:` may have."""
        own = (path.removeprefix("_layouts/") for path in self.site.layouts if path.startswith("_layouts/"))
        return {name.removesuffix(".html") for name in (*own, *layout_names())}

    def has(self, layout: str) -> bool:
        """Whether there is such a layout."""
        return find_layout(self.site, layout + ".html") is not None

    def page(self, layout: str, page: Mapping[str, Any], **extra: Any) -> str:
        """A page that no file stands for, by a layout: what the receiver answers with."""
        lens = Lens(self.site, self.bodies)
        attributes = {"lang": self.site.config.lang, "description": "", "call": None, "draft": False, **page}
        return self.render(layout, lens, Attributes(attributes), **extra)

    def render(self, layout: str | None, lens: Lens, page: Any, content: str = "", **extra: Any) -> str:
        """The content in its layout, and that in the layout which its front matter names, and so on.

        Raises `SiteError` for what is wrong in a layout.
        """
        text = Markup(content)
        seen: list[str] = []
        while layout is not None:
            if layout in seen or len(seen) >= MOST_LAYOUTS:
                message = f"the layouts go round in a circle: {' → '.join([*seen, layout])}"
                raise SiteError([Problem(_path_of(self.site, seen[-1]), 1, message)])
            seen.append(layout)
            template = layout + ".html"
            found = find_layout(self.site, template)
            front = found.front if found is not None else {}
            context = {"site": SiteView(lens), "page": page, "content": text, "layout": dict(front), **extra}
            text = Markup(self._run(template, lens, context))
            below = front.get("layout")
            layout = str(below) if below not in (None, "none", False) else None
        return str(text)

    def _run(self, template: str, lens: Lens, context: dict[str, Any]) -> str:
        self.environment.steps = 0
        try:
            lens.reads.update(
                f"layout:{name}" for name in closure(self.environment, self.site, template, self._references)
            )
            return self.environment.get_template(template).render(context)
        except SiteError:
            raise
        except Exception as error:  # a layout may fail in as many ways as Python can
            raise SiteError([self._problem(template, error, context)]) from error

    def _problem(self, template: str, error: Exception, context: Mapping[str, Any]) -> Problem:
        places = _places(error.__traceback__, self.site)
        if isinstance(error, TemplateSyntaxError):
            path = error.filename or (places[-1][0] if places else _path_of(self.site, template))
            places = [*places, (path, error.lineno)] if not places or places[-1] != (path, error.lineno) else places
        path, line = places[-1] if places else (_path_of(self.site, template), None)
        layout = _by_path(self.site, path)
        hint = _hint(error, self, context)
        above = " ← ".join(f"{file}:{at}" for file, at in reversed(places[:-1]))
        if above and not isinstance(error, TemplateSyntaxError):
            hint = f"{hint}; reached from {above}" if hint else f"reached from {above}"
        return problem_at(path, _text_of(layout), line, _message(error), hint)

    def digest(self, name: str) -> str:
        """The digest of a template by name; of all of them for `*`."""
        if name == "*":
            return "/".join(f"{path}={layout.digest}" for path, layout in sorted(self.site.layouts.items()))
        layout = find_layout(self.site, name)
        return "none" if layout is None else f"{layout.path}={layout.digest}"

    def check(self, problems: Problems) -> None:
        """Report every layout of the site that Jinja cannot parse, used or not."""
        for layout in self.site.layouts.values():
            try:
                self.environment.parse(layout.text)
            except TemplateSyntaxError as error:
                problems.add(problem_at(layout.path, _text_of(layout), error.lineno, _message(error), ""))
            except RecursionError:
                problems.add(Problem(layout.path, None, "nested too deeply"))


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
    return layout.text if layout is not None else ""


def _message(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f'there is no layout or include "{error.message or error.name}"'
    if isinstance(error, RecursionError):
        return "the layouts include or call themselves without end"
    if isinstance(error, MemoryError | OverflowError):
        return "the layout makes something far too large"
    text = str(error).strip() or type(error).__name__
    known = isinstance(error, TemplateError | SitegenError)
    return text if known else f"{text} ({type(error).__name__})"


def _hint(error: Exception, renderer: Renderer, context: Mapping[str, Any]) -> str:
    if isinstance(error, TemplateNotFound):
        names = {path.split("/", 1)[1] for path in renderer.site.layouts} | set(theme_layouts())
        return did_you_mean(str(error.name), names)
    if isinstance(error, UndefinedError):
        words = str(error).replace("'", " ").split()
        near = did_you_mean(words[0] if words else "", context)
        return near or "ask first: {% if page.x %}, or give a default: {{ page.x | default('') }}"
    return ""
