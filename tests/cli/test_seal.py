"""An unchanged site: `sitegen build` answers from its seal, and whatever changes breaks that."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from sitegen import seal
from sitegen.cli.build import build_at
from sitegen.cli.commands import parser
from sitegen.cli.report import shown_span
from tests.build.trees import fresh_copy, tree
from tests.content.repositories import git

SETTINGS = 'title = "Mine"\npermalink = "/:title/"\noutputs = ["posts", "pages", "home", "join", "static"]\n'
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DATED = "---\ntitle: One\n---\nText, and [the other](/two/).\n"


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that were written just now count as old, as a test is too quick for them to be."""
    monkeypatch.setattr(seal, "RACY", 0)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small one, with something of each kind."""
    root = tmp_path / "site"
    files = {
        "sitegen.toml": SETTINGS,
        "_posts/2026-01-01-one.md": DATED,
        "_posts/2026-01-02-two.md": "---\ntitle: Two\n---\n[A paper](/paper.pdf) and {{ nothing }}.\n",
        "_layouts/bare.html": "{{ content }}",
        "_data/people.yml": "- Ada\n",
        "static/a.css": "a { color: red }",
        "notes/a.txt": "a note",
        "index.md": "---\nlayout: bare\n---\nHello.\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / "static/note.txt").symlink_to("../notes/a.txt")
    return root


def nanoseconds(moment: datetime) -> int:
    return (moment - datetime.fromtimestamp(0, UTC)) // timedelta(microseconds=1) * 1000


def asked(site: Path, *words: str) -> argparse.Namespace:
    return parser().parse_args(["build", "-s", str(site), *words])


def built(site: Path, *words: str, now: datetime = NOW) -> tuple[bool, str]:
    """Whether the seal answered, and what was printed, but for the seconds."""
    before = stamp(site)
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        assert build_at(asked(site, *words), nanoseconds(now)) == 0
    said = re.sub(r"in \d+\.\d\d s", "in - s", f"{err.getvalue()}{out.getvalue()}")
    return before is not None and stamp(site) == before, said


def stamp(site: Path) -> list[tuple[str, int, int]] | None:
    """What there is of seals; a build that is whole makes a new one, or leaves none."""
    found = sorted((site / ".sitegen").glob("seal-*")) if (site / ".sitegen").is_dir() else []
    return [(file.name, file.stat().st_ino, file.stat().st_mtime_ns) for file in found] or None


def sealed(site: Path, *words: str, now: datetime = NOW) -> Path:
    """Build, until there is a seal: its file. A build that removed something makes none."""
    if not built(site, *words, now=now)[0] and stamp(site) is None:
        built(site, *words, now=now)
    assert built(site, *words, now=now)[0]
    return next((site / ".sitegen").glob("seal-*"))


def test_it_says_what_a_whole_build_says(site: Path) -> None:
    (site / "_posts/2026-08-01-later.md").write_text("Later.\n")
    (site / "_drafts").mkdir()
    (site / "_drafts/some.md").write_text("Some.\n")
    sealed(site)
    is_sealed, said = built(site)
    shutil.rmtree(site / ".sitegen")
    is_whole, wanted = built(site)
    assert (is_sealed, is_whole) == (True, False)
    assert said == wanted
    assert "0 written" in said and "/paper.pdf" in said and "until 2026-08-01, in 60 days" in said and "1 draft" in said


def test_an_unchanged_build_imports_next_to_nothing(site: Path) -> None:
    code = (
        "import atexit, sys; own = {*sys.modules}; atexit.register(lambda: print(*sys.modules.keys() - own)); "
        "from sitegen.cli import main; main(['build', '-s', sys.argv[1]])"
    )
    command = [sys.executable, "-c", code, str(site)]
    time.sleep(0.1)  # that other process waits for files to be old
    said = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    whole, found = (set(text.splitlines()[-1].split()) for text in said)
    assert "sitegen.build" in whole
    assert {name for name in found if name.startswith("sitegen.")} == {
        "sitegen.cli", "sitegen.cli.build", "sitegen.cli.commands", "sitegen.cli.options", "sitegen.cli.report",
        "sitegen.seal",
    }  # fmt: skip
    assert found & {"jinja2", "markdown", "yaml", "sqlite3", "pathlib", "typing", "dataclasses", "hashlib"} == set()


def test_on_a_terminal_it_has_the_same_colours(site: Path) -> None:
    sealed(site)
    time.sleep(0.1)
    said = []
    for _ in range(3):
        shown, terminal = os.openpty()
        environment = {**os.environ, "TERM": "xterm"}
        environment.pop("NO_COLOR", None)
        command = [sys.executable, "-m", "sitegen", "build", "-s", str(site)]
        subprocess.run(command, stdout=terminal, stderr=terminal, env=environment, check=True)
        said.append(re.sub(rb"in \d+\.\d\d s", b"in - s", os.read(shown, 9999)))
        os.close(shown)
        os.close(terminal)
    assert said[0] == said[1] == said[2]
    assert b"\x1b[1mBuilt\x1b[0m" in said[0] and b"\x1b[1;33mwarning" in said[0]


def same_size(site: Path) -> None:
    file = site / "_posts/2026-01-01-one.md"
    before = file.stat()
    file.write_text(DATED.replace("Text", "Note"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_mtime_ns == before.st_mtime_ns and file.stat().st_size == before.st_size


def write(name: str, text: str) -> Callable[[Path], object]:
    def writing(site: Path) -> None:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text)

    return writing


def other_link(site: Path) -> None:
    (site / "static/note.txt").unlink()
    (site / "static/note.txt").symlink_to("../index.md")


CHANGES: dict[str, Callable[[Path], object]] = {
    "an edit of the same size, at the same time": same_size,
    "a touch": lambda site: os.utime(site / "_posts/2026-01-01-one.md"),
    "a new post": write("_posts/2026-02-03-three.md", "Three.\n"),
    "a post less": lambda site: (site / "_posts/2026-01-01-one.md").unlink(),
    "a post of another name": lambda site: (site / "_posts/2026-01-01-one.md").rename(site / "_posts/2026-01-01-x.md"),
    "a new folder": lambda site: (site / "_posts/deep").mkdir(),
    "a new folder at the top": lambda site: (site / "elsewhere").mkdir(),
    "a folder that looks like a post": lambda site: (site / "_posts/2026-03-03-folder.md").mkdir(),
    "a template": write("_layouts/bare.html", "<p>{{ content }}"),
    "a layout over the theme's": write("_layouts/post.html", "{{ content }}"),
    "a data file": write("_data/people.yml", "- Bob\n"),
    "a static file": write("static/.well-known/x", "x"),
    "a setting": write("sitegen.toml", SETTINGS.replace("Mine", "Ours")),
    "what a link leads to": write("notes/a.txt", "b note"),
    "where a link leads": other_link,
    "rights": lambda site: (site / "static/a.css").chmod(0o600),
    "an output deleted": lambda site: (site / "output/one/index.html").unlink(),
    "an output changed": write("output/one/index.html", "by hand"),
    "all of the output deleted": lambda site: shutil.rmtree(site / "output"),
    "a file that is not ours, where a link leads": write("output/paper.pdf", "paper"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_is_built(site: Path, tmp_path: Path, change: str) -> None:
    sealed(site)
    CHANGES[change](site)
    is_sealed, said = built(site)
    assert not is_sealed
    if change == "a file that is not ours, where a link leads":
        assert "paper" not in said
        (site / "output/paper.pdf").unlink()
        is_sealed, said = built(site)
        assert "paper" in said and not is_sealed
    built(fresh_copy(site, tmp_path / "clean"))
    assert tree(site / "output") == tree(tmp_path / "clean/output")


@pytest.mark.parametrize("name", ["drafts", "future", "expired", "strict"])
def test_options(site: Path, name: str) -> None:
    (site / "_posts/2026-01-02-two.md").write_text("Two.\n")
    sealed(site)
    assert not built(site, f"--{name}")[0]
    assert built(site, f"--{name}")[0]


@pytest.mark.parametrize("words", [["--url", "https://a.org"], ["--baseurl", "/b"]])
def test_addresses(site: Path, words: list[str]) -> None:
    sealed(site)
    assert not built(site, *words)[0]
    assert built(site, *words)[0]
    assert not built(site)[0]


def test_another_output_has_a_seal_of_its_own(site: Path, tmp_path: Path) -> None:
    words = ["-o", str(tmp_path / "public")]
    sealed(site)
    assert [built(site, *words)[0] for _ in range(2)] == [False, True]
    assert built(site)[0] and built(site, *words)[0]


@pytest.mark.parametrize("words", [["--clean"], ["--weight"], ["--weight", "json"], ["--forms", "FORMS"]])
def test_whoever_wants_more_has_it_each_time(site: Path, tmp_path: Path, words: list[str]) -> None:
    words = [str(tmp_path / "forms") if word == "FORMS" else word for word in words]
    sealed(site)
    said = {built(site, *words)[1] for _ in range(2)}
    assert len(said) == 1 and len(said.pop().splitlines()) >= 2
    if words == ["--clean"]:
        assert seal.look(str(site), None, ()) is not None


@pytest.mark.parametrize("name", ["SOURCE_DATE_EPOCH", "TZ", "SITEGEN_DEBUG", "PYTHONPATH"])
def test_the_environment(site: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    sealed(site)
    monkeypatch.setenv(name, "1700000000")
    assert not built(site)[0]
    assert built(site)[0]


def test_the_folder_that_it_is_asked_from(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are told from there."""
    sealed(site)
    monkeypatch.chdir(site)
    is_sealed, said = built(site)
    assert not is_sealed and "Built output/:" in said


