"""What is said of pictures: those beside posts, the smaller ones, and cards."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.explain import Explanation
from tests.explain.asking import ask, write
from tests.outputs.sites import post
from tests.pictures.photos import photo, saved

POST = "_posts/2026-05-06-dunes/index.md"
PHOTO = "_posts/2026-05-06-dunes/dunes.jpg"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    settings = '[images]\nvariants = true\nwidths = [60]\nkinds = ["webp"]\n[cards]\nfor = ["posts"]\n'
    write(folder, {"sitegen.toml": settings, POST: post("![A](dunes.jpg)", title="Dunes")})
    for name in ("dunes.jpg", "other.jpg"):
        (folder / PHOTO).with_name(name).write_bytes(saved(photo(1, 120, 90)))
    return folder


def whats(found: Explanation) -> list[tuple[str, str]]:
    return [(one.what, one.path.rpartition("/")[2].partition(".")[2] or one.path) for one in found.files]


@pytest.mark.parametrize("asked", [PHOTO, "/2026/05/06/dunes/dunes.jpg", "dunes.jpg"])
def test_a_photo_beside_a_post(site: Path, asked: str) -> None:
    found = ask(site, asked)
    assert (found.path, found.kind) == (PHOTO, f"file beside {POST}")
    assert found.published and found.url == "/2026/05/06/dunes/dunes.jpg"
    assert whats(found) == [("file", "jpg"), ("smaller", "webp"), ("smaller", "jpg")]


def test_a_smaller_one(site: Path) -> None:
    one = next(file for file in ask(site, PHOTO).files if file.what == "smaller")
    found = ask(site, f"/{one.path}")
    assert found.kind == f"made by sitegen: the output `pictures`, smaller than {PHOTO}"


def test_a_post_has_what_is_beside_it_and_its_card(site: Path) -> None:
    found = ask(site, "dunes")
    assert found.path == POST
    assert [one.what for one in found.files] == ["post", "card", "beside"]
    assert found.files[2].path == "2026/05/06/dunes/dunes.jpg"
    assert ask(site, f"/{found.files[1].path}").kind == "made by sitegen: the output `cards`"


def test_a_photo_that_no_post_links_to(site: Path) -> None:
    found = ask(site, "other.jpg")
    assert not found.published and found.left_out is not None
