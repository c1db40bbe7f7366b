"""A submission goes to a program of the author's: a signed request, as Standard Webhooks specifies it.

Only a 2xx is success; a redirect is a failure; 410 means that nothing is wanted any more. The name is looked up once
and the connection goes to the address that was judged: a name that changes its mind in between gains nothing.
"""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from standardwebhooks.webhooks import Webhook

from sitegen.forms.notices import Parcel
from sitegen.forms.sending.deadline import deadline
from sitegen.forms.sending.deliverer import Undelivered
from sitegen.forms.submission import moment_text

SECONDS = 20.0  # the specification: 15 to 30
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052


@dataclass(frozen=True)
class Hook:
    """Where submissions go. `secrets` sign (`whsec_…`; two while one takes over from the other)."""

    url: str
    secrets: tuple[str, ...]
    internal: bool = False  # whether addresses inside a network are allowed


class Webhooks:
    """Sends to a hook until that says that it is gone (410): it is left alone then until the receiver starts anew."""

    def __init__(self, hook: Hook, clock: Callable[[], datetime]) -> None:
        self._hook, self._clock = hook, clock
        self._gone = False

    def __call__(self, parcel: Parcel) -> None:
        """Send it. Raises `Undelivered`."""
        if self._gone:
            raise Undelivered("the webhook has said 410, that it is gone, and is left alone", final=True)
        try:
            send_webhook(self._hook, parcel, self._clock())
        except Undelivered as error:
            self._gone = error.final and parcel.submission is not None
            raise


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
        if not internal and not _is_of_the_world(found):
            raise OSError(f"{host} is an address inside a network, and `receive.webhook_internal` does not allow that")
        return str(address[0]), int(address[1])
    raise OSError(f"{host} has no address")


def _is_of_the_world(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is outside of every network, and so is the one that a gateway would make of it."""
    if isinstance(address, IPv6Address):
        if address in _NAT64:
            return _is_of_the_world(IPv4Address(int(address) & 0xFFFFFFFF))
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None or address.is_site_local:
            return inner is not None and _is_of_the_world(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


class _Connection(HTTPConnection):
    """A connection to an address that has been judged already."""

    def to(self, address: tuple[str, int], context: ssl.SSLContext | None) -> None:
        self._address, self._context = address, context
        if context is not None:
            self.default_port = 443  # then `Host` does not name it

    def connect(self) -> None:
        self.sock = socket.create_connection(self._address, self.timeout)
        if self._context is not None:
            self.sock = tls = self._context.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            tls.do_handshake()  # by now the deadline holds for it


def _seconds(text: str, now: datetime) -> float:
    """What Retry-After means, which is a number or a date; 0 where that cannot be read."""
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return 0
    return max(0.0, (moment - now).total_seconds()) if moment.tzinfo else 0
