"""Smaller pictures: what is made, what is published, what is not made twice."""

from __future__ import annotations

import io
import os
import re
import resource
import struct
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from PIL import Image, ImageCms

from sitegen.build import build
from sitegen.config import load_config
from sitegen.dimensions import dimensions_of
from sitegen.errors import SiteError
from sitegen.pictures import store
from sitegen.pictures.making import ABOUT, Job, make
from tests.outputs.sites import NOW, Built, build_site, post
from tests.pictures.photos import grainy, photo, saved
from tests.pictures.test_stripping import chunk

SITE = '[images]\nvariants = true\nwidths = [60, 120]\ndisplay = "50vw"\n'
POST = "_posts/2026-05-06-x.md"
PAGE = "2026/05/06/x/index.html"


def shown(tmp_path: Path, picture: bytes, name: str = "a.jpg", body: str = "", **options: Any) -> Built:
    body = body or f"![A](<{name}>)"
    return build_site(tmp_path, {"sitegen.toml": SITE, POST: post(body), f"_posts/{name}": picture}, **options)


def opened(built: Built, path: str) -> Image.Image:
    return Image.open(io.BytesIO((built.output / path).read_bytes()))


def variants(built: Built) -> list[str]:
    return sorted(path.relative_to(built.output).as_posix() for path in (built.output / "assets/pictures").glob("*"))


def test_a_photo(tmp_path: Path) -> None:
    built = shown(tmp_path, saved(photo(1, 240, 180), quality=95), "Späte Sonne.jpg")
    page = built[PAGE]
    stem = re.search(r"/assets/pictures/(sp%C3%A4te-sonne-\w{10})-", page)[1]  # type: ignore[index]
    wide = ("avif", "webp", "jpg")
    made = (f"assets/pictures/{unquote(stem)}-{width}.{end}" for width in (60, 120) for end in wide)
    assert variants(built) == sorted(made)
    at = f"/assets/pictures/{stem}"
    source = '<source type="image/{0}" srcset="{1}-60.{0} 60w, {1}-120.{0} 120w" sizes="50vw">'
    img = f'<img src="{at}-120.jpg" srcset="{at}-60.jpg 60w, {at}-120.jpg 120w" sizes="50vw" alt="A" width="240"'
    assert f"<picture>{source.format('avif', at)}{source.format('webp', at)}{img}" in page
    classes = re.search(r'fetchpriority="high" class="tint((?: tint-\w+-[123])+)"></picture>', page)[1]  # type: ignore[index]
    assert all(f".{name} {{" in built["assets/style.css"] for name in classes.split())
    assert opened(built, f"assets/pictures/{unquote(stem)}-60.avif").size == (60, 45)


def test_feeds_have_one_that_every_reader_knows(tmp_path: Path) -> None:
    feed = shown(tmp_path, saved(photo(1, 240, 180)))["feed.json"]
    assert "<picture" not in feed and "srcset" not in feed and "lazy" not in feed
    assert re.search(r'src=\\"[^"]*/assets/pictures/a-\w+-120\.jpg\\"', feed)


def test_nothing_is_made_twice(tmp_path: Path) -> None:
    made: list[int] = []

    def again() -> None:
        made.clear()
        build(
            load_config(tmp_path),
            now=NOW,
            progress=lambda what, done, total: made.append(total) if what == "Pictures" else None,
        )

    shown(tmp_path, saved(photo(1, 240, 180)))
    again()
    assert made == []
    (tmp_path / "_posts/b.jpg").write_bytes(saved(photo(2, 240, 180)))
    (tmp_path / POST).write_text(post("![A](a.jpg) ![B](b.jpg)"))
    again()
    assert made == [1, 1]
    (tmp_path / "_posts/b.jpg").rename(tmp_path / "_posts/c.jpg")
    (tmp_path / POST).write_text(post("![A](a.jpg) ![C](c.jpg)"))
    again()
    assert made == []


def test_what_is_remembered_may_go_or_break(tmp_path: Path) -> None:
    built = shown(tmp_path, saved(photo(1, 240, 180)))
    before = {path: (built.output / path).read_bytes() for path in variants(built)}
    [folder] = (tmp_path / ".sitegen/pictures").iterdir()
    (folder / "60.webp").write_bytes(b"x" * (folder / "60.webp").stat().st_size)
    (tmp_path / ".sitegen/pictures/leftover.123.new").mkdir()
    for path in before:
        (built.output / path).unlink()
    shown(tmp_path, saved(photo(1, 240, 180)))
    assert {path: (built.output / path).read_bytes() for path in variants(built)} == before
    assert [one.name for one in (tmp_path / ".sitegen/pictures").iterdir()] == [folder.name]


