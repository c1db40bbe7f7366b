"""Width and height of pictures, and when they are fetched."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest

from sitegen.dimensions import Dimensions, dimensions_of
from tests.outputs.sites import build_site, post
from tests.pictures.files import png

DOT = png(30, 20)


def saved(kind: str, size: tuple[int, int] = (30, 20), **options: Any) -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", size, (90, 120, 30)).save(file, kind, **options)
    return file.getvalue()


def lying(kind: str, orientation: int) -> bytes:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = orientation
    return saved(kind, exif=exif)


@pytest.mark.parametrize("kind", ["jpeg", "png", "gif", "webp", "avif"])
def test_kinds(kind: str) -> None:
    assert dimensions_of(io.BytesIO(saved(kind))) == Dimensions(kind, 30, 20)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_on_its_side(orientation: int) -> None:
    found = dimensions_of(io.BytesIO(lying("jpeg", orientation)))
    assert found is not None and (found.width, found.height) == ((20, 30) if orientation > 4 else (30, 20))


def test_a_webp_without_loss_and_one_that_moves() -> None:
    from PIL import Image

    assert dimensions_of(io.BytesIO(saved("webp", lossless=True))) == Dimensions("webp", 30, 20)
    moving = saved("webp", save_all=True, append_images=[Image.new("RGB", (30, 20))], duration=100)
    assert dimensions_of(io.BytesIO(moving)) == Dimensions("webp", 30, 20)


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        ('<svg xmlns="x" width="40" height="30px">', (40, 30)),
        ("<?xml version='1.0'?>\n<!-- a > b --><svg height='2.6' width='4'>", (4, 3)),
        ('<svg viewBox="0 0 24 24">', None),
        ('<svg width="100%" height="20">', None),
        ('<svg width="1em" height="20">', None),
    ],
)
def test_drawings(svg: str, size: tuple[int, int] | None) -> None:
    found = dimensions_of(io.BytesIO(svg.encode()))
    assert (found and (found.width, found.height)) == size


@pytest.mark.parametrize("kind", ["jpeg", "png", "gif", "webp", "avif"])
def test_what_is_cut_off_has_a_size_or_none(kind: str) -> None:
    whole = saved(kind)
    for length in range(len(whole)):
        assert dimensions_of(io.BytesIO(whole[:length])) in (None, Dimensions(kind, 30, 20))


@pytest.mark.parametrize("data", [b"", b"text", b"\xff\xd8\xff" + b"\xff" * 5000, b"\0" * 100, b"RIFF0000WEBPVP8 "])
def test_what_is_no_picture(data: bytes) -> None:
    assert dimensions_of(io.BytesIO(data)) is None


def tags(html: str) -> list[str]:
    return re.findall(r"<img[^>]*>", html)


def test_the_first_is_fetched_first_and_the_others_late(tmp_path: Path) -> None:
    body = "![A](/a.png)\n\n![B](/a.png)\n\n![C](https://elsewhere.org/c.png)\n"
    files: dict[str, str | bytes] = {"static/a.png": DOT, "_posts/2026-05-06-x.md": post(body)}
    files["_layouts/home.html"] = "{{ site.posts[0].content }}"
    built = build_site(tmp_path, files)
    late = '<img src="/a.png" alt="{}" width="30" height="20" decoding="async" loading="lazy">'
    elsewhere = '<img src="https://elsewhere.org/c.png" alt="C" decoding="async" loading="lazy">'
    first = '<img src="/a.png" alt="A" width="30" height="20" fetchpriority="high">'
    assert tags(built["2026/05/06/x/index.html"]) == [first, late.format("B"), elsewhere]
    assert tags(built["index.html"]) == [late.format("A"), late.format("B"), elsewhere]


def test_feeds_have_plain_pictures(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"sitegen.toml": 'url = "https://x.org"', "static/a.png": DOT}
    feed = build_site(tmp_path, {**files, "_posts/2026-05-06-x.md": post("![A](/a.png)")})["feed.json"]
    assert '<img src=\\"https://x.org/a.png\\" alt=\\"A\\" width=\\"30\\" height=\\"20\\">' in feed


def test_what_the_author_says_stays(tmp_path: Path) -> None:
    body = '<img src="/a.png" width="15" alt=""><img src="/a.png" height="10" alt="" loading="eager">'
    body += '<img src="/a.png" width="9" height="9" alt=""><img src="/a.png" width="50%" alt="">'
    built = build_site(tmp_path, {"static/a.png": DOT, "_posts/2026-05-06-x.md": post(body)})
    first, second, third, fourth = tags(built["2026/05/06/x/index.html"])
    assert 'width="15" height="10"' in first
    assert 'width="15" height="10"' in second and 'loading="eager"' in second
    assert 'width="9" height="9"' in third
    assert 'width="50%"' in fourth and "height" not in fourth


def test_a_title_is_a_caption(tmp_path: Path) -> None:
    body = '![A](/a.png "By & by")\n\n[![B](/a.png "Linked")](/a.png)\n\nText ![C](/a.png "Within")\n'
    built = build_site(tmp_path, {"static/a.png": DOT, "_posts/2026-05-06-x.md": post(body)})
    page = built["2026/05/06/x/index.html"]
    assert page.count("<figure>") == 2
    assert "<figcaption>By &amp; by</figcaption>" in page and "<figcaption>Linked</figcaption>" in page
    assert sum("title=" in tag for tag in tags(page)) == 1


def test_both_can_be_left_off(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"sitegen.toml": "[images]\nsizes = false", "static/a.png": DOT}
    built = build_site(tmp_path, {**files, "_posts/2026-05-06-x.md": post('![A](/a.png "T")')})
    assert tags(built["2026/05/06/x/index.html"]) == ['<img src="/a.png" alt="A" title="T">']


def test_a_picture_of_another_size(tmp_path: Path) -> None:
    """The page is made anew."""
    post_of_it: dict[str, str | bytes] = {"_posts/2026-05-06-x.md": post("![A](/a.png)")}
    build_site(tmp_path, {**post_of_it, "static/a.png": DOT})
    assert 'width="7"' in build_site(tmp_path, {"static/a.png": png(7, 5)})["2026/05/06/x/index.html"]
    (tmp_path / "static/a.png").write_bytes(b"text")
    assert "width=" not in tags(build_site(tmp_path, {})["2026/05/06/x/index.html"])[0]
