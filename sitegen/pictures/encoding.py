"""Pictures as bytes: as few as their looks allow."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from sitegen.pictures.similarity import similarity

if TYPE_CHECKING:
    from PIL.Image import Image

LIKE = 0.955  # structural similarity to the picture in that size; what is promised is 0.95
QUALITIES = {  # the first that will do: grain costs much, so that a step too far does
    "jpeg": (78, 86, 90, 93, 94),
    "webp": (76, 84, 87, 90, 95),
    "avif": (60, 70, 80, 88),
}
_SAVED: dict[str, dict[str, Any]] = {
    "jpeg": {"progressive": True, "optimize": True},
    "png": {"compress_level": 9},
    "webp": {"method": 4},
    "avif": {"speed": 8, "max_threads": 1},
}
_FLAT: dict[str, dict[str, Any]] = {
    "webp": {"lossless": True, "method": 4},
    "avif": {"quality": 85, "subsampling": "4:4:4", "max_threads": 1},
}


def encode(picture: Image, kind: str, flat: bool, steps: dict[str, int]) -> bytes:
    """The bytes of the picture: as few as its looks allow. `steps` tells which quality a narrower one needed."""
    picture = picture.convert("RGB") if kind == "jpeg" else picture
    if kind not in QUALITIES or (flat and kind in _FLAT):
        return _saved(picture, kind, {**_SAVED[kind], **(_FLAT.get(kind, {}) if flat else {})})
    data = b""
    for step in range(steps.get(kind, 0), len(QUALITIES[kind])):
        steps[kind], quality = step, QUALITIES[kind][step]
        data = _saved(picture, kind, {**_SAVED[kind], "quality": quality})
        if like(picture, data) >= LIKE:
            break
    return data


def like(picture: Image, data: bytes) -> float:
    """How much these bytes look like the picture; see `similarity`."""
    from PIL import Image as Pillow

    with Pillow.open(io.BytesIO(data)) as found:
        return similarity(picture, found)


def _saved(picture: Image, kind: str, options: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    bare = picture.copy()
    bare.info = {}
    bare.save(file, kind, **options)
    return file.getvalue()
