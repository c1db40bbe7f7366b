"""What is published of a picture: its pixels, how they are shown, and nothing that its camera tells."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from sitegen.dimensions import dimensions_of
from sitegen.pictures.stripping import stripped
from tests.outputs.sites import build_site, post
from tests.pictures.photos import photo, saved

TOLD = b"SECRET"
SITE = "[images]\nvariants = true\nwidths = [60]\n"


def exif(orientation: int = 1) -> Image.Exif:
    found = Image.Exif()
    found[0x0112], found[0x010E] = orientation, TOLD.decode()
    return found


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


TIFF = exif().tobytes()
XMP = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>SECRET</x:xmpmeta>"
APP1 = segment(0xE1, TIFF)


def jpeg(number: int = 1, **options: object) -> bytes:
    return saved(photo(number, 90, 60), "jpeg", **options)


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def between_scans() -> bytes:
    data = jpeg(progressive=True)
    at = data.index(b"\xff\xda", data.index(b"\xff\xda") + 2)
    return data[:at] + APP1 + data[at:]


def mpo() -> bytes:
    file = io.BytesIO()
    photo(1, 90, 60).save(file, "MPO", save_all=True, append_images=[photo(2, 90, 60)], exif=exif())
    return file.getvalue()


def png(more: bytes = b"", behind: bytes = b"") -> bytes:
    data = saved(photo(1, 90, 60), "png")
    return data[:33] + more + data[33:] + behind


def webp_riff() -> bytes:
    return saved(photo(1, 90, 60), "webp", exif=exif(), xmp=XMP) + b"EXIF" + struct.pack("<I", 6) + TOLD


def frames(kind: str, **options: object) -> bytes:
    return saved(photo(1, 90, 60), kind, save_all=True, append_images=[photo(2, 90, 60)], **options)


def long_avif() -> bytes:
    data = saved(photo(1, 90, 60), "avif", exif=exif(), xmp=XMP)
    return data + struct.pack(">I4s", 24, b"uuid") + b"0123456789" + TOLD


def jfif_picture() -> bytes:
    data = jpeg()
    return data[:2] + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\2\1" + TOLD) + data[20:]


CASES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "jpg with all": ("jpg", lambda: jpeg(exif=exif(), comment=TOLD, xmp=XMP)),
    "fill byte": ("jpg", lambda: jpeg()[:2] + b"\xff" + APP1 + jpeg()[2:]),
    "motion photo": ("jpg", lambda: jpeg() + jpeg(2, exif=exif())),
    "MPO": ("jpg", mpo),
    "between scans": ("jpg", between_scans),
    "behind the end": ("jpg", lambda: jpeg() + TOLD + b"\xff\xd9"),
    "in JFIF": ("jpg", jfif_picture),
    "APP2 that is no profile": ("jpg", lambda: jpeg()[:2] + segment(0xE2, b"FPXR\0" + TOLD) + jpeg()[2:]),
    "png texts": ("png", lambda: png(chunk(b"tEXt", b"Author\0SECRET") + chunk(b"eXIf", TIFF[6:]))),
    "png behind the end": ("png", lambda: png(behind=TOLD)),
    "png of unknown chunks": ("png", lambda: png(chunk(b"caBX", TOLD) + chunk(b"vpAg", TOLD))),
    "moving png": ("png", lambda: frames("png", exif=exif()) + TOLD),
    "webp": ("webp", webp_riff),
    "moving webp": ("webp", lambda: frames("webp", exif=exif())),
    "gif comment": ("gif", lambda: saved(photo(1, 90, 60), "gif", comment=TOLD)),
    "moving gif": ("gif", lambda: frames("gif", loop=3, comment=TOLD) + TOLD),
    "avif": ("avif", long_avif),
    "avif with alpha": ("avif", lambda: saved(photo(1, 90, 60).convert("RGBA"), "avif", exif=exif(), xmp=XMP)),
    "moving avif": ("avif", lambda: frames("avif", exif=exif(), xmp=XMP)),
}


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_told_and_no_pixel_changes(tmp_path: Path, name: str) -> None:
    ending, make = CASES[name]
    data = make()
    assert TOLD in data
    files: dict[str, str | bytes] = {
        "sitegen.toml": SITE,
        "_posts/2026-05-06-x.md": post(f"[![A](a.{ending})](a.{ending})"),
        f"_posts/a.{ending}": data,
    }
    built = build_site(tmp_path, files)
    published = (built.output / f"2026/05/06/x/a.{ending}").read_bytes()
    assert TOLD not in published and b"Exif" not in published and b"xmpmeta" not in published
    first, found = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(published))
    same = 1 if name == "MPO" else getattr(first, "n_frames", 1)
    assert getattr(found, "n_frames", 1) == same
    for frame in range(same):
        first.seek(frame)
        found.seek(frame)
        assert found.convert("RGBA").tobytes() == first.convert("RGBA").tobytes()
        assert [found.info.get(key) for key in ("duration", "loop")] == [
            first.info.get(key) for key in ("duration", "loop")
        ]
    assert dimensions_of(io.BytesIO(published)) == dimensions_of(io.BytesIO(data))
    assert not found.getexif()
    if "moving" not in name and ending != "gif":  # an MPO, too, has smaller ones: of its first picture
        assert list((built.output / "assets/pictures").glob("*.avif"))


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "avif"])
def test_the_profile_of_colours_stays(kind: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    data = stripped(saved(photo(1, 90, 60), kind, icc_profile=profile, exif=exif()), kind)
    assert Image.open(io.BytesIO(data)).info["icc_profile"] == profile


def test_how_a_photo_lies_stays() -> None:
    for kind in ("jpeg", "avif"):
        data = saved(photo(1, 90, 60), kind, exif=exif(6))
        plain = stripped(data, kind)
        assert TOLD not in plain
        found = dimensions_of(io.BytesIO(plain))
        assert found is not None and (found.width, found.height) == (60, 90)


@pytest.mark.parametrize("kind", ["jpeg", "png", "gif", "webp", "avif"])
def test_cut_anywhere_it_comes_to_an_end(kind: str) -> None:
    data = saved(photo(1, 30, 20), kind, **({} if kind == "gif" else {"exif": exif()}))
    for end in range(0, len(data), 7):
        for piece in (data[:end], data[:end] + b"\xff" * 9, data[:end] + bytes(9)):
            try:
                assert len(stripped(piece, kind)) <= len(piece) + 60
            except ValueError as error:
                assert str(error)
