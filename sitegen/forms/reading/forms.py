"""A form as its author wrote it: on its post, or by a name in the configuration."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import Any

from sitegen.dates import FORMS, is_date_only, parse_moment
from sitegen.errors import Problem, did_you_mean
from sitegen.forms.description import CONSENT, END_OF_DAY, STANDARD_FIELDS, Field, Form
from sitegen.forms.endpoints import HINT, is_endpoint
from sitegen.forms.files import MOST_BYTES, size_words
from sitegen.forms.periods import HINT as HINT_OF_PERIOD
from sitegen.forms.periods import parse_period
from sitegen.forms.reading.checker import Checker
from sitegen.forms.reading.fields import read_field
from sitegen.forms.reading.keys import FORM_KEYS, MOST_FIELDS
from sitegen.forms.reading.members import read_members, with_box
from sitegen.forms.wording import SEND
from sitegen.marked import Origin

MOST_ID_BYTES = 240  # it is the name of a folder: the file system wants 255
NO_SERVICE = "https://service.invalid"  # stands for an address that is none: answers were to go to a service
_FEWER_FILES = "lower `max_size` or `max_files`: each counts as often as it may come"
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_FORM_ID = re.compile(r"[\w][\w.~-]{0,127}")


class FormReader:
    """Reads descriptions of forms for one site; problems go to `report`."""

    def __init__(
        self,
        zone: tzinfo,
        report: Callable[[Problem], None],
        named: Mapping[str, tuple[Any, Origin]] | None = None,
        endpoint: str = "",
        keep: int | None = None,
    ) -> None:
        self.zone, self.report, self.endpoint, self.keep = zone, report, endpoint, keep
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
        check = Checker(self.report, origin)
        check.known(raw, FORM_KEYS, "a form")
        if not _can_be_id(form_id):
            hint = f"its name or the post's `slug`: letters, digits, - and _, {MOST_ID_BYTES} bytes at most"
            check.wrong(f'"{form_id[:60]}" cannot be the id of a form', hint)
        form_fields = self._fields(raw, check)
        if sum(field.max_size * field.max_files for field in form_fields if field.type == "file") > MOST_BYTES:
            check.wrong(f"the files of a form may have {size_words(MOST_BYTES)} in all", _FEWER_FILES, "fields")
        consent = check.text(raw, "consent")
        if consent:
            form_fields = (*form_fields, Field(CONSENT, "checkbox", _plain(consent), required=True))
        members = read_members(raw, form_fields, check)
        form = Form(
            id=form_id,
            title=title,
            fields=with_box(form_fields, members, raw, check),
            intro=check.text(raw, "intro"),
            submit=check.text(raw, "submit") or SEND,
            thanks=check.text(raw, "thanks"),
            capacity=check.count(raw, "capacity", least=1),
            waitlist=check.truth(raw, "waitlist", default=True),
            closes=self._closes(raw, check),
            endpoint=_endpoint(raw, check) or self.endpoint,
            consent=consent,
            keep=self._keep(raw, check),
            show_places=check.truth(raw, "show_places", default=True),
            members=members,
            confirm=check.truth(raw, "confirm", default=False),
        )
        if form.confirm and not any(map(_is_address, form.fields)):
            hint = "add `email: {required: true}` to its `fields`: a letter goes there"
            check.wrong("`confirm` wants a field `email` that is required", hint, "confirm")
        return form if _can_be_id(form_id) else None

    def _closes(self, raw: dict[str, Any], check: Checker) -> datetime | None:
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

    def _keep(self, raw: dict[str, Any], check: Checker) -> int | None:
        """Days: the form's own, or else those of the configuration."""
        text = check.text(raw, "keep")
        try:
            return parse_period(text) if text else self.keep
        except ValueError as error:
            check.wrong(f"`keep`: {error}", HINT_OF_PERIOD, "keep")
            return self.keep

    def _fields(self, raw: dict[str, Any], check: Checker) -> tuple[Field, ...]:
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
        read = (read_field(name, spec, check, self.zone) for name, spec in described.items())
        return tuple(field for field in read if field is not None)


def _plain(text: str) -> str:
    """One line of Markdown without its signs, for messages: the text of links, and no stars or backticks.

    >>> _plain("I agree to the [rules](/rules/), **all** of them")
    'I agree to the rules, all of them'
    """
    return re.sub(r"\*+|`", "", _LINK.sub(r"\1", text))


def _can_be_id(text: str) -> bool:
    return _FORM_ID.fullmatch(text) is not None and len(text.encode()) <= MOST_ID_BYTES


def _is_address(field: Field) -> bool:
    return field.name.lower() == "email" and field.type == "email" and field.required


def _endpoint(raw: dict[str, Any], check: Checker) -> str:
    value = check.text(raw, "endpoint")
    if value and not is_endpoint(value):
        check.wrong(f'`endpoint`: "{value}" is no web address', HINT, "endpoint")
        return NO_SERVICE
    return value
