"""The tags and categories of a document, and who gave them."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.content.documents import Reader, Written
from sitegen.marked import items_of
from sitegen.model.given import Givens
from sitegen.slugs import term_slug

TERM_BYTES = 240  # of a tag's or category's folder: the file system wants 255
_UNSPLIT = ("tag", "category")  # these hold one, whatever blanks are in it


def tags_of(reader: Reader, written: Written) -> tuple[tuple[str, ...], Givens]:
    """The tags. Where both keys are given, Jekyll reads the singular one (utils.rb `pluralized_array_from_hash`)."""
    keys = ("tag", "tags") if reader.config.lenient else ("tags", "tag")
    return _words(reader, written, _present(written, keys)[:1])


def categories_of(reader: Reader, written: Written) -> tuple[tuple[str, ...], Givens]:
    """The categories. Where both keys are given, Jekyll reads both (document.rb `populate_categories`)."""
    keys = _present(written, ("categories", "category"))
    return _words(reader, written, keys if reader.config.lenient else keys[:1])


def _present(written: Written, keys: Sequence[str]) -> list[str]:
    return [key for key in keys if written.values.get(key) is not None]


def _words(reader: Reader, written: Written, keys: Sequence[str]) -> tuple[tuple[str, ...], Givens]:
    """All words of some keys, each once."""
    names = (name for key in keys for name in _listed(reader, written, key))
    givens = (given for key in keys for given in written.given(key))
    return tuple(dict.fromkeys(names)), tuple(givens)


def _listed(reader: Reader, written: Written, key: str) -> list[str]:
    """The words of one key: a list, or a text split at blanks."""
    value = written.values[key]
    if isinstance(value, str):
        return _fit(reader, written, key, [value] if key in _UNSPLIT else value.split())
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return _fit(reader, written, key, [name.strip() for name in value])
    items = items_of(value, written.origin(key))
    if not all(isinstance(item, str | int | float | None) for item, _ in items):
        reader.wrong(written, key, "is not a list of words", f"write `{key}: [one, two]`")
        return []
    names = (item if isinstance(item, str) else place.written(item) for item, place in items)
    return _fit(reader, written, key, [name.strip() for name in names])


def _fit(reader: Reader, written: Written, key: str, names: Sequence[str]) -> list[str]:
    """Those of the words that an address can be made of; the others are problems."""
    return [name for name in names if name and is_fit(reader, written, key, name)]


def is_short(name: str) -> bool:
    """Whether a folder can have the name: 25 signs always fit, whatever they become in an address."""
    return len(name) <= 25 or len(term_slug(name).encode()) <= TERM_BYTES


def is_fit(reader: Reader, written: Written, key: str, name: str) -> bool:
    """Whether an address can be made of a name; else it is a problem."""
    if is_short(name):
        return True
    reader.wrong(written, key, f'"{name[:40]}…" is too long for the address of its page', "shorten it")
    return False
