"""What layouts see of calls and their forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup, escape

from sitegen.forms.description import CONSENT, Field
from sitegen.forms.services import OWN, Service, action_of, fixed_fields, name_there, recipient, service_at
from sitegen.forms.wording import joined, kinds_in, label_in, label_of, size_in, submit_of
from sitegen.frozen import dataclass
from sitegen.model.content import Call
from sitegen.model.site import Site
from sitegen.templates.views.known import Known, MemberView
from sitegen.templates.views.privacy import handling, sentences
from sitegen.urls import absolute_url, relative_url
from sitegen.words import Words, english_words
from sitegen.words.html import html_of

_AUTOCOMPLETE = {
    "name": "name",
    "email": "email",
    "tel": "tel",
    "phone": "tel",
    "url": "url",
    "website": "url",
    "company": "organization",
    "organization": "organization",
    "city": "address-level2",
    "country": "country-name",
}
_ROWS = 8


@dataclass(frozen=True)
class OptionView:
    """One choice: its value, its label, the id of its input, and whether it is chosen."""

    value: str
    label: str
    id: str
    chosen: bool


@dataclass(frozen=True)
class ErrorView:
    """One thing wrong with the answers: the field's name and id (None: the whole form), and the words."""

    field: str | None
    id: str | None
    message: str


@dataclass(frozen=True)
class HiddenView:
    """An input that nobody sees. `page_only`: it is for browsers that load the answer, and not for scripts."""

    name: str
    value: str
    page_only: bool = False


class FieldView:
    """One question, with the answer to show again and what is wrong with it.

    `name` is that of the input, `label` the question; `again` tells that the form came back; `words` are those of the
    language of the call.
    """

    def __init__(
        self,
        form_id: str,
        field: Field,
        values: Sequence[str],
        error: str,
        name: str = "",
        *,
        again: bool = False,
        label: str = "",
        words: Words | None = None,
    ) -> None:
        self._field, self._again = field, again
        self._words = words or english_words()
        self.label = label or label_in(field, self._words)
        self.name = name or field.name
        self._values = list(values)
        self.error = error
        self.id = f"{_html_id(form_id)}-{field.name}"
        self.hint_id, self.error_id = f"{self.id}-hint", f"{self.id}-error"
        self.rows = _ROWS

    @property
    def type(self) -> str:
        """The kind of question; see `FIELD_TYPES`."""
        return self._field.type

    @property
    def hint(self) -> str:
        """Sentences below it, or "": the author's, and what there is to know of files."""
        files = _about_files(self._field, self._words, again=self._again) if self.type == "file" else ()
        return self._words.text("site.gap").join(filter(None, (self._field.hint, *files)))

    @property
    def required(self) -> bool:
        """Whether it must be answered."""
        return self._field.required

    @property
    def multiple(self) -> bool:
        """Whether several options may be chosen."""
        return self._field.multiple

    @property
    def value(self) -> str:
        """The text to show."""
        return self._values[0] if self._values else ""

    @property
    def checked(self) -> bool:
        """Whether a single box is ticked."""
        return bool(self._values)

    @property
    def options(self) -> list[OptionView]:
        """The choices."""
        return [
            OptionView(option, option, f"{self.id}-{number}", option in self._values)
            for number, option in enumerate(self._field.options, start=1)
        ]

    @property
    def autocomplete(self) -> str:
        """The token for the browser's own memory (WCAG 1.3.5), or ""."""
        if self.type == "file":
            return ""
        by_type = self._field.type if self._field.type in ("email", "tel", "url") else ""
        return by_type or _AUTOCOMPLETE.get(self._field.name.lower(), "")

    @property
    def min_length(self) -> int | None:
        """The fewest signs."""
        return self._field.min_length

    @property
    def max_length(self) -> int | None:
        """The most signs."""
        return self._field.max_length

    @property
    def min(self) -> float | str | None:
        """The least number or the earliest date."""
        return self._field.minimum

    @property
    def max(self) -> float | str | None:
        """The greatest number or the latest date."""
        return self._field.maximum

    @property
    def accept(self) -> str:
        """The files that a browser offers, as HTML has it, or "" for any."""
        return ",".join(self._field.accept)

    @property
    def max_size(self) -> int:
        """The most bytes of one file."""
        return self._field.max_size

    @property
    def max_files(self) -> int:
        """How many files may be chosen."""
        return self._field.max_files


def _about_files(field: Field, words: Words, *, again: bool) -> Iterator[str]:
    key = "forms.file_size" if field.max_files == 1 else "forms.file_sizes"
    yield words.text(key, count=field.max_files, size=size_in(field.max_size, words))
    if field.accept:
        yield words.text("forms.file_kinds", kinds=kinds_in(field.accept, words))
    if again:
        yield words.text("forms.file_again")


