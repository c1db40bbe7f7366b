"""What a telephone fetches of a photo: few bytes, and like the photo in that size."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from sitegen.pictures.encoding import LIKE, QUALITIES, encode, like
from sitegen.pictures.similarity import similarity
from tests.outputs.sites import build_site, post
from tests.pictures.photos import photo, saved

WIDTH = 720  # what the usual setting has a telephone of 412 pixels and a density of 1.75 fetch


def test_similarity_is_what_its_name_says() -> None:
    picture = photo(1, 160, 120)
    assert similarity(picture, picture) == pytest.approx(1)
    rough, rougher = (Image.open(io.BytesIO(saved(picture, quality=quality))) for quality in (60, 5))
    assert 1 > similarity(picture, rough) > similarity(picture, rougher) > 0
    assert similarity(Image.new("L", (9, 5), 10), Image.new("L", (9, 5), 200)) < 0.2


@pytest.mark.parametrize("kind", QUALITIES)
def test_a_smooth_picture_is_encoded_once(kind: str) -> None:
    steps: dict[str, int] = {}
    encode(photo(1, 2400, 1800).resize((360, 270), Image.Resampling.LANCZOS), kind, False, steps)
    assert steps == {kind: 0}


@pytest.mark.slow
@pytest.mark.parametrize("kind", QUALITIES)
def test_grain_takes_few_bytes_more_than_it_must(kind: str) -> None:
    """No step is so far from the one before that a picture has a quarter more than it would need."""
    picture = photo(1, 2400, 1800).resize((WIDTH, WIDTH * 3 // 4), Image.Resampling.LANCZOS)
    data = encode(picture, kind, False, {})
    assert like(picture, data) >= LIKE
    fewest = (saved(picture, kind, quality=quality) for quality in range(QUALITIES[kind][0], 100))
    enough = next(found for found in fewest if like(picture, found) >= LIKE)
    assert len(data) < 1.25 * len(enough)


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 2])
def test_few_bytes_and_like_the_photo(tmp_path: Path, number: int) -> None:
    picture = photo(number, 2400, 1800)
    data = saved(picture, quality=92)
    files: dict[str, str | bytes] = {
        "sitegen.toml": "[images]\nvariants = true\n",
        "_posts/2026-05-06-x.md": post("![A](a.jpg)"),
        "_posts/a.jpg": data,
    }
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    made = sorted((build_site(tmp_path, files).output / "assets/pictures").iterdir())
    assert {path.suffix for path in made} >= {".avif", ".jpg"}
    fetched = next(path for path in made if path.name.endswith(f"-{WIDTH}.avif"))
    assert fetched.stat().st_size <= len(data) / 8
    for path in made:
        with Image.open(path) as found:
            small = picture.resize(found.size, Image.Resampling.LANCZOS)
            assert similarity(small, found.convert("RGB")) >= 0.95, path.name