def test_what_no_build_wants_goes_in_time(tmp_path: Path) -> None:
    for name, day in (("old", 0), ("new", 90), ("wanted", 0)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "a").write_bytes(b"x" * 100)
        (folder / ABOUT).write_text("{}")
        os.utime(folder / ABOUT, (day * 86400, day * 86400))
    store.forget(tmp_path, {"wanted"}, 100 * 86400)
    assert {one.name for one in tmp_path.iterdir()} == {"new", "wanted"}
    store.forget(tmp_path, {"wanted"}, 100 * 86400, most=150)
    assert {one.name for one in tmp_path.iterdir()} == {"wanted"}


def test_what_the_camera_tells_is_not_published(tmp_path: Path) -> None:
    """Neither in the smaller ones, nor in the picture itself, which stays as it is in every pixel."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "SECRET"
    exif.get_ifd(0x8825)[1] = "N"
    picture = photo(1, 240, 180)
    data = saved(picture, exif=exif, quality=90, comment=b"SECRET")
    built = shown(tmp_path, data, body="[![A](a.jpg)](a.jpg)")
    for path in (*variants(built), "2026/05/06/x/a.jpg"):
        assert b"SECRET" not in (built.output / path).read_bytes()
        assert 0x8825 not in opened(built, path).getexif()
    whole = opened(built, "2026/05/06/x/a.jpg")
    assert whole.getexif() == {0x0112: 6}
    assert whole.tobytes() == Image.open(io.BytesIO(data)).tobytes()
    assert 'width="180" height="240"' in built[PAGE]
    assert opened(built, next(path for path in variants(built) if path.endswith("-60.jpg"))).size == (60, 80)


@pytest.mark.parametrize("kind", ["png", "webp"])
def test_metadata_of_other_kinds(tmp_path: Path, kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRET"
    built = shown(tmp_path, saved(photo(1, 90, 60), kind, exif=exif), f"a.{kind}")
    data = (built.output / f"2026/05/06/x/a.{kind}").read_bytes()
    assert b"SECRET" not in data
    Image.open(io.BytesIO(data)).load()


def rgba() -> Image.Image:
    picture = photo(1, 90, 60).convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize((90, 60)))
    return picture


def test_what_can_be_seen_through_stays_so(tmp_path: Path) -> None:
    built = shown(tmp_path, saved(rgba(), "png"), "a.png")
    assert "tint" not in built[PAGE]
    for path in variants(built):
        low, high = opened(built, path).convert("RGBA").getchannel("A").getextrema()
        assert low < 20 and high > 200  # type: ignore[operator]


@pytest.mark.parametrize("mode", ["CMYK", "L", "P", "1", "I;16", "LA"])
def test_every_mode(tmp_path: Path, mode: str) -> None:
    picture = photo(1, 90, 60)
    if mode == "I;16":
        changed = Image.frombytes("I;16", (90, 60), b"\x00\x80" * (90 * 60))
    else:
        changed = picture.convert("L").convert(mode) if mode == "LA" else picture.convert(mode)
    kind = "jpeg" if mode in ("CMYK",) else "png"
    built = shown(tmp_path, saved(changed, kind), f"a.{kind}")
    grey = sum(changed.convert("RGB").resize((1, 1)).getpixel((0, 0))) / 3 if mode != "I;16" else 128  # type: ignore[arg-type]
    for path in variants(built):
        found = opened(built, path)
        assert found.mode in ("RGB", "RGBA", "L", "P")
        assert abs(sum(found.convert("RGB").resize((1, 1)).getpixel((0, 0))) / 3 - grey) < 24  # type: ignore[arg-type]


def test_colours_of_a_profile(tmp_path: Path) -> None:
    """What another space of colours means by its numbers is said in sRGB's."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    built = shown(tmp_path, saved(photo(1, 90, 60), icc_profile=profile, quality=95))
    for path in variants(built):
        assert "icc_profile" not in opened(built, path).info
    broken = shown(tmp_path / "broken", saved(photo(1, 90, 60), icc_profile=b"nonsense" * 20, quality=95))
    assert variants(broken)


