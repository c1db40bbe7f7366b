"""What stands in the way in the output folder: links, folders and files of a stranger's, stale files of our own."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import partial

from sitegen.build.artifacts import Artifact
from sitegen.errors import Problem, SiteError


def check_way(output: str, changed: Sequence[Artifact], ours: Set[str]) -> None:
    """Refuse to write through a link, or where something foreign stands in the way. `ours` will be removed.

    Where there is no folder nothing can stand in the way: below one that the output lacks nothing is looked at.
    """
    found: list[Problem] = []
    known: dict[str, Problem | bool] = {"": True}
    look = partial(_look, output, ours)
    for artifact in changed:
        above = _above(artifact.path, known, look)
        place = f"{output}/{artifact.path}"
        if isinstance(above, Problem):
            found.append(above)
        elif above and is_folder(place) and not _holds_only(place, output, ours):
            message = f"a folder stands where {artifact.owner} belongs"
            found.append(Problem(shown(output, artifact.path), None, message))
    if found:
        raise SiteError(dict.fromkeys(found))


def _above(path: str, known: dict[str, Problem | bool], look: Callable[[str], Problem | bool]) -> Problem | bool:
    """Whether the folder of a file is there; or what is wrong with it, or with one above it."""
    for folder in reversed([*missing_folders(path, known)]):
        above = known[folder.rpartition("/")[0]]
        known[folder] = look(folder) if above is True else above
    return known[path.rpartition("/")[0]]


def _look(output: str, ours: Set[str], folder: str) -> Problem | bool:
    mode = _mode(f"{output}/{folder}")
    if stat.S_ISLNK(mode):
        hint = "sitegen does not write through links; remove it"
        return Problem(shown(output, folder), None, "a link in the output folder", hint)
    if mode and not stat.S_ISDIR(mode) and folder not in ours:
        return Problem(shown(output, folder), None, "a foreign file stands where a folder is needed", "move it away")
    return stat.S_ISDIR(mode)


def missing_folders(path: str, known: Iterable[str]) -> Iterator[str]:
    """The folders that a file is in, the innermost first, as far as they are not `known`; "" has to be."""
    while (path := path.rpartition("/")[0]) not in known:
        yield path


def _mode(place: str) -> int:
    """The kind of what stands there; 0 for nothing."""
    try:
        return os.lstat(place).st_mode
    except (OSError, ValueError):
        return 0


def is_folder(place: str) -> bool:
    """Whether a folder stands there; a link to one is none."""
    return stat.S_ISDIR(_mode(place))


def is_file(place: str) -> bool:
    """Whether something that is no folder stands there."""
    mode = _mode(place)
    return mode != 0 and not stat.S_ISDIR(mode)


def _holds_only(place: str, output: str, ours: Set[str]) -> bool:
    """Whether everything in a folder of the output is our own and to be removed."""
    for top, folders, names in os.walk(place):
        links = [name for name in folders if os.path.islink(os.path.join(top, name))]
        found = (os.path.relpath(os.path.join(top, name), output) for name in (*names, *links))
        if any(path.replace(os.sep, "/") not in ours for path in found):
            return False
    return True


def shown(output: str, path: str) -> str:
    """A path in the output, as messages name it."""
    return f"{os.path.basename(output)}/{path}"


def in_the_way(stale: Iterable[str], paths: Iterable[str]) -> set[str]:
    """The stale files that stand where new ones belong, also where the case of letters does not count."""
    folded = {path: _folded(path) for path in stale}
    files = {_folded(path) for path in paths} if folded else set()
    taken = files | {folder for path in files for folder in missing_folders(path, ("",))}
    return {
        path
        for path, name in folded.items()
        if name in taken or any(folder in files for folder in missing_folders(name, ("",)))
    }


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()
