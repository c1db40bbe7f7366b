"""The smaller pictures of one picture: what a worker process does."""

from __future__ import annotations

import io
import json
import os
import shutil
import struct
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.digests import digest_of, digest_of_file
from sitegen.folders import is_full, make_own, remove
from sitegen.pictures.encoding import encode
from sitegen.pictures.stripping import stripped

if TYPE_CHECKING:
    from PIL.Image import Image

VERSION = 4  # of what is made: another one makes all pictures anew
MOST_PIXELS = 100_000_000
ABOUT = "about.json"
_MOST_COLOURS = 2_048  # of a drawing or a screenshot
ENDINGS = {"jpeg": "jpg", "png": "png", "webp": "webp", "avif": "avif"}


@dataclass(frozen=True)
class Job:
    """One picture to make smaller ones of: `kinds` beside its own, `widths` from narrow to wide."""

    file: str
    kind: str
    width: int
    height: int
    kinds: tuple[str, ...]
    widths: tuple[int, ...]
    folder: str  # where the result is to be, with all its files at once


@dataclass(frozen=True)
class Made:
    """One file that was made; `name` is in the folder, "" for the picture itself."""

    kind: str
    width: int
    height: int
    name: str
    digest: str
    size: int
    modified: int


@dataclass(frozen=True)
class Fault:
    """Why there are no smaller pictures of one, and what helps."""

    message: str
    hint: str = "save it anew, or leave it out"


def make(job: Job) -> Fault | None:
    """Make the folder of one picture, whole or not at all. Returns what is wrong, if anything is."""
    staging = Path(f"{job.folder}.{os.getpid()}.new")
    try:
        remove(staging)
        make_own(staging)
        _write(job, staging)
        remove(Path(job.folder))
        os.replace(staging, job.folder)
    except MemoryError:
        return Fault("the picture needs more memory than there is", "make it smaller")
    except Exception as error:  # libraries raise whatever they like at broken files
        if isinstance(error, OSError) and error.errno is not None:
            return not_written(error, job.folder)
        return Fault(_said(error))
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return None


def not_written(error: OSError, folder: str) -> Fault:
    """What the disk says of it."""
    hint = "make room" if is_full(error) else f"look at the permissions of {os.path.dirname(folder)}"
    return Fault(f"smaller pictures of it cannot be written: {error.strerror}", hint)


def _said(error: Exception) -> str:
    """What a library found, in words that are the same each time."""
    if "MAX_TEXT" in str(error) or type(error).__name__ == "DecompressionBombError":  # a profile may be a bomb, too
        return "the picture unpacks to more than it may"
    if isinstance(error, OSError | SyntaxError | ValueError | EOFError | IndexError | struct.error):
        return "the picture is cut short or damaged"
    return f"the picture cannot be read: {type(error).__name__}"


def _write(job: Job, folder: Path) -> None:
    data = Path(job.file).read_bytes()
    bare = stripped(data, job.kind)
    made, tint = [_put(folder, "plain", job, job.width, job.height, bare)], ""
    with _opened(bare, job.kind) as picture:
        if not getattr(picture, "is_animated", False) and job.kind in ENDINGS:
            picture.draft("RGB", (max(job.widths), max(job.widths)))
            upright, flat = _prepared(picture)
            made += _variants(job, folder, upright, flat, len(data))
            tint = _tint(upright)
        else:
            picture.load()
    about = {"tint": tint, "made": [asdict(one) for one in made]}
    text = json.dumps(about)
    (folder / ABOUT).write_text(digest_of(text) + text, encoding="utf-8")


def _opened(data: bytes, kind: str) -> Image:
    """The picture, not yet decoded: the pixels of its first header are counted before, and here those of any other."""
    from PIL import Image as Pillow

    Pillow.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # it warns of more, and refuses twice as many
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
        return Pillow.open(io.BytesIO(data), formats=[kind.upper()])


