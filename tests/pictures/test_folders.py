"""Folders below `.sitegen` that are links: a site may come from anywhere, and nothing goes through its links."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.config import MEMORY
from sitegen.folders import remove
from sitegen.serve.rebuilding import Wanted
from tests.build.trees import tree
from tests.outputs.sites import Built, build_site, post
from tests.pictures.photos import photo, saved
from tests.pictures.test_drawings import HOSTILE

SITE = '[images]\nvariants = true\nwidths = [60]\n[cards]\nfor = ["posts"]\n'
FILES: dict[str, str | bytes] = {
    "sitegen.toml": SITE,
    "_posts/2026-05-06-x.md": post("![A](a.jpg) ![B](b.svg)"),
    "_posts/a.jpg": saved(photo(1, 90, 60)),
    "_posts/b.svg": HOSTILE,
}


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    (tmp_path / "precious/work").mkdir(parents=True)
    (tmp_path / "precious/work/thesis.txt").write_text("years")
    (tmp_path / "precious/thesis.txt").write_text("years")
    return tmp_path / "precious"


def built(tmp_path: Path) -> Built:
    return build_site(tmp_path / "site", FILES)


@pytest.mark.parametrize("name", ["pictures", "drawings", "cards"])
def test_a_link_goes_and_not_what_it_leads_to(tmp_path: Path, precious: Path, name: str) -> None:
    before, link = tree(precious), tmp_path / "site/.sitegen" / name
    link.parent.mkdir(parents=True)
    link.symlink_to(precious)
    found = built(tmp_path)
    assert tree(precious) == before
    assert link.is_dir() and not link.is_symlink() and list(link.iterdir())
    assert "/assets/pictures/a-" in found["2026/05/06/x/index.html"]


@pytest.mark.parametrize("name", ["pictures", "drawings", "cards"])
def test_nothing_is_deleted_where_nothing_is_made(tmp_path: Path, precious: Path, name: str) -> None:
    before, link = tree(precious), tmp_path / "site/.sitegen" / name
    link.parent.mkdir(parents=True)
    link.symlink_to(precious)
    build_site(tmp_path / "site", {"sitegen.toml": "[images]\nvariants = true\n", "index.md": "Hello\n"})
    assert tree(precious) == before


@pytest.mark.parametrize("name", ["pictures", "drawings", "cards"])
def test_links_further_below(tmp_path: Path, precious: Path, name: str) -> None:
    """In the place of what was made, and of what it is first written to."""
    first, folder = tree(built(tmp_path).output), tmp_path / "site/.sitegen" / name
    before = tree(precious)
    [made] = folder.iterdir()
    remove(made)
    target = precious / "work" if name == "pictures" else precious / "thesis.txt"
    made.symlink_to(target)
    made.with_name(f"{made.name}.new").symlink_to(target)
    assert tree(built(tmp_path).output) == first
    assert tree(precious) == before


def test_pipes_are_not_waited_for(tmp_path: Path) -> None:
    first = tree(built(tmp_path).output)
    for name in ("pictures", "drawings", "cards"):
        [made] = (tmp_path / "site/.sitegen" / name).iterdir()
        for file in [*made.iterdir()] if made.is_dir() else [made]:
            file.unlink()
            os.mkfifo(file)
    assert tree(built(tmp_path).output) == first


def test_a_preview_goes_through_no_link(tmp_path: Path, precious: Path) -> None:
    (tmp_path / "site" / MEMORY).mkdir(parents=True)
    (tmp_path / "site" / MEMORY / "preview").symlink_to(precious)
    wanted = Wanted(tmp_path / "site").config().output
    assert not wanted.is_symlink() and not wanted.resolve().is_relative_to(precious)
