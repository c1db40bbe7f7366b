"""Killed at any instant, out of room, or two at once: whole pages, and the next build makes all of it good."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from tests.build.processes import built, little_room, small_disk, start
from tests.build.trees import folders, fresh_copy, made, tree

STAGING = ".sitegen-staging"


def write(site: Path, path: str, text: str) -> None:
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_text(text)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Thirty posts with three tags, and something of a stranger's in the output."""
    site = tmp_path / "site"
    write(site, "sitegen.toml", 'title = "A site"\npaginate = 5\n')
    for number in range(30):
        write(
            site,
            f"_posts/2024-01-{number % 28 + 1:02}-post-{number}.md",
            f"---\ntags: [t{number % 3}]\n---\nText {number}.\n",
        )
    made(site, datetime.now(UTC))
    write(site, "output/CNAME", "example.org")
    write(site, "output/tags/mine/note.txt", "mine")
    return site


STRANGERS = {"CNAME": b"example.org", "tags/mine/note.txt": b"mine"}


def edit(site: Path, chance: Random, round_: int) -> None:
    """Something that changes nearly every page, and takes some away."""
    write(site, "_includes/footer.html", f"<footer>round {round_}</footer>")
    posts = sorted((site / "_posts").iterdir())
    chance.choice(posts).unlink()
    write(site, f"_posts/2024-02-{chance.randint(1, 28):02}-new-{round_}.md", f"---\ntags: [n{round_}]\n---\nNew.\n")
    shape = site / "static" / "shape"
    if shape.is_file():
        shape.unlink()
        write(site, "static/shape/inner", str(round_))
    else:
        (shape / "inner").unlink(missing_ok=True)
        if shape.exists():
            shape.rmdir()
        write(site, "static/shape", str(round_))


def clean(site: Path, place: Path) -> dict[str, bytes]:
    copy = fresh_copy(site, place)
    made(copy, datetime.now(UTC))
    return tree(copy / "output")


def own(site: Path) -> dict[str, bytes]:
    found = tree(site / "output")
    assert {name: found.pop(name) for name in STRANGERS} == STRANGERS
    return found


def changes(output: Path) -> Iterator[None]:
    """Ends when files are first written: pages follow, claims, and all comes into its place."""
    staging = output / STAGING
    until = time.monotonic() + 60
    while not staging.exists() and time.monotonic() < until:
        yield


def kill_somewhere(site: Path, chance: Random, seconds: float) -> None:
    """At a random instant; mostly one at which files are being written."""
    process = start(site)
    if chance.random() < 0.7:
        for _ in changes(site / "output"):
            if process.poll() is not None:
                break
        time.sleep(chance.random() * 0.1)
    else:
        time.sleep(chance.random() * seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def rounds(site: Path, tmp_path: Path, number: int) -> None:
    chance = Random(number)
    began = time.monotonic()
    assert built(fresh_copy(site, tmp_path / "timed"))[0] == 0
    seconds = time.monotonic() - began
    known = [clean(site, tmp_path / "clean-0")]
    for round_ in range(1, number + 1):
        edit(site, chance, round_)
        new = clean(site, tmp_path / f"clean-{round_}")
        known.append(new)
        kill_somewhere(site, chance, seconds)
        for path, data in own(site).items():
            if not path.startswith(STAGING):
                assert any(data == state.get(path) for state in known), f"round {round_}: {path} is not whole"
        if chance.random() < 0.7:  # else the next round kills once more, over what this one left
            code, errors = built(site)
            assert (code, "changed by hand" in errors) == (0, False), errors
            assert own(site) == new, f"round {round_}"
            around = {"tags/mine"}
            assert folders(site / "output") - around == folders(tmp_path / f"clean-{round_}" / "output") - around
            known = [new]


def test_killed_at_any_instant(site: Path, tmp_path: Path) -> None:
    rounds(site, tmp_path, 4)


@pytest.mark.slow
def test_killed_at_any_instant_at_length(site: Path, tmp_path: Path) -> None:
    rounds(site, tmp_path, 50)


@pytest.mark.parametrize(
    "size", [0, pytest.param(2_000, marks=pytest.mark.slow), pytest.param(60_000, marks=pytest.mark.slow), 150_000]
)
def test_a_full_disk_leaves_the_last_good_output(site: Path, tmp_path: Path, size: int) -> None:
    before = own(site)
    edit(site, Random(1), 1)
    write(site, "static/large.bin", "x" * 200_000)
    code, errors = built(site, prepare=little_room(size))
    assert (code, "Traceback" in errors) == (1, False)
    assert "full" in errors or "disk I/O" in errors
    assert own(site) == before
    made(site, datetime.now(UTC))
    assert own(site) == clean(site, tmp_path / "clean")


def test_a_full_file_system(site: Path, tmp_path: Path) -> None:
    """The real thing, where we may mount one."""
    place = tmp_path / "small"
    with small_disk(place, "800k"):
        output = str(place / "output")
        code, errors = built(site, "-o", output)
        assert code == 0, errors
        before = tree(place / "output")
        write(site, "static/large.bin", "x" * 700_000)
        write(site, "_includes/footer.html", "<footer>changed</footer>")
        code, errors = built(site, "-o", output)
        assert (code, "disk is full" in errors, "Traceback" in errors) == (1, True, False)
        assert tree(place / "output") == before
        (site / "static/large.bin").unlink()
        assert built(site, "-o", output)[0] == 0
        assert tree(place / "output") == clean(site, tmp_path / "clean")


def test_of_two_builds_at_once_the_second_waits(site: Path, tmp_path: Path) -> None:
    edit(site, Random(1), 1)
    processes = [start(site) for _ in range(3)]
    answers = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], answers
    assert own(site) == clean(site, tmp_path / "clean")


def test_a_build_that_waits_says_so(site: Path) -> None:
    import fcntl

    write(site, "_posts/2024-02-01-new.md", "New.\n")
    with (site / ".sitegen" / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        process = start(site)
        assert process.stderr is not None
        assert "waiting" in process.stderr.readline()
        assert process.poll() is None
    assert process.wait(timeout=60) == 0
    process.communicate()
