"""What a form is: front matter and configuration become a frozen `Form`.

The generator knows only this module of the room: a build imports no web server and no database.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import cached_property

from sitegen.forms.endpoints import ENDPOINT
from sitegen.forms.files import MOST_BYTES, MOST_FILES, SIZE, UPLOAD_BYTES
from sitegen.shapes import (
    DATE,
    SAID,
    TRUTH,
    Key,
    Shape,
    either,
    list_of,
    one_of,
    one_or_more,
    optional,
    string,
    table,
    text,
    whole,
)

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
    "file",
    "hidden",
)
CHOICES = ("select", "radio")  # types that need options; a checkbox may have some
END_OF_DAY = time(23, 59, 59)  # when a form closes of which only the last day is said
HONEYPOT = "_gotcha"  # Formspree's name for the field that only robots fill
TEXT_LENGTH, TEXTAREA_LENGTH = 500, 10_000  # signs, where the author sets no limit
MOST_FIELDS, MOST_OPTIONS = 100, 500
MOST = 1_000_000_000  # of whatever is counted
MOST_ID_BYTES = 240  # it is the name of a folder: the file system wants 255

FIELD_NAME = "[A-Za-z][A-Za-z0-9_-]{0,63}"
_FORM_ID = re.compile(r"[\w][\w.~-]{0,127}")
TYPE_BY_NAME = {
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
    Of files, `accept` are endings and media types (() for any), `max_size` is in bytes and of each.
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
    accept: tuple[str, ...] = ()
    max_size: int = UPLOAD_BYTES
    max_files: int = 1

    @property
    def multiple(self) -> bool:
        """Whether one answer may hold several values: a checkbox with options."""
        return self.type == "checkbox" and bool(self.options)


@dataclass(frozen=True)
class Form:
    """An interest form. `endpoint` is "" for sitegen's own receiver; `intro` and `thanks` are Markdown.

    Who comes when all of the `capacity` is taken joins the `waitlist`, or is refused where there is none.
    """

    id: str
    fields: tuple[Field, ...]
    title: str = ""
    intro: str = ""
    submit: str = "Send"
    thanks: str = ""
    capacity: int | None = None
    waitlist: bool = True
    closes: datetime | None = None
    endpoint: str = ""

    @property
    def hosted(self) -> bool:
        """Whether a form service receives the answers."""
        return bool(self.endpoint)

    @cached_property
    def files(self) -> Mapping[str, Field]:
        """The fields that take files, by name."""
        return {field.name: field for field in self.fields if field.type == "file"}

    @property
    def file_bytes(self) -> int:
        """The bytes that the files of one answer may have in all; 0 for a form that takes none."""
        return sum(field.max_size * field.max_files for field in self.files.values())

    def without_files(self) -> Form:
        """The same, but it takes no files."""
        return replace(self, fields=tuple(field for field in self.fields if field.type != "file"))

    def is_open(self, now: datetime) -> bool:
        """Whether answers are still wanted at that moment."""
        return self.closes is None or now <= self.closes


STANDARD_FIELDS = (
    Field("name", "text", "Name", required=True, max_length=TEXT_LENGTH),
    Field("email", "email", "E-mail", required=True, max_length=254),
    Field("message", "textarea", "Message", max_length=TEXTAREA_LENGTH),
)

_LIMIT: Shape = {"type": ["number", "string", "null"], "pattern": "[0-9]{4}"}
_SIZE: Shape = {"type": ["integer", "string", "null"], "minimum": 1, "maximum": MOST_BYTES, "pattern": f"^ *{SIZE} *$"}

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
    "accept": Key("the endings or media types of files, as in HTML", optional(one_or_more(string("[./]")))),
    "max_size": Key("the most that one file may have: `2 MB`, or bytes", _SIZE),
    "max_files": Key("how many files the field takes", optional(whole(1, MOST_FILES))),
    "value": Key("what the field holds before it is filled in; a hidden field carries it", SAID),
}
NO_SERVICE = "https://service.invalid"  # stands for an address that is none: answers were to go to a service
_CHOOSES = {"properties": {"type": one_of(CHOICES)}, "required": ["type"]}
_FIELD = either(
    {**table(FIELD_KEYS), "if": _CHOOSES, "then": {"required": ["options"]}},
    one_of((*FIELD_TYPES, True, None)),
)
_FIELDS = either(
    {
        "type": "object",
        "propertyNames": {"pattern": f"^{FIELD_NAME}$"},
        "additionalProperties": _FIELD,
        "minProperties": 1,
        "maxProperties": MOST_FIELDS,
    },
    list_of(string(f"^{FIELD_NAME}$"), minItems=1, maxItems=MOST_FIELDS),
)

FORM_KEYS: Mapping[str, Key] = {
    "intro": Key("Markdown above the fields", SAID),
    "fields": Key("the questions, by name", optional(_FIELDS)),
    "consent": Key("the words of a box that must be ticked", SAID),
    "capacity": Key("how many places there are; the next answer joins the waitlist", optional(whole(1, MOST))),
    "waitlist": Key("whether there is one: else the form is full when all places are taken", TRUTH),
    "closes": Key("the last day, or the moment, that answers are taken", optional(DATE)),
    "submit": Key("the words on the button", SAID),
    "thanks": Key("Markdown shown after submitting", SAID),
    "endpoint": Key("a form service instead of sitegen's receiver: an address, or `netlify`", optional(ENDPOINT)),
}
FORM = either(TRUTH, {"type": "string"}, {"$ref": "#/$defs/form"})  # what may stand behind `form:`
