"""Where a build runs: streams, locales, disks, clocks, git, and output folders that are none."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.bad_input.trial import Case, build, command, pass_with, refuse, snapshot, write

BUILD = f"{sys.executable} -m sitegen build"


def shell(line: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A line of bash in a real process."""
    return subprocess.run(
        ["bash", "-c", line],
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=60,
        check=False,
    )


STREAMS = (
    (">&-", 0),
    (">&- 2>&-", 0),
    ("<&- >&- 2>&-", 0),
    ("-s nowhere 2>&-", 1),
    ("-s nowhere 2> /dev/full", 1),
    ("> /dev/full", 1),
    ("| true; exit ${PIPESTATUS[0]}", None),
    ("2>&1 | head -c 1 > /dev/null", 0),
)


def some(rows: Sequence[Any], names: Collection[str]) -> list[Any]:
    """The rows, of which those that do not begin with one of the names are for the slow tests: each takes a process."""
    marks = {True: [], False: [pytest.mark.slow]}
    cells = [row if isinstance(row, tuple) else (row,) for row in rows]
    return [pytest.param(*row, id=row[0], marks=marks[row[0] in names]) for row in cells]


@pytest.mark.parametrize(("redirection", "code"), some(STREAMS, (">&- 2>&-", "> /dev/full", "-s nowhere 2>&-")))
def test_streams(site: Path, redirection: str, code: int | None) -> None:
    done = shell(f"{BUILD} {redirection}", site)
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert code is None or done.returncode == code, done.stderr


C_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
ENVIRONMENTS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("c-locale", C_LOCALE),
    ("no-such-locale", {"LC_ALL": "xx_YY.nonsense"}),
    ("latin-1", {"PYTHONIOENCODING": "latin-1"}),
    ("no-home", {}),
    ("no-zone", {"TZ": "Nonsense/Nowhere"}),
    ("no-git", {"PATH": "/nonexistent"}),
    ("git-elsewhere", {"GIT_DIR": "/nonexistent"}),
    ("no-temporary-folder", {"TMPDIR": "/nonexistent"}),
    ("hash-seed", {"PYTHONHASHSEED": "7"}),
)


