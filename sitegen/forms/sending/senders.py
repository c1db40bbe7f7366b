"""What sends: made of the settings, and of what stands in the environment because nobody publishes it.

SITEGEN_SMTP             the mail server: smtp://user@mail.example.org:587
SITEGEN_SMTP_PASSWORD    its password
SITEGEN_WEBHOOK_SECRET   what signs webhooks, `whsec_…`; two of them, with a blank between, while one takes over
SITEGEN_INBOX_PASSWORD   whether there is an inbox on the web to lead the author to
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from email.message import EmailMessage

from sitegen.config import Config
from sitegen.errors import SitegenError
from sitegen.forms.emails import is_email
from sitegen.forms.inbox.database import StoreError
from sitegen.forms.inbox.store import Digest
from sitegen.forms.notices import Channel, Delivery, Parcel
from sitegen.forms.sending.deliverer import Send, Undelivered
from sitegen.forms.sending.digest import compose_digest
from sitegen.forms.sending.envelope import Letterhead
from sitegen.forms.sending.letters import compose
from sitegen.forms.sending.smtp import MailServer, parse_server, send_letter
from sitegen.words import Words, english_words

SERVER, PASSWORD, SECRET = "SITEGEN_SMTP", "SITEGEN_SMTP_PASSWORD", "SITEGEN_WEBHOOK_SECRET"
INBOX = "SITEGEN_INBOX_PASSWORD"
SECRET_BYTES = 24  # the least of a secret, says the specification of webhooks

Titles = Callable[[str], str]  # from the id of a form to the title of its call
Labels = Callable[[str], Mapping[str, str]]  # from there to its questions, by the names of their fields
Speaking = Callable[[str], Words]  # from there to the words of its language
Tidings = Callable[[Delivery], Digest]  # what the letter of a day is to tell


def senders(
    config: Config,
    environment: Mapping[str, str],
    titles: Titles,
    clock: Callable[[], datetime],
    tidings: Tidings,
    *,
    confirms: bool = False,
    labels: Labels = lambda _: {},
    words: Speaking = lambda _: english_words(),
) -> dict[Channel, Send]:
    """What sends by each channel that the settings want; `confirms` says whether a form has its visitors confirm.

    Raises `SitegenError` for what the environment or the settings lack.
    """
    found: dict[Channel, Send] = {}
    if confirms and not config.receive_url:
        raise SitegenError("a form has `confirm`, and `receive.url` does not say where its link is to lead")
    if config.notify or config.letters or confirms:
        found["mail"] = _Mail(
            _server(environment), letterhead(config, environment), titles, labels, words, tidings, config.zone
        )
    if config.webhook:
        found["webhook"] = _webhook(config, environment, clock)
    return found


@dataclass(frozen=True)
class _Mail:
    """Sends by mail."""

    server: MailServer
    head: Letterhead
    titles: Titles
    labels: Labels
    words: Speaking
    tidings: Tidings
    zone: tzinfo

    def __call__(self, parcel: Parcel) -> None:
        """Make the letter, and hand it over. Raises `Undelivered`, `StoreError`."""
        try:
            message = self._letter(parcel)
        except ValueError as error:
            raise Undelivered(str(error), final=True) from error
        except StoreError as error:
            raise Undelivered("the inbox cannot be read") from error
        send_letter(self.server, message)

    def _letter(self, parcel: Parcel) -> EmailMessage:
        if parcel.delivery.notice.kind == "digest":
            return compose_digest(self.head, parcel.delivery, self.tidings(parcel.delivery), self.zone)
        form = parcel.submission.form if parcel.submission else ""
        return compose(self.head, parcel, self.titles(form), self.labels(form), self.words(form))


def _server(environment: Mapping[str, str]) -> MailServer:
    address = environment.get(SERVER, "")
    if not address:
        raise SitegenError(f"the settings want letters, and {SERVER} is not set: smtp://user@mail.example.org:587")
    try:
        return parse_server(address, environment.get(PASSWORD, ""))
    except ValueError as error:
        raise SitegenError(f"{SERVER}: {error}") from error


def letterhead(config: Config, environment: Mapping[str, str]) -> Letterhead:
    """What letters say of the site. Raises `SitegenError` where nobody sends them."""
    sender = config.sender or (config.notify[0] if config.notify else "")
    if not is_email(sender):
        raise SitegenError("letters need `receive.sender`, the address that they come from")
    author = config.notify[0] if config.notify else ""
    inbox = f"{config.receive_url}/inbox/" if config.receive_url and environment.get(INBOX, "").strip() else ""
    return Letterhead(config.title or "this site", sender, author, config.receive_url, inbox)


def _webhook(config: Config, environment: Mapping[str, str], clock: Callable[[], datetime]) -> Send:
    secrets = tuple(environment.get(SECRET, "").split())
    if not secrets or not all(map(_is_secret, secrets)):
        least = f"whsec_ and {SECRET_BYTES} random bytes or more in base64"
        raise SitegenError(f"the settings want a webhook, and {SECRET} has no secret to sign it: {least}")
    from sitegen.forms.sending.webhooks import Hook, Webhooks

    return Webhooks(Hook(config.webhook, secrets, config.webhook_internal), clock)


def _is_secret(text: str) -> bool:
    try:
        return text.startswith("whsec_") and len(b64decode(text[6:], validate=True)) >= SECRET_BYTES
    except binascii.Error:
        return False
