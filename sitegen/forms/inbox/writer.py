"""Group commit: whatever waits when the writer is free is stored by one commit.

A commit takes as long for a hundred submissions as for one, and SQLite has one writer anyway. Nobody waits for
company: who comes alone is stored alone.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Protocol

from sitegen.forms.inbox.accepting import Accepted, Entry, Outcome
from sitegen.forms.inbox.database import StoreError

logger = logging.getLogger("sitegen.receiver")

LONGEST = 15.0  # seconds that a visitor waits for a database that says nothing at all
MOST = 250  # entries in a batch: it is done within a fraction of a second, however long they are
MOST_FILE_BYTES = 16 * 1024 * 1024  # after so many a batch ends: files take their time


class Acceptor(Protocol):
    """What the writer wants of a store."""

    def accept_all(self, entries: Sequence[Entry]) -> tuple[Outcome, ...]:
        """Store them durably, all or none of them. Raises `StoreError`."""
        ...


@dataclass(frozen=True)
class _Waiting:
    """An entry, and who waits for what becomes of it."""

    entry: Entry
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Accepted]


class Writer:
    """A thread that stores what coroutines give it."""

    def __init__(self, store: Acceptor) -> None:
        self._store = store
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="sitegen-inbox", daemon=True)
        self._thread.start()

    async def accept(self, entry: Entry) -> Accepted:
        """Store it durably. Raises `StoreError`, `KeyConflict`, `Full`. Who stops waiting does not stop it."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Accepted] = loop.create_future()
        self._queue.put(_Waiting(entry, loop, future))
        patience = loop.call_later(LONGEST, _give_up, future)
        try:
            return await future
        finally:
            patience.cancel()

    def close(self) -> None:
        """Store what is waiting, and end; after that time nobody waits any more."""
        self._queue.put(None)
        self._thread.join(LONGEST)

    def _run(self) -> None:
        while batch := self._next():
            outcomes = self._stored([one.entry for one in batch])
            for loop in {one.loop for one in batch}:
                settled = [(one.future, done) for one, done in zip(batch, outcomes, strict=True) if one.loop is loop]
                if not loop.is_closed():
                    loop.call_soon_threadsafe(_settle, settled)

    def _next(self) -> list[_Waiting]:
        """All that waits; waits for the first. Empty at the end."""
        first = self._queue.get()
        batch: list[_Waiting] = []
        file_bytes = 0
        while first is not None:
            batch.append(first)
            file_bytes += sum(file.size for file in first.entry.files)
            if len(batch) == MOST or file_bytes > MOST_FILE_BYTES:
                return batch
            try:
                first = self._queue.get_nowait()
            except Empty:
                return batch
        if batch:
            self._queue.put(None)  # the end, once more, for the next turn
        return batch

    def _stored(self, entries: Sequence[Entry]) -> Sequence[Accepted | Exception]:
        try:
            return self._store.accept_all(entries)
        except StoreError as error:
            return [error] * len(entries)
        except Exception as error:
            if len(entries) == 1:
                return [error]
            logger.exception("a batch could not be stored; each alone now")  # one of them must not cost the others
            return [outcome for entry in entries for outcome in self._stored([entry])]


def _give_up(future: asyncio.Future[Accepted]) -> None:
    """Wait no longer. If it is stored after all, sending it again finds it."""
    _settle([(future, StoreError(f"the inbox has not answered for {LONGEST:g} seconds"))])


def _settle(settled: Sequence[tuple[asyncio.Future[Accepted], Accepted | Exception]]) -> None:
    for future, outcome in settled:
        if future.done():  # nobody waits any more
            continue
        if isinstance(outcome, Exception):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)
