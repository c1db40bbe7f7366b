"""The key of the read API: where it comes from, and whether a request has it."""

from __future__ import annotations

import binascii
import hmac
from base64 import b64decode
from hashlib import sha256

VARIABLE = "SITEGEN_API_KEY"


def given_key(authorization: str) -> str:
    """What a request gives as its key: `Bearer KEY`, or `Basic` with the key as the password; "" for none.

    >>> given_key("Bearer abc"), given_key("Basic OmFiYw=="), given_key("Basic YWJjOg==")
    ('abc', 'abc', 'abc')
    """
    scheme, _, rest = authorization.strip().partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        user, _, password = b64decode(rest.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return password or user  # some clients have it in the user's place


def is_same(given: str, key: str) -> bool:
    """Whether two keys are the same, in a time that tells nothing of them."""
    return hmac.compare_digest(sha256(given.encode()).digest(), sha256(key.encode()).digest())
