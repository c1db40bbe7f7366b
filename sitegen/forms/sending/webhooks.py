"""A submission goes to a program of the author's: a signed request, as Standard Webhooks specifies it.

Only a 2xx is success; a redirect is a failure; 410 means that nothing is wanted any more. The name is looked up once
and the connection goes to the address that was judged: a name that changes its mind in between gains nothing.
"""

from __future__ import annotations

import json
import socket
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from standardwebhooks.webhooks import Webhook

from sitegen.forms.notices import Parcel
from sitegen.forms.sending.deadline import deadline
from sitegen.forms.sending.deliverer import Undelivered
from sitegen.forms.submission import moment_text

SECONDS = 20.0  # the specification: 15 to 30


@dataclass(frozen=True)
class Hook:
    """Where submissions go. `secrets` sign (`whsec_…`; two while one takes over from the other)."""

    url: str
    secrets: tuple[str, ...]
    internal: bool = False  # whether addresses inside a network are allowed


def send_webhook(hook: Hook, parcel: Parcel, now: datetime, seconds: float = SECONDS) -> None:
    """Make the request. Raises `Undelivered`."""
    body = json.dumps(payload(parcel), ensure_ascii=False)
    headers = signed_headers(hook, parcel.delivery.id, now, body)
    try:
        status, asked = _post(urlsplit(hook.url), body.encode(), headers, hook.internal, seconds)
    except (OSError, HTTPException, ValueError) as error:
        raise Undelivered(f"the webhook cannot be reached: {str(error) or type(error).__name__}") from error
    if not 200 <= status < 300:
        raise Undelivered(f"the webhook answers {status}", final=status == 410, wait=_seconds(asked, now))


def payload(parcel: Parcel) -> dict[str, object]:
    """What is sent: the type of the event, when it happened, and the submission as `inbox list --json` shows it.

    Raises `Undelivered` where it is about none.
    """
    submission = parcel.submission
    if submission is None:
        raise Undelivered("a webhook tells of a submission, and this is about none", final=True)
    return {
        "type": "submission.received",
        "timestamp": moment_text(submission.created),
        "data": submission.as_json(),
    }


def signed_headers(hook: Hook, id_: str, now: datetime, body: str) -> dict[str, str]:
    """The three headers of the specification, and the kind of the body."""
    signatures = " ".join(Webhook(secret).sign(id_, now, body) for secret in hook.secrets)
    return {
        "Content-Type": "application/json",
        "User-Agent": "sitegen",
        "webhook-id": id_,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signatures,
    }


def _post(url: SplitResult, body: bytes, headers: dict[str, str], internal: bool, seconds: float) -> tuple[int, str]:
    """Status, and what the answer has as Retry-After."""
    tls = url.scheme == "https"
    host, port = url.hostname or "", url.port or (443 if tls else 80)
    connection = _Connection(host, port, timeout=seconds)
    connection.to(resolved(host, port, internal=internal), ssl.create_default_context() if tls else None)
    try:
        path = (url.path or "/") + (f"?{url.query}" if url.query else "")
        with deadline(connection, seconds):
            connection.request("POST", path, body, headers)
            response = connection.getresponse()  # its body is nothing to us
        return response.status, response.headers.get("Retry-After", "").strip()
    finally:
        connection.close()


def resolved(host: str, port: int, *, internal: bool) -> tuple[str, int]:
    """The address behind a name. Raises OSError for an unknown one, and for one inside a network unless allowed."""
    for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        found = ip_address(str(address[0]).partition("%")[0])
        found = getattr(found, "ipv4_mapped", None) or found
        if not internal and not (found.is_global and not found.is_multicast):
            raise OSError(f"{host} is an address inside a network, and `receive.webhook_internal` does not allow that")
        return str(address[0]), int(address[1])
    raise OSError(f"{host} has no address")


class _Connection(HTTPConnection):
    """A connection to an address that has been judged already."""

    def to(self, address: tuple[str, int], context: ssl.SSLContext | None) -> None:
        self._address, self._context = address, context

    def connect(self) -> None:
        plain = socket.create_connection(self._address, self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host) if self._context else plain


def _seconds(text: str, now: datetime) -> float:
    """What Retry-After means, which is a number or a date; 0 where that cannot be read."""
    if text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return 0
    return max(0.0, (moment - now).total_seconds()) if moment.tzinfo else 0
