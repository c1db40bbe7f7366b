"""From a layout's name to text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import replace
from functools import partial
from typing import Any

from jinja2 import TemplateSyntaxError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from sitegen.errors import Problem, Problems, did_you_mean
from sitegen.marked import problem_at
from sitegen.model.content import Layout
from sitegen.model.site import Site
from sitegen.templates.asset_filters import ASSET_FILTERS
from sitegen.templates.assets import Assets
from sitegen.templates.environment import SiteEnvironment, about_site, find_layout, known_layouts
from sitegen.templates.extending import unshown_blocks
from sitegen.templates.filters import FILTERS, SITE_FILTERS
from sitegen.templates.running import Templates
from sitegen.templates.shortcodes import Shortcodes
from sitegen.templates.speaking import LANGUAGE_FILTERS
from sitegen.templates.structured_data import PAGE_FILTERS
from sitegen.templates.telling import TOO_DEEP, syntax_problem, template_problem
from sitegen.templates.theme import theme_layouts
from sitegen.templates.views import Attributes, Bodies, Lens, SiteView
from sitegen.templates.views.pictures import picture_html


class Renderer:
    """Renders the layouts of one site."""

    def __init__(self, site: Site, bodies: Bodies) -> None:
        self.site, self.bodies = site, bodies
        self.environment = SiteEnvironment(site)
        self.environment.filters.update({**FILTERS, **LANGUAGE_FILTERS})
        self.environment.filters.update(
            {name: about_site(partial(function, site.config)) for name, function in SITE_FILTERS.items()}
        )
        self.environment.filters["markdownify"] = about_site(lambda text: Markup(bodies.fragment(str(text))))
        for name, function in PAGE_FILTERS.items():
            self.environment.filters[name] = pass_context(partial(_about_page, function))
        self.assets = Assets(site)
        for name, filter_ in ASSET_FILTERS.items():
            self.environment.filters[name] = pass_context(partial(filter_, self.assets))
        self.environment.filters["img"] = pass_context(_img)
        self.templates = Templates(self.environment)
        self.shortcodes = Shortcodes(self.templates)

    def on(self, site: Site, bodies: Bodies) -> Renderer:
        """The same layouts on a site that is another in the bodies of its documents only."""
        made = copy(self)
        made.site, made.bodies = site, bodies
        return made

    def begin(self, reads: set[str] | None = None, *, feed: bool = False, page: str = "") -> Lens:
        """Begin a file, whose steps are counted anew, with a look at the site; `reads` collects what was read."""
        self.environment.steps = 0
        return Lens(self.site, self.bodies, self.shortcodes, set() if reads is None else reads, feed, page=page)

    def page(self, layout: str, page: Mapping[str, Any], **extra: Any) -> str:
        """A page that no file stands for, by a layout: what the receiver answers with."""
        lens = replace(self.begin(), plain=True)
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
            tell = partial(template_problem, self.environment, template, context=context)
            text = Markup(self.templates.run(template, lens.reads, context, tell))
            layout = parent_of(found) if found is not None else None
            if layout in seen or (layout is not None and find_layout(self.site, layout + ".html") is None):
                break  # `check` tells
        return str(text)

    @property
    def readable(self) -> Mapping[str, Callable[[str], str]]:
        """The digest of what templates read beside the model, by kind; see `model.digests`."""
        return {"layout": self.digest, "asset": self.assets.digest}

    def digest(self, name: str) -> str:
        """The digest of a template by name; of all of them for `*`."""
        if name == "*":
            known = {**theme_layouts(), **self.site.layouts}
            return "/".join(f"{path}={layout.digest}" for path, layout in sorted(known.items()))
        layout = find_layout(self.site, name)
        return "none" if layout is None else f"{layout.path}={layout.digest}"

    def check(self, problems: Problems) -> None:
        """Report every layout of the site, used or not, that Jinja cannot parse, that names a layout wrongly, or that
        has a block which nothing shows.

        Where Liquid runs, `_includes/` may hold Liquid: what layouts include of it is told when they do.
        """
        for layout in self.site.layouts.values():
            if layout.liquid or (self.site.config.liquid and layout.path.startswith("_includes/")):
                continue
            try:
                self.environment.compile(layout.text, filename=layout.path, raw=True)
            except TemplateSyntaxError as error:
                problems.add(syntax_problem(self.environment, layout.path, error))
            except RecursionError:
                problems.add(Problem(layout.path, None, TOO_DEEP))
            for problem in unshown_blocks(self.environment, self.site, layout):
                problems.warn(problem)
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


def _img(context: Context, address: Any, alt: str = "", **given: Any) -> Markup:
    """A picture of the site as HTML, as those of texts are; attributes are given by name (`class_` is `class`)."""
    named = {name.rstrip("_"): str(value) for name, value in given.items() if value not in (None, False)}
    return Markup(picture_html(context["site"].seen_through(), str(address), {"alt": str(alt), **named}))


def parent_of(layout: Layout) -> str | None:
    """The layout that a layout's front matter names."""
    below = layout.front.get("layout")
    return str(below) if below not in (None, "none", False, "") else None
