"""What visitors are told of their answers before they send them: sentences that the settings make true."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from sitegen.config import Config
from sitegen.forms.description import Form
from sitegen.forms.emails import ADDRESSES
from sitegen.forms.periods import UNCONFIRMED_DAYS
from sitegen.forms.services import recipient
from sitegen.forms.wording import period_in
from sitegen.frozen import dataclass
from sitegen.words import Words


@dataclass(frozen=True)
class Handling:
    """What happens to the answers: they go to `reader`, by way of a form `service` or by the receiver at `host`; both
    are "" where that is not known. They are deleted after `keep` days, and passed on by `mail` or to
    the program at `hook`. Visitors get `letters`, unless it is spam, and of a place that becomes free where there is
    a `waitlist`; with `confirm` they are asked whether it was them. With `shown` the page shows what somebody let it
    show.
    """

    reader: str
    service: str = ""
    host: str = ""
    keep: int | None = None
    mail: bool = False
    hook: str = ""
    letters: bool = False
    waitlist: bool = False
    confirm: bool = False
    shown: bool = False


def handling(config: Config, form: Form, reader: str) -> Handling:
    """What happens to the answers to a form, in a preview too: authors read there what visitors will."""
    if form.hosted:
        return Handling(reader, recipient(form.endpoint), shown=form.members is not None)
    return Handling(
        reader,
        host=_host(config.receive_url),
        keep=form.keep,
        mail=bool(config.notify and (config.notify_each or config.digest)),
        hook=_host(config.webhook),
        letters=config.letters and any(field.name.lower() in ADDRESSES for field in form.fields),
        waitlist=form.waitlist and form.capacity is not None,
        confirm=form.confirm,
        shown=form.members is not None,
    )


def sentences(what: Handling, words: Words) -> Iterator[str]:
    """Where the answers go, who else has them, how long, and what comes back."""
    for key, values in _said(what, words):
        yield words.text(f"privacy.{key}", **values)


def _said(what: Handling, words: Words) -> Iterator[tuple[str, dict[str, object]]]:
    if what.service:
        yield "service", {"reader": what.reader, "service": what.service}
    else:
        yield from _kept(what, words)
    if what.shown:
        yield "shown", {}


def _kept(what: Handling, words: Words) -> Iterator[tuple[str, dict[str, object]]]:
    yield "inbox_at" if what.host else "inbox", {"reader": what.reader, "host": what.host}
    passed = {(True, False): "passed_mail", (False, True): "passed_hook", (True, True): "passed_both"}
    key = passed.get((what.mail, bool(what.hook)))
    if key:
        yield key, {"hook": what.hook}
    if what.keep is None:
        yield "no_time", {}
    else:
        yield "deleted_there" if key else "deleted", {"period": period_in(what.keep, words)}
    if what.confirm:
        yield "confirm", {"count": UNCONFIRMED_DAYS}
    if what.letters:
        yield "letters_place" if what.waitlist else "letters", {}
    yield "network", {}


def _host(address: str) -> str:
    return urlsplit(address).hostname or ""
