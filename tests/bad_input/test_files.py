"""What lies in the folders of a site: links, pipes, names, sizes, and what editors leave behind."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bad_input.trial import Case, Content, build, pass_with, problems, refuse, write


def linked(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def piped(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    try:
        os.mknod(path, 0o600 | 0o020000, os.makedev(1, 5))  # /dev/zero
    except PermissionError:
        pytest.skip("no devices can be made here")


def bound(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may not be long
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


KINDS = (
    ("nothing", linked("nowhere"), "a link to nothing"),
    ("itself", linked("bad.md"), "a link that leads to itself"),
    ("passwd", linked("/etc/passwd"), "leads out of the site"),
    ("zero", linked("/dev/zero"), "a pipe, a socket or a device"),
    ("pipe", piped, "a pipe, a socket or a device"),
    ("device", device, "a pipe, a socket or a device"),
)
PLACES = ("_posts/bad.md", "_pages/bad.md", "_layouts/bad.md", "_includes/bad.md", "_data/bad.md", "static/bad.md")


@pytest.mark.parametrize(("name", "make", "words"), KINDS, ids=[row[0] for row in KINDS])
@pytest.mark.parametrize("place", PLACES)
def test_what_is_no_file(site: Path, place: str, name: str, make: Callable[[Path], None], words: str) -> None:
    (site / place).parent.mkdir(exist_ok=True)
    make(site / place)
    refuse(site, Case(name, {}, (f"{place}: | {words}",)))


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_socket(site: Path) -> None:
    bound(site / "_posts/bad.md")
    refuse(site, Case("socket", {}, ("_posts/bad.md: | a pipe, a socket or a device",)))


LINKS = (
    ("_posts/x", "/etc", "leads out of the site"),
    ("_posts/x", "../..", "leads out of the site"),
    ("static/x", "..", "what the build itself writes or keeps"),
    ("static/x", "../output", "what the build itself writes or keeps"),
    ("static/x", "../.sitegen", "what the build itself writes or keeps"),
    ("static/x.db", "../.sitegen/lock", "what the build itself writes or keeps"),
    ("_data", "/etc", "leads out of the site"),
    ("_layouts", "..", "leads out of the site"),
    ("_includes", ".", "what the build itself writes or keeps"),
    ("_pages", "output", "what the build itself writes or keeps"),
)


@pytest.mark.parametrize(("path", "target", "words"), LINKS)
def test_a_link_to_a_folder(site: Path, path: str, target: str, words: str) -> None:
    (site / path).symlink_to(target)
    refuse(site, Case("link", {}, (f"{path}: | {words}",)))


def test_links_within_the_site_are_followed(site: Path) -> None:
    write(site, {"_posts/deep/2024-03-01-x.md": "one\n", "shared.md": "two\n"})
    (site / "_posts/2024-03-02-y.md").symlink_to("../shared.md")
    (site / "_posts/again").symlink_to("deep")
    (site / "_posts/deep/up").symlink_to("..")
    (site / "static/a").symlink_to(".")
    refuse(site, Case("twice", {}, ("_posts/again/2024-03-01-x.md: | _posts/deep/2024-03-01-x.md",)))
    (site / "_posts/again").unlink()
    pass_with(site, Case("once", {}))
    assert (site / "output/2024/03/02/y/index.html").is_file()


def test_links_that_lead_to_each_other_end(site: Path) -> None:
    for name in "abcdefghijkl":
        (site / "static" / name).mkdir()
        for other in "abcdefghijkl":
            (site / "static" / name / other).symlink_to(f"../{other}")
    refuse(site, Case("maze", {}, ("static/", "static/ | links")))


def test_folders_within_folders_end(site: Path) -> None:
    write(site, {"static/" + "a/" * 300 + "x.txt": "x"})
    refuse(site, Case("deep", {}, ("static/a/ | folders nested more than 40 deep",)))


NOT_UTF8 = (b"_posts/2024-01-02-caf\xe9.md", b"static/caf\xe9.txt", b"_layouts/caf\xe9.html", b"_data/caf\xe9.yml")


@pytest.mark.parametrize("name", NOT_UTF8)
def test_a_name_that_is_not_utf8(site: Path, name: bytes) -> None:
    write(site, {os.fsdecode(name): "x"})
    shown = name.decode("utf-8", "surrogateescape").encode("utf-8", "backslashreplace").decode()
    refuse(site, Case("name", {}, (f"{shown}: | the file's name is not UTF-8 | rename the file",)))


@pytest.mark.parametrize("name", ["a\\b.txt", "a\nb.txt", "a\x1b[31m.txt"])
def test_a_name_that_no_address_can_have(site: Path, name: str) -> None:
    refuse(site, Case("name", {f"static/{name}": "x"}, ("static/a | no address can have | rename the file",)))


LARGE = ("_posts/2024-01-02-x.md", "_pages/x.md", "_layouts/x.html", "_data/x.yml", "sitegen.toml")


@pytest.mark.parametrize("path", LARGE)
def test_a_text_that_is_far_too_large(site: Path, path: str) -> None:
    write(site, {path: ""})
    os.truncate(site / path, 5_000_000_000)  # with a hole: it takes no room
    refuse(site, Case("large", {}, (f"{path}: | more than 20 MB",)))


FOLDERS = ("_posts", "_pages", "_layouts", "_includes", "_data", "static")


@pytest.mark.parametrize("name", FOLDERS)
def test_a_file_in_place_of_a_folder(site: Path, name: str) -> None:
    if (site / name).exists():
        (site / name).rename(site.parent / "aside")
    write(site, {name: "x"})
    refuse(site, Case(name, {}, (f"{name}: this should be a folder",)))


LEFT = (
    ".2024-01-02-x.md.swp",
    ".2024-01-02-x.md.swo",
    "2024-01-02-x.md~",
    "#2024-01-02-x.md#",
    ".#2024-01-02-x.md",
    "2024-01-02-x.md.swp",
    ".DS_Store",
    "._2024-01-02-x.md",
    "4913",
    "2024-01-02-x.md.bak",
    "Thumbs.db",
    ".gitkeep",
    "2024-01-02-x.md.orig",
    "2024-01-02-x.tmp",
)


@pytest.mark.parametrize("name", LEFT)
@pytest.mark.parametrize("folder", ["_posts", "_pages", "_data", "_layouts", "_includes"])
def test_what_editors_leave_behind(site: Path, folder: str, name: str) -> None:
    pass_with(site, Case(name, {f"{folder}/{name}": b"\0b0VIM\xff{{ {% title: a: b"}))


def test_a_file_that_is_no_post_is_told(site: Path) -> None:
    done = pass_with(site, Case("text", {"_posts/2024-01-02-x.txt": "x"}))
    assert "_posts/2024-01-02-x.txt  not a post, which ends in .md or .html" in done.out


def test_a_folder_named_as_a_post(site: Path) -> None:
    (site / "_posts/2024-01-02-x.md").mkdir()
    (site / "_pages/x.md").mkdir(parents=True)
    pass_with(site, Case("folder", {}, ("_posts/2024-01-02-x.md: notice: | a folder",)))


MEMORY: tuple[tuple[str, Content], ...] = (("", b""), ("garbage", b"\xff" * 5000), ("nul", b"\0" * 4096), ("text", "x"))


@pytest.mark.parametrize(("name", "content"), MEMORY)
def test_a_damaged_memory(site: Path, name: str, content: Content) -> None:
    for path in list((site / ".sitegen").iterdir()):
        write(site, {f".sitegen/{path.name}": content})
    pass_with(site, Case(name, {"_posts/2024-01-02-new.md": "x"}))
    assert "0 written" in build(site).out


def test_a_lost_memory(site: Path) -> None:
    for path in (site / ".sitegen").iterdir():
        path.unlink()
    (site / ".sitegen").rmdir()
    pass_with(site, Case("lost", {}))


def test_a_site_without_posts_builds(tmp_path: Path) -> None:
    (tmp_path / "_posts").mkdir()
    assert build(tmp_path).code == 0


def test_a_pipe_does_not_stop_the_others(site: Path) -> None:
    os.mkfifo(site / "_posts/pipe.md")
    write(site, {"_posts/x.md": "---\ntitle: a: b\n---\n", "_data/x.json": "{"})
    assert len(problems(build(site).err)) == 3


def test_a_wrong_byte_behind_a_bom_is_told_by_its_own_value(site: Path) -> None:
    text = b"\xef\xbb\xbf---\ntitle: x\n---\ncaf\xe9 noir\n"
    told = '_posts/2024-02-02-bad.md:4: | byte 0xe9 | in Windows-1252 that byte is "é"'
    refuse(site, Case("bom", {"_posts/2024-02-02-bad.md": text}, (told,)))
