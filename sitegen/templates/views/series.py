"""What layouts see of the series that a post is a part of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sitegen.model.listings import Listing


class SeriesView:
    """`page.series`: printed and compared it is its name; it knows its parts, and which of them the page is."""

    def __init__(self, series: Listing, path: str, posts: Sequence[Any]) -> None:
        self._series, self._path, self._posts = series, path, posts

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<series {self.name}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str | SeriesView) and str(other) == self.name

    def __lt__(self, other: object) -> bool:
        return self.name < str(other)

    def __hash__(self) -> int:
        return hash(self.name)

    @property
    def name(self) -> str:
        """The name, which is what the series is printed as."""
        return self._series.name

    @property
    def url(self) -> str:
        """Where its page is, or ""."""
        return self._series.url

    @property
    def part(self) -> int:
        """Which part the post is, from 1."""
        return self._series.number(self._path)

    @property
    def total(self) -> int:
        """How many parts there are."""
        return self._series.total

    @property
    def posts(self) -> Sequence[Any]:
        """The parts in the order of reading."""
        return self._posts

    @property
    def previous(self) -> Any:
        """The part before this one, or None."""
        return self._beside(-1)

    @property
    def next(self) -> Any:
        """The part after this one, or None."""
        return self._beside(1)

    def _beside(self, step: int) -> Any:
        place = self._series.posts.index(self._path) + step
        return self._posts[place] if 0 <= place < len(self._posts) else None
