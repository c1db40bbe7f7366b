"""Catalogs: words by `group.key`. The packaged ones are data of the theme; a site's own go before them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sitegen.marked import read_yaml
from sitegen.patterns import regex
from sitegen.plain import read_plain

FOLDER = Path(__file__).resolve().parent.parent / "theme" / "i18n"
OWN_GROUP = "own"  # the group that is free for the words of a site's own layouts
PLURALS = ("zero", "one", "two", "few", "many", "other")  # CLDR's categories
TAGS = ("a", "strong", "cite")  # what may stand in the words of the catalogs
PLACE = regex(r"\{(\w+)\}")
TAG = regex(rf"</?(?:{'|'.join(TAGS)})>")

Entry = str | Mapping[str, str]  # words, or words by the category of a count
Catalog = Mapping[str, Entry]


@cache
def shipped() -> tuple[str, ...]:
    """The languages that come with sitegen."""
    return tuple(sorted(file.stem for file in FOLDER.glob("*.yml")))


@cache
def packaged_text(lang: str) -> str:
    """The text of a packaged catalog, "" where there is none of that language; `lang` in small letters."""
    return (FOLDER / f"{lang}.yml").read_text(encoding="utf-8") if lang in shipped() else ""


@cache
def packaged(lang: str) -> Catalog:
    """A packaged catalog, empty where there is none of that language."""
    return catalog_of(packaged_text(lang))


def catalog_of(text: str) -> Catalog:
    """The words of a catalog that is well formed. Raises `Malformed` for what is no YAML, `AttributeError` for what is
    no catalog.
    """
    groups = (read_plain(text) or read_yaml(text)).value if text else {}
    return {f"{group}.{key}": entry for group, entries in groups.items() for key, entry in entries.items()}


def english() -> Catalog:
    """The catalog that has every word."""
    return packaged("en")


def forms_of(entry: Entry) -> tuple[str, ...]:
    """All that an entry may say."""
    return (entry,) if isinstance(entry, str) else tuple(entry.values())


def places_of(entry: Entry) -> frozenset[str]:
    """The names of the placeholders in an entry."""
    return frozenset(name for form in forms_of(entry) for name in PLACE.findall(form))


def tags_of(entry: Entry) -> frozenset[str]:
    """The tags in an entry."""
    return frozenset(tag.strip("</>") for form in forms_of(entry) for tag in TAG.findall(form))
