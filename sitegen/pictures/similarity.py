"""How much a picture that lost something looks like what it was made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_WINDOW = 8
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


def similarity(one: Image, other: Image) -> float:
    """The structural similarity of two pictures of one size, from their brightness: 1 where they are the same.

    As Wang, Bovik, Sheikh and Simoncelli define it (2004), in windows of 8 × 8 that lie side by side.
    """
    from PIL import ImageMath

    first, second = one.convert("L").convert("F"), other.convert("L").convert("F")
    pairs = ((first, second), (first, first), (second, second))
    both, firsts, seconds = (ImageMath.lambda_eval(lambda of: of["a"] * of["b"], a=a, b=b) for a, b in pairs)
    means = (_means(picture) for picture in (first, second, firsts, seconds, both))
    windows = [_of_window(*values) for values in zip(*means, strict=True)]
    return sum(windows) / len(windows)


def _means(picture: Image) -> tuple[float, ...]:
    window = (min(_WINDOW, picture.width), min(_WINDOW, picture.height))
    whole = picture.crop((0, 0, picture.width - picture.width % window[0], picture.height - picture.height % window[1]))
    values = whole.reduce(window).get_flattened_data()
    return tuple(float(value) for value in values if not isinstance(value, tuple))


def _of_window(a: float, b: float, aa: float, bb: float, ab: float) -> float:
    varied, together = aa - a * a + bb - b * b, ab - a * b
    return ((2 * a * b + _C1) * (2 * together + _C2)) / ((a * a + b * b + _C1) * (varied + _C2))
