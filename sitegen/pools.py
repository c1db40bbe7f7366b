"""Processes beside this one, for work that takes a processor each."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from threading import Thread, current_thread, main_thread


@contextmanager
def pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """So many processes, each begun anew: a preview has threads, which no fork survives.

    They end with this one, however it ends. By themselves they would wait for work for ever after it was killed: each
    holds the pipe that the work comes by open for the others (CPython, `concurrent.futures.process`).
    """
    others = set(active_children())
    executor = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_end_with_parent)
    with _ended_in_order(), executor:
        try:
            yield executor
        except BaseException as error:
            executor.shutdown(wait=False, cancel_futures=True)
            if not isinstance(error, Exception):  # nobody waits for what is in work
                for process in set(active_children()) - others:
                    process.terminate()
            raise


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """SIGTERM, where nobody else listens to it, unwinds what is in work: ended at once, the pool would leave behind
    semaphores, and Python's words on them.
    """
    alone = current_thread() is main_thread() and signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    if alone:
        signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        yield
    finally:
        if alone:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None

    def wait() -> None:
        parent.join()
        os._exit(1)

    Thread(target=wait, daemon=True).start()
