"""Workers that share what this process knows: it forks, and each takes the next piece of work until none is left.

Nothing is shipped to them but numbers, through one pipe that all of them read; each answers through a pipe of its own.
What one writes, if anything, is its work's. One that dies loses the piece it was at; those whose parent is gone end by
themselves.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from typing import Any

MOST_PIECES = 1000  # their numbers fit into the smallest pipe that a system gives (4 KiB on Linux)
_NUMBER, _LENGTH = 4, 8  # bytes
_LOOK = 0.5  # seconds between two looks of a worker whether its parent is still there


def can_fork() -> bool:
    """Whether a copy of this process would be sound: with threads it might never get a lock; on macOS libraries of
    the system refuse to be copied.
    """
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return False
    threading = sys.modules.get("threading")
    if threading is not None and threading.active_count() > 1:
        return False
    try:
        return len(os.listdir("/proc/self/task")) == 1  # those of compiled libraries, too
    except OSError:
        return True


def forked(
    pieces: int, do: Callable[[int], Any], begin: Callable[[], None], workers: int
) -> Generator[tuple[int, Any]]:
    """Do that many pieces of work by their numbers, at most `MOST_PIECES`: each number with what came of it, as they
    come. What fails, or is lost with its worker, does not come. `begin` is what each worker does first.
    """
    answers: dict[int, int] = {}  # the end of a pipe → the worker
    try:
        with _undisturbed():
            queue = _queue(pieces)
            gc.freeze()  # so that workers do not touch, and so copy, all that there is
            with suppress(OSError):  # the system has no more processes or files: so many will do, and without any, none
                for _ in range(min(workers, pieces)):
                    _start(queue, do, begin, answers)
            gc.unfreeze()
            os.close(queue)
        yield from _answers(answers)
    finally:
        for worker in answers.values():
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        for end, worker in answers.items():
            os.close(end)
            os.waitpid(worker, 0)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C waits: while a process forks, Python has no one to tell of it, and would drop it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _queue(pieces: int) -> int:
    """A pipe that has the numbers, and ends behind them."""
    queue, end = os.pipe()
    os.write(end, b"".join(number.to_bytes(_NUMBER, "big") for number in range(pieces)))
    os.close(end)
    return queue


def _start(queue: int, do: Callable[[int], Any], begin: Callable[[], None], answers: dict[int, int]) -> None:
    """Start a worker. Raises `OSError` where the system does not let us."""
    parent = os.getpid()
    end, out = os.pipe()
    try:
        worker = os.fork()
    except OSError:
        os.close(end)
        os.close(out)
        raise
    if worker:
        os.close(out)
        answers[end] = worker
        return
    try:
        for other in (end, *answers):
            os.close(other)
        _watch(parent)
        begin()
        _work(queue, out, do)
    finally:
        os._exit(0)  # nothing of the parent's is flushed, closed or removed


def _watch(parent: int) -> None:
    """The keyboard is the parent's, which ends us; we end if it is gone."""

    def look(*_: object) -> None:
        if os.getppid() != parent:
            os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, _LOOK, _LOOK)


def _work(queue: int, out: int, do: Callable[[int], Any]) -> None:
    from pickle import dumps

    with open(out, "wb", buffering=0) as stream:
        while number := os.read(queue, _NUMBER):
            try:
                data = dumps(do(int.from_bytes(number, "big")), protocol=5)
            except Exception:  # the parent does it again, and tells
                continue
            rest = memoryview(b"".join((number, len(data).to_bytes(_LENGTH, "big"), data)))
            while rest:
                rest = rest[stream.write(rest) :]


def _answers(answers: dict[int, int]) -> Iterator[tuple[int, Any]]:
    """What workers answer, until all of them have ended."""
    import select
    from pickle import loads

    poll = select.poll()
    for end in answers:
        poll.register(end, select.POLLIN)
    left = len(answers)
    while left:
        for end, _ in poll.poll():
            head = _read(end, _NUMBER + _LENGTH)
            data = _read(end, int.from_bytes(head[_NUMBER:], "big")) if head else b""
            if data:
                yield int.from_bytes(head[:_NUMBER], "big"), loads(data)
            else:
                poll.unregister(end)
                left -= 1


def _read(end: int, size: int) -> bytes:
    """So many bytes; none where the pipe ends before."""
    parts = []
    while size:
        part = os.read(end, min(size, 1 << 20))
        if not part:
            return b""
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
