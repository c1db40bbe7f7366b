"""Who renders: as many processes as there are CPUs, as many as one says, or an executor with workers of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sitegen.errors import MissingExtra, SitegenError, UsageError
from sitegen.patterns import regex

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from sitegen.build.crew import Crew

SECONDS = 10  # to reach a scheduler
_ADDRESS = regex(r"tcp://[^\s/]+:\d{1,5}")


@contextmanager
def hired(jobs: int | None, executor: str | None) -> Iterator[Crew]:
    """The crew of a build; `executor` is an address as `dask:tcp://host:port`. Raises `UsageError`, `SitegenError`."""
    from sitegen.build.crew import Crew, usable_cpus

    if executor is None:
        yield Crew(jobs or usable_cpus())
        return
    from sitegen.build.spreading import Unfit

    kind, _, address = executor.partition(":")
    if kind != "dask" or not _ADDRESS.fullmatch(address):
        raise UsageError(f'--executor: "{executor}" is not dask: and the address of a scheduler: dask:tcp://host:port')
    with _dask(executor, address) as found:
        try:
            yield Crew(executor=found)
        except Unfit as error:
            raise SitegenError(f"--executor {executor}: {error}; nothing was written") from error


@contextmanager
def _dask(said: str, address: str) -> Iterator[Executor]:
    import logging

    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        raise MissingExtra("--executor dask:", "distributed") from error
    for name in ("distributed", "tornado"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is told in one line
    try:
        client = Client(address, timeout=SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except Exception as error:  # whoever answers there may be anybody
        hint = "is it running (dask scheduler), and can this machine reach it?"
        raise SitegenError(f"--executor {said}: there is no scheduler to be reached; {hint}") from error
    try:
        if not client.scheduler_info()["workers"]:
            raise SitegenError(f"--executor {said}: the scheduler has no workers; start some (dask worker {address})")
        yield client.get_executor(pure=False)  # type: ignore[no-untyped-call]
    finally:
        client.close(timeout=2)  # type: ignore[no-untyped-call]
