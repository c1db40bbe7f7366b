"""Which connections keep us waiting, since when, and how long they may.

A connection that we are working for is never let go for being slow; the application limits its own work. All others
wait in the order in which they began to: where there are too many, the first of them goes.
"""

from __future__ import annotations

import logging
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

logger = logging.getLogger("sitegen.connections")

REPORT_SECONDS = 60.0  # between two lines of what was let go


class Stage(Enum):
    """What a connection is at."""

    NEW = "new"  # nothing has come yet
    HEAD = "head"  # a request has begun
    BODY = "body"  # its head has come, and the application reads the rest
    ANSWER = "answer"  # all of it has come, and the application answers
    REST = "rest"  # answered, and it is still sending
    IDLE = "idle"  # between two requests
    ENDED = "ended"  # refused: what still comes is thrown away


@dataclass(frozen=True)
class Limits:
    """Seconds, and how many connections there may be."""

    head: float = 10.0  # from the connection, or the first byte of a further request, to the end of the head
    idle: float = 125.0  # longer than proxies keep theirs (Caddy 120, nginx 60): else they would lose a post to it
    rest: float = 2.0  # for what somebody still sends who has had the answer
    unread: float = 30.0  # in which nothing at all of a waiting answer is taken
    connections: int = 1000

    def of(self, stage: Stage) -> float | None:
        """How long a connection may be at a stage; None where the application sees to that."""
        return {
            Stage.NEW: self.head,
            Stage.HEAD: self.head,
            Stage.REST: self.rest,
            Stage.IDLE: self.idle,
            Stage.ENDED: self.rest,
        }.get(stage)


class Watched(Protocol):
    """A connection, as the watch sees it."""

    def unsent(self) -> int:
        """Bytes of answers that the other side has not taken yet."""
        ...

    def end(self, stage: Stage) -> None:
        """Close it, with a word if there is one for that stage."""
        ...

    def drop(self) -> None:
        """Close it at once."""
        ...


class Watch:
    """All connections of one server. `look` is to be called once a second."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self.limits, self._clock = limits, clock
        self._waiting: OrderedDict[Watched, tuple[Stage, float]] = OrderedDict()  # the longest first
        self._unsent: dict[Watched, tuple[int, float]] = {}  # every connection: bytes, and since when so many
        self._let_go: Counter[str] = Counter()
        self._reported = -REPORT_SECONDS

    def add(self, connection: Watched) -> None:
        """A new connection: where there are too many, the one that waits longest makes room for it."""
        self._unsent[connection] = (0, 0.0)
        self.move(connection, Stage.NEW)
        if len(self._unsent) > self.limits.connections:
            oldest = next(iter(self._waiting))
            self.remove(oldest)
            oldest.drop()
            self.count("crowded out")

    def move(self, connection: Watched, stage: Stage) -> None:
        """A connection has come to a stage. Its first byte does not give a new one more time."""
        before, since = self._waiting.get(connection, (stage, self._clock()))
        if stage is Stage.ANSWER:
            self._waiting.pop(connection, None)
        elif before is Stage.NEW and stage is Stage.HEAD:
            self._waiting[connection] = (stage, since)
        else:
            self._waiting[connection] = (stage, self._clock())
            self._waiting.move_to_end(connection)

    def remove(self, connection: Watched) -> None:
        """A connection is no more."""
        self._waiting.pop(connection, None)
        self._unsent.pop(connection, None)

    def count(self, reason: str) -> None:
        """One more that was let go or refused."""
        self._let_go[reason] += 1

    async def look(self) -> None:
        """Let go of those whose time is up, and tell how many there were."""
        now = self._clock()
        for connection, (stage, since) in list(self._waiting.items()):
            limit = self.limits.of(stage)
            if limit is not None and now - since >= limit:
                self._waiting.pop(connection, None)
                if stage in (Stage.NEW, Stage.HEAD, Stage.REST):
                    self.count("too slow")
                connection.end(stage)
        for connection, (before, since) in list(self._unsent.items()):
            unsent = connection.unsent()
            if not unsent or unsent < before or not before:
                self._unsent[connection] = (unsent, now)
            elif now - since >= self.limits.unread:
                connection.drop()
                self.count("not reading")
        if now - self._reported >= REPORT_SECONDS:
            self.report()

    def report(self) -> None:
        """Tell how many were let go since this was told last, if there were any."""
        if self._let_go:
            told = ", ".join(f"{count} {reason}" for reason, count in sorted(self._let_go.items()))
            logger.info("connections let go: %s", told)
            self._let_go.clear()
            self._reported = self._clock()
