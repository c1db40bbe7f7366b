"""Lighthouse, in its phone setting. Its performance score is told, not judged: machines are noisy."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

from sitegen.build import build
from sitegen.config import load_config
from tests.conftest import BROWSERS
from tests.web.conftest import HERE, NOW, PAGES, Served, serving

pytestmark = pytest.mark.slow

KINDS = ("index", "long post", "tag", "call", "404")
JUDGED = ("accessibility", "best-practices", "seo")


def test_full_marks_for_ten_pictures(tmp_path: Path, judges: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page of photos: nothing moves, and a telephone fetches an eighth of their bytes at most."""
    from tests.pictures.photos import photo, saved

    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert chromium is not None
    photos = [saved(photo(number, 2400, 1800), quality=92) for number in range(10)]
    shown = "\n\n".join(f'![A landscape, number {number}]({number}.jpg "Number {number}")' for number in range(10))
    front = "---\ntitle: Ten landscapes\ndescription: Ten pictures of hills.\n---\n"
    folder = tmp_path / "_posts/2026-05-06-ten"
    folder.mkdir(parents=True)
    (folder / "index.md").write_text(f"{front}They were taken on one day.\n\n{shown}\n")
    for number, data in enumerate(photos):
        (folder / f"{number}.jpg").write_bytes(data)
    settings = 'title = "Hills"\ndescription = "Pictures of hills."\nurl = "https://hills.example"\n'
    (tmp_path / "sitegen.toml").write_text(f"{settings}[images]\nvariants = true\n")
    build(load_config(tmp_path), now=NOW)
    small = (tmp_path / "output/assets/pictures").glob("*-720.avif")  # 412 pixels wide, at a density of 1.75
    sizes = [path.stat().st_size for path in small]
    assert len(sizes) == 10 and sum(sizes) <= sum(map(len, photos)) / 8
    with serving(tmp_path / "output") as served:
        url = f"{served.address}/2026/05/06/ten/"
        command = ["node", "lighthouse.mjs", chromium, url]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HERE, timeout=1800)
    found = json.loads(done.stdout)[url]
    with capsys.disabled():
        sys.stdout.write(f"\nTen pictures: {found}\n")
    low = {name: score for name, score in found["scores"].items() if name in JUDGED and score < 1}
    assert (low, found["shift"]) == ({}, 0), found["failed"]


def test_full_marks(sink: Served, judges: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert chromium is not None
    urls = {kind: sink.address + PAGES[kind] for kind in KINDS}
    command = ["node", "lighthouse.mjs", chromium, *urls.values()]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HERE, timeout=1800)
    found = json.loads(done.stdout)
    told = ", ".join(f"{kind} {median(found[url]['performance']) * 100:.0f}" for kind, url in urls.items())
    with capsys.disabled():
        sys.stdout.write(f"\nLighthouse, performance (median of five runs): {told}\n")
    low = {
        kind: {name: score for name, score in found[url]["scores"].items() if name in JUDGED and score < 1}
        for kind, url in urls.items()
    }
    assert {kind: (scores, found[urls[kind]]["failed"]) for kind, scores in low.items() if scores} == {}
    assert {kind: found[url]["shift"] for kind, url in urls.items() if found[url]["shift"]} == {}
