"""Regular expressions that are compiled when they are first used: a command imports many and uses few of them."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_OFFERED = (
    *("flags", "groupindex", "groups", "scanner"),
    *("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn"),
)


def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, but that what is wrong in it shows when it is used.

    It is no `re.Pattern` to `isinstance`, and so not for `re.sub` and its like; and the `re` of a match is another.
    """
    return cast("re.Pattern[AnyStr]", _Unused(text, flags))


class _Used:
    """What the pattern has, as its own attributes: they are as quick to find as those of the pattern itself."""

    __slots__ = ("_flags", "pattern", *_OFFERED)

    def __init__(self, text: str | bytes, flags: int) -> None:
        self.pattern, self._flags = text, flags

    def __reduce__(self) -> Any:
        return regex, (self.pattern, self._flags)


class _Unused(_Used):
    """What becomes a `_Used` one by the first look at anything but its text."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self._flags)
        for offered in _OFFERED:
            setattr(self, offered, getattr(compiled, offered))
        self.__class__ = _Used  # type: ignore[assignment] # mypy would have it a part of this one
        return getattr(compiled, name)
