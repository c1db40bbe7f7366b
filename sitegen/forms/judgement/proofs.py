"""Proof of work against robots, by the protocol of ALTCHA (version 2): a signal, never a gate.

A challenge is signed and not remembered; what is remembered, in memory only, are those that have been used. The
library brings the randomness and looks at the machine's clock for what has expired.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Literal
from urllib.parse import quote

from sitegen.errors import MissingExtra
from sitegen.forms.submission import Answers

Proof = Literal["none", "valid", "forged"]

LIFE = timedelta(hours=1)  # of a challenge: who writes longer than that has proved nothing, which does no harm
ALGORITHM, COST, PREFIX = "PBKDF2/SHA-256", 5000, "00"  # 256 keys on average: half a second of a laptop
MOST_USED = 50_000
_LONGEST = 4000  # signs of a payload; one of ours has about 700


class Proofs:
    """Makes challenges and judges their solutions. `secret` is asked for when it is first needed.

    Several receivers want the same secret; which challenges have been used each knows for itself.
    """

    def __init__(self, secret: Callable[[], str]) -> None:
        self._make_secret = secret
        self._used: OrderedDict[str, int] = OrderedDict()
        self._turn = threading.Lock()

    @cached_property
    def _secret(self) -> str:
        return self._make_secret()

    def challenge(self, form: str, now: datetime) -> dict[str, Any]:
        """A challenge for that form, as JSON. Raises `MissingExtra`."""
        altcha = library()
        made = altcha.create_challenge(
            ALGORITHM, COST, key_prefix=PREFIX, expires_at=now + LIFE, data=_for(form), hmac_secret=self._secret
        )
        return dict(made.to_dict())

    def judge(self, payload: str, form: str, answers: Answers) -> Proof:
        """What a payload (base64 of JSON) proves; "none" too if it has expired. It takes about a millisecond.

        The same answers may come with it again: a visitor whose connection broke sends them twice. Raises
        `MissingExtra`.
        """
        if not payload:
            return "none"
        if len(payload) > _LONGEST:
            return "forged"
        altcha = library()
        result = altcha.verify_solution(payload, self._secret)
        if result.expired:
            return "none"
        challenge = altcha.Payload.from_base64(payload).challenge if result.verified else None
        if challenge is None or challenge.parameters.data != _for(form):
            return "forged"
        return "valid" if self._first_use(challenge.signature, hash(answers)) else "forged"

    def _first_use(self, challenge: str, content: int) -> bool:
        with self._turn:
            first = self._used.setdefault(challenge, content)
            while len(self._used) > MOST_USED:
                self._used.popitem(last=False)
        return first == content


def _for(form: str) -> dict[str, str]:
    return {"form": quote(form)}  # in ASCII: scripts that write base64 stumble over other letters


def library() -> Any:
    """ALTCHA's own. Raises `MissingExtra`."""
    try:
        import altcha
    except ModuleNotFoundError as error:
        raise MissingExtra("proof of work (`receive.altcha`)", "altcha") from error
    return altcha