MOMENTS = {
    "a post that is to come": "---\ndate: 2026-06-02 12:00\n---\n",
    "a post that expires": "---\ndate: 2026-01-01\nexpires: 2026-06-02 12:00\n---\n",
    "a call that closes": "---\ndate: 2026-01-01\nform:\n  closes: 2026-06-02 12:00\n---\n",
}


@pytest.mark.parametrize("what", MOMENTS)
def test_a_moment_that_changes_the_site(site: Path, tmp_path: Path, what: str) -> None:
    write("_posts/2026-01-03-moment.md", MOMENTS[what] + "Text.\n")(site)
    moment, second = datetime(2026, 6, 2, 12, tzinfo=UTC), timedelta(seconds=1)
    sealed(site, now=moment - second)
    assert built(site, now=moment - second / 2)[0]
    assert not built(site, now=moment + second)[0]
    built(fresh_copy(site, tmp_path / "clean"), now=moment + second)
    assert tree(site / "output") == tree(tmp_path / "clean/output")
    sealed(site, now=moment + timedelta(days=9999))


def test_a_clock_that_was_put_back(site: Path) -> None:
    sealed(site)
    assert not built(site, now=NOW - timedelta(seconds=1))[0]


@pytest.mark.parametrize("days", [0.01, 0.3, 2.5, 40, 900])
def test_words_that_count_days(site: Path, days: float) -> None:
    write("_posts/2026-01-03-moment.md", f"---\ndate: {NOW + timedelta(days=days):%Y-%m-%d %H:%M}\n---\n")(site)
    (site / "_posts/2026-01-02-two.md").unlink()
    sealed(site)
    answers = 0
    for part in range(40):
        moment = NOW + timedelta(days=days) * part / 1000
        is_sealed, said = built(site, now=moment)
        if is_sealed:
            answers += 1
            shown = shown_span(datetime.fromisoformat(f"{NOW + timedelta(days=days):%Y-%m-%d %H:%M}Z") - moment)
            assert f"in {shown}" in said
    assert answers


