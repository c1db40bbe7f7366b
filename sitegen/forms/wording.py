"""What a form says where its author is silent: labels, the button, sizes and periods, in the language of the call."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sitegen.forms.description import LIST_ME, Field, Form
from sitegen.forms.files import TYPES
from sitegen.forms.periods import period_of
from sitegen.languages import direction
from sitegen.words import Words, english_words
from sitegen.words.directions import apart

SEND = "Send"  # the button, where its author says nothing
AROUND = " \u00a0\u202f.:。："  # what is not said of a label within a sentence


def default_label(name: str) -> str:
    """The question of a field that has no label, in English: its name.

    >>> default_label("first_name"), default_label("email")
    ('First name', 'E-mail')
    """
    words = re.sub(r"[_-]+", " ", name).strip()
    return "E-mail" if words.lower() == "email" else words[:1].upper() + words[1:]


def label_in(field: Field, words: Words) -> str:
    """The question; where its author gave none, and the name is a common one, in the language of the call."""
    key = f"fields.{field.name.lower()}"
    if field.label != default_label(field.name) or not words.has(key) or words.other_language(key):
        return field.label
    return words.text(key)


def label_of(form: Form, field: Field, words: Words) -> str:
    """The same, also for the box by which a visitor agrees to be named."""
    if field.name == LIST_ME and form.members and field.label == list_me(form, english_words()):
        return list_me(form, words)
    return label_in(field, words)


def list_me(form: Form, words: Words) -> str:
    """What stands beside that box: which answers the page shows."""
    assert form.members is not None
    labels = {field.name: label_in(field, words) for field in form.fields}
    return list_me_of([labels[name] for name in (form.members.name, form.members.about) if name], words)


def list_me_of(labels: Sequence[str], words: Words) -> str:
    """The same, for the labels of the questions."""
    quoted = (words.text("letters.quoted", title=label.strip(AROUND)) for label in labels)
    return words.text("forms.list_me", fields=joined(quoted, words))


def submit_of(form: Form, words: Words) -> str:
    """The words on the button."""
    return words.text("forms.send") if form.submit == SEND else form.submit


def joined(parts: Iterable[str], words: Words) -> str:
    """Several as one text: `a, b and c`."""
    *others, last = _apart(parts, words)
    return words.text("privacy.and", one=listed(others, words), other=last) if others else last


def listed(parts: Iterable[str], words: Words) -> str:
    """Several with the commas of the language."""
    return words.text("forms.comma").join(_apart(parts, words))


def _apart(parts: Iterable[str], words: Words) -> list[str]:
    return [apart(part, direction(words.lang) == "rtl") for part in parts]


def size_in(size: int, words: Words) -> str:
    """A size for people: `1.5 KB`."""
    for unit, bytes_of in (("megabytes", 1024**2), ("kilobytes", 1024)):
        if size >= bytes_of:
            value = round(size / bytes_of, 1)
            return words.text(f"forms.{unit}", size=int(value) if value.is_integer() else value)
    return words.text("forms.bytes", count=size)


def kinds_in(accept: Sequence[str], words: Words) -> str:
    """What a field accepts, for people: `.pdf, images`."""
    told: list[str] = []
    for one in accept:
        if one.endswith("/*"):
            key = f"forms.{one.removesuffix('/*')}"
            told.append(words.text(key) if words.has(key) else one.removesuffix("/*"))
        else:
            told += [one] if one.startswith(".") else [ending for ending, kind in TYPES.items() if kind == one]
    return listed(dict.fromkeys(told), words)


def period_in(days: int, words: Words) -> str:
    """A period in the largest unit of which it is a whole number."""
    count, unit = period_of(days)
    return words.text(f"privacy.{unit}s", count=count)
