"""What authors may write of a form and of a field: each key, what it means, and the shape of its value."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.forms.description import CHOICES, FIELD_TYPES
from sitegen.forms.endpoints import ENDPOINT
from sitegen.forms.files import MOST_BYTES, MOST_FILES, SIZE
from sitegen.forms.periods import PERIOD
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

MOST_FIELDS, MOST_OPTIONS = 100, 500
MOST = 1_000_000_000  # of whatever is counted
FIELD_NAME = "[A-Za-z][A-Za-z0-9_-]{0,63}"

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

MEMBERS_KEYS: Mapping[str, Key] = {
    "name": Key("the question whose answer is a member's name; `name` by default", SAID),
    "about": Key("the question whose answer stands beside the name; none by default", SAID),
    "label": Key("the words of the box by which a visitor agrees; by default they say what is shown", SAID),
}
FORM_KEYS: Mapping[str, Key] = {
    "intro": Key("Markdown above the fields", SAID),
    "fields": Key("the questions, by name", optional(_FIELDS)),
    "consent": Key("the words of a box that must be ticked: one line of Markdown", SAID),
    "capacity": Key("how many places there are; the next answer joins the waitlist", optional(whole(1, MOST))),
    "waitlist": Key("whether there is one: else the form is full when all places are taken", TRUTH),
    "show_places": Key("whether the page says how many places are taken", TRUTH),
    "members": Key(
        "shows those who are in and have agreed: `true`, or which answers", optional(either(TRUTH, table(MEMBERS_KEYS)))
    ),
    "confirm": Key("whether an answer counts only when its visitor has confirmed the address by a letter", TRUTH),
    "closes": Key("the last day, or the moment, that answers are taken", optional(DATE)),
    "keep": Key("how long answers are kept, as `6 months`; then they go", optional(string(f"^{PERIOD}$"))),
    "submit": Key("the words on the button", SAID),
    "thanks": Key("Markdown shown after submitting", SAID),
    "endpoint": Key("a form service instead of sitegen's receiver: an address, or `netlify`", optional(ENDPOINT)),
}
FORM = either(TRUTH, {"type": "string"}, {"$ref": "#/$defs/form"})  # what may stand behind `form:`