def test_a_file_that_may_change_again_in_the_same_moment(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "RACY", 3_600_000_000_000)
    assert not any(built(site)[0] for _ in range(3))
    assert stamp(site) is None


def test_a_damaged_seal_is_none(site: Path) -> None:
    file = sealed(site)
    whole = file.read_bytes()
    view = seal.look(str(site), None, (False, False, False, None, None, False))
    assert view is not None and seal.answer(view, nanoseconds(NOW)) is not None
    broken = [whole[:length] for length in range(len(whole))]
    broken += [whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :] for at in range(0, len(whole), 5)]
    broken += [whole + b"x", whole + b"\0out\0x", whole.replace(b"seal 1", b"seal 2"), b"\xff" * 99]
    for data in broken:
        file.write_bytes(data)
        assert seal.answer(view, nanoseconds(NOW)) is None
    assert not built(site)[0]
    assert built(site)[0]


@pytest.mark.parametrize("attribute", ["FORMAT", "__version__"])
def test_another_version(site: Path, monkeypatch: pytest.MonkeyPatch, attribute: str) -> None:
    sealed(site)
    monkeypatch.setattr(seal, attribute, "another")
    assert not built(site)[0]


def test_an_edit_of_sitegen_itself(tmp_path: Path, site: Path) -> None:
    """An editable checkout is another one after each save."""
    package = tmp_path / "here/sitegen"
    shutil.copytree(Path(seal.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "sitegen", "build", "-s", str(site)]
    environment = {**os.environ, "PYTHONPATH": str(package.parent)}

    def stamped() -> list[tuple[str, int, int]] | None:
        time.sleep(0.1)
        subprocess.run(command, env=environment, cwd=tmp_path, check=True, capture_output=True)
        return stamp(site)

    first = (stamped(), stamped())
    assert first[0] == first[1]
    (package / "theme/layouts/post.html").touch()
    assert stamped() != first[0]


def test_a_seal_that_cannot_be_written(site: Path) -> None:
    built(site)
    file = next((site / ".sitegen").glob("seal-*"))
    (site / ".sitegen" / f"{file.name}.new").mkdir()
    os.utime(site / "index.md")
    assert "0 written" in built(site)[1]
    assert not file.exists()


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_stands_where_the_seal_belongs(site: Path, tmp_path: Path, kind: str) -> None:
    """A site may come from anywhere: nothing is followed, and nothing waited for."""
    file = sealed(site)
    place = tmp_path / "elsewhere"
    file.rename(place)
    before = place.read_bytes()
    if kind == "link":
        file.symlink_to(place)
    elif kind == "pipe":
        os.mkfifo(file)
    else:
        file.mkdir()
    assert "0 written" in built(site)[1]
    assert place.read_bytes() == before
    assert built(site)[0] is (kind != "folder") or not file.is_file()


def test_a_memory_that_is_a_link_is_refused_as_ever(site: Path, tmp_path: Path) -> None:
    from sitegen.errors import SiteError

    sealed(site)
    (site / ".sitegen").rename(tmp_path / "memory")
    (site / ".sitegen").symlink_to(tmp_path / "memory")
    with pytest.raises(SiteError, match="this should be a folder"):
        built(site)


def test_a_build_that_is_refused_leaves_none(site: Path) -> None:
    from sitegen.errors import SiteError

    sealed(site)
    write("_layouts/bare.html", "{{ content ")(site)
    for _ in range(2):
        with pytest.raises(SiteError):
            built(site)
    assert stamp(site) is None


def test_no_seal_where_a_link_leads_to_a_folder_that_is_not_looked_at(site: Path) -> None:
    (site / "node_modules/x").mkdir(parents=True)
    (site / "static/lib").symlink_to("../node_modules/x")
    (site / "node_modules/x/a.js").write_text("a")
    assert not any(built(site)[0] for _ in range(2))
    (site / "static/lib").unlink()
    sealed(site)
    (site / "node_modules/x/a.js").write_text("b")
    assert built(site)[0]


def test_what_git_knows(site: Path, tmp_path: Path) -> None:
    """It is asked when an undated post came to be, also where the site is a folder of the repository."""
    post = site / "_posts/undated.md"
    post.write_text("When?\n")
    os.utime(post, (1_500_000_000, 1_500_000_000))
    sealed(site)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "site")
    sealed(site)
    git(tmp_path, "commit", "-qm", "first", day="2018-01-01")
    assert not built(site)[0]
    sealed(site)
    git(tmp_path, "commit", "-q", "--amend", "-m", "again", "--date", "2019-01-01", day="2019-01-01")
    assert not built(site)[0]
    sealed(site)
    git(tmp_path, "worktree", "add", "-q", str(tmp_path / "other"))
    sealed(tmp_path / "other/site")
    git(tmp_path / "other", "commit", "-q", "--allow-empty", "-m", "there")
    assert not built(tmp_path / "other/site")[0]


