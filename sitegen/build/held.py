"""What the files of the output are going to hold, those that stay as they are, too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from sitegen.build.artifacts import Artifact, Work
from sitegen.build.memory import BuildMemory
from sitegen.build.written import bytes_of, size_of
from sitegen.config import Config
from sitegen.frozen import dataclass


@dataclass(frozen=True)
class Held:
    """One file: its path in the output, the digest and number of its bytes, and how to get them."""

    path: str
    digest: str
    size: int
    read: Callable[[], bytes]


def held(config: Config, paths: Iterable[str], work: Work, memory: BuildMemory) -> Mapping[str, Held]:
    """By path."""
    made = {artifact.path: artifact for artifact in (*work.changed, *work.same)}
    found: dict[str, Held] = {}
    for path in paths:
        record = memory.records.get(path)
        if path in made:
            found[path] = _made(made[path])
        elif record is not None:
            found[path] = Held(path, record.digest, record.size, (config.output / path).read_bytes)
    return found


def _made(artifact: Artifact) -> Held:
    if artifact.file is not None:
        return Held(artifact.path, artifact.digest, _size(artifact.file), artifact.file.read_bytes)
    return Held(artifact.path, artifact.digest, size_of(artifact.data), partial(bytes_of, artifact.data))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0  # publishing tells of it
