"""From an address to a file, and never out of the folder."""

import os
from pathlib import Path

import pytest

from sitegen.serve.site_files import Moved, content_type, find, with_script


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "preview"
    for name in ("index.html", "a/index.html", "b.html", "c", "c/..d", "é/index.html", ".well-known/x"):
        file = folder / name if name != "c" else folder / "c.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    (tmp_path / "secret.html").write_text("secret")
    return folder


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/", "index.html"),
        ("/a/", "a/index.html"),
        ("/a/index.html", "a/index.html"),
        ("/b", "b.html"),
        ("/b.html", "b.html"),
        ("/c.txt", "c.txt"),
        ("/c/..d", "c/..d"),
        ("/.well-known/x", ".well-known/x"),
    ],
)
def test_clean_addresses(folder, path, file):
    assert find(folder, path) == (folder / file).resolve()


@pytest.mark.parametrize(("path", "url"), [("/a", "/a/"), ("/é", "/%C3%A9/")])
def test_a_folder_is_at_the_address_with_a_slash(folder, path, url):
    assert find(folder, path) == Moved(url)


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.html", "/a/../../secret.html", "//etc/passwd", "/..", "/a/..", "/.", "/./b", "/a//index.html",
        "/..\\secret.html", "/a\0.html", "/" + "x" * 5000, "/b/", "/b.html/", "/c.txt/x", "/\udcff",
    ],
)  # fmt: skip
def test_nothing_else_is_found(folder, path):
    assert find(folder, path) is None


def test_links_that_lead_out_are_not_followed(folder, tmp_path):
    (folder / "out.html").symlink_to(tmp_path / "secret.html")
    (folder / "up").symlink_to(tmp_path)
    (folder / "in.html").symlink_to(folder / "b.html")
    assert find(folder, "/out.html") is None
    assert find(folder, "/up/secret.html") is None
    assert find(folder, "/in") == (folder / "b.html").resolve()


def test_a_pipe_is_no_file(folder):
    os.mkfifo(folder / "pipe.html")
    assert find(folder, "/pipe.html") is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.HTML", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.svg", "image/svg+xml"),
        ("a.woff2", "font/woff2"),
        ("feed.xml", "application/xml"),
        ("a.jpeg", "image/jpeg"),
        ("a.pdf", "application/pdf"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_content_types(name, kind):
    assert content_type(name) == kind


@pytest.mark.parametrize(
    ("html", "whole"),
    [
        (b"<body>a</body></html>", b"<body>aX</body></html>"),
        (b"<pre></BODY></pre></Body>", b"<pre></BODY></pre>X</Body>"),
        (b"<p>a", b"<p>aX"),
    ],
)
def test_the_script_goes_to_the_end_of_the_body(html, whole):
    assert with_script(html, "X") == whole
