"""What files are: by their bytes, by their endings, in words."""

import pytest

from sitegen.forms.files import (
    NAME_LENGTH,
    TYPES,
    accepted,
    can_be_accepted,
    ending_for,
    kind_of,
    parse_size,
    shown_name,
    size_words,
)

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
DOCX = b"PK\x03\x04" + bytes(30)
OCTETS = "application/octet-stream"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"GIF89a\x01\x00", "image/gif"),
        (b"GIF87a\x01\x00", "image/gif"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", OCTETS),
        (PDF, "application/pdf"),
        (DOCX, "application/zip"),
        (b"PK\x05\x06" + bytes(18), "application/zip"),
        (b"Dear all,\n", "text/plain"),
        ("Grüße".encode("latin-1"), "text/plain"),
        (b"\xef\xbb\xbfname;mail", "text/plain"),
        ("Ada".encode("utf-16"), "text/plain"),
        (b"", OCTETS),
        (b"\x7fELF\x02\x01\x01\x00", OCTETS),
        (b"MZ\x90\x00", OCTETS),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>", OCTETS),
        (b"\xef\xbb\xbf \n<!doctype html>", OCTETS),
        ("<html>".encode("utf-16"), OCTETS),
        (b"GIF8;<script>alert(1)</script>\x00", OCTETS),
        (b"\n" + PNG, OCTETS),
    ],
)
def test_the_bytes_say_the_kind(head, kind):
    assert kind_of(head) == kind


def test_a_polyglot_gets_an_ending_that_nothing_runs():
    gif_and_script = b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)//<html>"
    assert ending_for(kind_of(gif_and_script)) == ".gif"
    assert ending_for(kind_of(b"<html><script>")) == ".bin"
    assert {ending_for(kind) for kind in TYPES.values()} <= {
        ".png",
        ".jpg",
        ".gif",
        ".webp",
        ".pdf",
        ".txt",
        ".zip",
        ".bin",
    }


@pytest.mark.parametrize(
    ("name", "head", "accept", "fits"),
    [
        ("x.exe", b"MZ\x00", (), True),
        ("cv.pdf", PDF, (".pdf",), True),
        ("CV.PDF", PDF, (".pdf",), True),
        ("cv.pdf", b"MZ\x00", (".pdf",), False),
        ("cv.pdf", PNG, (".pdf", ".png"), False),
        ("cv.png", PDF, (".pdf", ".png"), False),
        ("cv.pdf.exe", PDF, (".pdf",), False),
        ("pdf", PDF, (".pdf",), False),
        ("cv.pdf", PDF, ("application/pdf",), True),
        ("cv.docx", DOCX, (".docx",), True),
        ("cv.docx", PDF, (".docx",), False),
        ("cv.odt", b"hello", (".odt",), False),
        ("me.jpeg", b"\xff\xd8\xff", ("image/*",), True),
        ("me.heic", b"\x00\x00\x00\x18ftypheic", ("image/*",), True),
        ("me.svg", b"<svg>", ("image/*",), True),
        ("me.pdf", PDF, ("image/*",), False),
        ("notes.md", b"<h1 align=center>", (".md",), True),
        ("notes.txt", PNG, (".txt",), False),
        ("a.tar.gz", b"\x1f\x8b", (".tar.gz",), True),
        ("a.gz", b"\x1f\x8b", (".tar.gz",), False),
        ("song.mp3", b"ID3", ("audio/*", ".pdf"), True),
    ],
)
def test_what_a_field_accepts(name, head, accept, fits):
    assert accepted(name, kind_of(head), accept) is fits


@pytest.mark.parametrize(
    ("wanted", "possible"),
    [(".pdf", True), (".tar.gz", True), ("image/*", True), ("text/csv", True)]
    + [(wanted, False) for wanted in ("", "pdf", "*", "*/*", ".", "image", "image/", "x/y", ".a b", "../x")],
)
def test_what_can_be_asked_for(wanted, possible):
    assert can_be_accepted(wanted) is possible


@pytest.mark.parametrize(
    ("text", "size"),
    [("2 MB", 2 * 1024**2), ("2mb", 2 * 1024**2), ("1.5 MiB", 3 * 512 * 1024), ("300 k", 307200), ("1G", 1024**3)]
    + [("12", 12), ("12 b", 12)]
    + [(text, None) for text in ("", "MB", "-1", "2 TB", "2 MB or so", "1e9", "٣ MB", "9" * 30)],
)
def test_sizes(text, size):
    assert parse_size(text) == size


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 bytes"), (1, "1 byte"), (1023, "1023 bytes"), (1536, "1.5 KB"), (5 * 1024**2, "5 MB")]
)
def test_sizes_in_words(size, words):
    assert size_words(size) == words


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("cv.pdf", "cv.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\cv.pdf", "cv.pdf"),
        ("/", "file"),
        ("..", "file"),
        ("", "file"),
        ("con", "con"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("a\x00b\r\nc\x1b[31m.txt", "abc[31m.txt"),
        ("a\u200b\u2066\ufeff b  c.txt", "a b c.txt"),
        ("Zoë 李.pdf", "Zoë 李.pdf"),
        ("<script>alert(1)</script>", "script>"),
        ("=cmd|'!A0", "=cmd|'!A0"),
    ],
)
def test_names_are_for_show(given, shown):
    assert shown_name(given) == shown


def test_a_long_name_keeps_its_ending():
    shown = shown_name("x" * 300 + ".pdf")
    assert len(shown) == NAME_LENGTH and shown.endswith("….pdf")
    assert len(shown_name("x." + "y" * 300)) == NAME_LENGTH
