"""Where the values of posts and pages come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sitegen.config import Config
from sitegen.marked import NOWHERE, Origin

Giver = Literal["front matter", "defaults", "file name", "folders", "git", "file", "configuration", "sitegen"]


@dataclass(frozen=True, slots=True)
class Given:
    """Who gave a value, and where that stands: in `origin`, below the `keys`.

    `by` is the file's own "front matter"; the "defaults" or another setting of the "configuration"; the "file name";
    the "folders" above `_posts`; "git", for its first or last commit; the "file", for its time; or "sitegen", where
    nobody did.
    """

    by: Giver
    origin: Origin = field(default=NOWHERE, repr=False)
    keys: tuple[str, ...] = ()

    @property
    def at(self) -> Origin:
        """The place of the value; worked out only when somebody asks, since hardly anybody does."""
        return self.origin.at(*self.keys)


Givens = tuple[Given, ...]  # mostly one; categories may come from folders and from front matter
BY_SITEGEN: Givens = (Given("sitegen"),)


def given_by_setting(config: Config, name: str) -> Givens:
    """Who gave what a setting says: the configuration, or sitegen's own default."""
    keys = config.permalink_keys if name == "permalink" else tuple(name.split("."))
    origin = config.origin
    return (Given("configuration", origin, keys),) if (*origin.keys, *keys) in origin.lines else BY_SITEGEN
