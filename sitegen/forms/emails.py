"""Addresses of e-mail in answers. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from sitegen.patterns import regex

EMAIL_LENGTH, LOCAL_LENGTH = 254, 64  # RFC 5321
ADDRESSES = ("email", "_replyto")  # names that hold an address, whether the form declares them or not

_LOCAL = regex(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_HOST_PART = regex(r"[^\W_](?:[\w-]{0,61}[^\W_])?")


def is_email(text: str) -> bool:
    """Whether the text is exactly one address that mail can go to.

    Letters of all scripts are fine; a quoted local part, a host without a dot and an address literal are not:
    on a form those are typing errors.
    """
    local, at, host = text.rpartition("@")
    if not at or len(text) > EMAIL_LENGTH or len(local) > LOCAL_LENGTH or "." not in host:
        return False
    return bool(_LOCAL.fullmatch(local)) and all(_HOST_PART.fullmatch(part) for part in host.split("."))


def address_of(answers: Iterable[tuple[str, str]]) -> str:
    """The one address to which a visitor can be answered; "" if there is none, or more than one."""
    values = {value for name, value in answers if name.lower() in ADDRESSES and value}
    if len(values) != 1:
        return ""
    (value,) = values
    return value if is_email(value) else ""


def mailto(addresses: Sequence[str], subject: str = "") -> str:
    """The address by which a mail program begins a letter (RFC 6068); several do not see each other.

    >>> mailto(["ada+sf@example.org"], "Slow reading"), mailto(["a@b.org", "c@d.org"])
    ('mailto:ada%2Bsf@example.org?subject=Slow%20reading', 'mailto:?bcc=a@b.org,c@d.org')
    """
    encoded = ",".join(quote(address, safe="@") for address in addresses)
    one_line = " ".join("".join(sign if sign.isprintable() else " " for sign in subject).split())
    fields = {"bcc": encoded if len(addresses) > 1 else "", "subject": quote(one_line, safe="")}
    listed = "&".join(f"{name}={value}" for name, value in fields.items() if value)
    return f"mailto:{encoded if len(addresses) == 1 else ''}" + (f"?{listed}" if listed else "")
