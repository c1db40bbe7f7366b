"""What visitors are told of their answers before they send them: sentences that the settings make true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from sitegen.config import Config
from sitegen.forms.description import Form
from sitegen.forms.emails import ADDRESSES
from sitegen.forms.periods import UNCONFIRMED_DAYS, period_words
from sitegen.forms.services import recipient


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


def sentences(what: Handling) -> Iterator[str]:
    """Where the answers go, who else has them, how long, and what comes back."""
    yield from _kept(what)
    if what.shown:
        yield "What you let this page show, everybody can see."


def _kept(what: Handling) -> Iterator[str]:
    if what.service:
        yield f"Your answers go to {what.reader} by way of {what.service}, which keeps them by rules of its own."
        return
    where = f" at {what.host}" if what.host else ""
    yield f"Your answers go to {what.reader}, into an inbox of this site’s own{where}."
    passed = [*(["by e-mail"] if what.mail else []), *([f"to a program at {what.hook}"] if what.hook else [])]
    if passed:
        yield f"They are passed on {' and '.join(passed)}."
    yield _how_long(what.keep, passed=bool(passed))
    if what.confirm:
        yield f"They count once you confirm them from a letter; else they are deleted after {UNCONFIRMED_DAYS} days."
    if what.letters:
        yield f"You may be written to, when they have arrived{' and when a place is free' if what.waitlist else ''}."
    yield "The address of your network is not kept with them."


def _how_long(keep: int | None, *, passed: bool) -> str:
    if keep is None:
        return "No time is set after which they are deleted."
    there = " there; what was passed on may be kept longer" if passed else ""
    return f"After {period_words(keep)} they are deleted{there}."


def _host(address: str) -> str:
    return urlsplit(address).hostname or ""
