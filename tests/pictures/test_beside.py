"""Files beside posts and pages: linked, they are published; missing, they are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.errors import SiteError
from tests.outputs.sites import build_site, post
from tests.pictures.files import png

DOT = png(3, 2)
SITE = 'url = "https://x.org"\n'
TRIP = "_posts/2026-05-06-trip"


def test_a_post_is_a_folder(tmp_path: Path) -> None:
    """Its name, date and address are the folder's; what it links to is published below its address."""
    body = "![Sea](sea.png) and [the map](maps/map.pdf)"
    there = {f"{TRIP}/{name}": DOT for name in ("sea.png", "unused.png", "maps/map.pdf")}
    built = build_site(tmp_path, {"sitegen.toml": SITE, f"{TRIP}/index.md": post(body), **there})
    page = built["2026/05/06/trip/index.html"]
    assert "<title>Trip" in page
    assert 'src="/2026/05/06/trip/sea.png"' in page and 'href="/2026/05/06/trip/maps/map.pdf"' in page
    assert (built.output / "2026/05/06/trip/sea.png").read_bytes() == DOT
    assert "2026/05/06/trip/maps/map.pdf" in built
    assert not list(built.output.rglob("unused.png"))
    assert built.notices == []


@pytest.mark.parametrize("source", ["_posts/2026-05-06-x.md", "_posts/sub/2026-05-06-x.md"])
def test_beside_a_plain_post(tmp_path: Path, source: str) -> None:
    folder = source.rpartition("/")[0]
    built = build_site(tmp_path, {source: post("![Sea](img/sea.png)"), f"{folder}/img/sea.png": DOT})
    assert "2026/05/06/x/img/sea.png" in built
    assert 'src="/2026/05/06/x/img/sea.png"' in built["2026/05/06/x/index.html"]


def test_one_name_in_two_forms_of_unicode(tmp_path: Path) -> None:
    """Each alone is found by both; both at once would be published at one address."""
    body = "![A](\u00e9.png) ![B](e\u0301.png)"
    for name in ("\u00e9.png", "e\u0301.png"):
        built = build_site(tmp_path / name, {"_posts/2026-05-06-x.md": post(body), f"_posts/{name}": DOT})
        assert (built.output / "2026/05/06/x/\u00e9.png").read_bytes() == DOT
    (tmp_path / name / "_posts/\u00e9.png").write_bytes(png(4, 4))
    if len(list((tmp_path / name / "_posts").glob("*.png"))) == 2:  # not on a disk where they are one
        with pytest.raises(SiteError, match="two forms of Unicode"):
            build_site(tmp_path / name, {})


def test_beside_pages_and_drafts(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "_pages/about/index.md": post("![Me](me.png)"), "_pages/about/me.png": DOT,
        "_pages/plain.md": post("![It](it.png)"), "_pages/it.png": DOT,
        "top.md": post("![Top](top.png)"), "top.png": DOT,
        "_drafts/idea/index.md": post("![Idea](idea.png)"), "_drafts/idea/idea.png": DOT,
    }  # fmt: skip
    built = build_site(tmp_path, files)
    assert {"about/me.png", "plain/it.png", "top/top.png"} < built.files
    assert not list(built.output.rglob("idea.png"))
    assert "idea/idea.png" in build_site(tmp_path, {}, drafts=True)


def test_permalinks_and_a_base(tmp_path: Path) -> None:
    """In lists, where the excerpt stands on another page, and in feeds the address is whole, too."""
    files: dict[str, str | bytes] = {
        "sitegen.toml": f'{SITE}baseurl = "/blog"\n',
        "_layouts/home.html": "{{ site.posts[0].excerpt }}",
        "_posts/2026-05-06-x.md": post("Text, ![Sea](sea.png)", permalink="/a/x.html"),
        "_posts/sea.png": DOT,
    }
    built = build_site(tmp_path, files)
    assert "a/x/sea.png" in built
    for page in ("a/x.html", "index.html"):
        assert 'src="/blog/a/x/sea.png"' in built[page]
    for feed in ("feed.xml", "feed.json"):
        assert "https://x.org/blog/a/x/sea.png" in built[feed]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("my sea.png", "<my sea.png>"),
        ("my sea.png", "my%20sea.png"),
        ("Meer & Söhne.PNG", "<Meer & Söhne.PNG>"),
        ("100%.png", "100%.png"),
        ("a%20b.png", "a%2520b.png"),
        ("o\u0308l.png", "öl.png"),  # decomposed on the disk, as macOS has it
    ],
)
def test_names(tmp_path: Path, name: str, written: str) -> None:
    built = build_site(tmp_path, {"_posts/2026-05-06-x.md": post(f"![Sea]({written})"), f"_posts/{name}": DOT})
    [published] = (path for path in built.files if path.lower().endswith(".png"))
    assert published.startswith("2026/05/06/x/")


def test_every_way_to_show_a_file(tmp_path: Path) -> None:
    html = '<video src="a.mp4" poster="b.png"></video>\n\n<img src="c.png" srcset="d.png 2x" alt="">'
    body = f'{html}\n\n::figure{{src=e.png alt="It"}}'
    files: dict[str, str | bytes] = {
        f"_posts/{name}": DOT for name in ("a.mp4", "b.png", "c.png", "d.png", "e.png", "f.png")
    }
    built = build_site(tmp_path, {**files, "_posts/2026-05-06-x.md": post(body, image="f.png")})
    assert {f"2026/05/06/x/{name[7:]}" for name in files} < built.files
    page = built["2026/05/06/x/index.html"]
    for attribute in ('src="{}a.mp4', 'poster="{}b.png', 'src="{}c.png', 'srcset="{}d.png 2x', 'src="{}e.png'):
        assert attribute.format("/2026/05/06/x/") in page
    assert '<meta property="og:image" content="/2026/05/06/x/f.png">' in page