def test_jekylls_rules_for_folders(site: Path) -> None:
    (site / "sitegen.toml").unlink()
    write("_config.yml", "title: x\n")(site)
    sealed(site)
    write("_config.yml", "title: x\ninclude: [.cache]\n")(site)
    assert not any(built(site)[0] for _ in range(2))


def test_a_font_elsewhere(site: Path, tmp_path: Path) -> None:
    pytest.importorskip("PIL")
    from sitegen.fonts import packaged_font

    shutil.copy(packaged_font(), tmp_path / "own.ttf")
    text = (site / "sitegen.toml").read_text()
    write("sitegen.toml", text + '[cards]\nfor = ["posts"]\nfonts = ["../own.ttf"]\n')(site)
    sealed(site)
    os.utime(tmp_path / "own.ttf")
    assert not built(site)[0]


WATCHED = """
import json, sys
seen = set()
def hook(event, arguments):
    if event in ("open", "os.scandir", "os.listdir") and isinstance(arguments[0], str):
        seen.add(arguments[0])
sys.addaudithook(hook)
from sitegen.cli import main
main(["build", "-s", sys.argv[1]])
print(json.dumps(sorted(seen)))
"""


def covered(site: Path) -> Iterator[str]:
    """Beginnings of all paths that a seal tells of."""
    listed = next((site / ".sitegen").glob("seal-*")).read_text().split("\0")[6].split("\n")
    yield from (str(site), str(Path(seal.__file__).parent), *(path for path in listed if path.startswith("/")))
    yield from (*filter(None, sys.path), sys.prefix, sys.base_prefix, "/dev/", "/proc/")


