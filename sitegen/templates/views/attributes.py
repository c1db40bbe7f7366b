"""A view of plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Attributes:
    """A view of plain values: what a generated page is, beside what all pages have."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._values:
            raise AttributeError(name)
        return self._values[name]

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __repr__(self) -> str:
        return repr(dict(self._values))