def test_what_moves_goes_on(tmp_path: Path) -> None:
    frames = [photo(number, 40, 30).convert("P") for number in range(3)]
    data = saved(frames[0], "gif", save_all=True, append_images=frames[1:], duration=50)
    built = shown(tmp_path, data, "a.gif")
    assert (built.output / "2026/05/06/x/a.gif").read_bytes() == data
    assert 'width="40" height="30"' in built[PAGE] and "<picture" not in built[PAGE]


def offered(built: Built) -> list[tuple[list[str], int]]:
    """The widths of each kind, those first that browsers look at first, and how many bytes they have together."""
    found = []
    for srcset in re.findall(r'srcset="([^"]+)"', built[PAGE]):
        addresses, widths = zip(*re.findall(r"/(\S+) (\d+)w", srcset), strict=True)
        found.append(([*widths], sum((built.output / unquote(one)).stat().st_size for one in addresses)))
    return found


@pytest.mark.parametrize(
    ("name", "strength", "options"),
    [
        ("a.jpg", 0.0, {"quality": 95}),
        ("a.jpg", 0.0, {"quality": 30}),
        ("a.jpg", 0.09, {"quality": 95}),
        ("a.png", 0.02, {}),
        ("a.webp", 0.09, {"quality": 60}),
        ("a.avif", 0.0, {}),
    ],
)
def test_what_browsers_look_at_first_has_the_fewest_bytes(
    tmp_path: Path, name: str, strength: float, options: dict[str, int]
) -> None:
    """And none of its widths is missing, where a telephone would fetch a wider one, or show a narrow one enlarged."""
    data = saved(grainy(2, 240, 360, strength), name[2:].replace("jpg", "jpeg"), **options)
    files = {"sitegen.toml": SITE.replace("60, 120", "40, 80, 120, 240"), POST: post(f"![A]({name})")}
    found = offered(build_site(tmp_path, {**files, f"_posts/{name}": data}))
    assert found and all(widths == ["40", "80", "120", "240"] for widths, _ in found)
    bytes_of = [total for _, total in found]
    assert bytes_of == sorted(set(bytes_of))


def test_a_kind_that_gains_nothing_is_left_out(tmp_path: Path) -> None:
    """Few colours take the fewest bytes as WebP, which every browser knows that knows AVIF."""
    picture = photo(1, 240, 180).convert("1")
    settings = SITE.replace("60, 120", "240") + 'kinds = ["webp", "avif"]\n'
    files = {"sitegen.toml": settings, POST: post("![A](a.png)")}
    built = build_site(tmp_path, {**files, "_posts/a.png": saved(picture, "png")})
    assert {path.rpartition(".")[2] for path in variants(built)} == {"webp"}
    assert "image/avif" not in built[PAGE] and 'type="image/webp"' in built[PAGE]


def test_the_picture_itself_stands_in_where_none_has_fewer_bytes(tmp_path: Path) -> None:
    data = saved(photo(1, 120, 90), quality=20)
    files = {"sitegen.toml": f"{SITE}kinds = []\n", POST: post("![A](a.jpg)")}
    built = build_site(tmp_path, {**files, "_posts/a.jpg": data})
    assert re.search(r'<img src="/2026/05/06/x/a.jpg" srcset="[^"]+ 60w, /2026/05/06/x/a.jpg 120w"', built[PAGE])
    assert all((built.output / path).stat().st_size < len(data) for path in variants(built))


def sizes_of(tmp_path: Path, body: str) -> set[str]:
    return set(re.findall(r'sizes="([^"]+)"', shown(tmp_path, saved(photo(1, 240, 180)), body=body)[PAGE]))


def test_pictures_in_a_gallery_are_as_wide_as_its_columns(tmp_path: Path) -> None:
    gallery = ":::gallery\n![A](a.jpg)\n[![B](a.jpg)](a.jpg)\n:::"
    assert sizes_of(tmp_path, gallery) == {"(min-width: 52rem) 16rem, (min-width: 29rem) 31vw, 46vw"}
    assert sizes_of(tmp_path, f"{gallery}\n\n![A](a.jpg)") >= {"50vw"}


@pytest.mark.parametrize(
    ("tag", "sizes"),
    [
        ('<img src="a.jpg" alt="A" width="80">', "min(50vw, 80px)"),
        ('<img src="a.jpg" alt="A" height="60">', "min(50vw, 80px)"),
        ('<img src="a.jpg" alt="A" width="200">', "50vw"),
        ('<img src="a.jpg" alt="A" width="50%">', "50vw"),
        ('<img src="a.jpg" alt="A" width="80" sizes="3rem">', "3rem"),
    ],
)
def test_a_picture_is_shown_no_wider_than_its_author_says(tmp_path: Path, tag: str, sizes: str) -> None:
    assert sizes_of(tmp_path, tag) == {sizes}


