"""Forms as authors write them: front matter and configuration become a frozen `Form`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, tzinfo
from math import isfinite
from typing import Any

from sitegen.dates import FORMS, is_date_only, parse_moment
from sitegen.errors import Problem, did_you_mean
from sitegen.forms.description import (
    CHOICES,
    END_OF_DAY,
    FIELD_KEYS,
    FIELD_NAME,
    FIELD_TYPES,
    FORM_KEYS,
    MOST,
    MOST_FIELDS,
    MOST_ID_BYTES,
    MOST_OPTIONS,
    NO_SERVICE,
    STANDARD_FIELDS,
    TEXT_LENGTH,
    TEXTAREA_LENGTH,
    TYPE_BY_NAME,
    Field,
    Form,
)
from sitegen.forms.endpoints import HINT, is_endpoint
from sitegen.forms.files import (
    MOST_BYTES,
    MOST_FILES,
    UPLOAD_BYTES,
    can_be_accepted,
    parse_size,
    size_words,
)
from sitegen.marked import Origin

_FEWER_FILES = "lower `max_size` or `max_files`: each counts as often as it may come"
_FORM_ID = re.compile(r"[\w][\w.~-]{0,127}")


class FormReader:
    """Reads descriptions of forms for one site; problems go to `report`."""

    def __init__(
        self,
        zone: tzinfo,
        report: Callable[[Problem], None],
        named: Mapping[str, tuple[Any, Origin]] | None = None,
        endpoint: str = "",
    ) -> None:
        self.zone, self.report, self.endpoint = zone, report, endpoint
        self.named = named or {}

    def read(self, raw: Any, slug: str, title: str, origin: Origin) -> Form | None:
        """The form that `form: raw` means on the post with that slug and title; None for none.

        What is wrong with one is reported, and the form is there without it: whatever else names the call is well.
        """
        if raw is None or raw is False:
            return None
        if raw is True:
            return self._finish(slug, title, {}, origin)
        if isinstance(raw, str):
            return self._named(raw, title, origin)
        if isinstance(raw, dict):
            return self._finish(slug, title, raw, origin)
        self.report(origin.problem("`form` is neither true, nor a name, nor a mapping", "the least is `form: true`"))
        return self._standing_in(slug, title)

    def check_named(self) -> None:
        """Report what is wrong with the forms of the configuration, used or not."""
        for name in self.named:
            self._named(name, "", self.named[name][1])

    def _named(self, name: str, title: str, origin: Origin) -> Form | None:
        if name not in self.named:
            known = did_you_mean(name, self.named) or "the least is `form: true`; the configuration names no forms"
            if name.lower() in ("true", "yes", "on"):
                known = "without quotes: `form: true`"
            self.report(origin.problem(f'there is no form "{name}" in the configuration', known))
            return self._standing_in(name, title)
        raw, place = self.named[name]
        if raw is True:
            raw = {}
        if not isinstance(raw, dict):
            self.report(place.problem(f'the form "{name}" is not a table'))
            return self._standing_in(name, title)
        return self._finish(name, title, raw, place)

    def _standing_in(self, form_id: str, title: str) -> Form | None:
        return Form(form_id, STANDARD_FIELDS, title) if _can_be_id(form_id) else None

    def _finish(self, form_id: str, title: str, raw: dict[str, Any], origin: Origin) -> Form | None:
        check = _Checker(self.report, origin)
        check.known(raw, FORM_KEYS, "a form")
        if not _can_be_id(form_id):
            hint = f"its name or the post's `slug`: letters, digits, - and _, {MOST_ID_BYTES} bytes at most"
            check.wrong(f'"{form_id[:60]}" cannot be the id of a form', hint)
        form_fields = self._fields(raw, check)
        if sum(field.max_size * field.max_files for field in form_fields if field.type == "file") > MOST_BYTES:
            check.wrong(f"the files of a form may have {size_words(MOST_BYTES)} in all", _FEWER_FILES, "fields")
        consent = check.text(raw, "consent")
        if consent:
            form_fields = (*form_fields, Field("consent", "checkbox", consent, required=True))
        form = Form(
            id=form_id,
            title=title,
            fields=form_fields,
            intro=check.text(raw, "intro"),
            submit=check.text(raw, "submit") or "Send",
            thanks=check.text(raw, "thanks"),
            capacity=check.count(raw, "capacity", least=1),
            waitlist=check.truth(raw, "waitlist", default=True),
            closes=self._closes(raw, check),
            endpoint=check.endpoint(raw) or self.endpoint,
        )
        return form if _can_be_id(form_id) else None

    def _closes(self, raw: dict[str, Any], check: _Checker) -> datetime | None:
        """The last moment at which an answer is taken: the end of the day, where only a day is given."""
        text = raw.get("closes")
        if text is None:
            return None
        words = check.origin.at("closes").written(text)
        try:
            moment = parse_moment(words, self.zone)
        except ValueError as error:
            check.wrong(f"`closes`: {error}", FORMS, "closes")
            return None
        if is_date_only(words):
            return datetime.combine(moment, END_OF_DAY, moment.tzinfo)
        return moment

    def _fields(self, raw: dict[str, Any], check: _Checker) -> tuple[Field, ...]:
        described = raw.get("fields")
        if described is None:
            return STANDARD_FIELDS
        if isinstance(described, list) and all(isinstance(name, str) for name in described):
            described = dict.fromkeys(described)
        if not isinstance(described, dict) or not described:
            hint = "write each on a line of its own, as `name: {required: true}`"
            check.wrong("`fields` is not a mapping of names to questions", hint, "fields")
            return ()
        if len(described) > MOST_FIELDS:
            check.wrong(f"a form has at most {MOST_FIELDS} fields", "", "fields")
            return ()
        if "consent" in described and raw.get("consent"):
            check.wrong("a field is called `consent`, as the consent box is", "rename the field", "fields", "consent")
        read = (self._field(name, spec, check) for name, spec in described.items())
        return tuple(field for field in read if field is not None)

    def _field(self, name: str, spec: Any, check: _Checker) -> Field | None:
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
        kind = inner.text(spec, "type") or TYPE_BY_NAME.get(name.lower(), "text")
        if kind not in FIELD_TYPES:
            inner.wrong(f'there is no field type "{kind}"', did_you_mean(kind, FIELD_TYPES), "type")
            return None
        field = Field(
            name=name,
            type=kind,
            label=inner.text(spec, "label") or _label(name),
            hint=inner.text(spec, "hint"),
            required=inner.truth(spec, "required"),
            options=inner.options(spec, kind),
            min_length=inner.count(spec, "min_length", least=0),
            max_length=inner.count(spec, "max_length", least=1) or _longest(kind),
            minimum=self._limit(spec, "min", kind, inner),
            maximum=self._limit(spec, "max", kind, inner),
            value=inner.text(spec, "value"),
            accept=inner.accept(spec),
            max_size=inner.size(spec, "max_size") or UPLOAD_BYTES,
            max_files=inner.count(spec, "max_files", least=1, most=MOST_FILES) or 1,
        )
        inner.sensible(field)
        inner.about_files(spec, field)
        return field

    def _limit(self, spec: dict[str, Any], key: str, kind: str, check: _Checker) -> float | str | None:
        value = spec.get(key)
        if value is None:
            return None
        if kind == "number" and isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
            return value
        if kind == "date":
            try:
                return parse_moment(str(value), self.zone).date().isoformat()
            except ValueError as error:
                check.wrong(f"`{key}`: {error}", FORMS, key)
                return None
        wants = "a number" if kind == "number" else "a field of type number or date (for text: min_length, max_length)"
        check.wrong(f"`{key}` wants {wants}", "", key)
        return None


class _Checker:
    """Takes values out of a mapping, and reports those of the wrong kind at their line."""

    def __init__(self, report: Callable[[Problem], None], origin: Origin) -> None:
        self.report, self.origin = report, origin

    def inside(self, *keys: str) -> _Checker:
        return _Checker(self.report, self.origin.at(*keys))

    def wrong(self, message: str, hint: str = "", *keys: str) -> None:
        self.report(self.origin.at(*keys).problem(message, hint))

    def known(self, raw: dict[str, Any], keys: Iterable[str], what: str) -> None:
        for key in raw:
            if key not in keys:
                self.wrong(f'{what} has no setting "{key}"', did_you_mean(key, keys), key)

    def text(self, raw: dict[str, Any], key: str) -> str:
        value = raw.get(key)
        if value is None or isinstance(value, str):
            return (value or "").strip()
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self.origin.at(key).written(value)
        self.wrong(f"`{key}` is not text", "put it in quotes", key)
        return ""

    def truth(self, raw: dict[str, Any], key: str, *, default: bool = False) -> bool:
        value = raw.get(key, default)
        if isinstance(value, bool):
            return value
        self.wrong(f"`{key}` is neither true nor false", f"write `{key}: true`, without quotes", key)
        return default

    def count(self, raw: dict[str, Any], key: str, *, least: int, most: int = MOST) -> int | None:
        value = raw.get(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        range_ = f"of at least {least}" if most == MOST else f"from {least} to {most}"
        self.wrong(f"`{key}` is not a whole number {range_}", "write digits, without quotes", key)
        return None

    def size(self, raw: dict[str, Any], key: str) -> int | None:
        value = raw.get(key)
        if value is None:
            return None
        size = parse_size(str(value)) if isinstance(value, int | str) and not isinstance(value, bool) else None
        if size and size <= MOST_BYTES:
            return size
        self.wrong(f"`{key}` is no size up to {size_words(MOST_BYTES)}", "write `2 MB`, or a number of bytes", key)
        return None

    def accept(self, spec: dict[str, Any]) -> tuple[str, ...]:
        """Endings and media types in small letters: a list, or one text with commas, as HTML has it."""
        value = spec.get("accept")
        if value is None:
            return ()
        listed = value.split(",") if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
            self.wrong("`accept` is not a list of endings", "write `accept: [.pdf, .png]`", "accept")
            return ()
        wanted = tuple(item.strip().lower() for item in listed)
        for one in wanted:
            if not can_be_accepted(one):
                hint = f"write `.{one}`" if one.isalnum() else "write endings, as `.pdf`, or `image/*`"
                self.wrong(f'`accept`: no file can be known as "{one[:60]}"', hint, "accept")
        return wanted

    def about_files(self, spec: dict[str, Any], field: Field) -> None:
        """Keys that go with files, and those that do not."""
        strange = ("value", "min_length", "max_length") if field.type == "file" else ("accept", "max_size", "max_files")
        for key in strange:
            if spec.get(key) is not None:
                self.wrong(f"a field of type {field.type} has no `{key}`", "", key)

    def options(self, spec: dict[str, Any], kind: str) -> tuple[str, ...]:
        value = spec.get("options")
        if value is None:
            if kind in CHOICES:
                self.wrong(f"a field of type {kind} needs options", "write `options: [One, Two]`")
            return ()
        if kind not in (*CHOICES, "checkbox"):
            self.wrong(f"a field of type {kind} has no options", "use select, radio or checkbox", "options")
            return ()
        plain = isinstance(value, list) and all(isinstance(item, str | int | float) for item in value)
        place = self.origin.at("options")
        options = tuple(place.at(at).written(item) for at, item in enumerate(value)) if plain else ()
        if not options or len(options) > MOST_OPTIONS or len(set(options)) != len(options) or "" in options:
            self.wrong("`options` is not a list of different words", "write `options: [One, Two]`", "options")
        return options

    def endpoint(self, raw: dict[str, Any]) -> str:
        value = self.text(raw, "endpoint")
        if value and not is_endpoint(value):
            self.wrong(f'`endpoint`: "{value}" is no web address', HINT, "endpoint")
            return NO_SERVICE
        return value

    def sensible(self, field: Field) -> None:
        """Limits that no answer could meet."""
        if field.min_length is not None and field.max_length is not None and field.min_length > field.max_length:
            self.wrong("`min_length` is greater than `max_length`", "", "min_length")
        low, high = field.minimum, field.maximum
        if low is not None and high is not None and _exceeds(low, high):
            self.wrong("`min` is greater than `max`", "", "min")
        if field.type == "hidden" and field.required and not field.value:
            self.wrong("a hidden field that is required needs a `value`", "", "required")
        if field.value and field.options and field.value not in field.options:
            self.wrong("`value` is none of the options", did_you_mean(field.value, field.options), "value")


def _can_be_id(text: str) -> bool:
    return _FORM_ID.fullmatch(text) is not None and len(text.encode()) <= MOST_ID_BYTES


def _exceeds(low: float | str, high: float | str) -> bool:
    if isinstance(low, str) or isinstance(high, str):
        return str(low) > str(high)
    return low > high


def _label(name: str) -> str:
    words = re.sub(r"[_-]+", " ", name).strip()
    return "E-mail" if words.lower() == "email" else words[:1].upper() + words[1:]


def _longest(kind: str) -> int | None:
    if kind == "email":
        return 254  # RFC 5321: the longest address
    return {"text": TEXT_LENGTH, "tel": 50, "url": 2000, "textarea": TEXTAREA_LENGTH}.get(kind)
