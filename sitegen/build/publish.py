"""Into the output folder: whole files only, nothing through links, and nothing deleted that is not ours.

The order is what makes it safe. Everything is first written to a staging folder (a full disk ends here, with the
last good output untouched); then the paths are claimed in the memory; then each file is renamed into its place;
then what is stale is removed; then the memory is brought up to date. A build that is cut short anywhere leaves
whole pages, and claims by which the next build finds what to make good.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from sitegen.build.memory import BuildMemory, Record
from sitegen.build.render import Artifact, Work, file_digest
from sitegen.digests import digest_of
from sitegen.errors import Problem, Problems, SiteError
from sitegen.outputs.target import Target

STAGING = ".sitegen-staging"


def publish(output: Path, targets: Sequence[Target], work: Work, memory: BuildMemory, problems: Problems) -> int:
    """Bring the output folder up to date. Returns how many stale files were removed.

    Raises `SiteError` for what stands in the way; nothing was changed then.
    """
    wanted = {target.path for target in targets}
    stale = [record for path, record in memory.records.items() if path not in wanted]
    staging = output / STAGING
    try:
        output.mkdir(parents=True, exist_ok=True)
        _remove_staging(staging)
        _check_way(output, work.changed, stale)
        staged = _stage(staging, work.changed)
        memory.claim((artifact.path, artifact.digest) for artifact in work.changed)
        gone = [record for record in stale if _remove(output, record, problems)]
        _move(output, staged)
        _remove_staging(staging)
    except OSError as error:
        _remove_staging(staging)
        raise SiteError([_disk_problem(output, error)]) from error
    made = [_record(output, artifact) for artifact in (*work.changed, *work.same)]
    memory.save(made, (record.path for record in stale))
    return len(gone)


def _remove_staging(staging: Path) -> None:
    if staging.is_symlink():
        staging.unlink()
    elif staging.exists():
        shutil.rmtree(staging, ignore_errors=True)


def _check_way(output: Path, changed: Sequence[Artifact], stale: Sequence[Record]) -> None:
    """Refuse to write through a link, or where something foreign stands in the way."""
    ours = {record.path for record in stale}
    found: list[Problem] = []
    folders: dict[str, Problem | None] = {}
    for artifact in changed:
        for parent in list(PurePosixPath(artifact.path).parents)[:-1][::-1]:
            folder = str(parent)
            if folder not in folders:
                folders[folder] = _blocked(output, folder, ours)
            if (blocked := folders[folder]) is not None:
                found.append(blocked)
                break
        place = output / artifact.path
        if place.is_dir() and not place.is_symlink() and not _holds_only(place, output, ours):
            found.append(
                Problem(_shown(output, artifact.path), None, f"a folder stands where {artifact.owner} belongs")
            )
    if found:
        raise SiteError(dict.fromkeys(found))


def _blocked(output: Path, folder: str, ours: set[str]) -> Problem | None:
    place = output / folder
    if place.is_symlink():
        hint = "sitegen does not write through links; remove it"
        return Problem(_shown(output, folder), None, "a link in the output folder", hint)
    if os.path.lexists(place) and not place.is_dir() and folder not in ours:
        return Problem(_shown(output, folder), None, "a foreign file stands where a folder is needed", "move it away")
    return None


def _holds_only(place: Path, output: Path, ours: set[str]) -> bool:
    """Whether everything in a folder of the output is stale and our own."""
    inside = (Path(top) / name for top, _, names in os.walk(place) for name in names)
    return all(file.relative_to(output).as_posix() in ours for file in inside)


def _shown(output: Path, path: str) -> str:
    return f"{output.name}/{path}"


def _stage(staging: Path, changed: Sequence[Artifact]) -> list[tuple[Path, str]]:
    """Write everything beside the site: (staged file, path) of each."""
    if not changed:
        return []
    staging.mkdir()
    staged: list[tuple[Path, str]] = []
    for number, artifact in enumerate(changed):
        file = staging / str(number)
        data = artifact.data if artifact.data is not None else _copied(artifact)
        file.write_bytes(data)
        staged.append((file, artifact.path))
    return staged


def _copied(artifact: Artifact) -> bytes:
    data = artifact.file.read_bytes() if artifact.file is not None else b""
    if digest_of(data) != artifact.digest:
        raise SiteError([Problem(artifact.owner, None, "changed while the site was built", "build again")])
    return data


def _move(output: Path, staged: Sequence[tuple[Path, str]]) -> None:
    for parent in sorted({(output / path).parent for _, path in staged}):
        parent.mkdir(parents=True, exist_ok=True)
    for file, path in staged:
        place = output / path
        if place.is_dir() and not place.is_symlink():
            place.rmdir()
        os.replace(file, place)


def _remove(output: Path, record: Record, problems: Problems) -> bool:
    """Remove a stale file, and the folders that it leaves empty. One that was changed by hand stays."""
    place = output / record.path
    if not place.parent.resolve().is_relative_to(output.resolve()) or not os.path.lexists(place):
        return False
    if place.is_symlink() or file_digest(place) not in (record.digest, record.claim):
        message = "stale, but changed by hand since it was built; left as it is"
        problems.note(Problem(_shown(output, record.path), None, message))
        return False
    place.unlink()
    for folder in place.parents:
        if folder == output:
            break
        try:
            folder.rmdir()
        except OSError:
            break
    return True


def _record(output: Path, artifact: Artifact) -> Record:
    found = (output / artifact.path).lstat()
    return Record(
        artifact.path, artifact.digest, artifact.identity, artifact.reads, artifact.reads_digest,
        found.st_size, found.st_mtime_ns,
    )  # fmt: skip


def _disk_problem(output: Path, error: OSError) -> Problem:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Problem(str(output), None, "the disk is full", "the last good output is as it was; make room")
    name = error.filename or output
    return Problem(str(name), None, f"cannot be written: {error.strerror or error}")
