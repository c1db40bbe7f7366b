"""Runs the templates of one site: layouts, and those of shortcodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Template, TemplateError

from sitegen.errors import Problem, SiteError
from sitegen.templates.environment import LayoutTooLarge, SiteEnvironment, closure
from sitegen.templates.telling import TOO_DEEP, path_of

Tell = Callable[[Exception], Problem]


class Templates:
    """The templates of one site. What one of them makes is counted with what else its file is made of."""

    def __init__(self, environment: SiteEnvironment) -> None:
        self.environment, self.site = environment, environment.site
        self._references: dict[str, tuple[str, ...]] = {}
        self._taken: dict[str, frozenset[str]] = {}
        self._endless: dict[str, SiteError] = {}

    def run(self, template: str, reads: set[str], context: Mapping[str, Any], tell: Tell) -> str:
        """What a template makes; `reads` is told of each layout that this may take. `tell` says what is wrong.

        Raises `SiteError`.
        """
        if template in self._endless:
            raise self._endless[template]
        found = self._loaded(template, reads, tell)
        try:
            with self.environment.speaker.about(context.get("page"), reads):
                return found.render(context)
        except SiteError:
            raise
        except Exception as error:  # a template may fail in as many ways as Python can
            told = SiteError([tell(error)])
            if isinstance(error, LayoutTooLarge | RecursionError):
                self._endless[template] = told  # once is long enough
            raise told from error

    def _loaded(self, template: str, reads: set[str], tell: Tell) -> Template:
        try:
            if template not in self._taken:
                names = closure(self.environment, self.site, template, self._references)
                self._taken[template] = frozenset(f"layout:{name}" for name in names)
            reads.update(self._taken[template])
            return self.environment.get_template(template)
        except TemplateError as error:
            raise SiteError([tell(error)]) from error
        except (RecursionError, SyntaxError) as error:  # Python's own limit of blocks inside each other
            raise SiteError([Problem(path_of(self.site, template), None, TOO_DEEP)]) from error
