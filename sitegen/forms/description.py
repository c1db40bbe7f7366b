"""What a form is: front matter and configuration become a frozen `Form`.

The generator knows only this module of the room: a build imports no web server and no database.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from math import isfinite
from typing import Any
from urllib.parse import urlsplit

from sitegen.dates import FORMS, is_date_only, parse_moment
from sitegen.errors import Problem, did_you_mean
from sitegen.marked import Origin
from sitegen.shapes import (
    DATE,
    SAID,
    TRUTH,
    WEB_ADDRESS,
    Key,
    Shape,
    either,
    list_of,
    one_of,
    optional,
    string,
    table,
    text,
    whole,
)
from sitegen.urls import is_web_address

FIELD_TYPES = (
    "text",
    "email",
    "url",
    "tel",
    "number",
    "date",
    "textarea",
    "select",
    "radio",
    "checkbox",
    "hidden",
)
CHOICES = ("select", "radio")  # types that need options; a checkbox may have some
HONEYPOT = "_gotcha"  # Formspree's name for the field that only robots fill
TEXT_LENGTH, TEXTAREA_LENGTH = 500, 10_000  # signs, where the author sets no limit
MOST_FIELDS, MOST_OPTIONS = 100, 500
MOST = 1_000_000_000  # of whatever is counted
MOST_ID_BYTES = 240  # it is the name of a folder: the file system wants 255

_FIELD_NAME = "[A-Za-z][A-Za-z0-9_-]{0,63}"
_FORM_ID = re.compile(r"[\w][\w.~-]{0,127}")
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


@dataclass(frozen=True)
class Field:
    """One question of a form.

    Lengths are in signs. `minimum` and `maximum` are numbers for `number`, ISO dates (text) for `date`.
    `value` is what a hidden field carries, or what another field holds before the visitor types.
    """

    name: str
    type: str = "text"
    label: str = ""
    hint: str = ""
    required: bool = False
    options: tuple[str, ...] = ()
    min_length: int | None = None
    max_length: int | None = None
    minimum: float | str | None = None
    maximum: float | str | None = None
    value: str = ""

    @property
    def multiple(self) -> bool:
        """Whether one answer may hold several values: a checkbox with options."""
        return self.type == "checkbox" and bool(self.options)


@dataclass(frozen=True)
class Form:
    """An interest form. `endpoint` is "" for sitegen's own receiver; `intro` and `thanks` are Markdown."""

    id: str
    fields: tuple[Field, ...]
    title: str = ""
    intro: str = ""
    submit: str = "Send"
    thanks: str = ""
    capacity: int | None = None
    closes: datetime | None = None
    endpoint: str = ""

    @property
    def hosted(self) -> bool:
        """Whether a form service receives the answers."""
        return bool(self.endpoint)

    @property
    def provider(self) -> str:
        """The host of the form service, or ""."""
        return urlsplit(self.endpoint).hostname or ""

    def is_open(self, now: datetime) -> bool:
        """Whether answers are still wanted at that moment."""
        return self.closes is None or now <= self.closes


STANDARD_FIELDS = (
    Field("name", "text", "Name", required=True, max_length=TEXT_LENGTH),
    Field("email", "email", "E-mail", required=True, max_length=254),
    Field("message", "textarea", "Message", max_length=TEXTAREA_LENGTH),
)

_LIMIT: Shape = {"type": ["number", "string", "null"], "pattern": "[0-9]{4}"}

FIELD_KEYS: Mapping[str, Key] = {
    "type": Key("one of " + ", ".join(FIELD_TYPES), one_of((*FIELD_TYPES, None))),
    "label": Key("the question; by default the name with a capital", SAID),
    "hint": Key("a sentence below the label", SAID),
    "required": Key("whether it must be answered", TRUTH),
    "options": Key(
        "the choices of select, radio and checkbox",
        optional(list_of(text("[^ ]"), minItems=1, maxItems=MOST_OPTIONS, uniqueItems=True)),
    ),
    "min_length": Key("the fewest signs", optional(whole(0, MOST))),
    "max_length": Key("the most signs", optional(whole(1, MOST))),
    "min": Key("the least number or the earliest date", _LIMIT),
    "max": Key("the greatest number or the latest date", _LIMIT),
    "value": Key("what the field holds before it is filled in; a hidden field carries it", SAID),
}
_NO_SERVICE = "https://service.invalid"  # stands for an address that is none: answers were to go to a service
_CHOOSES = {"properties": {"type": one_of(CHOICES)}, "required": ["type"]}
_FIELD = either(
    {**table(FIELD_KEYS), "if": _CHOOSES, "then": {"required": ["options"]}},
    one_of((*FIELD_TYPES, True, None)),
)
_FIELDS = either(
    {
        "type": "object",
        "propertyNames": {"pattern": f"^{_FIELD_NAME}$"},
        "additionalProperties": _FIELD,
        "minProperties": 1,
        "maxProperties": MOST_FIELDS,
    },
    list_of(string(f"^{_FIELD_NAME}$"), minItems=1, maxItems=MOST_FIELDS),
)

FORM_KEYS: Mapping[str, Key] = {
    "intro": Key("Markdown above the fields", SAID),
    "fields": Key("the questions, by name", optional(_FIELDS)),
    "consent": Key("the words of a box that must be ticked", SAID),
    "capacity": Key("how many places there are; the next answer joins the waitlist", optional(whole(1, MOST))),
    "closes": Key("the last day, or the moment, that answers are taken", optional(DATE)),
    "submit": Key("the words on the button", SAID),
    "thanks": Key("Markdown shown after submitting", SAID),
    "endpoint": Key("the address of a form service, instead of sitegen's own receiver", optional(WEB_ADDRESS)),
}
FORM = either(TRUTH, {"type": "string"}, {"$ref": "#/$defs/form"})  # what may stand behind `form:`


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
            return moment.replace(hour=23, minute=59, second=59)
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
        if not re.fullmatch(_FIELD_NAME, name):
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
            label=inner.text(spec, "label") or _label(name),
            hint=inner.text(spec, "hint"),
            required=inner.truth(spec, "required"),
            options=inner.options(spec, kind),
            min_length=inner.count(spec, "min_length", least=0),
            max_length=inner.count(spec, "max_length", least=1) or _longest(kind),
            minimum=self._limit(spec, "min", kind, inner),
            maximum=self._limit(spec, "max", kind, inner),
            value=inner.text(spec, "value"),
        )
        inner.sensible(field)
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

    def truth(self, raw: dict[str, Any], key: str) -> bool:
        value = raw.get(key, False)
        if isinstance(value, bool):
            return value
        self.wrong(f"`{key}` is neither true nor false", f"write `{key}: true`, without quotes", key)
        return False

    def count(self, raw: dict[str, Any], key: str, *, least: int) -> int | None:
        value = raw.get(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= MOST:
            return value
        self.wrong(f"`{key}` is not a whole number of at least {least}", "write digits, without quotes", key)
        return None

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
        if value and not is_web_address(value):
            self.wrong(f'`endpoint`: "{value}" is no web address', "write https://formspree.io/f/your-id", "endpoint")
            return _NO_SERVICE
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