class FormView:
    """A form, ready to be written as HTML."""

    def __init__(
        self,
        site: Site,
        markdown: Callable[[str], str],
        call: Call,
        answers: Iterable[tuple[str, str]] | None = None,
        errors: Mapping[str, str] | None = None,
        post: Any = None,
    ) -> None:
        self._site, self._markdown, self._call, self._form = site, markdown, call, call.form
        self._post, self._words = post, site.words(call.post.lang or site.config.lang or "en")
        self._again = answers is not None
        values: dict[str, list[str]] = {}
        for name, value in answers or ():
            values.setdefault(name, []).append(value)
        self.fields = list(self._asked(values, errors or {}))

    def _asked(self, values: dict[str, list[str]], wrong: Mapping[str, str]) -> Iterator[FieldView]:
        """The form's questions; and answers to others, which a layout of the author's own may have asked."""
        form, service = self._form, self._service
        shown = form if form.hosted or self._site.config.uploads else form.without_files()
        for field in shown.fields:
            kept = values.pop(field.name, None)
            if kept is None:
                first = not self._again or field.type == "hidden"  # else a box that was cleared would be ticked again
                kept = [field.value] if first and field.value else []
            named = name_there(service, field.name, field.type)
            yield FieldView(
                form.id,
                field,
                kept,
                wrong.get(field.name, ""),
                named,
                again=self._again,
                label=self._consent() if field.name == CONSENT and form.consent else label_of(form, field, self._words),
                words=self._words,
            )
        for name, others in values.items():
            label = self._words.text("fields.email")
            field = Field(name, "email" if name in wrong else "hidden", label)
            yield from (FieldView(form.id, field, [value], wrong.get(name, "")) for value in others)

    @property
    def _service(self) -> Service:
        """Who is posted to. In a preview it is sitegen's own receiver, whoever it is later."""
        return OWN if self._site.config.preview else service_at(self._form.endpoint)

    @property
    def id(self) -> str:
        """The form's id."""
        return self._form.id

    @property
    def action(self) -> str:
        """Where it posts to: the form service, sitegen's receiver, or the preview's own."""
        config = self._site.config
        if self._again:
            return "?"  # where the page itself is, which the receiver may not know: it stands behind any prefix
        if self._form.hosted and not config.preview:
            return action_of(self._form.endpoint) or relative_url(self._call.thanks_url, config.baseurl)
        path = f"/f/{self._form.id}"
        if config.receive_url and not config.preview:
            return config.receive_url + path
        return relative_url(path, config.baseurl)

    @property
    def encoding(self) -> str:
        """How the answers are sent, for `enctype`: files need another way than words."""
        files = any(field.type == "file" for field in self.fields)
        return "multipart/form-data" if files else "application/x-www-form-urlencoded"

    @property
    def intro(self) -> Markup:
        """What stands above the fields."""
        return self._html(self._form.intro)

    @property
    def thanks(self) -> Markup:
        """What the author says after submitting."""
        return self._html(self._form.thanks)

    def _html(self, text: str) -> Markup:
        return Markup(self._markdown(text)) if text else Markup("")

    def _consent(self) -> Markup | str:
        """The words of the consent as HTML that may stand in a label; "" where they are more than one paragraph."""
        html = self._markdown(self._form.consent).strip()
        inner = html.removeprefix("<p>").removesuffix("</p>")
        return Markup(inner) if len(html) - len(inner) == len("<p></p>") and "<p>" not in inner else ""

    @property
    def submit(self) -> str:
        """The words on the button."""
        return submit_of(self._form, self._words)

    @property
    def hosted(self) -> bool:
        """Whether a form service receives the answers."""
        return self._form.hosted

    @property
    def provider(self) -> str:
        """The host of the form service, or its name; that of sitegen's own receiver where it has an address."""
        return recipient(self._form.endpoint if self._form.hosted else self._site.config.receive_url)

    @property
    def answers(self) -> str:
        """How a script knows that the service has the answers: `json`, `status`, or `page` (let the browser send)."""
        return self._service.answers

    @property
    def attributes(self) -> Mapping[str, str]:
        """What the service wants to stand in the form's tag."""
        service = self._service
        return {"name": self.id, **service.attributes} if service.attributes else {}

    @property
    def honeypot(self) -> str:
        """The name of the input that only robots fill; "" where the service has none."""
        return self._service.honeypot

    @property
    def honeypot_type(self) -> str:
        """The type of that input."""
        return "checkbox" if self._service.ticked else "text"

    @property
    def hidden(self) -> list[HiddenView]:
        """What else is sent beside the answers; a question of that name goes before it."""
        taken = {field.name for field in self.fields}
        return [one for one in self._all_hidden() if one.name and one.name not in taken]

    def _all_hidden(self) -> Iterator[HiddenView]:
        service, config, post = self._service, self._site.config, self._call.post
        yield HiddenView(service.key, "")
        for name, value in fixed_fields(self._form.endpoint, self.id) if service is not OWN else ():
            yield HiddenView(name, value)
        yield HiddenView(service.subject, post.title)
        yield HiddenView(service.language, post.lang or config.lang)
        if service is OWN and self._form.lang:
            yield HiddenView("_language", self._form.lang)
        if config.url:
            thanks = absolute_url(self._call.thanks_url, config.url, config.baseurl)
            yield HiddenView(service.next, thanks, page_only=not service.leads_script)

    @property
    def preview(self) -> bool:
        """Whether it posts to the local inbox, since this is a preview, and to somewhere else once it is published."""
        config = self._site.config
        return config.preview and (self._form.hosted or bool(config.receive_url))

    @property
    def counted(self) -> bool:
        """Whether somebody counts the places: a form service does not."""
        return not self._form.hosted or self._site.config.preview

    @property
    def nowhere(self) -> bool:
        """Whether the published form has no receiver."""
        config = self._site.config
        return not (self._form.hosted or config.receive_url or config.preview or self._again)

    @property
    def challenge(self) -> str:
        """Where the receiver gives out a proof of work to solve, or "": its own pages run no script."""
        if not self._site.config.altcha or self._service is not OWN or self.nowhere or self._again:
            return ""
        return f"{self.action}/challenge"

    @property
    def places(self) -> str:
        """Where the receiver tells how many places are taken, or ""."""
        shown = self._form.public_capacity and self._call.open and not (self.nowhere or self._again)
        return f"{self.action}/places" if shown else ""

    @property
    def confirm(self) -> bool:
        """Whether a letter asks the visitor to confirm: form services and a preview write none."""
        return self._form.confirm and not self._form.hosted and not self._site.config.preview

    @property
    def contact(self) -> str:
        """The address of e-mail to write to about an answer: an author's, or else the site's; "" for none."""
        known = (getattr(author, "email", "") for author in self._post.authors)
        return next(filter(None, known), "") or str(self._site.config.extra.get("email") or "")

    @property
    def privacy(self) -> Markup:
        """Sentences on where the answers go, how long they are kept, and how to take them back."""
        words, contact = self._words, self.contact
        names = [author.name for author in self._post.authors]
        reader = joined(names, words) if names else words.text("privacy.author")
        told = sentences(handling(self._site.config, self._form, reader), words)
        whom = Markup('<a href="mailto:{0}">{0}</a>').format(contact)
        last = html_of(words, "privacy.write_to" if contact else "privacy.tell_author", {"mail": whom})
        return Markup(words.text("site.gap")).join((*map(escape, told), last))


