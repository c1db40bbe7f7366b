"""One question as its author wrote it."""

from __future__ import annotations

import re
from datetime import tzinfo
from math import isfinite
from typing import Any

from sitegen.dates import FORMS, parse_moment
from sitegen.errors import did_you_mean
from sitegen.forms.description import CHOICES, FIELD_TYPES, TEXT_LENGTH, TEXTAREA_LENGTH, Field, is_less
from sitegen.forms.files import MOST_BYTES, MOST_FILES, UPLOAD_BYTES, can_be_accepted, parse_size, size_words
from sitegen.forms.reading.checker import Checker
from sitegen.forms.reading.keys import FIELD_KEYS, FIELD_NAME, MOST_OPTIONS
from sitegen.forms.wording import default_label

_TYPE_BY_NAME = {
    "email": "email",
    "e-mail": "email",
    "message": "textarea",
    "note": "textarea",
    "url": "url",
    "website": "url",
    "phone": "tel",
    "tel": "tel",
    "date": "date",
}


def read_field(name: str, spec: Any, check: Checker, zone: tzinfo) -> Field | None:
    """The field that `name: spec` means; None for one that cannot be. `check` is the checker of the form."""
    inner = check.inside("fields", name)
    if isinstance(spec, str) and spec in FIELD_TYPES:
        spec = {"type": spec}
    if spec is None or spec is True:
        spec = {}
    if not re.fullmatch(FIELD_NAME, name):
        inner.wrong(
            f'a field cannot be called "{name[:60]}"',
            "begin with a letter; then letters, digits, _ and -",
        )
        return None
    if not isinstance(spec, dict):
        inner.wrong(f'the field "{name}" is not a mapping', f"write `{name}: {{type: text, required: true}}`")
        return None
    inner.known(spec, FIELD_KEYS, "a field")
    kind = inner.text(spec, "type") or _TYPE_BY_NAME.get(name.lower(), "text")
    if kind not in FIELD_TYPES:
        inner.wrong(f'there is no field type "{kind}"', did_you_mean(kind, FIELD_TYPES), "type")
        return None
    field = Field(
        name=name,
        type=kind,
        label=inner.text(spec, "label") or default_label(name),
        hint=inner.text(spec, "hint"),
        required=inner.truth(spec, "required"),
        options=_options(spec, kind, inner),
        min_length=inner.count(spec, "min_length", least=0),
        max_length=inner.count(spec, "max_length", least=1) or _longest(kind),
        minimum=_limit(spec, "min", kind, inner, zone),
        maximum=_limit(spec, "max", kind, inner, zone),
        value=inner.text(spec, "value"),
        accept=_accept(spec, inner),
        max_size=_max_size(spec, inner) or UPLOAD_BYTES,
        max_files=inner.count(spec, "max_files", least=1, most=MOST_FILES) or 1,
    )
    _check_limits(field, inner)
    _check_file_keys(spec, field, inner)
    return field


def _limit(spec: dict[str, Any], key: str, kind: str, check: Checker, zone: tzinfo) -> float | str | None:
    value = spec.get(key)
    if value is None:
        return None
    if kind == "number" and isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
        return value
    if kind == "date":
        try:
            return parse_moment(str(value), zone).date().isoformat()
        except ValueError as error:
            check.wrong(f"`{key}`: {error}", FORMS, key)
            return None
    wants = "a number" if kind == "number" else "a field of type number or date (for text: min_length, max_length)"
    check.wrong(f"`{key}` wants {wants}", "", key)
    return None


def _max_size(spec: dict[str, Any], check: Checker) -> int | None:
    value = spec.get("max_size")
    if value is None:
        return None
    size = parse_size(str(value)) if isinstance(value, int | str) and not isinstance(value, bool) else None
    if size and size <= MOST_BYTES:
        return size
    message = f"`max_size` is no size up to {size_words(MOST_BYTES)}"
    check.wrong(message, "write `2 MB`, or a number of bytes", "max_size")
    return None


def _accept(spec: dict[str, Any], check: Checker) -> tuple[str, ...]:
    """Endings and media types in small letters: a list, or one text with commas, as HTML has it."""
    value = spec.get("accept")
    if value is None:
        return ()
    listed = value.split(",") if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
        check.wrong("`accept` is not a list of endings", "write `accept: [.pdf, .png]`", "accept")
        return ()
    wanted = tuple(item.strip().lower() for item in listed)
    for one in wanted:
        if not can_be_accepted(one):
            hint = f"write `.{one}`" if one.isalnum() else "write endings, as `.pdf`, or `image/*`"
            check.wrong(f'`accept`: no file can be known as "{one[:60]}"', hint, "accept")
    return wanted


def _options(spec: dict[str, Any], kind: str, check: Checker) -> tuple[str, ...]:
    value = spec.get("options")
    if value is None:
        if kind in CHOICES:
            check.wrong(f"a field of type {kind} needs options", "write `options: [One, Two]`")
        return ()
    if kind not in (*CHOICES, "checkbox"):
        check.wrong(f"a field of type {kind} has no options", "use select, radio or checkbox", "options")
        return ()
    plain = isinstance(value, list) and all(isinstance(item, str | int | float) for item in value)
    place = check.origin.at("options")
    options = tuple(place.at(at).written(item) for at, item in enumerate(value)) if plain else ()
    if not options or len(options) > MOST_OPTIONS or len(set(options)) != len(options) or "" in options:
        check.wrong("`options` is not a list of different words", "write `options: [One, Two]`", "options")
    return options


def _check_file_keys(spec: dict[str, Any], field: Field, check: Checker) -> None:
    """Keys that go with files, and those that do not."""
    strange = ("value", "min_length", "max_length") if field.type == "file" else ("accept", "max_size", "max_files")
    for key in strange:
        if spec.get(key) is not None:
            check.wrong(f"a field of type {field.type} has no `{key}`", "", key)


def _check_limits(field: Field, check: Checker) -> None:
    """Limits that no answer could meet."""
    if field.min_length is not None and field.max_length is not None and field.min_length > field.max_length:
        check.wrong("`min_length` is greater than `max_length`", "", "min_length")
    low, high = field.minimum, field.maximum
    if low is not None and high is not None and is_less(high, low):
        check.wrong("`min` is greater than `max`", "", "min")
    if field.type == "hidden" and field.required and not field.value:
        check.wrong("a hidden field that is required needs a `value`", "", "required")
    if field.value and field.options and field.value not in field.options:
        check.wrong("`value` is none of the options", did_you_mean(field.value, field.options), "value")


def _longest(kind: str) -> int | None:
    if kind == "email":
        return 254  # RFC 5321: the longest address
    return {"text": TEXT_LENGTH, "tel": 50, "url": 2000, "textarea": TEXTAREA_LENGTH}.get(kind)
