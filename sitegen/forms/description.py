"""What a form is: a frozen `Form` with its `Field`s."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime, time
from functools import cached_property
from itertools import zip_longest

from sitegen.forms.files import UPLOAD_BYTES
from sitegen.frozen import dataclass

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
CONSENT = "consent"  # the field that the key of this name makes
LIST_ME = "list_me"  # the box that a visitor ticks to be named on the page
AGREED = CONSENT, LIST_ME  # boxes of which it is enough to know that they are ticked
HONEYPOT = "_gotcha"  # Formspree's name for the field that only robots fill
TEXT_LENGTH, TEXTAREA_LENGTH = 500, 10_000  # signs, where the author sets no limit


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
class Members:
    """The fields whose answers the page shows of those who are in and have ticked `LIST_ME`; `about` may be ""."""

    name: str = "name"
    about: str = ""


@dataclass(frozen=True)
class Form:
    """An interest form. `endpoint` is "" for sitegen's own receiver; `intro`, `thanks` and `consent` are Markdown.

    Who comes when all of the `capacity` is taken joins the `waitlist`, or is refused where there is none. Answers are
    kept for `keep` days, None for ever. `consent` are the words of the field of that name, "" where there is none. How
    many places are taken is told to everybody with `show_places`, and who is in by `members`. With `confirm`
    an answer counts when its visitor has confirmed, by a letter, that the address is theirs. On a site in several
    languages `lang` is the one that its words are in.
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
    consent: str = ""
    keep: int | None = None
    show_places: bool = True
    members: Members | None = None
    confirm: bool = False
    lang: str = ""

    @property
    def key(self) -> str:
        """What tells it from the same form in another language, too."""
        return f"{self.id}/{self.lang}" if self.lang else self.id

    @property
    def hosted(self) -> bool:
        """Whether a form service receives the answers."""
        return bool(self.endpoint)

    @property
    def public_capacity(self) -> int | None:
        """The places of which everybody may know how many are taken; None where nobody counts, or nobody is to know."""
        return self.capacity if self.show_places and not self.hosted else None

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of its fields."""
        return frozenset(field.name for field in self.fields)

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


def open_at(forms: Iterable[Form], moment: datetime) -> frozenset[str]:
    """The ids of those that still want answers at a moment."""
    return frozenset(form.id for form in forms if form.is_open(moment))


_WORDS = ("id", "title", "intro", "submit", "thanks", "consent", "show_places", "lang")  # that a translation may change


def rules_that_differ(one: Form, other: Form) -> str:
    """The first key by which two forms ask for different things, whatever their words are; "" for none."""
    for key in (item.name for item in fields(Form) if item.name not in (*_WORDS, "fields")):
        if getattr(one, key) != getattr(other, key):
            return key
    plain = ([replace(field, label="", hint="", value="") for field in form.fields] for form in (one, other))
    pairs = list(zip_longest(*plain))
    if all(mine == its for mine, its in pairs):
        return ""
    mine, its = next(pair for pair in pairs if pair[0] != pair[1])
    return f"fields.{(mine or its).name}"


def is_less(one: float | str, other: float | str) -> bool:
    """Whether a value comes before another, of the kind of a field's limits: numbers, or ISO dates."""
    if isinstance(one, str) or isinstance(other, str):
        return str(one) < str(other)  # ISO dates sort as text
    return one < other
