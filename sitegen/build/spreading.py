"""Work that an executor does: `concurrent.futures`' own, or one that has machines of its own behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sitegen.digests import digest_of
from sitegen.errors import SitegenError

PATIENCE = 5  # seconds without an answer before one looks whether anybody is left


class Unfit(SitegenError):
    """An executor cannot do the work."""


def spread(
    executor: Executor, function: Callable[..., Any], pieces: Sequence[Any], model: bytes
) -> Iterator[tuple[int, Any]]:
    """What the function makes of each piece, by its number, as it comes; what fails, or is lost with a worker, does
    not come. It is called with a stamp, the model (or a file that has it), the model's digest, and the piece.

    Raises `Unfit` where workers would make other bytes than this process, or where none can be reached any more.
    """
    from sitegen.build.distant import OTHER, stamp

    asked: dict[Future[Any], int] = {}
    try:
        with _shared(executor, model) as shared:
            for number, piece in enumerate(pieces):
                asked[executor.submit(function, stamp(), shared, digest_of(model), piece)] = number
            for future in _as_they_come(executor, asked):
                made = _result(executor, future)
                if made == OTHER:
                    raise Unfit("its workers have another version of sitegen, or of the libraries that it renders with")
                if made is not None:
                    yield asked.pop(future), made
    except Unfit:
        raise
    except Exception as error:  # broken, or shut down: the rest is done here
        _check_scheduler(executor, error)
    finally:
        for future in asked:
            future.cancel()


def _as_they_come(executor: Executor, asked: Iterable[Future[Any]]) -> Iterator[Future[Any]]:
    """The futures that are done. Raises `Unfit` where Dask has no worker left: it would wait for new ones for ever."""
    waiting = set(asked)
    while waiting:
        done, waiting = wait(waiting, timeout=PATIENCE, return_when=FIRST_COMPLETED)
        yield from done
        client = _client_of(executor)
        if not done and client is not None and not client.scheduler_info()["workers"]:
            raise Unfit("it has no workers any more")


def _result(executor: Executor, future: Future[Any]) -> Any:
    try:
        return future.result()
    except (Exception, CancelledError) as error:  # lost with its worker
        _check_scheduler(executor, error)
        return None


def _check_scheduler(executor: Executor, error: BaseException) -> None:
    """Without Dask's scheduler all would be done here, on a machine that was not meant to. Raises `Unfit`."""
    client = _client_of(executor)
    if client is not None and client.status != "running":
        raise Unfit("the scheduler cannot be reached any more") from error


def _client_of(executor: Executor) -> Any:
    """Dask's client behind the executor, to which there is no public way; None for other executors."""
    return getattr(executor, "_client", None)


@contextmanager
def _shared(executor: Executor, model: bytes) -> Iterator[Any]:
    """The model as all workers can have it: on Dask's it is sent to each once, others read a file."""
    import tempfile

    client = _client_of(executor)
    if not model:
        yield b""
    elif client is not None:
        yield client.scatter(model, broadcast=True, hash=False)
    else:
        descriptor, path = tempfile.mkstemp(prefix="sitegen-")
        try:
            with open(descriptor, "wb") as file:
                file.write(model)
            yield path
        finally:
            Path(path).unlink()
