"""The site's own words in `_data/i18n/LANGUAGE.yml`, which go before the packaged ones, word by word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sitegen.content.data import Data
from sitegen.errors import Problem, Problems, did_you_mean, one_hint
from sitegen.languages import language_hint, language_of
from sitegen.words import OWN_GROUP, Catalog, Entry, english
from sitegen.words.catalogs import PLURALS, places_of, tags_of
from sitegen.words.numbers import plurals

NAME = "i18n"  # of the folder in `_data/`
_FORMS = "counts in that language have the forms {}"
_OWN = f"words for layouts of your own stand in the group `{OWN_GROUP}`"

Tell = Callable[[Problem], None]


def read_catalogs(data: Data, problems: Problems) -> dict[str, Catalog]:
    """The catalogs by language, in small letters. What is wrong is a problem at its line, and is left out."""
    languages = data.values.get(NAME)
    if languages is None:
        return {}
    if not isinstance(languages, dict):
        problems.tolerate(data.origin(NAME).problem("these are no words by language", f"write _data/{NAME}/de.yml"))
        return {}
    found: dict[str, Catalog] = {}
    for name, groups in languages.items():
        tag = language_of(name)
        if not tag:
            message = f"`{name}` is the name of no language"
            problems.tolerate(data.origin(NAME, name).problem(message, language_hint(name)))
        elif not isinstance(groups, dict):
            if groups is not None:
                hint = "write groups, and the words below them: `posts: {draft: Entwurf}`"
                problems.tolerate(data.origin(NAME, name).problem("there are no words here", hint))
        else:
            found[tag.lower()] = dict(_entries(data, name, groups, problems.tolerate))
            for key, entry in found[tag.lower()].items():
                if lacking := _lacking(tag, entry):
                    origin = data.origin(NAME, name, *key.split(".", 1))
                    problems.warn(origin.problem(f"`{key}` lacks the form `{lacking[0]}`", _FORMS.format(lacking[1])))
    return found


def _lacking(tag: str, entry: Entry) -> tuple[str, str] | None:
    """A form that counts of the language have and an entry with several lacks, and all of them. One may do for all."""
    if isinstance(entry, str) or len(entry) == 1:
        return None
    forms = plurals(tag)
    missing = [form for form in forms if form not in entry]
    return (missing[0], ", ".join(forms)) if missing else None


def _entries(data: Data, name: str, groups: dict[str, Any], tell: Tell) -> Iterator[tuple[str, Entry]]:
    known = {key.partition(".")[0] for key in english()} | {OWN_GROUP}
    for group, entries in groups.items():
        origin = data.origin(NAME, name, group)
        if group not in known:
            tell(origin.problem(f"there is no group of words `{group}`", one_hint(did_you_mean(group, known), _OWN)))
        elif not isinstance(entries, dict):
            tell(origin.problem(f"`{group}` is no group of words", f"write `{group}:`, and the words below it"))
        else:
            for key, entry in entries.items():
                if wrong := _wrong(f"{group}.{key}", entry):
                    tell(data.origin(NAME, name, group, key).problem(*wrong))
                else:
                    yield f"{group}.{key}", entry if isinstance(entry, dict) else str(entry)


def _wrong(key: str, entry: Any) -> tuple[str, str] | None:
    """What is wrong with an entry, and a hint."""
    group = key.partition(".")[0]
    model = english().get(key)
    if model is None and group != OWN_GROUP:
        same = [name.partition(".")[2] for name in english() if name.startswith(f"{group}.")]
        return f"there are no words `{key}`", one_hint(did_you_mean(key.partition(".")[2], same), _OWN)
    if not isinstance(entry, dict | str | int | float) or isinstance(entry, bool):
        return f"`{key}` is no text", "write it in quotes"
    if isinstance(entry, dict):
        if strange := [form for form in entry if form not in PLURALS]:
            return f"`{key}`: a count has no form `{strange[0]}`", f"the forms are {', '.join(PLURALS)}"
        if "other" not in entry or not all(isinstance(form, str) for form in entry.values()):
            return f"`{key}` lacks the form `other`, or has one that is no text", "`other` is for all other counts"
        if isinstance(model, str):
            return f"`{key}` has no count, and so no forms", "write one text"
    return _misplaced(key, entry, model) if model is not None else None


def _misplaced(key: str, entry: Any, model: Entry) -> tuple[str, str] | None:
    """A placeholder or a tag that nothing is put in place of."""
    told = entry if isinstance(entry, dict) else str(entry)
    for places, sign in ((places_of, "{%s}"), (tags_of, "<%s>")):
        known = places(model)
        if strange := sorted(places(told) - known):
            hint = did_you_mean(strange[0], known) if known else "there is none in these words"
            return f"`{key}`: nothing is put in place of `{sign % strange[0]}`", hint
    return None
