"""The receiver's pages in the looks of the site: its own layouts `form_error`, `notice`, `thanks` and `confirm`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup

from sitegen.config import Config
from sitegen.content.due import published
from sitegen.dates import now
from sitegen.forms.description import Form
from sitegen.forms.judgement.rates import parse_rate
from sitegen.forms.notices import notices_of
from sitegen.forms.receiver.book import FormBook
from sitegen.forms.receiver.exported import STYLES
from sitegen.forms.submission import Answers, FieldError
from sitegen.forms.wire.protocol import origin_of
from sitegen.forms.wire.responses import AFTER, After, kept_answers
from sitegen.markup.bodies import Bodies
from sitegen.model.content import Call
from sitegen.model.site import Site
from sitegen.templates import Renderer
from sitegen.templates.theme import theme_assets
from sitegen.templates.views import call_view
from sitegen.urls import absolute_url
from sitegen.words import Words

logger = logging.getLogger("sitegen.receiver")


def book_of(site: Site) -> FormBook:
    """What the receiver has to know of a site. In a preview the site is on the receiver's own host.

    A post that expires takes its pages with it: there the receiver says thanks itself.
    """
    config = site.config
    site_url = "" if config.preview else config.url
    reachable = "join" in config.outputs and bool(site_url or config.preview)
    every = _calls(site)
    calls = [call for call in every.values() if reachable and call.post.expires is None]
    return FormBook(
        forms={call.form.id: _received(call.form, config) for call in site.calls},
        site_url=site_url,
        baseurl=config.baseurl,
        rate=parse_rate(config.rate_limit),
        form_rate=parse_rate(config.form_rate_limit),
        trusted_proxies=config.trusted_proxies,
        origins=_origins(config),
        altcha=config.altcha,
        notices=notices_of(config),
        letters=config.letters and not config.preview,
        keep_spam=config.keep_spam,
        translated={key: _received(call.form, config) for key, call in every.items()},
        thanks={call.form.key: absolute_url(call.thanks_url, site_url, config.baseurl) for call in calls},
        waitlist={
            call.form.key: absolute_url(call.waitlist_url, site_url, config.baseurl)
            for call in calls
            if call.form.capacity and call.form.waitlist
        },
        words={"": site.words(config.lang), **{key: site.words(lang_of(call, config)) for key, call in every.items()}},
    )


def _calls(site: Site) -> dict[str, Call]:
    """The calls of each language, by the keys of their forms."""
    return {call.form.key: call for edition in site.editions.values() for call in edition.calls}


def lang_of(call: Call | None, config: Config) -> str:
    """The language in which visitors are spoken to about a call: that of its questions."""
    return (call.post.lang if call else "") or config.lang or "en"


def _asking_nobody(book: FormBook) -> FormBook:
    """The book of a receiver that cannot write letters: an answer that waited for one would be lost after a week."""
    if asking := sorted(form.id for form in book.forms.values() if form.confirm):
        words = "answers count unconfirmed until this is started again, as it was started without what writes letters"
        logger.error("`confirm` is new in a form (%s): %s", ", ".join(asking), words)
    forms, translated = (
        {key: replace(form, confirm=False) for key, form in many.items()} for many in (book.forms, book.translated)
    )
    return replace(book, forms=forms, translated=translated)


def _received(form: Form, config: Config) -> Form:
    """The form as the receiver takes it: files only where uploads are on, or where the preview stands for a service.

    A preview writes no letters, so nothing has to be confirmed there.
    """
    form = replace(form, confirm=form.confirm and not config.preview)
    return form if config.uploads or (config.preview and form.hosted) else form.without_files()


def _origins(config: Config) -> tuple[str, ...]:
    """The allowlist, and with it the site's own pages, and those that the receiver shows under its public address."""
    own = (origin_of(url).lower() for url in (config.url, config.receive_url) if url)
    return (*own, *config.origins) if config.origins else ()


