"""Compressed files beside the published ones, which web servers send in their place: `.gz`, `.br`, `.zst`.

They are made of what is published, and remembered as all else is: one is made again when its file is another.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Set

from sitegen.build.artifacts import Artifact, Work
from sitegen.build.held import Held, held
from sitegen.build.memory import BuildMemory
from sitegen.build.render import is_held, is_intact
from sitegen.config import Config
from sitegen.digests import digest_of
from sitegen.frozen import dataclass

LEAST = 1024  # bytes: a smaller file fits into one packet as it is
ENDINGS = (
    ".html", ".htm", ".xhtml", ".css", ".js", ".mjs", ".json", ".map", ".xml", ".atom", ".rss", ".svg", ".txt", ".md",
    ".csv", ".ics", ".vcf", ".webmanifest", ".wasm", ".ttf", ".otf", ".eot", ".ico", ".bmp",
)  # fmt: skip


def _gz(data: bytes) -> bytes:
    import gzip

    return gzip.compress(data, 9, mtime=0)


def _br(data: bytes) -> bytes:
    import brotli

    return bytes(brotli.compress(data, quality=11))


def _zst(data: bytes) -> bytes:
    import zstandard

    return zstandard.ZstdCompressor(level=19).compress(data)


PACKINGS: Mapping[str, Callable[[bytes], bytes]] = {"gz": _gz, "br": _br, "zst": _zst}


@dataclass(frozen=True)
class _Job:
    """One file to pack, and the way."""

    file: Held
    ending: str

    @property
    def path(self) -> str:
        return f"{self.file.path}.{self.ending}"

    @property
    def identity(self) -> str:
        return digest_of("packed", self.ending, self.file.digest)

    def made(self) -> Artifact | None:
        """The packed file, which reads nothing but its file; None where it would not be smaller."""
        data = self.file.read()
        packed = PACKINGS[self.ending](data)
        if len(packed) >= len(data):
            return None
        owner = f"{self.file.path}, compressed"
        return Artifact(self.path, owner, digest_of(packed), self.identity, (), digest_of(), data=packed)


def _packed(jobs: list[_Job]) -> list[Artifact]:
    """In threads: all three ways to pack let others run."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return [artifact for artifact in pool.map(_Job.made, jobs) if artifact is not None]


def pack(config: Config, paths: Set[str], work: Work, memory: BuildMemory) -> tuple[Work, frozenset[str]]:
    """The work with the packed files of those at `paths`, and the paths of all that should exist beside these.

    What the author packed is theirs. Of files that are as they were, and packed, nothing is done.
    """
    if not config.compress or config.preview:
        return work, frozenset()
    todo, wanted = [], set()
    for job in _jobs(config, paths, work, memory):
        record = memory.records.get(job.path)
        if record is not None and record.identity == job.identity and is_intact(config, record):
            wanted.add(job.path)
        else:
            todo.append(job)
    made = _packed(todo) if todo else []
    more = Work()
    for artifact in made:
        (more.same if is_held(config, artifact, None) else more.changed).append(artifact)
    return work.and_(more), frozenset((*wanted, *(artifact.path for artifact in made)))


def _jobs(config: Config, paths: Set[str], work: Work, memory: BuildMemory) -> Iterator[_Job]:
    texts = [path for path in sorted(paths) if path.lower().endswith(ENDINGS)]
    for path, file in held(config, texts, work, memory).items():
        for ending in config.compress if file.size >= LEAST else ():
            if f"{path}.{ending}" not in paths:
                yield _Job(file, ending)
