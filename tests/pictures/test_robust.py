"""Builds that are killed or run out of room while pictures, the index or packed files are made; and bombs."""

from __future__ import annotations

import io
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from sitegen.dimensions import dimensions_of
from tests.build.processes import ENVIRONMENT, ROOT, built, small_disk, start
from tests.build.trees import fresh_copy, tree
from tests.outputs.sites import post
from tests.pictures.photos import grainy, photo, saved

SITE = 'title = "A site"\n{}[images]\nvariants = true\nwidths = [60, 120]\n'


def site_of(tmp_path: Path, pictures: int, settings: str = "") -> Path:
    """A site of one post with so many photos, built."""
    site = tmp_path / "site"
    (site / "_posts").mkdir(parents=True)
    (site / "sitegen.toml").write_text(SITE.format(settings))
    show(site, *(photo(number, 240, 180) for number in range(pictures)))
    assert built(site)[0] == 0
    return site


def show(site: Path, *pictures: Image.Image) -> None:
    for number, picture in enumerate(pictures):
        (site / f"_posts/{number}.jpg").write_bytes(saved(picture, quality=95))
    body = "\n\n".join(f"![{number}]({number}.jpg)" for number in range(len(pictures)))
    (site / "_posts/2026-05-06-x.md").write_text(post(f"Reeds at dawn.\n\n{body}"))


def clean(site: Path, place: Path) -> dict[str, bytes]:
    assert built(fresh_copy(site, place))[0] == 0
    return tree(place / "output")


def killed_while_pictures_are_made(site: Path, delay: float) -> None:
    process = start(site)
    until = time.monotonic() + 60
    while not [*(site / ".sitegen/pictures").glob("*.new")] and process.poll() is None and time.monotonic() < until:
        time.sleep(0.001)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.communicate()


@pytest.mark.slow
def test_killed_while_pictures_are_made(tmp_path: Path) -> None:
    site, random = site_of(tmp_path, 1), Random(1)
    before, ended_early = tree(site / "output"), 0
    for number in range(4):
        show(site, *(photo(10 * number + each, 480, 360) for each in range(6)))
        killed_while_pictures_are_made(site, random.random() * 0.6)
        ended_early += tree(site / "output") == before
        code, errors = built(site)
        assert code == 0, errors
        before = tree(site / "output")
        assert before == clean(site, tmp_path / f"clean-{number}"), f"round {number}"
        assert not [*(site / ".sitegen/pictures").glob("*.new")]
    assert ended_early


def refused_for_want_of_room(site: Path, *arguments: str) -> None:
    """One message and no more."""
    code, errors = built(site, *arguments)
    told = [line for line in errors.splitlines() if line and not line.startswith(" ")]
    assert (code, len(told), "Traceback" in errors) == (1, 1, False), errors
    assert "make room" in errors and ("disk is full" in errors or "No space left" in errors), errors


@pytest.mark.slow
def test_no_room_for_pictures(tmp_path: Path) -> None:
    site = site_of(tmp_path, 1)
    before = tree(site / "output")
    with small_disk(site / ".sitegen/pictures", "1m"):
        show(site, grainy(3, 2400, 1800, 0.5))
        refused_for_want_of_room(site)
        assert tree(site / "output") == before
        show(site, photo(4, 240, 180))
        assert built(site)[0] == 0
    assert tree(site / "output") == clean(site, tmp_path / "clean")


@pytest.mark.slow
def test_no_room_for_the_index(tmp_path: Path) -> None:
    site = site_of(tmp_path, 1)
    before = tree(site / "output")
    with small_disk(site / ".sitegen", "600k"):
        (site / "sitegen.toml").write_text(SITE.format("search = true\n"))
        refused_for_want_of_room(site)
        assert tree(site / "output") == before
    assert built(site)[0] == 0
    assert tree(site / "output") == clean(site, tmp_path / "clean")


