"""Processes beside this one, for work that takes a processor each."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread


def pool(workers: int) -> ProcessPoolExecutor:
    """So many processes, each begun anew: a preview has threads, which no fork survives.

    They end with this one, however it ends. By themselves they would wait for work for ever after it was killed: each
    holds the pipe that the work comes by open for the others (CPython, `concurrent.futures.process`).
    """
    return ProcessPoolExecutor(workers, get_context("spawn"), initializer=_end_with_parent)


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None

    def wait() -> None:
        parent.join()
        os._exit(1)

    Thread(target=wait, daemon=True).start()
