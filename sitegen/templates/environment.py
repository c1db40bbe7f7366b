"""The Jinja environment: sandboxed, autoescaped, strict, and bounded. Themes come from strangers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import BaseLoader, TemplateNotFound, Undefined, meta
from jinja2.environment import Environment, Template, TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sitegen.errors import SitegenError
from sitegen.model.content import Layout
from sitegen.model.site import Site
from sitegen.templates.theme import theme_layouts

MOST_SIGNS = 20_000_000  # one output file
MOST_STEPS = 2_000_000  # numbers that `range` gives to one output file, and pieces it is made of
FOLDERS = ("_layouts/", "_includes/")


class LayoutTooLarge(SitegenError):
    """A layout does not come to an end, or makes a file that is far too large."""


class StrictText(Undefined):
    """What there is not may be asked for (`{% if page.x %}`, `default`), not printed or walked through."""

    __str__ = __iter__ = __len__ = Undefined._fail_with_undefined_error


def find_layout(site: Site, name: str) -> Layout | None:
    """The layout or include of that name, the site's own first; `theme/x` is always the packaged one."""
    if name.startswith("theme/"):
        return theme_layouts().get(name.removeprefix("theme/"))
    for path in (name, *(folder + name for folder in FOLDERS)):
        if path in site.layouts:
            return site.layouts[path]
    return theme_layouts().get(name)


class SiteLoader(BaseLoader):
    """Finds templates among what was read; it touches no file."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Text, file name for messages, and whether it is still current (always: a site is frozen)."""
        layout = find_layout(self.site, template)
        if layout is None:
            raise TemplateNotFound(template)
        return layout.text, layout.path, lambda: True


class PureTemplate(Template):
    """What is imported begins anew each time: Jinja's kept module would carry a counter from page to page."""

    def _get_default_module(self, ctx: Any = None) -> TemplateModule:
        return self.make_module()


def shown(value: Any) -> Any:
    """What `{{ … }}` prints; TypeError for a function or an iterator, whose text is another one in each build."""
    if value is None:
        return ""
    if not isinstance(value, str | int | float) and " at 0x" in (text := str(value)):
        raise TypeError(
            f"this prints an object, not a text: {text.split(' at 0x')[0]}>; is `()`, `| list` or `| join` missing?"
        )
    return value


class SiteEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with budgets that count: the same layouts give the same answer on each machine."""

    intercepted_binops = frozenset({"*", "**"})
    template_class = PureTemplate

    def __init__(self, site: Site) -> None:
        super().__init__(
            loader=SiteLoader(site),
            autoescape=True,
            undefined=StrictText,
            finalize=shown,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            cache_size=-1,
        )
        self.steps = 0
        self.globals["range"] = self.counted_range
        del self.globals["lipsum"], self.filters["random"]  # the same input gives the same bytes
        self.concat = self.bounded  # type: ignore[method-assign]

    def spend(self, steps: int) -> None:
        """Count some work; `LayoutTooLarge` when one output has used up its share."""
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise LayoutTooLarge("the layout does not come to an end")

    def counted_range(self, *bounds: int) -> range:
        """Python's `range`, counted."""
        numbers = range(*bounds)
        self.spend(max(1, len(numbers)))
        return numbers

    def bounded(self, pieces: Iterable[str]) -> str:
        """Join what a template makes, up to the most that one file may be."""
        kept: list[str] = []
        size = 0
        for piece in pieces:
            kept.append(piece)
            size += len(piece)
            self.spend(1)
            if size > MOST_SIGNS:
                raise LayoutTooLarge(f"the layout makes a file of more than {MOST_SIGNS // 1_000_000} MB")
        return "".join(kept)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """`"x" * 1000000000` and `9 ** 9 ** 9` would fill the memory."""
        numbers = [abs(value) for value in (left, right) if isinstance(value, int | float)]
        if operator == "**" and (len(numbers) < 2 or (numbers[1] > 64 or numbers[0] > 10_000)):
            raise SecurityError("a power that is too large")
        if operator == "*" and len(numbers) == 1:
            other = left if isinstance(right, int | float) else right
            if hasattr(other, "__len__") and len(other) * numbers[0] > 1_000_000:
                raise SecurityError("a repetition that is too long")
        return super().call_binop(context, operator, left, right)


def references(environment: Environment, text: str) -> Iterable[str | None]:
    """The names of the templates that a template names; None for one that it computes."""
    return meta.find_referenced_templates(environment.parse(text))


def closure(environment: Environment, site: Site, name: str, known: dict[str, tuple[str, ...]]) -> Mapping[str, None]:
    """Every template that rendering `name` may read, missing ones too; `*` if a name is computed."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in found:
            continue
        found[current] = None
        if current not in known:
            layout = find_layout(site, current)
            named = references(environment, layout.text) if layout is not None else ()
            known[current] = tuple("*" if other is None else other for other in named)
        waiting.extend(known[current])
    return found
