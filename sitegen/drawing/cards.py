"""From the description of a card to a picture."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from sitegen.drawing.bidi import direction_of
from sitegen.drawing.breaking import Unit, balanced, clusters, narrowed, text_of, units, wrapped
from sitegen.drawing.description import Box, Card, Picture, Text
from sitegen.drawing.fonts import SAMPLE, Fonts, Unreadable
from sitegen.drawing.size import HEIGHT, WIDTH
from sitegen.frozen import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image

_ELLIPSIS = "…"
MOST_PIXELS = 50_000_000  # of a picture on a card


@dataclass(frozen=True)
class Drawn:
    """The bytes of a card, and the letters that no font has."""

    data: bytes
    missing: str = ""


def draw_card(card: Card, fonts: Fonts, pictures: Mapping[str, str], jpeg: bool = False) -> Drawn:
    """Draw a card with the files of its pictures by address. Raises `Unreadable`."""
    from PIL import Image

    image = Image.new("RGB", (WIDTH, HEIGHT), card.fill)
    right = (_direction(card) if card.dir == "auto" else card.dir) == "rtl"
    missing = ""
    for part in card.parts:
        if isinstance(part, Box):
            _paste(image, Image.new("RGB", (part.width, part.height), part.fill), part, right)
        elif isinstance(part, Picture):
            _draw_picture(image, part, pictures[part.src], right)
        else:
            missing += _draw_text(image, part, fonts, right)
    return Drawn(_encoded(image, jpeg), "".join(dict.fromkeys(missing)))


def _direction(card: Card) -> str:
    """That of the largest text, which is the title."""
    texts = sorted((part for part in card.parts if isinstance(part, Text)), key=lambda part: -part.size)
    return direction_of("".join(part.text for part in texts))


def _encoded(image: Image, jpeg: bool) -> bytes:
    stream = BytesIO()
    if jpeg:
        image.save(stream, "JPEG", quality=88, subsampling=0, optimize=True)
    else:
        image.save(stream, "PNG", compress_level=6)
    return stream.getvalue()


def _left(part: Box | Picture | Text, right: bool) -> int:
    """The left edge of a part, on a card that runs from the right mirrored."""
    return WIDTH - part.x - part.width if right else part.x


def _paste(image: Image, ground: Image, part: Box | Picture, right: bool, left: int | None = None) -> None:
    """Put a picture onto the card, with its opacity and round corners."""
    from PIL import Image, ImageChops, ImageDraw

    mask = Image.new("L", ground.size, 255)
    if part.radius:
        fine = Image.new("L", (ground.width * 4, ground.height * 4))
        ImageDraw.Draw(fine).rounded_rectangle((0, 0, fine.width - 1, fine.height - 1), part.radius * 4, 255)
        mask = fine.resize(ground.size, Image.Resampling.BOX)
    if part.opacity < 1:
        mask = mask.point([round(value * part.opacity) for value in range(256)])
    if ground.mode == "RGBA":
        mask = ImageChops.multiply(mask, ground.getchannel("A"))
    image.paste(ground.convert("RGB"), (_left(part, right) if left is None else left, part.y), mask)


def _picture_in(file: str, size: tuple[int, int]) -> Image:
    """The picture in a file, upright, at least of that size if it is. Raises `Unreadable`."""
    from PIL import Image, ImageOps

    too_large = Unreadable(file, f"it has more than {MOST_PIXELS // 1_000_000} million pixels")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(file)
        with opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise too_large
            opened.draft("RGB", size)
            return ImageOps.exif_transpose(opened).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_large from error
    except (OSError, SyntaxError, ValueError) as error:
        raise Unreadable(file, "this is no picture that can be drawn") from error


def _draw_picture(image: Image, part: Picture, file: str, right: bool) -> None:
    from PIL import Image, ImageOps

    found = _picture_in(file, (part.width * 2, part.height * 2))
    size = (part.width, part.height)
    if part.fit == "cover":
        _paste(image, ImageOps.fit(found, size, Image.Resampling.LANCZOS), part, right)
        return
    found = ImageOps.contain(found, size, Image.Resampling.LANCZOS)
    left = _left(part, right) + _shift(part.align, part.width - found.width, right)
    _paste(image, found, part, right, round(left))


def _shift(align: str, room: float, right: bool) -> float:
    """How far from the left edge, where so much room is left."""
    if align == "center":
        return room / 2
    return room if align == "right" or align == ("start" if right else "end") else 0


def _draw_text(image: Image, part: Text, fonts: Fonts, right: bool) -> str:
    """Draw a text; the letters that no font has, for which it is left out."""
    from PIL import ImageDraw

    text = fonts.without_emoji(part.text)
    missing = fonts.missing(text)
    if missing:
        text = fonts.without_emoji(part.otherwise)
    if not text or fonts.missing(text):
        return missing
    size, lines = _fitted(part, text, fonts)
    base = direction_of(text)
    canvas, height = ImageDraw.Draw(image), size * part.leading
    room = max(0.0, part.height - height * len(lines))
    top = part.y + {"top": 0.0, "middle": room / 2, "bottom": room}[part.valign]
    for number, line in enumerate(lines):
        runs = fonts.runs(line, size, part.weight, base)
        ascent, descent = (max(each) for each in zip(*(run.font.getmetrics() for run in runs), strict=True))
        shift = _shift(part.align, part.width - fonts.width(line, size, part.weight, base), right)
        foot = top + height * number + (height - ascent - descent) / 2 + ascent
        fonts.draw(canvas, (round(_left(part, right) + shift), round(foot)), runs, part.fill)
    return missing


def _fitted(part: Text, text: str, fonts: Fonts) -> tuple[int, list[str]]:
    """The largest size in which the text fits, and its lines; in the least one it is cut."""
    base = direction_of(text)

    def measure(piece: str) -> float:
        return fonts.width(piece, SAMPLE, part.weight, base) / SAMPLE

    pieces = [Unit(one.text, one.spaced, measure(one.text)) for one in units(text)]
    space = measure("n n") - measure("nn")
    least = min(part.least or part.size, part.size)
    for size in range(part.size, least, -2):
        width = part.width / size * 0.99
        if max(piece.width for piece in pieces) > width:
            continue
        lines = balanced(pieces, width, space)
        if len(lines) <= min(part.lines, max(1, int(part.height / (size * part.leading)))):
            return size, list(map(text_of, lines))
    return least, _cut(part, narrowed(pieces, part.width / least * 0.99, measure), least, space, measure)


def _cut(part: Text, pieces: Sequence[Unit], size: int, space: float, measure: Callable[[str], float]) -> list[str]:
    """As many lines as there is room for; the last ends in an ellipsis if there is more."""
    width = part.width / size * 0.99
    most = min(part.lines, max(1, int(part.height / (size * part.leading))))
    lines = balanced(pieces, width, space)
    if len(lines) <= most:
        return list(map(text_of, lines))
    lines = wrapped(pieces, width, space)
    last = list(lines[most - 1])
    while len(last) > 1 and measure(text_of(last) + _ELLIPSIS) > width:
        last.pop()
    text = text_of(last)
    while text and measure(text + _ELLIPSIS) > width:
        text = "".join(list(clusters(text))[:-1])
    return [*map(text_of, lines[: most - 1]), text.rstrip(" ,.;:–—-、，。") + _ELLIPSIS]
