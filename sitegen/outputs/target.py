"""What should exist, and what was made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from enum import IntEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from sitegen.frozen import dataclass
from sitegen.marked import Origin
from sitegen.markup.bodies import Bodies
from sitegen.model.content import PAGE_ENDINGS, Document
from sitegen.model.site import Site
from sitegen.templates.renderer import Renderer
from sitegen.templates.views import Lens

if TYPE_CHECKING:
    from sitegen.drawing.drawings import Drawing
    from sitegen.outputs.feeds.channel import EntryMade

Made: TypeAlias = "str | Drawing"


@dataclass(frozen=True)
class Rendering:
    """What a target renders with."""

    site: Site
    bodies: Bodies
    renderer: Renderer

    @cached_property
    def editions(self) -> Mapping[str, Rendering]:
        """The same for each edition of the site, by language."""
        every = self.site.editions.items()
        return {lang: replace(self, site=one, renderer=Renderer(one, self.bodies)) for lang, one in every}

    @cached_property
    def entries(self) -> dict[str, EntryMade]:
        """The entries of feeds that are made, by the paths of their posts."""
        return {}

    def with_bodies(self, changed: Mapping[str, Document]) -> Rendering:
        """The same with other bodies in some documents, by path; nothing that earlier builds left is asked."""
        site, bodies = self.site.with_bodies(changed), self.bodies.apart()
        return Rendering(site, bodies, self.renderer.on(site, bodies))

    def lens(self, reads: set[str], *, feed: bool = False, page: str = "") -> Lens:
        """A look at the site that records what was read."""
        return self.renderer.begin(reads, feed=feed, page=page)


class Claim(IntEnum):
    """What a file claims its path by: the higher claim goes before the lower one (see `build.plan`)."""

    MODEST = 0  # made, and gives way even to a post: nobody means to be at the address of a month
    MADE = 1  # sitegen makes it by itself
    REDIRECT = 2  # the author asked for it, but for nothing more than a way to somewhere else
    OWN = 3  # the author wrote it


Render = Callable[[Rendering, set[str]], Made]


@dataclass(frozen=True)
class Target:
    """One file that should exist.

    `path` is relative to the output folder; `owner` is what claims it, in words that the author knows (a
    source's path where there is one); `identity` covers everything that the target is, beside what it reads while it
    renders. A target renders text, or a drawing that becomes a picture, or is the copy of a `file`. `redirect` is where
    the author asks for it, if all that it does is to lead elsewhere.
    """

    path: str
    owner: str
    identity: str
    render: Render = field(compare=False, repr=False, default=lambda _, reads: "")
    file: Path | None = None
    redirect: Origin | None = field(default=None, compare=False, repr=False)
    layout: str | None = field(default=None, compare=False)  # of a page that no document stands for
    claim: Claim = Claim.OWN

    @property
    def is_page(self) -> bool:
        """Whether it is a page for browsers."""
        return self.path.lower().endswith(PAGE_ENDINGS)
