"""Into the output folder: whole files only, nothing through links, and nothing deleted that is not ours.

The order is what makes it safe. Everything is first written to a staging folder (a full disk ends here, with the
last good output untouched); then the paths are claimed in the memory; then each file is renamed into its place;
then what is stale is removed, so that no page links to one that is gone; then the memory is brought up to date. A
build that is cut short anywhere leaves whole pages, and claims by which the next build finds what to make good.
"""

from __future__ import annotations

import errno
import os
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path, PurePosixPath

from sitegen.build.memory import BuildMemory, Record
from sitegen.build.render import Artifact, Work, file_digest
from sitegen.digests import digest_of_file
from sitegen.errors import Problem, Problems, SiteError

STAGING = ".sitegen-staging"


def publish(output: Path, wanted: Set[str], work: Work, memory: BuildMemory, problems: Problems) -> int:
    """Bring the output folder up to date, where `wanted` should exist. Returns how many stale files were removed.

    Raises `SiteError` for what stands in the way; nothing was changed then. If the disk fails while files are
    moved, some are new and some are not, each of them whole.
    """
    stale = {path: record for path, record in memory.records.items() if path not in wanted}
    ours = {path for path, record in stale.items() if _is_ours(output, record)}
    theirs = {path for path in stale.keys() - ours if _is_file(output / path)}
    staging = output / STAGING
    begun = False
    try:
        output.mkdir(parents=True, exist_ok=True)
        _remove_staging(staging)
        _check_way(output, work.changed, ours)
        staged = _stage(staging, work.changed)
        records = [_record(staged[artifact.path], artifact) for artifact in work.changed]
        memory.claim(records)
        begun = True
        _remove(output, first := _in_the_way(ours, staged))
        _move(output, staged)
        _remove(output, stale.keys() - theirs - first)
        records += [_record(output / artifact.path, artifact) for artifact in work.same]
    except OSError as error:
        raise SiteError([_disk_problem(output, error, begun)]) from error
    finally:
        _remove_staging(staging)
    for path in theirs:
        message = "stale, but changed by hand since it was built; left as it is"
        problems.note(Problem(_shown(output, path), None, message))
    if not memory.save(records, stale):
        message = "the site is complete, but what the build remembers could not be written"
        problems.note(Problem(str(output), None, message, "make room; the next build looks at every file again"))
    return len(ours)


def _is_ours(output: Path, record: Record) -> bool:
    """Whether the file is still what a build made of it."""
    return _is_inside(output, record.path) and file_digest(output / record.path) in record.digests


def _is_inside(output: Path, path: str) -> bool:
    """Whether a path that was remembered leads to its place in the output folder, and through no link."""
    parts = PurePosixPath(path).parts
    if not parts or parts[0] == "/" or ".." in parts or "\0" in path:
        return False
    top = os.path.realpath(output)
    return os.path.realpath(os.path.join(top, *parts[:-1])) == os.path.join(top, *parts[:-1])


def _is_file(place: Path) -> bool:
    """Whether something that is no folder stands there."""
    return os.path.lexists(place) and (place.is_symlink() or not place.is_dir())


def _remove_staging(staging: Path) -> None:
    if staging.is_symlink():
        staging.unlink()
    elif staging.exists():
        shutil.rmtree(staging, ignore_errors=True)


def _check_way(output: Path, changed: Sequence[Artifact], ours: set[str]) -> None:
    """Refuse to write through a link, or where something foreign stands in the way. `ours` will be removed."""
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
        if os.path.lexists(place) and not _is_file(place) and not _holds_only(place, output, ours):
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
    """Whether everything in a folder of the output is our own and to be removed."""
    for top, folders, names in os.walk(place):
        links = [name for name in folders if (Path(top) / name).is_symlink()]
        if any((Path(top) / name).relative_to(output).as_posix() not in ours for name in (*names, *links)):
            return False
    return True


def _shown(output: Path, path: str) -> str:
    return f"{output.name}/{path}"


def _stage(staging: Path, changed: Sequence[Artifact]) -> dict[str, Path]:
    """Write everything beside the site: path → staged file."""
    if changed:
        staging.mkdir()
    staged: dict[str, Path] = {}
    for number, artifact in enumerate(changed):
        file = staged[artifact.path] = staging / str(number)
        if artifact.file is not None:
            _copy(artifact, artifact.file, file)
        else:
            file.write_bytes(artifact.data or b"")
    return staged


def _copy(artifact: Artifact, source: Path, file: Path) -> None:
    shutil.copyfile(source, file)
    if digest_of_file(file) != artifact.digest:
        raise SiteError([Problem(artifact.owner, None, "changed while the site was built", "build again")])


def _in_the_way(stale: Iterable[str], paths: Iterable[str]) -> set[str]:
    """The stale files that stand where new ones belong, also where the case of letters does not count."""
    files = {_folded(path) for path in paths}
    taken = files | {folder for path in files for folder in _folders(path)}
    return {
        path
        for path in stale
        if (folded := _folded(path)) in taken or any(folder in files for folder in _folders(folded))
    }


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _folders(path: str) -> Iterator[str]:
    return (str(folder) for folder in PurePosixPath(path).parents)


def _move(output: Path, staged: Mapping[str, Path]) -> None:
    for parent in sorted({(output / path).parent for path in staged}):
        parent.mkdir(parents=True, exist_ok=True)
    for path, file in staged.items():
        place = output / path
        if os.path.lexists(place) and not _is_file(place):
            for top, _, _ in os.walk(place, topdown=False):
                Path(top).rmdir()
        os.replace(file, place)


def _remove(output: Path, paths: Iterable[str]) -> None:
    """Remove files, and the folders that they leave empty, also those of files that are gone already."""
    for path in paths:
        place = output / path
        if not _is_inside(output, path):
            continue
        if _is_file(place):
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


def _record(file: Path, artifact: Artifact) -> Record:
    found = file.lstat()
    return Record(
        artifact.path, artifact.digest, artifact.identity, artifact.reads, artifact.reads_digest,
        found.st_size, found.st_mtime_ns,
    )  # fmt: skip


def _disk_problem(output: Path, error: OSError, begun: bool) -> Problem:
    state = "a part of the output is new" if begun else "the last good output is as it was"
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Problem(str(output), None, "the disk is full", f"{state}; make room{', and build again' * begun}")
    name = error.filename or output
    hint = f"{state}; build again" if begun else ""
    return Problem(str(name), None, f"cannot be written: {error.strerror or error}", hint)
