"""A process that stores answers in a file of SQLite. Python runs one thread at a time: the server needs all of its own.

    python -m sitegen.forms.inbox.process sqlite:///path/to/inbox.db

Batches of entries come in, what became of them goes out, both pickled. It ends where its input does, and at no signal
before that: those that end the receiver reach it too, while answers are under way.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from typing import IO

from sqlalchemy import URL

from sitegen.forms.inbox.accepting import Entry, Outcome
from sitegen.forms.inbox.database import StoreError, file_of, parse_database
from sitegen.forms.inbox.store import Store
from sitegen.forms.inbox.turn import Turn
from sitegen.forms.inbox.writer import Acceptor

logger = logging.getLogger("sitegen.receiver")

Answer = tuple[Outcome, ...] | StoreError | None  # what became of a batch, or why that cannot be stored, or neither


@contextmanager
def accepting_apart(store: Store) -> Iterator[Acceptor]:
    """What stores answers to the inbox of a store: a process for a file, the store itself for a server."""
    if file_of(store.url) is None:
        yield store
    else:
        with closing(StoreProcess(store, store.url, store.turn)) as process:
            yield process


class StoreProcess:
    """Has a process store what comes. What that cannot do, the `store` does here, so that nobody is turned away for it.

    A process that dies is started anew for the next batch. Whether it stored the last one nobody knows; so it is stored
    once more, and what is there already is found, as if the visitor had sent it again. While it stores it has
    the `turn` of the store, or under a flood who sends letters and who stores would keep each other out.
    """

    def __init__(self, store: Acceptor, url: URL, turn: Turn) -> None:
        self._store, self._url, self._turn = store, url, turn
        self._process = _started(url)
        self._answer(())  # when this comes back it is ready: the first visitor need not wait for that

    def accept_all(self, entries: Sequence[Entry]) -> tuple[Outcome, ...]:
        """Store them durably, all or none of them; files are open here alone. Raises `StoreError`."""
        answer = None if any(entry.files for entry in entries) else self._answer(entries)
        if isinstance(answer, StoreError):
            raise answer
        return self._store.accept_all(entries) if answer is None else answer

    def close(self) -> None:
        """Let the process end."""
        if self._process is not None:
            _end(self._process)

    def _answer(self, entries: Sequence[Entry]) -> Answer:
        """What the process says; None too if it is no more."""
        if self._process is not None:
            try:
                with self._turn:
                    return _ask(self._process, entries)
            except (OSError, EOFError, pickle.UnpicklingError):
                self._process.kill()  # what it has not committed by now it never will
                logger.warning("the process that stores answers has ended: %d", _end(self._process))
        self._process = _started(self._url)
        return None


def _started(url: URL) -> subprocess.Popen[bytes] | None:
    """A process that finds the same modules as this one, and none in the folder where it happens to run (`-P`).

    None where the machine has no room for it.
    """
    command = [sys.executable, "-P", "-m", __name__, url.render_as_string(hide_password=False)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    pipe = subprocess.PIPE
    try:
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment)
    except OSError as error:
        logger.warning("no process that stores answers: %s", error)
        return None


def _ask(process: subprocess.Popen[bytes], entries: Sequence[Entry]) -> Answer:
    assert process.stdin is not None and process.stdout is not None
    _send(entries, process.stdin)
    answer: Answer = pickle.load(process.stdout)
    return answer


def _end(process: subprocess.Popen[bytes]) -> int:
    """Say that nothing more comes, and wait for the end: its exit code."""
    assert process.stdin is not None
    with process, suppress(OSError):
        process.stdin.close()
    return process.returncode


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
