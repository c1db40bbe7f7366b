"""The seal of a build: one small file by which the next build knows, without reading any of the site, that it would do
and say the same again. With `os.stat` alone it is asked before anything else is imported.

A seal holds while each of these is as it was; who is in doubt makes none, and the whole build runs:

- the files and folders of the source: names, kinds, sizes, both times, inodes; of links, what they lead to, too. Not
  the output, `.sitegen/` and folders at the top that no build reads (`APART`). Taken before any of it is read; what
  changed after that, or hardly before (`RACY`), could change again unseen.
- what stands elsewhere: sitegen's own files, the folders that Python imports from, and what the writer of the seal
  names: fonts, time zones, libraries, what git looks at.
- the files of the output as they were left, what builds remember of them (so that any other build ends a seal), and
  what else the build asked for there.
- the command's options and folder, the environment (`VARIABLES`, `PREFIXES`), the versions of Python and sitegen.
- the time: a post that is to come or expires, a call that closes, words that count days. A seal ends before the first
  of these moments, and has no say before its own.
"""

from __future__ import annotations

import os
import sys
import time
from stat import S_ISDIR, S_ISLNK, S_ISREG

from sitegen import __version__

try:
    from _blake2 import blake2b  # that of `hashlib`, which takes OpenSSL with it
except ImportError:
    from hashlib import blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

    Said = Sequence[tuple[str, str]]  # what a build prints: "out" or "err", and the words

FORMAT = "sitegen seal 1"
MEMORY = ".sitegen"  # the folder for what builds remember, and the inbox
APART = (".git", ".hg", ".svn", ".jj", ".venv", ".tox", ".cache", ".jekyll-cache", ".sass-cache", "node_modules")
VARIABLES = ("SOURCE_DATE_EPOCH", "TZ", "HOME", "XDG_CONFIG_HOME")
PREFIXES = ("SITEGEN_", "PYTHON", "GIT_")
NEVER = 1 << 64
RACY = 50_000_000  # nanoseconds: clocks of file systems tick
COARSE = 2_000_000_000  # where they tick in whole seconds
MOST_ENTRIES = 250_000  # of a source that is looked at
MOST_BYTES = 256 << 20  # of a seal


class View:
    """What there is to see before a build: `state` is the digest of all that has to stay.

    Raises `OSError` where there is something that no seal can tell of.
    """

    def __init__(self, source: str, output: str, options: Sequence[object]) -> None:
        self.began, self.newest = time.time_ns(), 0
        self.source, self.output, self.options = source, output, options
        apart = frozenset((output, *(os.path.join(source, name) for name in (MEMORY, *APART))))
        package = os.path.dirname(os.path.abspath(__file__))
        lines = [FORMAT, __version__, source, output, repr(options), *_surroundings()]
        lines += self._below(package, frozenset(), "__pycache__")
        lines += [self._at(path) for path in sys.path if path != source]
        lines += self._below(source, apart)
        self.state = _digest(lines)

    @property
    def file(self) -> str:
        """Where the seal of that output is, named for its place relative to the site."""
        return os.path.join(self.source, MEMORY, f"seal-{_digest([os.path.relpath(self.output, self.source)])[:8]}")

    def is_settled(self, behind: int) -> bool:
        """Whether whatever changes after this looks different; `behind` is by how much the disk's clock is late."""
        return is_past(self.newest, self.began - max(0, behind))

    def _below(self, top: str, apart: Set[str], but: str = "") -> Iterator[str]:
        """A line for each file and folder, in the order of their names."""
        folders, count = [top], 0
        while folders:
            with os.scandir(folders.pop()) as found:
                entries = sorted(found, key=lambda entry: entry.name)
            for entry in entries:
                path = entry.path
                if path in apart or entry.name == but:
                    continue
                count += 1
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                    yield f"{path}/"
                    continue
                yield f"{path} {self._seen(entry.stat(follow_symlinks=False))}"
                if entry.is_symlink():
                    yield self._led_to(path, top, apart)
            if count > MOST_ENTRIES:
                raise OSError(f"more than {MOST_ENTRIES} files")

    def _led_to(self, link: str, top: str, apart: Set[str]) -> str:
        """What a link leads to. A folder has to be one that is looked at anyhow."""
        real = os.path.realpath(link)
        if os.path.isdir(real) and not (_is_in(real, top) and not any(_is_in(real, folder) for folder in apart)):
            raise OSError(f"{link} leads to another folder")
        return f"{real} {self._at(real)}"

    def _at(self, path: str) -> str:
        try:
            return self._seen(os.stat(path))
        except OSError:
            return "nothing"

    def _seen(self, state: os.stat_result) -> str:
        if state.st_ctime_ns > self.newest or state.st_mtime_ns > self.newest:
            self.newest = max(state.st_ctime_ns, state.st_mtime_ns)
        return _words(state)


def is_kept(source: str) -> bool:
    """Whether there may be one: what is no site yet is not looked at."""
    return os.path.isdir(os.path.join(source, MEMORY))


def look(source: str, output: str | None, options: Sequence[object]) -> View | None:
    """What there is to see before a build with these options; None where no seal can tell of it."""
    try:
        source = os.path.abspath(source)
        return View(source, os.path.abspath(output) if output is not None else os.path.join(source, "output"), options)
    except (OSError, ValueError):
        return None


