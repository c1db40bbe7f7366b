"""What an author wrote, beside what was made of it. Most builds look at hardly any of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from typing import Any

from sitegen.frozen import dataclass
from sitegen.marked import Origin
from sitegen.model.given import Givens

SIGNS = ("mermaid", "::form", "{{", "{%")  # of whose places in bodies builds ask, and mostly there are none


@dataclass(frozen=True)
class Manuscript:
    """One document's file: where its front matter stands, its `body`, and who gave what the front matter did not."""

    origin: Origin = field(repr=False)
    body: str = field(repr=False)
    given: Mapping[str, Givens] = field(default_factory=dict, repr=False)

    def has(self, sign: str) -> bool:
        """Whether one of the `SIGNS` stands in the body."""
        return sign in self.body

    def but(self, **changes: Any) -> Manuscript:
        """The same with other parts."""
        return replace(self, **changes)


class Shelved:
    """The same of a file that is as an earlier build found it: each part is looked up when somebody asks for it. Which
    `signs` stand in the body is known.
    """

    def __init__(
        self,
        signs: Sequence[str],
        find: Callable[[], tuple[Origin, Mapping[str, Givens]]],
        read: Callable[[], str],
    ) -> None:
        self._signs, self._find, self._read = signs, find, read

    def has(self, sign: str) -> bool:
        """Whether one of the `SIGNS` stands in the body."""
        return sign in self._signs

    @cached_property
    def _found(self) -> tuple[Origin, Mapping[str, Givens]]:
        return self._find()

    @property
    def origin(self) -> Origin:
        """Where the front matter stands."""
        return self._found[0]

    @property
    def given(self) -> Mapping[str, Givens]:
        """Who gave what the front matter did not."""
        return self._found[1]

    @cached_property
    def body(self) -> str:
        """The body. Raises `SiteError` where it is not that any more."""
        return self._read()

    def but(self, **changes: Any) -> Manuscript:
        """The same with other parts."""
        others = {"origin", "body", "given"} - changes.keys()
        known: dict[str, Any] = {name: getattr(self, name) for name in others}
        return Manuscript(**known, **changes)

    def __reduce__(self) -> tuple[type[Manuscript], tuple[Origin, str, Mapping[str, Givens]]]:
        """Who gets it has no such file."""
        own = replace(self.origin, head=self.origin.text)
        given = {
            key: tuple(replace(one, origin=own) if one.origin is self.origin else one for one in givens)
            for key, givens in self.given.items()
        }
        return Manuscript, (own, self.body, given)
