"""The head of a letter: from whom, to whom, its number and its date. Pure functions."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from sitegen.forms.emails import is_email
from sitegen.forms.notices import Delivery
from sitegen.forms.sending.layout import Letter, as_html, as_text, one_line


@dataclass(frozen=True)
class Letterhead:
    """What letters say of the site: `sender` and `author` are addresses, `receiver` is that of the receiver.

    `inbox` is where the author reads the answers on the web, "" where no key opens that.
    """

    site: str
    sender: str
    author: str
    receiver: str = ""
    inbox: str = ""


def addressed(head: Letterhead, delivery: Delivery, letter: Letter) -> EmailMessage:
    """The message for a delivery, the same at every attempt. Raises ValueError where nobody can be written to."""
    sender = _address(head.sender, head.site)
    message = EmailMessage()
    message["From"] = sender
    message["To"] = _address(delivery.notice.target)
    message["Subject"] = one_line(letter.subject)
    message["Message-ID"] = f"<{delivery.id}@{sender.domain}>"
    message["Date"] = format_datetime(delivery.created)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence notice answers it
    message.set_content(as_text(letter))
    message.add_alternative(as_html(letter), subtype="html")
    return message


def reply_to(message: EmailMessage, address: str) -> None:
    """Let answers to it go there, if that is an address: the letter has to arrive all the same."""
    with suppress(ValueError):
        message["Reply-To"] = _address(address)


def _address(text: str, name: str = "") -> Address:
    """An address for a header; a name that it brings along stays. Raises ValueError for what is none."""
    given, address = parseaddr(text)
    if not is_email(address):
        raise ValueError("no address of mail")
    local, _, host = address.rpartition("@")
    return Address(one_line(given or name), local, host.encode("idna").decode())
