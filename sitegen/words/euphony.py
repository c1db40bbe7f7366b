"""The Spanish *y*, which is *e* before the sound of i: `Ana e Inés`, `tinta e hilo`, but `agua y hielo` (RAE)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sitegen.languages import primary
from sitegen.patterns import regex

_AND = regex(r"(?<!\w)y (?=\{(\w+)\})")
_SOUND = regex(r"\W*h?(?:i(?![aeouáéóú])|í)", re.IGNORECASE)


def euphonic(lang: str, entry: str, values: Mapping[str, object]) -> str:
    """What a catalog says, before the values are put in their places."""
    if primary(lang) != "es":
        return entry
    return _AND.sub(lambda found: "e " if _SOUND.match(str(values.get(found[1], ""))) else found[0], entry)
