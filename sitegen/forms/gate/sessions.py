"""Who has signed in: a session is a signed text, and its browser keeps it. Pure functions but for the randomness.

`ID.UNTIL.SIGNATURE`. The standard library's `hmac` signs: itsdangerous would be one more dependency for the dozen lines
below, and its signer reads the machine's clock itself.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LIFE = timedelta(hours=12)
MOST_ENDED = 10_000
_FORM = re.compile(r"([A-Za-z0-9_-]{24})\.(\d{10,11})\.([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True)
class Session:
    """One sign-in, and when it ends by itself."""

    id: str
    until: datetime


def new_session(moment: datetime) -> Session:
    """A session with an id that nobody can have known before."""
    return Session(secrets.token_urlsafe(18), (moment + LIFE).replace(microsecond=0))


def past_session(moment: datetime) -> Session:
    """One that opens nothing, and says that its browser has known the password."""
    return Session(secrets.token_urlsafe(18), moment.replace(microsecond=0))


def signed(session: Session, key: bytes) -> str:
    """The session as its browser keeps it."""
    text = f"{session.id}.{int(session.until.timestamp())}"
    return f"{text}.{_mac(key, 'session', text)}"


def read_session(text: str, key: bytes, moment: datetime) -> Session | None:
    """The session that a text is; None if it is none of ours, or has ended by itself."""
    found = read_earlier(text, key)
    return found if found is not None and moment < found.until else None


def read_earlier(text: str, key: bytes) -> Session | None:
    """The session that a text is or was, however long ago it ended; None if it is none of ours."""
    match = _FORM.fullmatch(text)
    if match is None or not hmac.compare_digest(_mac(key, "session", f"{match[1]}.{match[2]}"), match[3]):
        return None
    return Session(match[1], datetime.fromtimestamp(int(match[2]), UTC))


def token_of(session: Session, key: bytes) -> str:
    """What every form of that session sends back: it shows that a page of ours has posted it."""
    return _mac(key, "token", session.id)


class Ended:
    """Remembers, in memory only, which sessions were ended before their time: somebody may have kept their cookie."""

    def __init__(self) -> None:
        self._ids: OrderedDict[str, None] = OrderedDict()

    def add(self, session: Session) -> None:
        """It opens nothing any more. Only who has signed in can end one, so nobody fills this up."""
        self._ids[session.id] = None
        while len(self._ids) > MOST_ENDED:
            self._ids.popitem(last=False)

    def __contains__(self, session: Session) -> bool:
        return session.id in self._ids


def _mac(key: bytes, purpose: str, text: str) -> str:
    return hmac.digest(key, f"{purpose}\n{text}".encode(), "sha256").hex()
