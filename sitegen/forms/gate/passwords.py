"""Passwords as hashes: scrypt of the standard library, its parameters in the text. Pure functions but for the salt.

`scrypt:32768:8:3:SALT:HASH`, both in base64 as in addresses: no sign of it means anything to a shell, to systemd or in
a file of settings, as a `$` would.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

COST, BLOCK, LANES = 2**15, 8, 3  # 32 MB and a quarter of a second: OWASP's Password Storage Cheat Sheet
MOST_MEMORY = 2**28  # bytes that a hash may ask for
MOST_WORK = 2**24  # twenty times that of ours: each sign-in takes it
LEAST, MOST = 12, 1000  # signs of a password
SALT_BYTES = 16


@dataclass(frozen=True)
class Hashed:
    """A password that nobody knows from this."""

    cost: int
    block: int
    lanes: int
    salt: bytes
    digest: bytes

    def __str__(self) -> str:
        parts = (self.cost, self.block, self.lanes, _text(self.salt), _text(self.digest))
        return ":".join(["scrypt", *map(str, parts)])

    def fits(self, password: str) -> bool:
        """Whether it is that one. It takes as long as making it, whatever the answer."""
        return hmac.compare_digest(_digest(password[:MOST], self.salt, self.cost, self.block, self.lanes), self.digest)


def hashed(password: str, salt: bytes, cost: int = COST) -> Hashed:
    """The hash of a password, with 16 random bytes."""
    return Hashed(cost, BLOCK, LANES, salt, _digest(password, salt, cost, BLOCK, LANES))


def parse_hash(text: str) -> Hashed:
    """The hash that a text is. Raises ValueError for what is none, or would take too much memory."""
    kind, *numbers, salt, digest = text.strip().split(":")
    if kind != "scrypt":
        raise ValueError("it does not begin with scrypt")
    cost, block, lanes = map(int, numbers)
    if not (min(cost, block, lanes) > 0 and cost * block * lanes <= MOST_WORK):
        raise ValueError("its numbers cannot be")
    found = Hashed(cost, block, lanes, _bytes(salt), _bytes(digest))
    if len(found.salt) < SALT_BYTES or len(found.digest) < SALT_BYTES:
        raise ValueError("it is cut short")
    found.fits("")  # says whether the numbers can be
    return found


def wrong_with(password: str) -> str:
    """What speaks against a password; "" for nothing."""
    if not _is_text(password):
        return "this is not UTF-8: no browser could send it"
    if len(password) < LEAST:
        return f"a password has {LEAST} signs or more: four or five words do well"
    return f"a password has {MOST} signs at most" if len(password) > MOST else ""


def _is_text(password: str) -> bool:
    """Whether it was read whole: bytes that are no UTF-8 become lone surrogates, and all of those the same hash."""
    return not any("\ud800" <= sign <= "\udfff" for sign in password)


def _digest(password: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    """The same for every way that a keyboard has to write the same signs (NIST SP 800-63B, 3.1.1.2)."""
    plain = unicodedata.normalize("NFKC", password).encode("utf-8", "replace")
    return hashlib.scrypt(plain, salt=salt, n=cost, r=block, p=lanes, maxmem=MOST_MEMORY, dklen=32)


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("it is no base64") from error
