"""What layouts see of those who write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from sitegen.errors import SiteError, SitegenError
from sitegen.model.authors import Author
from sitegen.templates.views.lens import Lens


class AuthorView:
    """One author; printed, the name. Unknown names are the profile's keys."""

    def __init__(self, lens: Lens, author: Author, posts: Sequence[Any]) -> None:
        self._lens, self._author, self._posts = lens, author, posts

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<author {self._author.key or self.name}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AuthorView) and other._author == self._author

    def __hash__(self) -> int:
        return hash((self.key, self.name))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._author.profile:
            raise AttributeError(name)
        return self._author.profile[name]

    def __getitem__(self, name: str) -> Any:
        try:
            return getattr(self, name)
        except AttributeError as error:
            raise KeyError(name) from error

    @property
    def key(self) -> str:
        """The key in `_data/authors`, or ""."""
        return self._author.key

    @property
    def name(self) -> str:
        """The name."""
        return self._author.name

    @property
    def url(self) -> str:
        """The address of their page on the site, or ""."""
        return self._lens.site.page_of(self._author)

    @property
    def bio(self) -> Markup:
        """A few sentences on them."""
        try:
            return Markup(self._lens.bodies.fragment(self._author.bio)) if self._author.bio else Markup("")
        except SitegenError as error:
            raise SiteError([self._author.origin.at("bio").problem(str(error))]) from error

    @property
    def picture(self) -> str:
        """A path or an address, or ""."""
        return self._author.picture

    @property
    def website(self) -> str:
        """Their own site, or ""."""
        return self._author.website

    @property
    def social(self) -> tuple[str, ...]:
        """Addresses of them elsewhere."""
        return self._author.social

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """Their own site and the other addresses, each once."""
        return self._author.elsewhere

    @property
    def posts(self) -> Sequence[Any]:
        """What they wrote, newest first, if they have a profile."""
        if self.key:
            self._lens.saw(f"listing:authors/{self.key}")
        return self._posts
