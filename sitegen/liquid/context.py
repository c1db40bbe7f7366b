"""Where the values of a running body are: python-liquid's context, with our look at the site and our budgets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from liquid.context import RenderContext
from liquid.exceptions import LiquidError
from liquid.template import BoundTemplate
from liquid.token import Token

from sitegen.liquid.budgets import DEPTH, INCLUDES, ITERATIONS, TooMuch
from sitegen.liquid.look import Look
from sitegen.liquid.site_views import PaginatorView, SiteView
from sitegen.liquid.views import DocumentView
from sitegen.model.pagination import has_paginator

if TYPE_CHECKING:
    from liquid.environment import Environment

    from sitegen.liquid.run import Run


class WrongTag(LiquidError):
    """A tag that cannot do what it says: its text stays, and the message is for the author."""

    def __init__(self, message: str, token: Token | None, hint: str = "") -> None:
        super().__init__(message, token=token)
        self.hint = hint


class Context(RenderContext):
    """The values of one body while it runs."""

    def __init__(self, environment: Environment, run: Run) -> None:
        self.run = run
        self.spent = self.included = 0
        config = run.look.config
        values: Mapping[str, object] = {
            "site": SiteView(run.look, run.document.path),
            "page": DocumentView(run.look, run.document.path),
            "paginator": PaginatorView(run.look) if has_paginator(run.document, config) else None,
            "jekyll": {"environment": "development" if config.preview else "production", "version": "4"},
        }
        super().__init__(BoundTemplate(environment, []), globals=values)

    @property
    def look(self) -> Look:
        """The site."""
        return self.run.look

    def spend(self, steps: int) -> None:
        """Count iterations."""
        self.spent += steps
        if self.spent > ITERATIONS:
            raise TooMuch(f"more than {ITERATIONS:,} iterations")

    def raise_for_loop_limit(self, length: int = 1) -> None:
        """Called by python-liquid before each loop; loops in loops are counted each time they run."""
        self.spend(length)

    @contextmanager
    def including(self, token: Token, given: Mapping[str, object]) -> Iterator[None]:
        """While an include runs, `include` has what it was given."""
        self.included += 1
        if self.included > INCLUDES:
            raise TooMuch(f"more than {INCLUDES:,} includes")
        if self.scope.size() > DEPTH:
            raise WrongTag("the includes go round in a circle, or are too deep in one another", token)
        with self.extend({"include": given}):
            yield

    def filter(self, name: str, token: Token | None) -> Callable[..., object]:
        """The filter of that name. An unknown one lets the value pass, as Jekyll's do, and is told."""
        if name not in self.env.filters:
            self.run.unknown_filter(name, token)
        found: Callable[..., Any] = super().filter(name, token)
        return found