@pytest.mark.parametrize(("name", "environment"), some(ENVIRONMENTS, ("c-locale", "no-home", "no-git")))
def test_environments(site: Path, name: str, environment: Mapping[str, str]) -> None:
    write(site, {"_posts/2024-01-02-café 😀.md": "---\ntitle: Café\n---\nü\n", "static/ü.txt": "x", "_posts/x.md": "x"})
    done = subprocess.run(
        [sys.executable, "-m", "sitegen", "build", "-s", site], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (site / "output/2024/01/02/café 😀/index.html").is_file()


@pytest.mark.parametrize("epoch", ["abc", "1.5", "99999999999999999999", "0x10", " ", "1e9", "-", "2024-01-01"])
def test_an_epoch_that_is_none(site: Path, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    refuse(site, Case("epoch", {}, ("SOURCE_DATE_EPOCH: | is not a moment | seconds since 1970",)))


@pytest.mark.parametrize("epoch", ["0", "-1", "1700000000", "253402300799", "-62135596800", ""])
@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
def test_an_epoch_that_is_one(site: Path, monkeypatch: pytest.MonkeyPatch, epoch: str, zone: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    write(site, {"sitegen.toml": f'timezone = "{zone}"\n'})
    done = build(site)
    assert "a bug in sitegen" not in done.err


def test_the_current_folder_is_gone(site: Path, tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    for arguments in ("build", "new x", "init"):
        done = shell(f"cd gone; mkdir -p ../gone; rmdir ../gone; {BUILD[:-5]}{arguments}", tmp_path)
        assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
        (tmp_path / "gone").mkdir()


@pytest.mark.parametrize("after", [0.02, 0.1, 0.3])
def test_ctrl_c(site: Path, after: float) -> None:
    process = subprocess.Popen([sys.executable, "-m", "sitegen", "build"], cwd=site, stderr=subprocess.PIPE)
    try:
        process.wait(after + 0.1)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert after < 0.1 or b"Traceback" not in errors  # before that it is Python itself that begins
    assert build(site).code == 0


LIMITS = ("ulimit -f 0", "ulimit -f 8", "ulimit -n 16", "umask 0777", "ulimit -s 512")


@pytest.mark.parametrize("limit", some(LIMITS, ("ulimit -f 8", "umask 0777")))
@pytest.mark.skipif(sys.platform != "linux", reason="limits differ")
def test_limits(site: Path, limit: str) -> None:
    write(site, {"static/large.bin": b"x" * 100_000, "_posts/2024-01-02-x.md": "words\n"})
    before = snapshot(site / "output")
    done = shell(f"{limit}; {BUILD}", site)
    assert "Traceback" not in done.stderr
    assert "a bug in sitegen" not in done.stderr
    assert done.returncode == 0 or snapshot(site / "output") == before
    assert build(site).code == 0
    assert (site / "output/large.bin").stat().st_size == 100_000


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="no second disk")
def test_an_output_on_another_disk(site: Path) -> None:
    output = Path(f"/dev/shm/sitegen-test-{os.getpid()}")
    try:
        assert build(site, "-o", str(output)).code == 0
        assert (output / "index.html").is_file()
    finally:
        shutil.rmtree(output, ignore_errors=True)


OUTPUTS = (
    (".", "holds the sources"),
    ("..", "holds the sources"),
    ("/", "the root of the file system"),
    ("../../../..", ""),
    ("_posts", "lies in _posts/"),
    ("_posts/x", "lies in _posts/"),
    ("_layouts", "lies in _layouts/"),
    ("static/out", "lies in static/"),
    (".git", "lies in .git/"),
    (".sitegen", "lies in .sitegen/"),
    (".sitegen/x", "lies in .sitegen/"),
    ("sitegen.toml", "there is a file"),
    ("sitegen.toml/x", "Not a directory"),
    ("/dev/null", "there is a file"),
    ("/dev/null/x", "Not a directory"),
    ("/proc/x", "cannot be written"),
    ("x" * 300, "File name too long"),
    ("link-to-nothing", "a link to nothing"),
    ("link-to-posts", "lies in _posts/"),
    ("link-to-itself", "a link to nothing"),
    ("link-to-the-site", "holds the sources"),
)


@pytest.mark.parametrize(("output", "words"), OUTPUTS)
def test_an_output_that_is_none(site: Path, monkeypatch: pytest.MonkeyPatch, output: str, words: str) -> None:
    monkeypatch.chdir(site)
    for name, target in (("nothing", "nowhere"), ("posts", "_posts"), ("itself", "link-to-itself"), ("the-site", ".")):
        (site / f"link-to-{name}").symlink_to(target)
    shutil.rmtree(site / ".sitegen")
    before = snapshot(site)
    done = command("build", "-o", output)
    assert (done.code, words in done.err) == (1, True), done.err
    shutil.rmtree(site / ".sitegen", ignore_errors=True)
    assert snapshot(site) == before


def test_an_output_that_is_a_link_to_a_folder_of_ones_own(site: Path, tmp_path: Path) -> None:
    write(tmp_path, {"www/CNAME": "example.org"})
    (site / "linked").symlink_to(tmp_path / "www")
    pass_with(site, Case("linked", {}, (), ("-o", str(site / "linked"))))
    assert (tmp_path / "www/CNAME").read_text(encoding="utf-8") == "example.org"


@pytest.mark.parametrize("name", ["2024", "2024/01", "assets", "tags"])
def test_a_link_in_the_output_is_not_written_through(site: Path, tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    shutil.rmtree(site / "output" / name)
    (site / "output" / name).symlink_to(outside)
    done = build(site, "--clean")
    assert (done.code, f"output/{name}: a link" in done.err) == (1, True), done.err
    assert list(outside.iterdir()) == []


def test_a_foreign_folder_where_a_page_belongs(site: Path) -> None:
    write(site, {"_pages/x.html": "x"})
    write(site / "output", {"x.html/precious.txt": "x"})
    done = build(site)
    assert (done.code, "output/x.html: a folder stands where" in done.err) == (1, True), done.err
    assert (site / "output/x.html/precious.txt").is_file()


def test_what_is_not_ours_stays(site: Path) -> None:
    mine = {"CNAME": "x", ".git/config": "x", ".gitignore": "x", "own/index.html": "x", ".nojekyll": ""}
    write(site / "output", mine)
    write(site, {"_posts/2024-01-01-good.md": None})
    assert build(site).code == 0
    assert all((site / "output" / path).is_file() for path in mine)
    assert not (site / "output/2024").exists()


GIT = ("rm .git/HEAD", "echo x > .git/HEAD", "rm -r .git/objects", "echo '[x' > .git/config", "chown 12345 . .git")


@pytest.mark.skipif(shutil.which("git") is None, reason="no git")
@pytest.mark.parametrize("damage", GIT)
def test_a_broken_repository(site: Path, damage: str) -> None:
    identity = "-c user.name=x -c user.email=x@example.org"
    write(site, {"_posts/undated.md": "x\n"})
    shell(f"git init -q . && git add -A && git {identity} commit -qm x; {damage}", site)
    pass_with(site, Case("git", {}, ("_posts/undated.md: notice: undated",)))


SOURCES = (
    ("nowhere", "there is no such folder"),
    ("sitegen.toml", "this is not a folder"),
    ("x" * 300, "File name too long"),
    ("/dev/null", "this is not a folder"),
)


@pytest.mark.parametrize(("source", "words"), SOURCES)
def test_a_source_that_is_none(site: Path, monkeypatch: pytest.MonkeyPatch, source: str, words: str) -> None:
    monkeypatch.chdir(site)
    done = command("build", "-s", source)
    assert (done.code, words in done.err) == (1, True), done.err


@pytest.mark.skipif(os.geteuid() != 0, reason="another user is needed")
@pytest.mark.parametrize("path", ["_posts/2024-01-01-good.md", "_posts", "sitegen.toml", "static/style.css"])
def test_an_unreadable_file(tmp_path: Path, site: Path, path: str) -> None:
    (site / path).chmod(0)
    before = snapshot(site / "output")
    done = shell(f"{AS_NOBODY} {BUILD}", site)
    if "setpriv" in done.stderr or "No module" in done.stderr or "Permission denied: '/" in done.stderr:
        pytest.skip("no other user here")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert snapshot(site / "output") == before


AS_NOBODY = "setpriv --reuid 65534 --regid 65534 --clear-groups"


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("setpriv") is None, reason="another user is needed")
def test_a_read_only_output(site: Path) -> None:
    for folder in (site, *site.parents[:2]):
        folder.chmod(0o755)
    write(site, {"_posts/2024-01-02-x.md": "words\n"})
    before = snapshot(site / "output")
    done = shell(f"{AS_NOBODY} {BUILD}", site)
    assert "Traceback" not in done.stderr
    assert done.returncode != 0
    assert snapshot(site / "output") == before