class SitePages:
    """Makes the receiver's pages. `site` is asked each time, as it changes while it is previewed.

    Raises `SiteError` for what is wrong in a layout. The pages show the site as it is by the `clock`: no post to come,
    and none that has expired, but for the call that is asked for. Where no visitor can be asked to confirm (`asks`),
    none has to.
    """

    def __init__(self, site: Callable[[], Site], clock: Callable[[], datetime] = now, *, asks: bool = True) -> None:
        self._site, self._clock, self._asks = site, clock, asks
        self._made: tuple[Site, _Frame] | None = None
        self._book: tuple[Site, FormBook] | None = None

    def book(self) -> FormBook:
        """What the receiver has to know of the site as it is now."""
        site = self._site()
        if self._book is None or self._book[0] is not site:
            book = book_of(site)
            self._book = (site, book if self._asks else _asking_nobody(book))
        return self._book[1]

    def form_error(self, form: Form, answers: Answers, errors: Sequence[FieldError]) -> str:
        """The form again, with a summary of the errors on top and the answers kept."""
        frame = self._frame()
        call = frame.call(form)
        if call is None:
            words = frame.words(form)
            told = words.text("site.gap").join(error.message for error in errors)
            return self.notice(words.text("forms.problem"), told, None, answers)
        view = call_view(frame.lens, call, answers, [(error.field or None, error.message) for error in errors])
        page = {"title": call.post.title, "call": view, "errors": view.errors}
        return frame.page("form_error", form, page)

    def notice(self, title: str, message: str, form: Form | None, answers: Answers = (), code: str = "") -> str:
        """A few words, the answers that were not taken, and the way back."""
        frame = self._frame()
        kept = Markup(kept_answers(answers, form, frame.words(form)))
        page = {"title": title, "code": code, "message": message, "kept": kept}
        content = Markup('<p class="lead">{}</p>{}').format(message, kept)  # all of it, for layouts of the site's own
        return frame.page("notice", form, page, content=content)

    def thanks(self, form: Form, kind: After) -> str:
        """What a visitor sees after submitting."""
        frame = self._frame()
        return frame.page("thanks", form, {"title": frame.words(form).text(AFTER[kind]), "kind": kind})

    def confirm(self, form: Form, token: str) -> str:
        """A button by which the visitor confirms that the address is theirs."""
        frame = self._frame()
        return frame.page("confirm", form, {"title": frame.words(form).text("confirm.title"), "token": token})

    def _frame(self) -> _Frame:
        site, moment = self._site(), self._clock()
        if self._made is None or self._made[0] is not site or not self._made[1].is_of(moment):
            self._made = (site, _Frame(site, moment))
        return self._made[1]


class _Frame:
    """One state of the site, ready to render."""

    def __init__(self, site: Site, now: datetime) -> None:
        self._since, self._until = now, _next_change(site, now)
        self._site = _as_seen_from_receiver(site if site.config.preview else published(site, now))
        bodies = Bodies(self._site.config, catalogs=self._site.catalogs)
        self._renderers = {lang: Renderer(edition, bodies) for lang, edition in self._site.editions.items()}
        self.lens = self._renderers[self._site.config.lang].begin()
        self._calls = _calls(_as_seen_from_receiver(site))

    def call(self, form: Form | None) -> Call | None:
        return self._calls.get(form.key) if form else None

    def words(self, form: Form | None) -> Words:
        """The words of the language of a form's call, or of the site."""
        return self._site.words(lang_of(self.call(form), self._site.config))

    def is_of(self, moment: datetime) -> bool:
        """Whether the site is still the same then."""
        return self._since <= moment < self._until

    def page(self, layout: str, form: Form | None, page: dict[str, Any], **extra: Any) -> str:
        """A page about the call of a form, or about none: `gone` tells that the call's post is not on the site, and
        `calls_there` whether the site has a page of calls in that language.
        """
        if not self._site.config.preview and not self._site.config.baseurl.startswith("http"):
            extra["inline_style"] = Markup(_style(self._site))
        call = self.call(form)
        lang = self._site.config.tongue_of(call.post.lang) if call else self._site.config.lang
        about = {
            "kind": layout,
            "lang": lang_of(call, self._site.config),
            "url": "",
            "call": call_view(self.lens, call) if call else None,
            "gone": call is None or call.post.path not in self._site.documents,
            "calls_there": "join" in self._site.config.outputs and bool(self._site.editions[lang].calls),
        }
        # The policy of these pages lets no script run: they show what visitors wrote.
        return self._renderers[lang].page(layout, about | page, scriptless=True, **extra)


def _next_change(site: Site, now: datetime) -> datetime:
    """When the next post is published, or is not any more, or the next call closes."""
    moments = ((post.date, post.expires, post.form.closes if post.form else None) for post in site.posts)
    to_come = (moment for three in moments for moment in three if moment is not None and moment > now)
    return min(to_come, default=datetime.max.replace(tzinfo=UTC))


def _as_seen_from_receiver(site: Site) -> Site:
    """The site for pages on the receiver's host: its links lead to the site's host, its forms back to here.

    In a preview both are on one host, and nothing has to be changed.
    """
    config = site.config
    if config.preview:
        return site
    base = config.url + config.baseurl
    moved = replace(config, baseurl=base, url="")
    forms = ((post, replace(post.form, endpoint="") if post.form else None) for post in site.posts)
    posts = tuple(replace(post, form=form) for post, form in forms)
    return replace(site, config=moved, posts=posts)


def _style(site: Site) -> str:
    """The site's style sheets, for pages that cannot link to them, as nobody knows where the site is."""
    own = {asset.url: Path(asset.file) for asset in site.assets if asset.url in STYLES}
    sheets = (own.get(url) or theme_assets()[url][0] for url in STYLES)
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets).replace("</", "<\\/")
