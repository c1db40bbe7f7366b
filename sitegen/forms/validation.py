"""Answers against the description of their form: the same rules as in the page. Pure functions."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from sitegen.forms.description import Field, Form, is_less
from sitegen.forms.emails import ADDRESSES, EMAIL_LENGTH, is_email
from sitegen.forms.files import accept_words, accepted, size_words
from sitegen.forms.submission import Answers, FieldError, Upload
from sitegen.urls import is_web_address

Given = Mapping[str, Sequence[str]]  # values by the names of their fields

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_UNDECLARED = {name: Field(name, "email", "E-mail", max_length=EMAIL_LENGTH) for name in ADDRESSES}
_NOT_TICKED = ("", "false", "off", "no", "0")


def tidied(answers: Answers) -> Answers:
    """The answers without stray blanks around them: nobody means those."""
    return tuple((name, value.strip()) for name, value in answers)


def check(form: Form, answers: Answers, files: Sequence[Upload] = ()) -> tuple[FieldError, ...]:
    """What is wrong with tidied answers, in the order of the fields; at most one error a field.

    Names that the form does not declare are data, but an address must be one. Files belong into fields of their own.
    """
    declared, given = form.names, _given(answers)
    found = [error for field in form.fields if (error := _check_any(field, given, files))]
    for name in dict.fromkeys(file.field for file in files if file.field not in declared):
        found.append(FieldError("NO_FILE_UPLOADS", f"This form takes no files in “{name[:80]}”."))
    for name, field in _UNDECLARED.items():
        if name not in declared and (error := _check_value(field, _filled(name, given))):
            found.append(error)
    return tuple(found)


def ticked(box: str, answers: Answers) -> bool:
    """Whether a box is ticked in these answers."""
    return any(name == box and is_ticked(value) for name, value in answers)


def is_ticked(value: str) -> bool:
    """Whether that is what a box sends that was ticked; scripts send truth values, too."""
    return value.lower() not in _NOT_TICKED


def _given(answers: Answers) -> Given:
    """The values by their names."""
    given: dict[str, list[str]] = {}
    for name, value in answers:
        given.setdefault(name, []).append(value)
    return given


def _filled(name: str, given: Given) -> list[str]:
    """The values of a field that are not empty."""
    return [value for value in given.get(name, ()) if value]


def _check_any(field: Field, given: Given, files: Sequence[Upload]) -> FieldError | None:
    """The first thing that is wrong with a field."""
    came = [file for file in files if file.field == field.name]
    if field.type == "file":
        return next(_check_files(field, _filled(field.name, given), came), None)
    if came:
        return FieldError("NO_FILE_UPLOADS", f"Please send no file in {_label(field)}.", field.name)
    return _check_field(field, given)


def _check_files(field: Field, words: list[str], files: Sequence[Upload]) -> Iterator[FieldError]:
    """What is wrong with the files of a field; `words` are texts that came in their place."""
    if words:  # a page that does not send files as such: the visitor chose one, and only its name is here
        yield FieldError("TYPE_FILE", f"The file in {_label(field)} did not arrive, only its name.", field.name)
    elif field.required and not files:
        yield FieldError("REQUIRED_FIELD_MISSING", f"Please choose a file in {_label(field)}.", field.name)
    elif len(files) > field.max_files:
        most = "one file" if field.max_files == 1 else f"{field.max_files} files"
        yield FieldError("TOO_MANY_FILES", f"Please choose {most} at most in {_label(field)}.", field.name)
    else:
        yield from (error for file in files for error in _check_file(field, file))


def _check_file(field: Field, file: Upload) -> Iterator[FieldError]:
    if not file.size:
        yield FieldError("TYPE_FILE", f"“{file.name}” is empty. Please choose another file.", field.name)
    elif file.size > field.max_size:
        words = f"“{file.name}” is too large. Please choose a file of {size_words(field.max_size)} at most."
        yield FieldError("FILES_TOO_BIG", words, field.name)
    elif not accepted(file.name, file.type, field.accept):
        words = f"“{file.name}” is not of a kind that fits here: {accept_words(field.accept)}."
        yield FieldError("TYPE_FILE", words, field.name)


def _check_field(field: Field, given: Given) -> FieldError | None:
    values = _filled(field.name, given)
    if field.type == "checkbox" and not field.options:
        values = list(filter(is_ticked, values))
    if values:
        return _check_value(field, values)
    if field.required:
        code = "REQUIRED_FIELD_EMPTY" if field.name in given else "REQUIRED_FIELD_MISSING"
        return FieldError(code, f"Please {_WANTED.get(_shape(field), 'fill in')} {_label(field)}.", field.name)
    return None


def _check_value(field: Field, values: list[str]) -> FieldError | None:
    """The first thing that is wrong with what was given."""
    if len(values) > 1 and field.type in _SINGLE:
        return FieldError(_code(field), f"{_label(field)} takes one answer only.", field.name)
    wrong = _TYPES.get(field.type, _fine)
    for value in values:
        if problem := wrong(field, value) or _length(field, value):
            return FieldError(_code(field), problem, field.name)
    return None


def _code(field: Field) -> str:
    return {"email": "TYPE_EMAIL", "number": "TYPE_NUMERIC"}.get(field.type, "TYPE_TEXT")


def _shape(field: Field) -> str:
    return "checkboxes" if field.multiple else field.type


def _label(field: Field) -> str:
    """The question in quotes, shortened where it is a whole sentence."""
    words = (field.label or field.name).strip(" .:")
    return f"“{words if len(words) <= 80 else words[:79].rstrip() + '…'}”"


def _fine(field: Field, value: str) -> str:
    return ""


def _length(field: Field, value: str) -> str:
    if field.max_length is not None and len(value) > field.max_length:
        return f"{_label(field)} must have {field.max_length} characters or fewer: now it has {len(value)}."
    if field.min_length is not None and len(value) < field.min_length:
        return f"{_label(field)} must have {field.min_length} characters or more."
    return ""


def _email(field: Field, value: str) -> str:
    return "" if is_email(value) else f"{_label(field)} must be an address like name@example.org."


def _url(field: Field, value: str) -> str:
    good = is_web_address(value)
    return "" if good else f"{_label(field)} must be a web address like https://example.org."


def _number(field: Field, value: str) -> str:
    number = float(value) if len(value) <= 100 and _NUMBER.fullmatch(value) else math.nan
    if not math.isfinite(number):
        return f"{_label(field)} must be a number, like 42."
    return _between(field, number)


def _date(field: Field, value: str) -> str:
    try:
        day = date.fromisoformat(value) if _DATE.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None:
        return f"{_label(field)} must be a date, like 2026-05-31."
    return _between(field, value)


def _between(field: Field, value: float | str) -> str:
    low, high = field.minimum, field.maximum
    if low is not None and is_less(value, low):
        return f"{_label(field)} must be {low} or {'later' if field.type == 'date' else 'more'}."
    if high is not None and is_less(high, value):
        return f"{_label(field)} must be {high} or {'earlier' if field.type == 'date' else 'less'}."
    return ""


def _choice(field: Field, value: str) -> str:
    good = not field.options or value in field.options
    return "" if good else f"{_label(field)} must be one of the given answers."


_SINGLE = frozenset({"email", "number", "date", "url", "select", "radio"})
_WANTED: Mapping[str, str] = {
    "select": "choose an answer to",
    "radio": "choose an answer to",
    "checkboxes": "choose an answer to",
    "checkbox": "tick",
}
_TYPES: Mapping[str, Callable[[Field, str], str]] = {
    "email": _email,
    "url": _url,
    "number": _number,
    "date": _date,
    "select": _choice,
    "radio": _choice,
    "checkbox": _choice,
}
