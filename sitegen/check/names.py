"""Names of files that are one and the same on a Mac or under Windows."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from sitegen.check.look import Look
from sitegen.errors import Problem
from sitegen.leads.places import Place


def check(look: Look) -> Iterator[Problem]:
    """A warning for each address that differs from another one in capitals or accents' encoding only."""
    first: dict[str, str] = {}
    for path, target in look.targets.items():
        folded = unicodedata.normalize("NFC", path).casefold()
        other = first.setdefault(folded, path)
        if other != path:
            message = f"the file {path} is told from {other} by capitals only"
            hint = "on a Mac and under Windows one takes the other's place: give one of them another address"
            yield Place(target.owner).problem("warning", message, hint)
