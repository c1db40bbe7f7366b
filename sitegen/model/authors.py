"""Who writes: people with a profile in `_data/authors`, guests, and mere names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from sitegen.frozen import dataclass
from sitegen.marked import NOWHERE, Origin


@dataclass(frozen=True)
class Author:
    """Somebody who writes.

    `key` is that of the profile in `_data/authors`, and `slug` the word for the address of the page that it has; both
    are "" for a guest. `bio` is Markdown, `picture` a path or an address, `website` and `social` are where else they
    are. `profile` is all that is said of them, as it is written.
    """

    name: str
    key: str = ""
    slug: str = ""
    bio: str = ""
    picture: str = ""
    website: str = ""
    social: tuple[str, ...] = ()
    profile: Mapping[str, Any] = field(default_factory=dict)
    origin: Origin = field(default=NOWHERE, repr=False, compare=False)

    @property
    def url(self) -> str:
        """Where their page is; "" if they have none."""
        return f"/authors/{self.slug}/" if self.slug else ""

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """Where else they are, each address once: their own site, then the others."""
        return tuple(dict.fromkeys(filter(None, (self.website, *self.social))))


Writer = str | Author  # as a post names them: a key or a name, or a guest with what is said of them
