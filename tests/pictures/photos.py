"""Pictures like photos, made by numbers: soft light, edges, grain. The same number gives the same picture."""

from __future__ import annotations

import io
from random import Random
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFilter


def photo(number: int, width: int, height: int) -> Image.Image:
    """A landscape of its own: a sky, hills one behind the other, some sharp things, and the grain of a sensor."""
    random = Random(number)
    small = Image.new("RGB", (16, 12))
    small.putdata([tuple(random.randint(40, 220) for _ in range(3)) for _ in range(16 * 12)])
    picture = small.resize((width, height), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(picture)
    for _ in range(60):
        x, y, size = random.randrange(width), random.randrange(height), random.randrange(width // 60, width // 6)
        colour = tuple(random.randint(20, 235) for _ in range(3))
        shape = random.choice([draw.ellipse, draw.rectangle])
        shape((x, y, x + size, y + size // random.randint(1, 3)), fill=colour)
    picture = picture.filter(ImageFilter.GaussianBlur(width / 900))
    rough = Image.frombytes("L", (width // 2, height // 2), random.randbytes((width // 2) * (height // 2)))
    grain = rough.point(lambda value: 128 + (value - 128) / 12).resize((width, height), Image.Resampling.BICUBIC)
    return ImageChops.add(picture, Image.merge("RGB", [grain] * 3), 1, -128)


def grainy(number: int, width: int, height: int, strength: float) -> Image.Image:
    """Such a landscape with the grain of a film: `strength` is how much of it, 0 to 1."""
    noise = Random(number).randbytes(width * height)
    grain = Image.frombytes("L", (width, height), noise).point(lambda value: 128 + int((value - 128) * strength))
    return ImageChops.add(photo(number, width, height), Image.merge("RGB", [grain] * 3), 1, -128)


def saved(picture: Image.Image, kind: str = "jpeg", **options: Any) -> bytes:
    """Its bytes."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()
