"""A process that stores answers in a file of SQLite. Python runs one thread at a time: the server needs all of its own.

    python -m sitegen.forms.inbox.process sqlite:///path/to/inbox.db

Batches of entries come in, what became of them goes out, both pickled, over one socket. It ends where its input does,
and at no signal before that: those that end the receiver reach it too, while answers are under way.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import IO, cast

from sqlalchemy import URL

from sitegen.forms.inbox.accepting import Entry, Outcome
from sitegen.forms.inbox.database import StoreError, file_of, parse_database
from sitegen.forms.inbox.store import Store
from sitegen.forms.inbox.writer import Acceptor

logger = logging.getLogger("sitegen.receiver")

LONGEST = 10.0  # seconds that it may say nothing: a locked database it tells sooner, and a visitor waits 15
ENDING = 3.0  # seconds that it has to end by itself
Answer = tuple[Outcome, ...] | StoreError | None  # what became of a batch, or why that cannot be stored, or neither


@contextmanager
def accepting_apart(store: Store) -> Iterator[Acceptor]:
    """What stores answers to the inbox of a store: a process for a file, the store itself for a server."""
    if file_of(store.url) is None:
        yield store
    else:
        with closing(StoreProcess(store)) as process:
            yield process


class StoreProcess:
    """Has a process store what comes. What that cannot do, the `store` does here, so that nobody is turned away for it.

    A process that dies is started anew for the next batch; one that says nothing for `longest` seconds is killed.
    Whether it stored the last one nobody knows; so it is stored once more, and what is there already is found, as if
    the visitor had sent it again. While it stores it has the turn of the store, or under a flood who sends letters and
    who stores would keep each other out.
    """

    def __init__(self, store: Store, longest: float = LONGEST) -> None:
        self._store, self._longest = store, longest
        self._process = _started(store.url, longest)
        self._answer(())  # when this comes back it is ready: the first visitor need not wait for that

    def accept_all(self, entries: Sequence[Entry]) -> tuple[Outcome, ...]:
        """Store them durably, all or none of them; files are open here alone. Raises `StoreError`."""
        answer = None if any(entry.files for entry in entries) else self._answer(entries)
        if isinstance(answer, StoreError):
            raise answer
        if answer is None:
            return self._store.accept_all(entries)
        with suppress(StoreError):  # it is stored: only whoever looks next is told
            self._store.look()  # the process has nobody to tell that the file was gone
        return answer

    def close(self) -> None:
        """Let the process end, or see to it."""
        if self._process is not None:
            self._process.end()

    def _answer(self, entries: Sequence[Entry]) -> Answer:
        """What the process says; None too if it is no more."""
        with self._store.turn:
            if self._process is not None:
                try:
                    return self._process.ask(entries)
                except (OSError, EOFError, pickle.UnpicklingError) as error:
                    if isinstance(error, TimeoutError):
                        logger.error("the process that stores answers said nothing for %g seconds", self._longest)
                    logger.warning("the process that stores answers has ended: %s", self._process.kill())
            self._process = _started(self._store.url, self._longest)
            return None


@dataclass(frozen=True)
class _Running:
    """A process, and the socket by which it is asked."""

    process: subprocess.Popen[bytes]
    socket: socket.socket
    stream: IO[bytes]

    def ask(self, entries: Sequence[Entry]) -> Answer:
        """What it says. Raises `TimeoutError` if it says nothing, and what comes of one that ended."""
        _send(entries, self.stream)
        answer: Answer = pickle.load(self.stream)
        return answer

    def kill(self) -> int | None:
        """End it now: what it has not committed it never will. SIGKILL reaches one that is stopped, too."""
        self.process.kill()
        return self.end()

    def end(self) -> int | None:
        """Say that nothing more comes; kill one that goes on. Its exit code, or None if a disk holds it still."""
        with suppress(OSError), self.socket, self.stream:  # it may be gone, and with it what was still to be sent
            self.socket.shutdown(socket.SHUT_RDWR)
        with suppress(subprocess.TimeoutExpired):
            return self.process.wait(ENDING)
        self.process.kill()
        with suppress(subprocess.TimeoutExpired):
            return self.process.wait(ENDING)
        return None


def _started(url: URL, longest: float) -> _Running | None:
    """A process that finds the same modules as this one, and none in the folder where it happens to run (`-P`).

    None where the machine has no room for it.
    """
    command = [sys.executable, "-P", "-m", __name__, url.render_as_string(hide_password=False)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        ours, its = socket.socketpair()
        with its:
            process = subprocess.Popen(
                command, stdin=its.fileno(), stdout=its.fileno(), stderr=subprocess.DEVNULL, env=environment
            )
    except OSError as error:
        logger.warning("no process that stores answers: %s", error)
        return None
    ours.settimeout(longest)
    return _Running(process, ours, cast(IO[bytes], ours.makefile("rwb")))


def _send(message: object, stream: IO[bytes]) -> None:
    pickle.dump(message, stream, pickle.HIGHEST_PROTOCOL)
    stream.flush()


def _run(store: Acceptor, source: IO[bytes], target: IO[bytes]) -> None:
    """Answer batch by batch."""
    while True:
        entries = pickle.load(source)
        answer: Answer
        try:
            answer = store.accept_all(entries)
        except StoreError as error:
            answer = error
        except Exception:  # a bug of ours: whoever asked tries again, and has a log to tell it to
            answer = None
        _send(answer, target)


def main(database: str) -> None:
    """Store what comes by standard input, until it ends, be it within a batch."""
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, signal.SIG_IGN)
    with suppress(OSError, EOFError, pickle.UnpicklingError), closing(Store(parse_database(database))) as store:
        _run(store, sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main(sys.argv[1])
