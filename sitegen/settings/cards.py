"""The kinds of the settings of social cards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any

from sitegen.errors import MissingExtra, did_you_mean
from sitegen.fonts import packaged_font
from sitegen.marked import Origin
from sitegen.settings.kinds import Kind, Lacking, Wrong, some_of
from sitegen.shapes import Key, string, table

CARD_COLOURS: Mapping[str, str] = {  # the theme's, in light
    "ground": "#fdfdfc",
    "text": "#1d2327",
    "quiet": "#566069",
    "accent": "#0b57a4",
}
_DOCS = {
    "ground": "What the words stand on.",
    "text": "The title.",
    "quiet": "Date, author and address.",
    "accent": "The name of the site, and the band at the edge.",
}
_COLOUR = r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})"
_KINDS = some_of("posts", "pages")


def _cards_for(value: Any, origin: Origin) -> Any:
    """What they need is an extra."""
    found = _KINDS.check(value, origin)
    if found and not (find_spec("PIL") and packaged_font()):
        raise Lacking("cannot be", MissingExtra("drawing cards", "images"), "no cards are drawn")
    return found


CARDS_FOR = Kind(_cards_for, _KINDS.shape)


def _colours(value: Any, origin: Origin) -> Mapping[str, str]:
    """Those that are not given are the theme's."""
    if not isinstance(value, dict):
        raise Wrong("is not a table", 'write [cards.colours], and below it `ground = "#fdfdfc"`')
    for name, colour in value.items():
        if name not in CARD_COLOURS:
            raise Wrong(f'has no "{name}"', did_you_mean(name, CARD_COLOURS), origin.at(name))
        if not isinstance(colour, str) or not re.fullmatch(_COLOUR, colour):
            raise Wrong(f'cannot have "{colour}" as `{name}`', "a colour is #rgb or #rrggbb", origin.at(name))
    return MappingProxyType({**CARD_COLOURS, **value})


COLOURS = Kind(_colours, table({name: Key(doc, string(f"^{_COLOUR}$")) for name, doc in _DOCS.items()}))