def test_whatever_a_build_opens_is_told_of(site: Path) -> None:
    """Nothing of a build is read that the seal does not tell of; only which files are there is no event."""
    time.sleep(0.1)
    command = [sys.executable, "-c", WATCHED, str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seen = json.loads(done.stdout.splitlines()[-1])
    assert str(site / "_posts/2026-01-01-one.md") in seen
    beginnings = tuple(covered(site))
    assert [path for path in seen if path.startswith("/") and not path.startswith(beginnings)] == []


def test_another_build_in_between_ends_it(site: Path, tmp_path: Path) -> None:
    (site / "_drafts").mkdir()
    (site / "_drafts/d.md").write_text("---\ntitle: Draft\n---\nNot yet.\n")
    sealed(site)
    built(site, "--drafts", f"--timings={tmp_path / 't.html'}")
    assert (site / "output/d/index.html").exists()
    assert not built(site)[0]
    assert not (site / "output/d/index.html").exists()


def test_what_comes_while_a_site_is_built_is_seen(site: Path) -> None:
    seal_file = sealed(site)
    view = seal.look(str(site), None, (False, False, False, None, None, False))
    assert view is not None and view.file == str(seal_file)
    seal_file.unlink()
    (site / "static/late.txt").write_text("late")
    seal.write(view, [("out", "Built")], {}, {}, [], nanoseconds(NOW), seal.NEVER)
    assert not seal_file.exists()


def test_a_removal_is_told_once(site: Path) -> None:
    sealed(site)
    (site / "static/a.css").unlink()
    assert "1 removed" in built(site)[1]
    assert "removed" not in built(site)[1]


def test_no_seal_where_git_looks_elsewhere(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / ".git"))
    (site / "_posts/undated.md").write_text("---\ntitle: Undated\n---\nText.\n")
    built(site)
    assert not built(site)[0]


def test_no_seal_where_pages_may_show_what_is_not_looked_at(site: Path) -> None:
    (site / "node_modules").mkdir()
    (site / "node_modules/a.md").write_text("first")
    (site / "sitegen.toml").write_text(f"{SETTINGS}liquid = true\n")
    (site / "index.md").write_text("---\nlayout: bare\n---\n{% include_relative node_modules/a.md %}\n")
    built(site)
    (site / "node_modules/a.md").write_text("second")
    assert not built(site)[0]
    assert "second" in (site / "output/index.html").read_text()
