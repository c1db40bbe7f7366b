"""Pagefind, the program: it reads pages in a folder, and writes an index that browsers read in small pieces."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from sitegen.config import Config
from sitegen.digests import digest_of
from sitegen.errors import MissingExtra, SiteError
from sitegen.folders import is_full, remove
from sitegen.marked import Origin
from sitegen.search import thinning

FOLDER = "pagefind"  # in the output
FIXED = frozenset(f"{FOLDER}/{name}" for name in ("pagefind.js", "pagefind-entry.json", "pagefind-highlight.js"))
PATIENCE = 60.0  # seconds that it may take, and a second more for each
PAGES_A_SECOND = 20
_UNUSED = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui")  # pages of its own: half a megabyte
# Pictures stay out: a result shows none, and each would name one.
_NO_TEXT = (
    "form, nav, button, .invitation, [hidden], .anchor, .footnote-ref, .footnote-backref, "
    "img, picture, svg, video, audio, iframe"
)
_ROOM = 1 << 18  # bytes: more than any file of its own has
_LAST_LINES = 3  # of what it said before it failed


@dataclass(frozen=True)
class Indexer:
    """One site's index. `stopped` is asked while the program runs: it is ended then, and nothing is made."""

    config: Config
    stopped: Callable[[], bool] = lambda: False
    patience: float = PATIENCE

    def files(self, pages: Mapping[str, str]) -> dict[str, bytes]:
        """The index of pages (by their path in the output): path in the output → bytes, the same for the same pages.

        Raises `SiteError`; nothing of it stays on the disk.
        """
        if not pages:
            return {}
        try:
            with _folder(self.config) as folder:
                self._write(folder / "site", pages)
                self._run(folder, self.patience + len(pages) / PAGES_A_SECOND)
                _prove_room(folder)
                files = dict(_read(folder / FOLDER))
        except OSError as error:
            raise self._failed(_disk(error), "make room" if is_full(error) else "") from error
        except ValueError as error:
            raise self._failed("has made an index that cannot be read", _AGAIN) from error
        if FIXED - files.keys():
            raise self._failed("has made no index", _AGAIN)
        return files

    def _write(self, folder: Path, pages: Mapping[str, str]) -> None:
        """All in one folder, which is quick; a result's address is in its metadata."""
        folder.mkdir()
        for path, text in pages.items():
            (folder / f"{digest_of(path)}.html").write_text(text, encoding="utf-8", errors="replace")

    def _run(self, folder: Path, patience: float) -> None:
        """Run it where no settings of its own are to be found: an author's are for a `pagefind` of theirs."""
        command = [program(), "--site", "site", "--output-path", FOLDER, "--quiet", "--exclude-selectors", _NO_TEXT]
        environment = {name: value for name, value in os.environ.items() if not name.upper().startswith("PAGEFIND_")}
        said = folder / "said"
        try:
            with (
                said.open("wb") as stream,
                subprocess.Popen(
                    command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream
                ) as process,
            ):
                code = self._ended(process, patience)
        except OSError as error:
            raise self._failed(f"cannot be run: {error.strerror or error}", _AGAIN) from error
        if code:
            lines = said.read_bytes().decode("utf-8", "replace").split("\n")
            words = "; ".join([line.strip() for line in lines if line.strip()][-_LAST_LINES:])
            how = f"ended with code {code}" if code > 0 else f"was ended by signal {-code}"
            raise self._failed(f"{how}{f': {words[:500]}' if words else ''}", _AGAIN)

    def _ended(self, process: subprocess.Popen[bytes], patience: float) -> int:
        """Its code. It is killed when its time is over, when nobody wants it any more, and when a user ends it all."""
        waited = 0.0
        try:
            while True:
                try:
                    return process.wait(_TICK)
                except subprocess.TimeoutExpired:
                    waited += _TICK
                if waited > patience or self.stopped():
                    raise self._failed(f"came to no end in {waited:.0f} s", "build again, or set search = false")
        except BaseException:
            process.kill()
            raise

    def _failed(self, what: str, hint: str = "") -> SiteError:
        return SiteError([_place(self.config).problem(f"the search index cannot be made: pagefind {what}", hint)])


_TICK = 0.25
_AGAIN = "pip install --force-reinstall pagefind-bin brings it anew; search = false builds without"


def is_in_index(path: str) -> bool:
    """Whether a path of the output is where the index is, or a folder of it would be."""
    return path.split("/", 1)[0].casefold() == FOLDER


def program() -> str:
    """The path of the program. Raises `MissingExtra`."""
    try:
        from pagefind_bin import get_executable

        return str(get_executable().absolute())
    except (ImportError, FileNotFoundError) as error:
        raise MissingExtra("a search index", "search") from error


def stamp() -> str:
    """What tells one version of the program, of how it is called and of what is done to its files, from another;
    without running it.
    """
    spec = find_spec("pagefind_bin")
    folder = Path(spec.origin).parent if spec is not None and spec.origin else Path(os.devnull)
    files = sorted(file for file in folder.glob("pagefind*") if file.is_file())
    stamps = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    return digest_of(repr(stamps), _NO_TEXT, thinning.STAMP)


def _place(config: Config) -> Origin:
    """Where the author asks for it."""
    key = "search" if config.search else "outputs"
    return config.origin.at(key) if config.file else Origin(key)


@contextmanager
def _folder(config: Config) -> Iterator[Path]:
    """A folder of the site's memory that is not there before or after; elsewhere, if nothing can be written there."""
    kept = config.memory
    if not os.access(kept, os.W_OK):
        with tempfile.TemporaryDirectory(prefix="sitegen-") as name:
            yield Path(name)
        return
    folder = kept / ("search-preview" if config.preview else "search")
    remove(folder)
    folder.mkdir()
    try:
        yield folder
    finally:
        with suppress(OSError):
            remove(folder)


def _prove_room(folder: Path) -> None:
    """Where the disk is full, Pagefind leaves files that are cut short or empty, and says that all is well; whoever
    writes anything then is told.
    """
    (folder / "room").write_bytes(bytes(_ROOM))


def _read(folder: Path) -> Iterator[tuple[str, bytes]]:
    """What is published of the index. The order of languages in one of its files is chance."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.name.startswith(_UNUSED):
            data = file.read_bytes()
            if file.name == "pagefind-entry.json":
                data = json.dumps(json.loads(data), sort_keys=True, separators=(",", ":")).encode()
            elif file.suffix == ".pf_index":
                data = thinning.thinned(data)
            yield (PurePosixPath(FOLDER) / file.relative_to(folder).as_posix()).as_posix(), data


def _disk(error: OSError) -> str:
    if is_full(error):
        return "has no room: the disk is full"
    return f"cannot work: {error.strerror or error}"
