"""Into the output folder: whole files only, nothing through links, and nothing deleted that is not ours.

The order is what makes it safe. Everything is in the staging folder first (a full disk ends there, with the last good
output untouched); then the paths are claimed in the memory; then each file is renamed into its place, in
folders that are new all at once; then what is stale is removed, so that no page links to one that is gone; then the
memory is brought up to date. A build that is cut short anywhere leaves whole pages, and claims by which the next build
finds what to make good.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Set
from pathlib import Path, PurePosixPath

from sitegen.build.artifacts import Artifact, Work
from sitegen.build.memory import BuildMemory
from sitegen.build.obstacles import check_way, in_the_way, is_file, shown
from sitegen.build.records import Record
from sitegen.build.render import file_digest
from sitegen.build.staging import Staging, disk_problem
from sitegen.build.written import Written, bytes_of, written
from sitegen.errors import Problem, Problems, SiteError


def publish(
    output: Path, wanted: Set[str], work: Work, staging: Staging, memory: BuildMemory, problems: Problems
) -> int:
    """Bring the output folder up to date, where `wanted` should exist. Returns how many stale files were removed.

    Raises `SiteError` for what stands in the way; nothing was changed then. If the disk fails while files are
    moved, some are new and some are not, each of them whole.
    """
    stale = memory.records.keys() - wanted
    ours = {path for path in stale if _is_ours(output, memory.records.get(path))}
    theirs = {path for path in stale - ours if is_file(f"{output}/{path}")}
    if work.changed:
        staging.begin()
    check_way(str(output), work.changed, ours)
    records = [_record(artifact, _staged(artifact, staging)) for artifact in work.changed]
    memory.claim(records)
    try:
        _remove(output, first := in_the_way(ours, [record.path for record in records]))
        staging.move()
        _remove(output, stale - theirs - first)
        records += [_record(artifact, written(f"{output}/{artifact.path}")) for artifact in work.same]
    except OSError as error:
        raise SiteError([disk_problem(output, error, begun=True)]) from error
    for path in theirs:
        message = "stale, but changed by hand since it was built; left as it is"
        problems.note(Problem(shown(str(output), path), None, message))
    if not memory.save(records, stale):
        message = "the site is complete, but what the build remembers could not be written"
        problems.note(Problem(str(output), None, message, "make room; the next build looks at every file again"))
    return len(ours)


def _is_ours(output: Path, record: Record | None) -> bool:
    """Whether the file is still what a build made of it."""
    return (
        record is not None and _is_inside(output, record.path) and file_digest(output / record.path) in record.digests
    )


def _is_inside(output: Path, path: str) -> bool:
    """Whether a path that was remembered leads to its place in the output folder, and through no link."""
    parts = PurePosixPath(path).parts
    if not parts or parts[0] == "/" or ".." in parts or "\0" in path:
        return False
    top = os.path.realpath(output)
    return os.path.realpath(os.path.join(top, *parts[:-1])) == os.path.join(top, *parts[:-1])


def _remove(output: Path, paths: Iterable[str]) -> None:
    """Remove files, and the folders that they leave empty, also those of files that are gone already."""
    for path in paths:
        place = output / path
        if not _is_inside(output, path):
            continue
        if is_file(str(place)):
            place.unlink()
        for folder in place.parents:
            if folder == output:
                break
            try:
                folder.rmdir()
            except FileNotFoundError:
                continue
            except OSError:
                break


def _staged(artifact: Artifact, staging: Staging) -> Written:
    """Where it is in the staging folder; what is not there yet is written."""
    if isinstance(artifact.data, Written):
        return artifact.data
    if artifact.file is None:
        return staging.put(artifact.path, bytes_of(artifact.data))
    copied = staging.copy(artifact.path, artifact.file, artifact.digest)
    if copied is None:
        raise SiteError([Problem(artifact.owner, None, "changed while the site was built", "build again")])
    return copied


def _record(artifact: Artifact, file: Written) -> Record:
    return Record(
        artifact.path, artifact.digest, artifact.identity, artifact.reads, artifact.reads_digest,
        file.size, file.modified,
    )  # fmt: skip
