"""The kind of `languages`: in which languages a site is, and what it says of itself in each."""

from __future__ import annotations

from typing import Any

from sitegen import shapes
from sitegen.errors import did_you_mean
from sitegen.frozen import dataclass
from sitegen.languages import PATTERN, is_known, language_hint, language_of, own_name
from sitegen.marked import Origin
from sitegen.settings.kinds import Kind, Wrong, text
from sitegen.settings.particular import MENU
from sitegen.shapes import Key, string, table


@dataclass(frozen=True)
class Language:
    """One language of a site: `name` is what readers choose it by, "" where the language's own name will do.

    `title`, `description` and `menu` are None where the table does not give them.
    """

    lang: str
    name: str = ""
    title: str | None = None
    description: str | None = None
    menu: tuple[tuple[str, str], ...] | None = None

    @property
    def shown(self) -> str:
        """What readers choose it by."""
        return self.name or own_name(self.lang)


_KEYS = {
    "name": Key("what readers choose it by, instead of the language's own name", shapes.TEXT),
    "title": Key("the name of the site in this language", shapes.TEXT),
    "description": Key("one sentence about the site in this language", shapes.TEXT),
    "menu": Key("the links in the header of its pages", MENU.shape),
}
_HINT = "write [languages.de], and below it what is said in German: title, description, menu"


def _languages(value: Any, origin: Origin) -> tuple[Language, ...]:
    if not isinstance(value, dict):
        raise Wrong("is not a table", _HINT)
    found = [_language(str(tag), said, origin.at(tag)) for tag, said in value.items()]
    seen: dict[str, str] = {}
    for one in found:
        if (first := seen.setdefault(one.lang.lower(), one.lang)) != one.lang:
            raise Wrong(
                f"has {first} and {one.lang}, which are one language", "remove one of them", origin.at(one.lang)
            )
    return tuple(found)


def _language(tag: str, said: Any, place: Origin) -> Language:
    if language_of(tag) != tag or not is_known(tag):
        raise Wrong(f'has "{tag}", which is no language', language_hint(tag), place)
    if not isinstance(said, dict):
        raise Wrong(f'has "{tag}", which is not a table', _HINT, place)
    for key in said:
        if key not in _KEYS:
            raise Wrong(f"has no `{key}` for a language", did_you_mean(str(key), _KEYS), place.at(key))
    words = {key: text(said[key], place.at(key)) for key in ("name", "title", "description") if key in said}
    menu = MENU.check(said["menu"], place.at("menu")) if "menu" in said else None
    return Language(tag, **words, menu=menu)


LANGUAGES = Kind(
    _languages,
    {"type": "object", "propertyNames": string(f"^({PATTERN})$"), "additionalProperties": table(_KEYS)},
)
