"""What commands write never goes over the inbox, nor into what is no plain file."""

import os

import pytest

from tests.forms.commands import make_site, typed

COMMANDS = [("backup",), ("export", "-o"), ("publish", "-o")]


@pytest.fixture
def site(tmp_path):
    """A site with an inbox, whose journal holds answers still."""
    site = make_site(tmp_path / "site")
    memory = site / ".sitegen"
    memory.mkdir()
    typed("inbox", "-s", site, "migrate")
    for end in ("-wal", "-shm", "-journal"):
        (memory / f"inbox.db{end}").touch()
    return site


def files_of(site):
    return {path.name: path.stat().st_ino for path in (site / ".sitegen").iterdir()}


def refused(site, command, path):
    done = typed("inbox", command[0], "-s", site, *command[1:], path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done.stderr
    return done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_the_inbox_is_never_written_over(site, command, tmp_path):
    inbox, before = site / ".sitegen" / "inbox.db", files_of(site)
    os.link(inbox, tmp_path / "hard")
    (tmp_path / "soft").symlink_to(inbox.with_name("inbox.db-wal"))
    own = [inbox.with_name(f"inbox.db{end}") for end in ("", "-wal", "-shm", "-journal")]
    for path in (*own, tmp_path / "hard", tmp_path / "soft"):
        assert "is of the inbox itself" in refused(site, command, path)
    assert files_of(site) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_only_a_plain_file_is_written(site, command, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for path in ("", ".", "/", tmp_path):
        assert "is a folder" in refused(site, command, path)
    for name in ("pipe", "loop"):
        assert "a pipe or a device" in refused(site, command, tmp_path / name)
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_link_stays_one(site, command, tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "real")
    done = typed("inbox", command[0], "-s", site, *command[1:], tmp_path / "link")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real").is_file()


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_no_json_begins_with_a_byte_order_mark(site, form):
    done = typed("inbox", "export", "-s", site, "--bom", "--format", form)
    assert (done.returncode, done.stdout) == (2, "") and "--bom is for csv" in done.stderr
