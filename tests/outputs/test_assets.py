"""Styles and scripts under names of their content, one file of many, smaller pages."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sitegen.errors import SiteError
from tests.outputs.sites import Built, build_site, post

PAGE = "_layouts/page.html"
LAYOUT = '{{ "/a.css" | asset_url }}|{{ "/a.js" | asset_url }}|{{ "/p.png" | asset_url }}'
FILES = {"index.md": post(), PAGE: LAYOUT, "static/a.css": "a { b: c }", "static/a.js": "1", "static/p.png": "p"}


def built(folder: Path, files: dict[str, str] | None = None, settings: str = "", **options: Any) -> Built:
    return build_site(folder, {**FILES, **(files or {}), "sitegen.toml": settings}, **options)


def style_of(site: Built) -> str:
    """The path of the style that the page names."""
    return site["index.html"].split("|")[0].removeprefix("/")


def test_names_change_with_the_content_and_the_plain_ones_stay(tmp_path: Path) -> None:
    site = built(tmp_path)
    style, script, picture = site["index.html"].split("|")
    assert re.fullmatch(r"/a\.[0-9a-f]{8}\.css", style) and re.fullmatch(r"/a\.[0-9a-f]{8}\.js", script)
    assert re.fullmatch(r"/p\.png\?v=[0-9a-f]{8}", picture)
    assert site[style[1:]] == site["a.css"] == "a { b: c }"
    again = built(tmp_path, {"static/a.css": "a { b: d }"})
    assert style_of(again) != style[1:] and again[style_of(again)] == "a { b: d }"
    assert style[1:] not in again and again["index.html"].split("|")[1:] == [script, picture]


def test_only_pages_that_name_a_style_are_made_again(tmp_path: Path) -> None:
    others = {"_pages/other.md": post(layout="other"), "_layouts/other.html": "{{ content }}"}
    built(tmp_path, others)
    report = built(tmp_path, {**others, "static/a.css": "new"}).report
    assert (report.written, report.deleted) == (3, 1)  # the page, the style, the style by its content; the old one


def test_below_a_base_and_in_a_preview_and_without(tmp_path: Path) -> None:
    assert built(tmp_path, settings='baseurl = "/b"')["index.html"].startswith("/b/a.")
    plain = "/a.css|/a.js|/p.png"
    assert built(tmp_path, settings="[assets]\nfingerprint = false")["index.html"] == plain
    assert built(tmp_path, preview=True)["index.html"] == plain


def test_a_file_that_there_is_not(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match=r'there is no file "/b.css" to publish; did you mean "/a.css"\?') as found:
        built(tmp_path, {PAGE: '\n{{ "/b.css" | asset_url }}'})
    assert found.value.problems[0].where == f"{PAGE}:2"


def test_imports_become_one_file_with_their_conditions(tmp_path: Path) -> None:
    style = '@import "s/b.css" layer(x) supports(display: grid) print;\n@import url(s/c.css);\na {}'
    parts = {"static/s/b.css": "b { c: url(../p.png#x) }", "static/s/c.css": '@charset "utf-8";\nc::after { d: "}" }'}
    site = built(tmp_path, {"static/a.css": style, **parts})
    text = re.sub(r"\s+", " ", re.sub("v=[0-9a-f]{8}", "v=1", site[style_of(site)]))
    expected = '@media print { @supports (display: grid) { @layer x { b { c: url("p.png?v=1#x") } } } }'
    assert text == expected + ' c::after { d: "}" } a {}'
    before = style_of(site)
    assert before != style_of(built(tmp_path, {"static/a.css": style, **parts, "static/s/c.css": "new {}"}))


def test_an_import_of_another_site_stays_and_so_does_what_is_before_it(tmp_path: Path) -> None:
    style = '@import "b.css" print;\n@import "https://x.example/y.css";\n@import "c.css";'
    site = built(tmp_path, {"static/a.css": style, "static/b.css": "b {}", "static/c.css": "c {}"})
    text = re.sub("v=[0-9a-f]{8}", "v=1", site[style_of(site)])
    assert text.split("\n") == ['@import "b.css?v=1" print;', '@import "https://x.example/y.css";', "c {}", ""]


@pytest.mark.parametrize(
    ("styles", "told"),
    [
        ({"a": '\n@import "bb.css";', "b": ""}, '2: there is no style sheet "bb.css"'),
        ({"a": '@import "b.css";', "b": '@import "a.css";'}, "circle: /a.css → /b.css → /a.css"),
        (
            {"a": '@import "0.css";', "22": "a {}"}
            | {f"{n}": f'\n@import "{n + 1}.css"; @import "{n + 1}.css" print;' for n in range(22)},
            ".css:2: the imports come to far too much",
        ),
        (
            {"a": '@import "0.css";', "1500": "a {}"} | {f"{n}": f'@import "{n + 1}.css";' for n in range(1500)},
            "static/99.css:1: the imports go more than 100 files deep",
        ),
        ({"a": '@import "b.css";', "b": "\nb {"}, "static/b.css:2: a bracket without its like"),
        ({"a": '@import "b.css";', "b": "b {} /* "}, "static/b.css:1: a bracket without its like"),
    ],
)
def test_what_cannot_be_bundled(tmp_path: Path, styles: dict[str, str], told: str) -> None:
    with pytest.raises(SiteError) as found:
        built(tmp_path, {f"static/{name}.css": text for name, text in styles.items()})
    assert told in "\n".join(f"{one.where}: {one.message}" for one in found.value.problems)


def test_a_file_that_a_style_names_in_vain(tmp_path: Path) -> None:
    for _ in range(2):  # told by each build
        site = built(tmp_path, {"static/a.css": "\na { b: url(no.png) }"})
        assert 'static/a.css:2: there is no file "no.png", which a style names' in site.notices


def test_integrity_is_that_of_the_bytes(tmp_path: Path) -> None:
    layout = {PAGE: '{{ "/a.css" | asset_url }}|{{ "/a.css" | asset_integrity }}'}
    site = built(
        tmp_path, {**layout, "static/a.css": "a { b: url(p.png) }"}, "[assets]\nintegrity = true\nminify = true"
    )
    digest = base64.b64encode(hashlib.sha384(site[style_of(site)].encode()).digest()).decode()
    assert site["index.html"].split("|")[1] == f' integrity="sha384-{digest}"'
    assert built(tmp_path, layout)["index.html"].split("|")[1] == ""


@pytest.mark.parametrize(
    ("opened", "closed"),
    [("a{", "}"), (":not(", ")"), ("( } ", ")"), ("a{b:calc(1px + (", "))}"), ("@media print{", "}")],
)
def test_a_style_too_deep_to_be_made_smaller(tmp_path: Path, opened: str, closed: str) -> None:
    """The library would end the process."""
    with pytest.raises(SiteError) as found:
        built(tmp_path, {"static/a.css": "\n" * 3 + opened * 8000 + closed * 8000}, "[assets]\nminify = true")
    [problem] = found.value.problems
    assert problem.where == "static/a.css:4" and "more than 32 brackets within each other" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "<div>",
        "<DIV >",
        "<div></b>",
        "<div><b></div>",
        "<div><p></div>",
        "<b></p>",
        "<foo/>",
        "<math><mi/>",
        "<tr><td>",
    ],
)
def test_a_page_too_deep_to_be_made_smaller(tmp_path: Path, text: str) -> None:
    """It is published as it is; the library would end the process."""
    (tmp_path / "_layouts").mkdir()
    (tmp_path / PAGE).write_text(text * 20_000)
    (tmp_path / "index.md").write_text(post())
    (tmp_path / "sitegen.toml").write_text("outputs = ['pages']\n[assets]\nminify = true")
    done = subprocess.run([sys.executable, "-m", "sitegen", "build"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "output/index.html").read_text() == text * 20_000


def test_what_only_looks_deep_is_made_smaller(tmp_path: Path) -> None:
    many = "<p>a</p ><br><img src=a><ul><li>b<li>c</ul><svg><path/><g></g></svg>" * 1_100
    site = built(tmp_path, {PAGE: f"{many}<b  id='x'>y</b>"}, "[assets]\nminify = true")
    assert "<b id=x>y</b>" in site["index.html"]


def test_smaller_pages_and_styles(tmp_path: Path) -> None:
    page = '<p  class="e-content"><b>a</b>\n <i>&lt;</i></p><pre>\n x\n  y</pre><script> 1 </script>'
    layout = '{{ "/a.css" | asset_url }}|' + page
    site = built(tmp_path, {PAGE: layout}, "[assets]\nminify = true")
    assert site["index.html"].split("|")[1] == (
        "<p class=e-content><b>a</b> <i>&lt;</i></p><pre>\n x\n  y</pre><script> 1 </script>"
    )
    assert (site[style_of(site)], site["a.css"]) == ("a{b:c}", "a { b: c }")
    assert "  " in built(tmp_path, {PAGE: layout}, "[assets]\nminify = true", preview=True)["index.html"]


def test_compressed_files_are_the_same_in_other_bytes_and_go_with_their_file(tmp_path: Path) -> None:
    import brotli
    import zstandard

    unpacked = {"gz": gzip.decompress, "br": brotli.decompress, "zst": zstandard.decompress}
    files = {"static/big.txt": "words " * 300, "static/small.txt": "x", "static/own.txt.gz": "mine"}
    settings = '[assets]\ncompress = ["gz", "br", "zst"]'
    site = built(tmp_path, {**files, "static/own.txt": "words " * 300}, settings)
    for ending, unpack in unpacked.items():
        assert unpack((site.output / f"big.txt.{ending}").read_bytes()) == b"words " * 300
    assert "small.txt.gz" not in site and site["own.txt.gz"] == "mine"
    assert built(tmp_path, files, settings).report.written == 0
    (site.output / "big.txt.br").write_bytes(b"damaged")
    assert built(tmp_path, files, settings).report.written == 1
    (tmp_path / "static/big.txt").unlink()
    after = built(tmp_path, {"static/small.txt": "x"}, settings)
    assert not [path for path in after.output.iterdir() if path.name.startswith("big")]
    assert not list(built(tmp_path).output.rglob("*.br"))


def test_a_page_over_its_budget(tmp_path: Path) -> None:
    layout = (
        '<link rel="stylesheet" href="{{ "/a.css" | asset_url }}"><picture><source srcset="/s.avif 1x, /l.avif 2x">'
        '<img src="/huge.png"></picture><img src="https://x.example/y.png"><a href="/l.webp">x</a>'
    )
    files: dict[str, str | bytes] = {
        PAGE: layout,
        "static/a.css": "a { b: url(f.woff2) }",
        "static/f.woff2": bytes(4000),
        **{f"static/{name}": bytes(9000) for name in ("s.avif", "l.avif", "huge.png", "l.webp")},
    }
    budget = '[budget]\npage = "10 kB"\nimages = 9000\nrequests = 3\n'
    for _ in range(2):  # told by each build
        site = build_site(tmp_path, {**FILES, **files, "sitegen.toml": budget})
        (told,) = [one for one in site.notices if one.startswith("index.md")]
        assert told.startswith(
            "index.md: the page / weighs 13 kB of 10 kB; it loads 4 files of 3: images 9.0 kB, fonts"
        )
    (page,) = [page for page in site.report.weights if page.url == "/"]
    assert {part.path.split(".")[-1] for part in page.parts} == {"html", "css", "woff2", "avif"}
    with pytest.raises(SiteError, match="weighs 13 kB"):
        build_site(tmp_path, {"sitegen.toml": budget + "fail = true"})
    size = page.total
    with pytest.raises(SiteError, match=f"weighs {size} bytes of {size - 1} bytes"):
        build_site(tmp_path, {"sitegen.toml": f"budget.page = {size - 1}\nbudget.fail = true"})
    with pytest.raises(SiteError, match='without its unit: "500"') as caught:
        build_site(tmp_path, {"sitegen.toml": 'budget.page = "500"'})
    assert caught.value.problems[0].hint == 'write it as "500 kB"'