def test_one_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as caught:
        build_site(tmp_path, {f"{TRIP}/index.md": post("Text\n\n![Sea](see.png)\n"), f"{TRIP}/sea.png": DOT})
    [problem] = (problem for problem in caught.value.problems if problem.severity == "error")
    assert (problem.where, problem.message) == (f"{TRIP}/index.md:5", "the file see.png is not there")
    assert problem.hint == "did you mean sea.png?"


@pytest.mark.parametrize(
    ("beside", "hint"),
    [
        (["souk.jpg"], "did you mean souk.jpg? No text links to it"),
        (["day/souk.jpg", "tea.jpg"], "did you mean day/souk.jpg? No text links to it"),
        (["souk.jpg", "hill.jpg"], f"put it at {TRIP}/market.jpg"),
        (["notes.txt", "tea.jpg"], f"put it at {TRIP}/market.jpg"),
    ],
)
def test_one_that_took_another_name(tmp_path: Path, beside: list[str], hint: str) -> None:
    text = "![Market](market.jpg)\n\n" + ("![Tea](tea.jpg)" if "tea.jpg" in beside else "")
    with pytest.raises(SiteError) as caught:
        build_site(tmp_path, {f"{TRIP}/index.md": post(text), **{f"{TRIP}/{name}": DOT for name in beside}})
    [problem] = (problem for problem in caught.value.problems if problem.severity == "error")
    assert problem.hint == hint


def test_capitals_count(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as caught:
        build_site(tmp_path, {"_posts/2026-05-06-x.md": post("![Sea](Sea.PNG)"), "_posts/sea.png": DOT})
    assert caught.value.problems[0].hint == "capitals count: write sea.png"


@pytest.mark.parametrize("name", ["../../secret.png", "../top.png", "link.png", ".hidden.png", "%00.png"])
def test_nothing_outside_of_the_document_s_folder(tmp_path: Path, name: str) -> None:
    """Neither by `..`, nor by a link on the disk, nor what is hidden."""
    site = tmp_path / "site"
    (site / "_posts").mkdir(parents=True)
    for place in ("secret.png", "site/top.png", "site/_posts/.hidden.png"):
        (tmp_path / place).write_bytes(DOT)
    if name == "link.png":
        (site / "_posts/link.png").symlink_to(tmp_path / "secret.png")
    with pytest.raises(SiteError) as caught:
        build_site(site, {"_posts/2026-05-06-x.md": post(f"![Sea]({name})")})
    told = [f"{problem.path} {problem.message}" for problem in caught.value.problems]
    assert any(name in one for one in told), told


def test_a_file_that_comes_or_goes(tmp_path: Path) -> None:
    """The page changes with the file, though its text stays as it is."""
    there: dict[str, str | bytes] = {"_posts/2026-05-06-x.md": post("[Map](map.pdf)"), "_posts/map.pdf": b"%PDF"}
    assert 'href="/2026/05/06/x/map.pdf"' in build_site(tmp_path, there)["2026/05/06/x/index.html"]
    (tmp_path / "_posts/map.pdf").unlink()
    built = build_site(tmp_path, {})
    assert 'href="map.pdf"' in built["2026/05/06/x/index.html"]
    assert "2026/05/06/x/map.pdf" not in built


def test_jekyll_publishes_nothing_from_there(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "_config.yml": "title: x",
        "_posts/2026-05-06-x.md": post("![Sea](sea.png)"),
        "_posts/sea.png": DOT,
    }
    built = build_site(tmp_path, files)
    assert not list(built.output.rglob("sea.png"))
    assert any("sea.png" in notice for notice in built.notices)


def test_one_file_of_two_posts(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"_posts/2026-05-06-{name}.md": post("![Sea](sea.png)") for name in "ab"}
    built = build_site(tmp_path, {**files, "_posts/sea.png": DOT})
    assert {"2026/05/06/a/sea.png", "2026/05/06/b/sea.png"} < built.files


def test_a_folder_is_named_as_a_file_is(tmp_path: Path) -> None:
    """`related`, `:path` and the addresses know it by the name of the folder."""
    files: dict[str, str | bytes] = {
        "sitegen.toml": 'permalink = "/:path/"',
        f"{TRIP}/index.md": post(),
        "_posts/2026-05-07-y.md": post(related="2026-05-06-trip"),
    }
    built = build_site(tmp_path, files)
    assert "2026-05-06-trip/index.html" in built
    assert "/2026-05-06-trip/" in built["2026-05-07-y/index.html"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "this picture is SVG, and"),
        (b"this is a text", "this is no picture that can be read"),
        (b"", "this is no picture that can be read"),
    ],
)
def test_a_picture_that_is_something_else_is_an_error(tmp_path: Path, data: bytes, told: str) -> None:
    with pytest.raises(SiteError) as caught:
        build_site(tmp_path, {"_posts/2026-05-06-x.md": post("[it](a.JPG)"), "_posts/a.JPG": data})
    [problem] = (one for one in caught.value.problems if one.severity == "error")
    assert problem.where == "_posts/a.JPG" and problem.message.startswith(told)


def test_a_picture_of_another_kind_is_told(tmp_path: Path) -> None:
    built = build_site(tmp_path, {"_posts/2026-05-06-x.md": post("![It](a.jpg)"), "_posts/a.jpg": DOT})
    assert "_posts/a.jpg: this picture is PNG, and its name says JPEG" in built.notices
    assert (built.output / "2026/05/06/x/a.jpg").read_bytes() == DOT
