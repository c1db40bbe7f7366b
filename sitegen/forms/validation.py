"""Answers against the description of their form: the same rules as in the page. Pure functions."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sitegen.forms.description import Field, Form, is_less
from sitegen.forms.emails import ADDRESSES, EMAIL_LENGTH, is_email
from sitegen.forms.files import accepted
from sitegen.forms.submission import Answers, FieldError, Upload
from sitegen.forms.wording import AROUND, kinds_in, label_of, size_in
from sitegen.urls import is_web_address
from sitegen.words import Words, english_words

Given = Mapping[str, Sequence[str]]  # values by the names of their fields
Wrong = tuple[str, dict[str, object]]  # the key of a message, and what stands in it

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_UNDECLARED = {name: Field(name, "email", "", max_length=EMAIL_LENGTH) for name in ADDRESSES}
_NOT_TICKED = ("", "false", "off", "no", "0")


@dataclass(frozen=True)
class _Asked:
    """What is checked: the answers to a form, in the words of its language."""

    form: Form
    given: Given
    files: Sequence[Upload]
    words: Words

    def wrong(self, code: str, key: str, field: Field, **values: object) -> FieldError:
        """One thing to mend: a label is looked for only then."""
        return FieldError(code, self.words.text(f"errors.{key}", label=self._label(field), **values), field.name)

    def _label(self, field: Field) -> str:
        """The question, shortened where it is a whole sentence."""
        label = label_of(self.form, field, self.words) if field.label else self.words.text("fields.email")
        words = (label or field.name).strip(AROUND)
        return words if len(words) <= 80 else words[:79].rstrip() + "…"


def tidied(answers: Answers) -> Answers:
    """The answers without stray blanks around them: nobody means those."""
    return tuple((name, value.strip()) for name, value in answers)


def check(
    form: Form, answers: Answers, files: Sequence[Upload] = (), words: Words | None = None
) -> tuple[FieldError, ...]:
    """What is wrong with tidied answers, in the order of the fields; at most one error a field.

    Names that the form does not declare are data, but an address must be one. Files belong into fields of their own.
    The messages are in the language of `words`, English if None.
    """
    asked = _Asked(form, _given(answers), files, words or english_words())
    declared = form.names
    found = [error for field in form.fields if (error := _check_any(field, asked))]
    for name in dict.fromkeys(file.field for file in files if file.field not in declared):
        found.append(FieldError("NO_FILE_UPLOADS", asked.words.text("errors.no_files_in", label=name[:80])))
    for name, field in _UNDECLARED.items():
        if name not in declared and (error := _check_value(field, _filled(name, asked.given), asked)):
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


def _check_any(field: Field, asked: _Asked) -> FieldError | None:
    """The first thing that is wrong with a field."""
    came = [file for file in asked.files if file.field == field.name]
    if field.type == "file":
        return next(_check_files(field, _filled(field.name, asked.given), came, asked), None)
    if came:
        return asked.wrong("NO_FILE_UPLOADS", "no_file", field)
    return _check_field(field, asked)


def _check_files(field: Field, texts: list[str], files: Sequence[Upload], asked: _Asked) -> Iterator[FieldError]:
    """What is wrong with the files of a field; `texts` are those that came in their place."""
    if texts:  # a page that does not send files as such: the visitor chose one, and only its name is here
        yield asked.wrong("TYPE_FILE", "not_arrived", field)
    elif field.required and not files:
        yield asked.wrong("REQUIRED_FIELD_MISSING", "choose_file", field)
    elif len(files) > field.max_files:
        yield asked.wrong("TOO_MANY_FILES", "too_many_files", field, count=field.max_files)
    else:
        yield from (error for file in files for error in _check_file(field, file, asked))


def _check_file(field: Field, file: Upload, asked: _Asked) -> Iterator[FieldError]:
    if not file.size:
        yield asked.wrong("TYPE_FILE", "empty_file", field, file=file.name)
    elif file.size > field.max_size:
        size = size_in(field.max_size, asked.words)
        yield asked.wrong("FILES_TOO_BIG", "large_file", field, file=file.name, size=size)
    elif not accepted(file.name, file.type, field.accept):
        kinds = kinds_in(field.accept, asked.words)
        yield asked.wrong("TYPE_FILE", "wrong_kind", field, file=file.name, kinds=kinds)


def _check_field(field: Field, asked: _Asked) -> FieldError | None:
    values = _filled(field.name, asked.given)
    if field.type == "checkbox" and not field.options:
        values = list(filter(is_ticked, values))
    if values:
        return _check_value(field, values, asked)
    if field.required:
        code = "REQUIRED_FIELD_EMPTY" if field.name in asked.given else "REQUIRED_FIELD_MISSING"
        return asked.wrong(code, _WANTED.get(_shape(field), "fill_in"), field)
    return None


def _check_value(field: Field, values: list[str], asked: _Asked) -> FieldError | None:
    """The first thing that is wrong with what was given."""
    if len(values) > 1 and field.type in _SINGLE:
        return asked.wrong(_code(field), "one_answer", field)
    check_type = _TYPES.get(field.type, _fine)
    for value in values:
        if problem := check_type(field, value) or _length(field, value):
            key, limits = problem
            return asked.wrong(_code(field), key, field, **limits)
    return None


def _code(field: Field) -> str:
    return {"email": "TYPE_EMAIL", "number": "TYPE_NUMERIC"}.get(field.type, "TYPE_TEXT")


def _shape(field: Field) -> str:
    return "checkboxes" if field.multiple else field.type


def _fine(field: Field, value: str) -> Wrong | None:
    return None


def _length(field: Field, value: str) -> Wrong | None:
    if field.max_length is not None and len(value) > field.max_length:
        return "too_long", {"count": field.max_length, "length": len(value)}
    if field.min_length is not None and len(value) < field.min_length:
        return "too_short", {"count": field.min_length}
    return None


def _email(field: Field, value: str) -> Wrong | None:
    return None if is_email(value) else ("email", {})


def _url(field: Field, value: str) -> Wrong | None:
    return None if is_web_address(value) else ("url", {})


def _number(field: Field, value: str) -> Wrong | None:
    number = float(value) if len(value) <= 100 and _NUMBER.fullmatch(value) else math.nan
    return _between(field, number, ("least", "most")) if math.isfinite(number) else ("number", {})


def _date(field: Field, value: str) -> Wrong | None:
    try:
        day = date.fromisoformat(value) if _DATE.fullmatch(value) else None
    except ValueError:
        day = None
    wrong = ("date", {}) if day is None else _between(field, value, ("earliest", "latest"))
    return (wrong[0], {key: date.fromisoformat(str(limit)) for key, limit in wrong[1].items()}) if wrong else None


def _between(field: Field, value: float | str, keys: tuple[str, str]) -> Wrong | None:
    low, high = field.minimum, field.maximum
    if low is not None and is_less(value, low):
        return keys[0], {"limit": low}
    if high is not None and is_less(high, value):
        return keys[1], {"limit": high}
    return None


def _choice(field: Field, value: str) -> Wrong | None:
    return None if not field.options or value in field.options else ("choice", {})


_SINGLE = frozenset({"email", "number", "date", "url", "select", "radio"})
_WANTED: Mapping[str, str] = {
    "select": "choose",
    "radio": "choose",
    "checkboxes": "choose",
    "checkbox": "tick",
}
_TYPES: Mapping[str, Callable[[Field, str], Wrong | None]] = {
    "email": _email,
    "url": _url,
    "number": _number,
    "date": _date,
    "select": _choice,
    "radio": _choice,
    "checkbox": _choice,
}
