"""Hostile input 34: a disk that is full, a database that is locked or may only be read. SQLite's: files."""

import resource
import sqlite3
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.forms.contract.processes import running, write_site
from tests.forms.contract.test_refusals import readable
from tests.forms.world import ADA, JSON, PAGE, codes

pytestmark = pytest.mark.slow


@contextmanager
def full(program):
    """No file of that process may grow, nor of the one that stores answers for it."""
    children = Path(f"/proc/{program.pid}/task/{program.pid}/children").read_text().split()
    pids = [program.pid, *map(int, children)]
    limits = resource.prlimit(program.pid, resource.RLIMIT_FSIZE)
    for pid in pids:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        yield
    finally:
        for pid in pids:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


@contextmanager
def locked(program):
    other = sqlite3.connect(program.database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.close()


@contextmanager
def gone(program):
    folder = Path(program.database).parent
    folder.rename(folder.with_name("moved"))
    folder.write_text("no folder")
    try:
        yield
    finally:
        folder.unlink()
        folder.with_name("moved").rename(folder)


@pytest.mark.parametrize("broken", [full, locked, gone])
def test_hostile_34_nobody_is_thanked_for_nothing(command, tmp_path, broken):
    (tmp_path / "inbox").mkdir()
    site, database = write_site(tmp_path / "site", forms={"plain": (1, "true")}), str(tmp_path / "inbox" / "inbox.db")
    with running(command, site, database) as started, started.client() as client:
        with broken(started):
            long = ADA | {"message": "x" * 9000}
            answer, page = (client.post("/f/plain-1", data=long, headers=headers) for headers in (JSON, PAGE))
        assert (answer.status_code, codes(answer), page.status_code) == (503, ["UNAVAILABLE"], 503)
        assert "ada@example.org" in page.text and "x" * 9000 in page.text
        for one in (answer, page):
            assert one.headers["retry-after"] == "30"
            readable(one)
        assert started.inbox("plain-1") == []
        assert client.post("/f/plain-1", data=ADA, headers=JSON).status_code == 200  # back by itself
        assert len(started.inbox("plain-1")) == 1
