"""What `sitegen receive` runs: first all that settings and environment may lack, then the parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sitegen.dates import now
from sitegen.forms.api.keys import VARIABLE
from sitegen.forms.gate.keys import Keys, keys_of
from sitegen.forms.inbox.process import accepting_apart
from sitegen.forms.inbox.store import Store
from sitegen.forms.judgement.proofs import library
from sitegen.forms.notices import Channel
from sitegen.forms.operating.app import Operating
from sitegen.forms.operating.counting import CountedAcceptor, CountedOutbox
from sitegen.forms.operating.readers import TOKEN
from sitegen.forms.operating.tally import Tally
from sitegen.forms.receiver.following import FollowedSite
from sitegen.forms.receiver.pages import SitePages, lang_of
from sitegen.forms.receiver.upkeep import Upkeep
from sitegen.forms.secret import PROOFS, kept_secret, key_in
from sitegen.forms.sending.daily import DailyTimer, Plan, plan_of
from sitegen.forms.sending.deliverer import Deliverer, Send
from sitegen.forms.sending.senders import senders
from sitegen.forms.service import Means, Service
from sitegen.model.site import Site


@dataclass(frozen=True)
class Wanted:
    """What settings and environment want: who may come in, what is sent, and when the letter of a day is.

    `folder` is where secrets are kept that the environment does not have.
    """

    keys: Keys | None
    api_key: str
    token: str
    send: Mapping[Channel, Send]
    plan: Plan | None
    folder: Path


def wanted(followed: FollowedSite, store: Store, folder: Path, environment: Mapping[str, str]) -> Wanted:
    """All of it, before anything runs. Raises `SitegenError` for what is wrong or missing."""
    config = followed.site.config
    if config.altcha:
        library()
    key_in(environment, PROOFS.variable)
    confirms = any(call.form.confirm for call in followed.site.calls)
    titles = lambda form: _title(followed.site, form)  # noqa: E731
    labels = lambda form: _labels(followed.site, form)  # noqa: E731
    words = lambda form: followed.site.words(_lang(followed.site, form))  # noqa: E731
    return Wanted(
        keys_of(environment, folder),
        key_in(environment, VARIABLE),
        key_in(environment, TOKEN),
        senders(config, environment, titles, now, store.digest, confirms=confirms, labels=labels, words=words),
        plan_of(config),
        folder,
    )


@contextmanager
def running(followed: FollowedSite, store: Store, wanted: Wanted) -> Iterator[tuple[Service, Operating]]:
    """The threads and the process beside the server, and what it is to serve. Raises `SitegenError`."""
    asks = "mail" in wanted.send and bool(followed.site.config.receive_url)
    pages, tally = SitePages(lambda: followed.site, asks=asks), Tally()
    with (
        closing(Deliverer(CountedOutbox(store, tally), wanted.send, now)) as deliverer,
        accepting_apart(store) as acceptor,
        closing(DailyTimer(wanted.plan, store, now, deliverer.wake)),
        closing(Upkeep(store, pages.book, now)),
        closing(Operating(store, tally, wanted.token, acceptor=acceptor)) as operating,
    ):
        means = Means(
            book=pages.book,
            pages=pages,
            inbox=store,
            store=lambda: store,
            acceptor=CountedAcceptor(acceptor, tally),
            access=wanted.keys,
            api_key=wanted.api_key,
            secret=lambda: kept_secret(PROOFS, wanted.folder),
            stored=deliverer.wake,
            answered=tally.request,
            zone=followed.site.config.zone,
            operating=operating,
        )
        with closing(Service(means)) as service:
            service.begin()
            yield service, operating


def _title(site: Site, form: str) -> str:
    """The title of the call with that form; of one that is gone, its id."""
    return next((call.post.title for call in site.calls if call.form.id == form), form)


def _lang(site: Site, form: str) -> str:
    """The language of the call with that form; of one that is gone, the site's."""
    return lang_of(next((call for call in site.calls if call.form.id == form), None), site.config)


def _labels(site: Site, form: str) -> Mapping[str, str]:
    """The questions of that form, by the names of their fields; none of one that is gone."""
    return {field.name: field.label for call in site.calls if call.form.id == form for field in call.form.fields}