def test_pictures_of_layouts(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "sitegen.toml": SITE,
        "_layouts/home.html": '{{ "/a.jpg" | img("A", class_="wide") }}',
        "static/a.jpg": saved(photo(1, 240, 180)),
    }
    built = build_site(tmp_path, files)
    classes = r'class="wide tint( tint-\w+-[123])+"'
    assert re.search(f"<picture><source .*srcset=.*{classes}></picture>", built["index.html"])


def metas(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta property="og:(image[^"]*)" content="([^"]*)">', page))


def test_a_page_is_shared_with_one_that_is_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    files: dict[str, str | bytes] = {
        "sitegen.toml": 'url = "https://example.org"\nbaseurl = "/b"\n' + SITE,
        POST: post("![A](a.jpg)", image="a.jpg"),
        "_posts/a.jpg": saved(photo(1, 120, 90), exif=exif, quality=95),
    }
    built = build_site(tmp_path, files)
    found = metas(built[PAGE])
    assert (found["image:width"], found["image:height"]) == ("90", "120")
    address = found["image"].removeprefix("https://example.org/b/")
    assert re.fullmatch(r"assets/pictures/a-\w+-90\.jpg", address) and opened(built, address).size == (90, 120)
    assert f'"url": "{found["image"]}", "width": "90 px"' in built[PAGE]


def test_a_page_is_not_shared_with_one_that_is_too_narrow(tmp_path: Path) -> None:
    data = saved(photo(1, 240, 180))
    files: dict[str, str | bytes] = {"sitegen.toml": SITE, "_posts/a.jpg": data}
    built = build_site(tmp_path, {**files, POST: post("![A](a.jpg)", image="a.jpg")})
    whole = {"image": "/2026/05/06/x/a.jpg", "image:width": "240", "image:height": "180"}
    assert metas(built[PAGE]) == whole
    given = {"path": "a.jpg", "width": 7, "height": 5}
    built = build_site(tmp_path, {**files, POST: post("![A](a.jpg)", image=given)})
    assert metas(built[PAGE]) == {**whole, "image:width": "7", "image:height": "5"}


def test_a_picture_that_only_stands_for_a_page_has_one_smaller_one(tmp_path: Path) -> None:
    """The page is shared with it, and feeds name it; the site's own stands for all other pages."""
    files: dict[str, str | bytes] = {
        "sitegen.toml": f'url = "https://example.org"\nbaseurl = "/b"\nimage = "/site.jpg"\n{SITE}',
        POST: post("No picture.", image={"path": "a.jpg"}),
        "_posts/a.jpg": saved(photo(1, 120, 90), comment=b"SECRET"),
        "static/site.jpg": saved(photo(2, 120, 90)),
    }
    built = build_site(tmp_path, files)
    made = [path for path in variants(built) if "/a-" in path]
    assert len(made) == 1 and made[0].endswith("-120.jpg") and len(variants(built)) == 2
    address = f"https://example.org/b/{made[0]}"
    assert metas(built[PAGE])["image"] == address
    assert metas(built["index.html"])["image"].startswith("https://example.org/b/assets/pictures/site-")
    assert f'<media:thumbnail url="{address}"' in built["feed.xml"] and f'"image": "{address}"' in built["feed.json"]
    assert b"SECRET" not in (built.output / "2026/05/06/x/a.jpg").read_bytes()


def test_nothing_is_made_for_what_would_be_shared_as_it_is(tmp_path: Path) -> None:
    data = saved(photo(1, 240, 180))
    built = build_site(tmp_path, {"sitegen.toml": SITE, POST: post("", image="a.jpg"), "_posts/a.jpg": data})
    assert variants(built) == [] and metas(built[PAGE])["image"] == "/2026/05/06/x/a.jpg"


def test_what_layouts_are_told_to_show_below_a_base_path(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "sitegen.toml": f'baseurl = "/b"\n{SITE}',
        "_layouts/post.html": "{{ page.image | img }}",
        POST: post("", image="a.jpg"),
        "_posts/a.jpg": saved(photo(1, 240, 180)),
    }
    assert '<source type="image/avif" srcset="/b/assets/pictures/a-' in build_site(tmp_path, files)[PAGE]


def test_off_by_itself(tmp_path: Path) -> None:
    built = build_site(tmp_path, {POST: post("![A](a.jpg)"), "_posts/a.jpg": saved(photo(1, 240, 180))})
    assert variants(built) == [] and "<picture" not in built[PAGE]


def hostile(name: str) -> bytes:
    if name == "bomb.png":
        head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 0, 0, 0, 0)
        body = struct.pack(">I4s", 13, b"IHDR") + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
        return b"\x89PNG\r\n\x1a\n" + body
    if name == "profile.png":  # that unpacks to 200 MB
        data, profile = saved(photo(1, 30, 20), "png"), b"p\0\0" + zlib.compress(bytes(200_000_000), 9)
        return data[:33] + chunk(b"iCCP", profile) + data[33:]
    if name.startswith("cut."):
        whole = saved(photo(1, 240, 180), name[4:].replace("jpg", "jpeg"))
        return whole[: len(whole) // 2]
    return {"text.jpg": b"this is text", "empty.jpg": b""}[name]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("bomb.png", "20,000 × 20,000 pixels"),
        ("text.jpg", "no picture that can be read"),
        ("empty.jpg", "no picture that can be read"),
        *((f"cut.{kind}", "the picture is cut short or damaged") for kind in ("jpg", "png", "gif", "webp", "avif")),
        ("profile.png", "the picture unpacks to more than it may"),
    ],
)
def test_hostile_pictures_are_told(tmp_path: Path, name: str, told: str) -> None:
    with pytest.raises(SiteError) as caught:
        shown(tmp_path, hostile(name), name)
    [problem] = (problem for problem in caught.value.problems if problem.severity == "error")
    assert problem.path == f"_posts/{name}" and told in problem.message