class CallView:
    """A call: the post, the form, and whether answers are still taken."""

    def __init__(
        self,
        site: Site,
        markdown: Callable[[str], str],
        call: Call,
        post: Any,
        known: Callable[[], Known],
        answers: Iterable[tuple[str, str]] | None = None,
        errors: Iterable[tuple[str | None, str]] = (),
    ) -> None:
        self._call, self._site, self._known = call, site, known
        self.post = post
        self._errors = list(errors)
        wrong = {name: message for name, message in reversed(self._errors) if name is not None}
        self.form = FormView(site, markdown, call, answers, wrong, post)

    @property
    def id(self) -> str:
        """The form's id."""
        return self._call.form.id

    @property
    def title(self) -> str:
        """The post's title."""
        return self._call.post.title

    @property
    def url(self) -> str:
        """The join page."""
        return self._call.url

    @property
    def thanks_url(self) -> str:
        """Where a visitor lands after submitting."""
        return self._call.thanks_url

    @property
    def open(self) -> bool:
        """Whether answers were taken at the time of the build."""
        return self._call.open

    @property
    def closes(self) -> datetime | None:
        """Until when."""
        return self._call.form.closes

    @property
    def capacity(self) -> int | None:
        """How many places there are."""
        return self._call.form.capacity

    @property
    def taken(self) -> int | None:
        """How many of them are taken, as far as it was known at the time of the build."""
        return self._known().taken

    @property
    def full(self) -> bool:
        """Whether nobody could join any more at the time of the build, as far as it was known."""
        taken, capacity = self.taken, self.capacity
        return not self.waitlist and taken is not None and capacity is not None and taken >= capacity

    @property
    def members(self) -> Sequence[MemberView]:
        """Who is in, and has agreed to be named."""
        return self._known().members

    @property
    def waitlist(self) -> bool:
        """Whether who comes after the last place joins a waitlist."""
        return self._call.form.waitlist

    @property
    def errors(self) -> list[ErrorView]:
        """What is wrong with the answers, in order."""
        ids = {field.name: field.id for field in self.form.fields if field.type != "hidden"}
        return [ErrorView(name, ids.get(name) if name is not None else None, message) for name, message in self._errors]

    def __repr__(self) -> str:
        return f"<call {self.id}>"


def _html_id(form_id: str) -> str:
    return "f-" + re.sub(r"[^\w-]", "-", form_id)
