"""Values out of a mapping; of the wrong kind they are reported at their line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sitegen.errors import Problem, did_you_mean
from sitegen.forms.reading.keys import MOST
from sitegen.marked import Origin


class Checker:
    """Takes values out of one mapping; what is wrong goes to `report`, and something harmless stands in for it."""

    def __init__(self, report: Callable[[Problem], None], origin: Origin) -> None:
        self.report, self.origin = report, origin

    def inside(self, *keys: str) -> Checker:
        """The checker of a mapping inside this one."""
        return Checker(self.report, self.origin.at(*keys))

    def wrong(self, message: str, hint: str = "", *keys: str) -> None:
        """Report it, at the line of those keys."""
        self.report(self.origin.at(*keys).problem(message, hint))

    def known(self, raw: dict[str, Any], keys: Iterable[str], what: str) -> None:
        """Report keys that `what` does not have."""
        for key in raw:
            if key not in keys:
                self.wrong(f'{what} has no setting "{key}"', did_you_mean(key, keys), key)

    def text(self, raw: dict[str, Any], key: str) -> str:
        """A text, or a number as it was written; "" for none."""
        value = raw.get(key)
        if value is None or isinstance(value, str):
            return (value or "").strip()
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self.origin.at(key).written(value)
        self.wrong(f"`{key}` is not text", "put it in quotes", key)
        return ""

    def truth(self, raw: dict[str, Any], key: str, *, default: bool = False) -> bool:
        """Whether it is true."""
        value = raw.get(key, default)
        if isinstance(value, bool):
            return value
        self.wrong(f"`{key}` is neither true nor false", f"write `{key}: true`, without quotes", key)
        return default

    def count(self, raw: dict[str, Any], key: str, *, least: int, most: int = MOST) -> int | None:
        """A whole number in that range; None for none."""
        value = raw.get(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        range_ = f"of at least {least}" if most == MOST else f"from {least} to {most}"
        self.wrong(f"`{key}` is not a whole number {range_}", "write digits, without quotes", key)
        return None