@pytest.mark.slow
def test_no_room_for_packed_files(tmp_path: Path) -> None:
    site, place = site_of(tmp_path, 1), tmp_path / "small"
    (site / "static").mkdir()
    words = Random(1).choices([f"{number:x}" for number in range(5000)], k=100_000)
    (site / "static/words.txt").write_text(" ".join(words))
    with small_disk(place, "1m"):
        output = ("-o", str(place / "output"))
        assert built(site, *output)[0] == 0
        before = tree(place / "output")
        settings = (site / "sitegen.toml").read_text()
        (site / "sitegen.toml").write_text(f'{settings}[assets]\ncompress = ["gz", "br", "zst"]\n')
        refused_for_want_of_room(site, *output)
        assert tree(place / "output") == before
        (site / "static/words.txt").unlink()
        assert built(site, *output)[0] == 0
        assert tree(place / "output") == clean(site, tmp_path / "clean")


def gif() -> bytes:
    """Whose frame is larger than its screen."""
    data = bytearray(saved(Image.new("P", (60, 45)), "gif"))
    struct.pack_into("<HH", data, data.index(b",\0\0\0\0<") + 5, 60_000, 60_000)
    return bytes(data)


def jpeg() -> bytes:
    """With a second frame's header."""
    data = saved(photo(1, 60, 45))
    at = data.index(b"\xff\xc0")
    end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
    second = bytearray(data[at:end])
    struct.pack_into(">HH", second, 5, 60_000, 60_000)
    return data[:end] + bytes(second) + data[end:]


def webp(width: int, height: int) -> bytes:
    """Of one colour, which takes no bits for a pixel."""
    data = bytearray(saved(Image.new("RGB", (60, 45), (9, 9, 9)), "webp", lossless=True))
    bits = int.from_bytes(data[21:25], "little") >> 28 << 28 | (height - 1) << 14 | (width - 1)
    data[21:25] = bits.to_bytes(4, "little")
    return bytes(data)


LARGE = webp(16_383, 16_383)  # the most that there can be


def canvas(width: int, height: int, inner: bytes) -> bytes:
    """A WebP that is said to be so large, and has that in it."""
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + size + inner[12:]
    return b"RIFF" + struct.pack("<I", len(body)) + body


def avif(width: int, height: int) -> bytes:
    """That is said to be so large."""
    data = bytearray(saved(photo(1, 400, 300), "avif"))
    struct.pack_into(">II", data, data.index(b"ispe") + 8, width, height)
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "made", "told"),
    [
        ("a.webp", lambda: LARGE, "16,383 × 16,383 pixels"),
        ("a.webp", lambda: canvas(60_000, 60_000, webp(60, 45)), "60,000 × 60,000 pixels"),
        ("a.webp", lambda: canvas(60, 45, LARGE), "cut short or damaged"),
        ("a.avif", lambda: avif(60_000, 60_000), "60,000 × 60,000 pixels"),
        ("a.gif", gif, "unpacks to more than it may"),
        ("a.jpg", jpeg, "unpacks to more than it may"),
    ],
)
def test_bombs_are_told(tmp_path: Path, name: str, made: Callable[[], bytes], told: str) -> None:
    site = tmp_path / "site"
    (site / "_posts").mkdir(parents=True)
    (site / "sitegen.toml").write_text(SITE.format(""))
    (site / "_posts/2026-05-06-x.md").write_text(post(f"![A]({name})"))
    (site / "_posts" / name).write_bytes(made())
    assert (site / "_posts" / name).stat().st_size < 50_000
    code, errors = built(site)
    assert (code, "Traceback" in errors) == (1, False)
    assert f"_posts/{name}: " in errors and told in errors


_MEASURED = r"""
import re, sys
from pathlib import Path
from sitegen.pictures.making import Job, make
file, kind, width, height, folder = sys.argv[1:]
print(make(Job(file, kind, int(width), int(height), ("avif", "webp"), (60, 120), folder)))
print(re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.parametrize(
    "made", [gif, jpeg, lambda: LARGE, lambda: canvas(60, 45, LARGE), lambda: avif(60_000, 60_000)]
)
def test_bombs_take_no_memory(tmp_path: Path, made: Callable[[], bytes]) -> None:
    """Also where nobody has counted the pixels that the header tells of."""
    file, data = tmp_path / "a", made()
    file.write_bytes(data)
    found = dimensions_of(io.BytesIO(data))
    assert found is not None
    given = (str(file), found.kind, str(found.width), str(found.height), str(tmp_path / "made"))
    command = [sys.executable, "-c", _MEASURED, *given]
    done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=True)
    fault, kilobytes = done.stdout.splitlines()
    assert fault.startswith("Fault(") and int(kilobytes) < 100_000