def answer(view: View, now: int) -> Said | None:
    """What a build at that moment (nanoseconds since 1970) would say, and do nothing else; None: it has to be run."""
    try:
        form, digest, *body = _read(view.file).decode("utf-8", "surrogatepass").split("\0")
        if form != FORMAT or digest != _digest(body):
            return None
        state, left, made, until, files, *said = body
        if state != view.state or not int(made) <= now < int(until) or left != _left(files.split("\n")):
            return None
        return tuple(zip(said[::2], said[1::2], strict=True))
    except (OSError, ValueError):
        return None


def remove(view: View) -> None:
    """There is to be no seal while anything may change."""
    try:
        os.unlink(view.file)
    except (OSError, ValueError):
        return  # there is none. If the disk refuses, what it tells is no less true


def write(
    view: View,
    said: Said,
    files: Mapping[str, tuple[int, int]],
    foreign: Mapping[str, bool],
    others: Iterable[str],
    now: int,
    until: int,
) -> None:
    """Seal what a build has said, made `now` and the same until a moment, if that can be.

    `files` are those of the output, with the size and time (nanoseconds) that they were left with, and what builds
    remember of it, by its whole path; `foreign` what was asked of others there, and whether there is such a file;
    `others` stand elsewhere, by their whole paths. What has come since the view was taken may have been read.
    """
    try:
        own = {os.path.join(view.output, name): known for name, known in files.items()}
        theirs = {os.path.join(view.output, name): known for name, known in foreign.items()}
        names = list(dict.fromkeys((*own, *theirs, *others)))
        words = [word for one in said for word in one]
        body = [view.state, _left(names, own), str(now), str(until), "\n".join(names), *words]
        is_sound = not any("\n" in name for name in names) and not any("\0" in part for part in body)
        is_same = all(os.path.isfile(path) == known for path, known in theirs.items())
        is_same = is_same and all(_is_old(view, path) for path in others)
        if is_sound and is_same and View(view.source, view.output, view.options).state == view.state:
            _write(view, "\0".join((FORMAT, _digest(body), *body)).encode("utf-8", "surrogatepass"))
    except (OSError, ValueError):
        return  # the next build is a whole one


def is_past(newest: int, now: int) -> bool:
    """Whether a file that was last changed then looks different whenever it changes from now on (nanoseconds)."""
    return newest < now - (RACY if newest % 1_000_000_000 else COARSE)


def _is_old(view: View, path: str) -> bool:
    """Whether a file is as it was when the build began."""
    try:
        state = os.stat(path)
    except OSError:
        return True
    return max(state.st_mtime_ns, state.st_ctime_ns) < view.began - RACY


def _left(paths: Iterable[str], own: Mapping[str, tuple[int, int]] | None = None) -> str:
    """The digest of what is known of some files. Raises `OSError` where one of our `own` is not as it was left."""
    own = own or {}
    return _digest([_own_place(path, own[path]) if path in own else _place(path) for path in paths])


def _place(path: str) -> str:
    try:
        state = os.lstat(path)
        return f"{_words(state)} {_words(os.stat(path))}" if S_ISLNK(state.st_mode) else _words(state)
    except OSError:
        return "nothing"


def _own_place(path: str, left: tuple[int, int]) -> str:
    state = os.lstat(path)
    if not S_ISREG(state.st_mode) or (state.st_size, state.st_mtime_ns) != left:
        raise OSError(f"{path} was changed since")
    return _words(state)


def _words(state: os.stat_result) -> str:
    return f"{state.st_mode} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino}"


def _digest(lines: Sequence[str]) -> str:
    return blake2b("\0".join(lines).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _surroundings() -> Iterator[str]:
    """What is the same for all sites."""
    yield from (sys.version, sys.prefix, str(sys.flags), repr(sys.path), os.getcwd())
    yield str(os.geteuid() if hasattr(os, "geteuid") else "")
    for name, value in sorted(os.environ.items()):
        if name in VARIABLES or name.startswith(PREFIXES):
            yield f"{name}={value}"


def _is_in(path: str, folder: str) -> bool:
    folder = os.path.realpath(folder)
    return path == folder or path.startswith(os.path.join(folder, ""))


def _read(file: str) -> bytes:
    """A site may come from anywhere: no link is followed, and no pipe waited for."""
    if not S_ISDIR(os.lstat(os.path.dirname(file)).st_mode):
        raise NotADirectoryError(file)
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
    descriptor = os.open(file, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with open(descriptor, "rb") as stream:
        state = os.fstat(descriptor)
        return stream.read() if S_ISREG(state.st_mode) and state.st_size <= MOST_BYTES else b""


def _write(view: View, data: bytes) -> None:
    """Whole or not at all."""
    new = f"{view.file}.new"
    if os.path.lexists(new):
        os.unlink(new)
    try:
        with open(new, "xb") as stream:
            stream.write(data)
            stream.flush()
            behind = time.time_ns() - os.fstat(stream.fileno()).st_mtime_ns
        if view.is_settled(behind):
            os.replace(new, view.file)
    finally:
        if os.path.lexists(new):
            os.unlink(new)
