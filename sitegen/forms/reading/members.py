"""Who agrees to be named: which answers the page shows, and the box that asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sitegen.errors import did_you_mean
from sitegen.forms.description import LIST_ME, Field, Members
from sitegen.forms.reading.checker import Checker
from sitegen.forms.reading.keys import MEMBERS_KEYS
from sitegen.forms.wording import list_me_of
from sitegen.words import english_words

PRIVATE = ("email", "tel", "file", "hidden")  # types of questions whose answers are never shown


def read_members(raw: Mapping[str, Any], fields: Sequence[Field], check: Checker) -> Members | None:
    """What `members:` of a form means; None for none, and for what cannot be: rather nobody is named."""
    told = {} if raw.get("members") is True else raw.get("members")
    if told is None or told is False:
        return None
    if not isinstance(told, dict):
        check.wrong("`members` is neither true nor a mapping", "write `members: {name: name, about: role}`", "members")
        return None
    inner = check.inside("members")
    inner.known(told, MEMBERS_KEYS, "`members`")
    members = Members(inner.text(told, "name") or Members.name, inner.text(told, "about"))
    shown = {"name": members.name, **({"about": members.about} if members.about else {})}
    found = [_can_be_shown(key, name, fields, inner) for key, name in shown.items()]
    return members if all(found) else None


def _can_be_shown(key: str, name: str, fields: Sequence[Field], check: Checker) -> bool:
    types = {field.name: field.type for field in fields}
    if name not in types:
        check.wrong(f'the form has no field "{name}" for its members', did_you_mean(name, types), key)
    elif types[name] in PRIVATE or name in (LIST_ME, "consent"):
        check.wrong(f"the answers to `{name}` are never shown", "name another field, such as `name`", key)
    else:
        return True
    return False


def with_box(
    fields: tuple[Field, ...], members: Members | None, raw: Mapping[str, Any], check: Checker
) -> tuple[Field, ...]:
    """The fields, and the box to agree by: the author's own field of that name, or one that says what is shown."""
    own = next((field for field in fields if field.name == LIST_ME), None)
    if members is None:
        return fields
    if own is None:
        return (*fields, Field(LIST_ME, "checkbox", _label(fields, members, raw, check)))
    if own.type != "checkbox" or own.options or own.required or own.value:
        hint = f"write `{LIST_ME}: {{type: checkbox, label: …}}`, or leave it out"
        check.wrong(f"`{LIST_ME}` has to be a box that nobody must tick", hint, "fields", LIST_ME)
    return fields


def _label(fields: Sequence[Field], members: Members, raw: Mapping[str, Any], check: Checker) -> str:
    told = raw.get("members")
    own = check.inside("members").text(told, "label") if isinstance(told, dict) else ""
    labels = {field.name: field.label for field in fields}
    shown = [labels[name] for name in (members.name, members.about) if name]
    return own or list_me_of(shown, english_words())
