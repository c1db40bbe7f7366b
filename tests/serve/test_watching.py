"""Which changes count, on a real file system."""

import queue
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from watchdog.observers import Observer

from sitegen.serve.watching import Watcher, is_ignored
from tests.serve.conftest import LONG, write


@pytest.mark.parametrize(
    "path",
    ["sitegen.toml", "_posts/a.md", "_posts/a/b.md", "static/.nojekyll", "static/.well-known/x", "_layouts/x.html",
     "_posts/output/a.md"],
)  # fmt: skip
def test_sources(path):
    assert not is_ignored(path)


@pytest.mark.parametrize(
    "path",
    ["serve.log", "notes.txt",
     "output/index.html", "output", ".sitegen/preview/a", ".git/HEAD", ".venv/x", "node_modules/a",
     "_posts/.a.md.swp",
     "_posts/a.md~", "_posts/#a.md#", "_posts/.#a.md", "_posts/4913", "static/.a.css.swp", "static/a.css~", ".hidden",
     "docs/output/index.html",
     "docs/.sitegen/x",
     "_posts/.goutputstream-X"],
)  # fmt: skip
def test_what_is_no_source(path):
    assert is_ignored(path)


class Seen:
    """A watcher, and the paths that it told of."""

    def __init__(self, folder: Path, native=Observer) -> None:
        self.folder = folder
        self._paths: queue.Queue[str] = queue.Queue()
        self.watcher = Watcher(folder, self._told, native)
        self.watcher.start()

    def _told(self, paths: list[str], whole: bool) -> None:
        for path in paths:
            self._paths.put(path)

    def until(self, path: str) -> set[str]:
        """Everything told up to that path."""
        told = set()
        while path not in told:
            told.add(self._paths.get(timeout=LONG))
        return told

    def save_until_told(self, path: str) -> None:
        """Save again and again: a folder that is new is told of before what is in it."""
        for number in range(LONG * 10):
            write(self.folder, {path: str(number)})
            with suppress(queue.Empty):
                if self._paths.get(timeout=0.1) == path:
                    return
        raise TimeoutError(path)


@pytest.fixture
def seen(tmp_path) -> Iterator[Seen]:
    seen = Seen(write(tmp_path / "site", {"_posts/a.md": "a", "_layouts/x.html": "x", "static/c/d.css": "d"}))
    yield seen
    seen.watcher.stop()


@pytest.mark.parametrize("path", ["_posts/a.md", "_posts/new.md", "static/c/d.css", "sitegen.toml"])
def test_a_saved_file_is_told(seen, path):
    write(seen.folder, {path: "new"})
    seen.until(path)


def test_a_save_by_rename_is_told(seen):
    write(seen.folder, {"_posts/.a.md.tmp~": "new"})
    (seen.folder / "_posts/.a.md.tmp~").replace(seen.folder / "_posts/a.md")
    assert seen.until("_posts/a.md") == {"_posts/a.md"}


def test_removed_and_made_readable(seen):
    (seen.folder / "_posts/a.md").chmod(0o600)
    seen.until("_posts/a.md")
    (seen.folder / "_posts/a.md").unlink()
    seen.until("_posts/a.md")


def test_a_folder_that_comes_goes_and_comes_again(seen):
    for _ in range(3):
        seen.save_until_told("_data/people.yml")
        shutil.rmtree(seen.folder / "_data")
        seen.until("_data")


def test_reading_and_what_is_no_source_are_not_told(seen):
    (seen.folder / "_posts/a.md").read_text()
    write(seen.folder, {"output/a.html": "", ".sitegen/preview/x": "", ".git/index": "", "_posts/.a.swp": ""})
    write(seen.folder, {"_posts/last.md": ""})
    assert seen.until("_posts/last.md") == {"_posts/last.md"}


def test_folders_behind_links_are_watched(tmp_path):
    site = write(tmp_path / "site", {"_posts/a.md": "", ".store/b.md": ""})
    (site / "_posts/linked").symlink_to(site / ".store")
    (tmp_path / "by-name").symlink_to(site)
    seen = Seen(tmp_path / "by-name")
    write(site, {"_posts/a.md": "new"})
    seen.until("_posts/a.md")
    write(site, {".store/b.md": "new", ".other/c.md": "new"})
    seen.until(".store/b.md")
    seen.watcher.stop()


def test_where_the_system_cannot_watch_it_looks_by_itself(tmp_path):
    class Exhausted(type(Observer())):  # type: ignore[misc]
        def start(self) -> None:
            raise OSError(28, "inotify watch limit reached")

    seen = Seen(write(tmp_path, {"_posts/a.md": "a"}), Exhausted)
    assert seen.watcher.polls
    write(tmp_path, {"_posts/a.md": "longer"})
    seen.until("_posts/a.md")
    seen.watcher.stop()
