"""python-liquid's environment: Liquid's own tags and filters, and Jekyll's. It knows no site: contexts do."""

from __future__ import annotations

from functools import cache

from liquid import Mode
from liquid.environment import Environment

from sitegen.liquid import budgets
from sitegen.liquid.core_filters import TEXTS
from sitegen.liquid.filters import CORE, FILTERS, NOT_HERE, SITE_FILTERS, adapted, of_texts
from sitegen.liquid.loops import LOOPS
from sitegen.liquid.output import RubyOutput
from sitegen.liquid.tags import JEKYLL_TAGS

_NOT_JEKYLLS = ("doc", "echo", "liquid", "render", "#")  # newer than the Liquid that Jekyll has


class JekyllEnvironment(Environment):
    """Liquid as Jekyll has it."""

    context_depth_limit = budgets.DEPTH * 4
    local_namespace_limit = budgets.HELD_BYTES
    output_stream_limit = budgets.OUTPUT_BYTES
    block_nesting_limit = budgets.NESTING

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        """Everything that Jekyll knows."""
        super().setup_tags_and_filters(extra=extra)
        for name in _NOT_JEKYLLS:
            self.tags.pop(name, None)
        self.add_tag(RubyOutput)
        for tag in (*JEKYLL_TAGS, *LOOPS):
            self.add_tag(tag)
        for name, function in list(self.filters.items()):
            self.filters[name] = budgets.guarded(name, function)
        for name in TEXTS:
            self.filters[name] = of_texts(self.filters[name])
        for name, function in (*CORE.items(), *FILTERS.items()):
            self.add_filter(name, budgets.guarded(name, adapted(function, sees_site=False)))
        for name, function in SITE_FILTERS.items():
            self.add_filter(name, budgets.guarded(name, adapted(function, sees_site=True)))
        for name in NOT_HERE:
            self.filters.pop(name, None)


@cache
def environment() -> JekyllEnvironment:
    """The one environment. It holds nothing of any site, so that all may share it."""
    return JekyllEnvironment(tolerance=Mode.STRICT, strict_filters=False)
