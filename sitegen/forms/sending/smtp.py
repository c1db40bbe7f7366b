"""A letter goes to the mail server.

    smtp://user@mail.example.org:587            TLS by STARTTLS where the server offers it; demanded with a user
    smtps://user@mail.example.org:465           TLS from the start

The password comes from the environment, never from a file that may be published.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from sitegen.forms.sending.deadline import deadline
from sitegen.forms.sending.deliverer import Undelivered
from sitegen.forms.sending.layout import one_line
from sitegen.urls import without_secrets

SECONDS = 25.0  # for each step of the conversation; all of them may take twice that
_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True)
class MailServer:
    """Where letters go. `user` is "" where none is wanted."""

    host: str
    port: int
    tls: bool = False
    user: str = ""
    password: str = ""


def parse_server(text: str, password: str = "") -> MailServer:
    """The server that an address means. Raises ValueError.

    >>> parse_server("smtp://ada@mail.example.org").port
    587
    """
    parts = urlsplit(text)
    try:
        port = parts.port or _PORTS[parts.scheme]
    except (KeyError, ValueError):
        port = 0
    if not port or not parts.hostname or parts.path.strip("/"):
        raise ValueError(f'"{without_secrets(text)}" is no mail server: write smtp://user@mail.example.org:587')
    user, given = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.hostname, port, parts.scheme == "smtps", user, password or given)


def send_letter(server: MailServer, message: EmailMessage, seconds: float = SECONDS) -> None:
    """Hand it over. Raises `Undelivered`; final only where the server has refused for good (a 5xx to this letter).

    A no to us (a greeting, a password, a sender that it does not want) can be mended, and the letter sent then.
    """
    try:
        with _session(server, seconds) as session:
            _plainly_answered(session, message)
            session.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        ((code, words),) = error.recipients.values()
        raise _refused(code, words, for_good=True) from error
    except smtplib.SMTPDataError as error:
        raise _refused(error.smtp_code, error.smtp_error, for_good=True) from error
    except smtplib.SMTPAuthenticationError as error:
        raise Undelivered(f"the mail server refuses the user or the password ({error.smtp_code})") from error
    except smtplib.SMTPResponseException as error:
        raise _refused(error.smtp_code, error.smtp_error, for_good=False) from error
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise Undelivered(f"the mail server {server.host}: {str(error) or type(error).__name__}") from error


@contextmanager
def _session(server: MailServer, seconds: float) -> Iterator[smtplib.SMTP]:
    """A conversation that is ready for a letter. How it ends is nothing to us: the letter has been taken before."""
    context = ssl.create_default_context()
    with deadline(session := _new(server, seconds, context), 2 * seconds), closing(session):
        code, words = session.connect(server.host, server.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, words)
        session.ehlo_or_helo_if_needed()
        secret = server.tls
        if not secret and session.has_extn("starttls"):
            session.starttls(context=context)
            session.ehlo()
            secret = True
        if server.user:
            if not secret and not _is_here(server.host):
                raise Undelivered(f"the mail server {server.host} offers no TLS, and the password would be read")
            session.login(server.user, server.password)
        yield session
        with suppress(smtplib.SMTPException, OSError):
            session.quit()


def _new(server: MailServer, seconds: float, context: ssl.SSLContext) -> smtplib.SMTP:
    """A session that is not connected yet: the deadline is to hold for its first words too."""
    session = smtplib.SMTP_SSL(timeout=seconds, context=context) if server.tls else smtplib.SMTP(timeout=seconds)
    session._host = server.host  # type: ignore[attr-defined]  # what TLS compares the certificate with
    return session


def _plainly_answered(session: smtplib.SMTP, message: EmailMessage) -> None:
    """Do without an address for answers that this server cannot carry: the letter has to arrive."""
    if not session.has_extn("smtputf8") and not str(message["Reply-To"] or "").isascii():
        del message["Reply-To"]


def _is_here(host: str) -> bool:
    return host in ("localhost", "127.0.0.1", "::1")


def _refused(code: int, words: bytes | str, *, for_good: bool) -> Undelivered:
    told = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return Undelivered(f"the mail server says {code} {one_line(told)}", final=for_good and 500 <= code < 600)
