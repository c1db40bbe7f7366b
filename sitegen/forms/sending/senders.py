"""What sends: made of the settings, and of what stands in the environment because nobody publishes it.

SITEGEN_SMTP             the mail server: smtp://user@mail.example.org:587
SITEGEN_SMTP_PASSWORD    its password
SITEGEN_WEBHOOK_SECRET   what signs webhooks, `whsec_…`; two of them, with a blank between, while one takes over
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from sitegen.config import Config
from sitegen.errors import SitegenError
from sitegen.forms.emails import is_email
from sitegen.forms.notices import Channel, Parcel
from sitegen.forms.sending.deliverer import Send, Undelivered
from sitegen.forms.sending.letters import Letterhead, compose
from sitegen.forms.sending.smtp import MailServer, parse_server, send_letter

SERVER, PASSWORD, SECRET = "SITEGEN_SMTP", "SITEGEN_SMTP_PASSWORD", "SITEGEN_WEBHOOK_SECRET"
SECRET_BYTES = 24  # the least of a secret, says the specification of webhooks

Titles = Callable[[str], str]  # from the id of a form to the title of its call


def senders(
    config: Config, environment: Mapping[str, str], titles: Titles, clock: Callable[[], datetime]
) -> dict[Channel, Send]:
    """What sends by each channel that the settings want. Raises `SitegenError` for what the environment lacks."""
    found: dict[Channel, Send] = {}
    if config.notify or config.letters:
        found["mail"] = partial(_by_mail, _server(environment), _letterhead(config), titles)
    if config.webhook:
        found["webhook"] = _webhook(config, environment, clock)
    return found


def _by_mail(server: MailServer, head: Letterhead, titles: Titles, parcel: Parcel) -> None:
    if parcel.submission is None:
        raise Undelivered("there is no letter of this kind", final=True)
    title = titles(parcel.submission.form)
    send_letter(server, compose(head, parcel.delivery, parcel.submission, title))


def _server(environment: Mapping[str, str]) -> MailServer:
    address = environment.get(SERVER, "")
    if not address:
        raise SitegenError(f"the settings want letters, and {SERVER} is not set: smtp://user@mail.example.org:587")
    try:
        return parse_server(address, environment.get(PASSWORD, ""))
    except ValueError as error:
        raise SitegenError(f"{SERVER}: {error}") from error


def _letterhead(config: Config) -> Letterhead:
    sender = config.sender or (config.notify[0] if config.notify else "")
    if not is_email(sender):
        raise SitegenError("letters need `receive.sender`, the address that they come from")
    return Letterhead(config.title or "this site", sender, config.notify[0] if config.notify else "")


def _webhook(config: Config, environment: Mapping[str, str], clock: Callable[[], datetime]) -> Send:
    secrets = tuple(environment.get(SECRET, "").split())
    if not secrets or not all(map(_is_secret, secrets)):
        least = f"whsec_ and {SECRET_BYTES} random bytes or more in base64"
        raise SitegenError(f"the settings want a webhook, and {SECRET} has no secret to sign it: {least}")
    from sitegen.forms.sending.webhooks import Hook, send_webhook

    hook = Hook(config.webhook, secrets, config.webhook_internal)
    return lambda parcel: send_webhook(hook, parcel, clock())


def _is_secret(text: str) -> bool:
    try:
        return text.startswith("whsec_") and len(b64decode(text[6:], validate=True)) >= SECRET_BYTES
    except binascii.Error:
        return False
