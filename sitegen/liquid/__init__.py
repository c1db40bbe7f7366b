"""Jekyll's Liquid in posts and pages: it runs before Markdown, and makes another site of the one that was read.

A level-3 room: nothing heavy is imported until a body needs it, and then python-liquid (the extra `jekyll`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.errors import Problems
from sitegen.liquid.wanted import is_wanted
from sitegen.model.site import Site

if TYPE_CHECKING:
    from sitegen.liquid.expansion import Remembered
    from sitegen.liquid.look import Bodies


def expanded(site: Site, bodies: Bodies, remembered: Remembered, problems: Problems) -> Site:
    """The site after Liquid: the same one where no document wants any (see `expansion.expanded`)."""
    if not any(is_wanted(site, document) for document in site.documents.values()):
        return site
    from sitegen.liquid.expansion import expanded

    return expanded(site, bodies, remembered, problems)


__all__ = ["expanded"]