def _prepared(picture: Image) -> tuple[Image, bool]:
    """The picture upright, in sRGB, with 8 bits a colour; and whether it is a drawing of few colours."""
    from PIL import ImageOps

    if picture.mode.startswith(("I", "F")):  # 16 bits of grey
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    flat = picture.format == "PNG" and picture.getcolors(_MOST_COLOURS) is not None
    turned = ImageOps.exif_transpose(picture)
    mode = "RGBA" if turned.has_transparency_data else "RGB"
    return _in_srgb(turned, mode), flat


def _in_srgb(picture: Image, mode: str) -> Image:
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if picture.mode in ("P", "PA", "LA", "1"):
        picture = picture.convert("RGBA" if mode == "RGBA" else "RGB")
    if profile:
        alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
        coloured = picture.convert("RGB") if alpha is not None else picture
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            changed = ImageCms.profileToProfile(coloured, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            changed = None  # a profile that does not fit its picture
        if changed is not None:
            if alpha is not None:
                changed.putalpha(alpha)
            return changed
    return picture if picture.mode == mode else picture.convert(mode)


@dataclass(frozen=True)
class _Encoded:
    """One picture that may be kept."""

    width: int
    height: int
    data: bytes


def _variants(job: Job, folder: Path, picture: Image, flat: bool, most: int) -> Iterator[Made]:
    """The smaller ones, kind by kind; `most` is how many bytes the picture itself has."""
    widest = min(job.width, max(job.widths))
    steps: dict[str, int] = {}
    found: dict[str, list[_Encoded]] = {kind: [] for kind in dict.fromkeys((*job.kinds, job.kind))}
    for width in sorted({*(width for width in job.widths if width < widest), widest}):
        height = max(1, round(job.height * width / job.width))
        small = _resized(picture, width, height)
        for kind, encoded in found.items():
            encoded.append(_Encoded(width, height, encode(small, kind, flat, steps)))
    gaining = _gaining(found, job.kind, most)
    for kind in found:
        for one in gaining.get(kind, ()):
            yield _put(folder, f"{one.width}", job, one.width, one.height, one.data, kind)


def _gaining(found: Mapping[str, list[_Encoded]], own: str, most: int) -> dict[str, list[_Encoded]]:
    """The kinds that some browser should fetch; `found` has the newest first, and each from narrow to wide.

    A browser takes the first kind that it knows, and whoever knows one knows those after it. So a kind is there in
    all its widths if it has fewer bytes, in all of them together, than what would be fetched without it; else not at
    all. Of the picture's own kind those go that have no fewer bytes than the picture itself, which stands in for them.
    """
    kept = {own: [one for one in found[own] if len(one.data) < most]}
    fetched, fewest = most, 0
    for one in reversed(found[own]):
        fetched = len(one.data) if len(one.data) < most else fetched
        fewest += fetched
    for kind in reversed([kind for kind in found if kind != own]):
        total = sum(len(one.data) for one in found[kind])
        if total < fewest:
            kept[kind], fewest = found[kind], total
    return kept


def _resized(picture: Image, width: int, height: int) -> Image:
    from PIL import Image as Pillow

    return picture if picture.size == (width, height) else picture.resize((width, height), Pillow.Resampling.LANCZOS)


def _put(folder: Path, stem: str, job: Job, width: int, height: int, data: bytes, kind: str = "") -> Made:
    kind = kind or job.kind
    file = folder / f"{stem}.{ENDINGS.get(kind, kind)}"
    file.write_bytes(data)
    found = file.stat()
    return Made(kind, width, height, file.name, digest_of_file(file), found.st_size, found.st_mtime_ns)


def _tint(picture: Image) -> str:
    """Its colour: a digit from 0 to 3 for each of red, green and blue. "" for what can be seen through."""
    if picture.mode != "RGB":
        return ""
    colours = picture.resize((1, 1)).getpixel((0, 0))
    assert isinstance(colours, tuple)
    return "".join(str(min(3, round(value / 85))) for value in colours)