def test_a_full_disk_is_no_fault_of_the_picture(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(saved(photo(1, 90, 60), "png"))
    job = Job(str(tmp_path / "a.png"), "png", 90, 60, (), (60,), str(tmp_path / "made"))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        fault = make(job)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert fault is not None and "cannot be written" in fault.message and fault.hint == "make room"
    assert make(job) is None


def test_a_film_of_a_thousand_frames(tmp_path: Path) -> None:
    frames = [Image.new("P", (8, 8), number % 256) for number in range(1000)]
    data = saved(frames[0], "gif", save_all=True, append_images=frames[1:])
    assert (shown(tmp_path, data, "a.gif").output / "2026/05/06/x/a.gif").read_bytes() == data


def test_dimensions_agree(tmp_path: Path) -> None:
    built = shown(tmp_path, saved(photo(1, 240, 180)))
    for path in variants(built):
        found = dimensions_of(io.BytesIO((built.output / path).read_bytes()))
        assert found is not None and (found.width, found.height) == opened(built, path).size


def test_a_site_in_several_languages(tmp_path: Path) -> None:
    """A picture beside a post, and those made of it, are of the whole site; each edition shows its own."""
    languages = 'title = "T"\nurl = "https://example.org"\n[languages.de]\n[languages.ar]\n'
    names = ("index.md", "index.de.md", "index.ar.md")
    built = build_site(
        tmp_path,
        {
            "sitegen.toml": languages + SITE,
            **{f"_posts/2026-05-06-x/{name}": post("![A](a.jpg)") for name in names},
            "_posts/2026-05-06-x/a.jpg": saved(photo(1, 240, 180)),
        },
    )
    for page in (PAGE, f"de/{PAGE}", f"ar/{PAGE}"):
        (source,) = re.findall(r'<img src="/(assets/pictures/[^"]+)"', built[page])
        assert opened(built, source).size == (120, 90)
    assert len(variants(built)) == len(set(variants(built))) > 0
    assert build(load_config(tmp_path), now=NOW).written == 0


@pytest.mark.parametrize("wrong", ["0", "-3", '"720"', "360.5", "20000", "true"])
def test_a_width_that_is_none_is_told(tmp_path: Path, wrong: str) -> None:
    (tmp_path / "sitegen.toml").write_text(f"[images]\nwidths = [\n  360,\n  {wrong},\n]\n")
    with pytest.raises(SiteError) as caught:
        load_config(tmp_path)
    [problem] = caught.value.problems
    assert f"has {wrong}, which is no whole number from 16 to 8000" in problem.message
    assert problem.hint == "write widths in pixels, as [360, 720, 1080, 1440]"
