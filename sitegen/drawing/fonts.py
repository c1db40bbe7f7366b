"""Fonts one behind the other: each sign is drawn by the first that has it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sitegen.drawing.bidi import in_order, levels_of
from sitegen.drawing.breaking import clusters
from sitegen.errors import SitegenError
from sitegen.fonts import bold_of

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

_NOBODYS = "\U0010ffff"  # a sign that no font has: what is drawn for it is what stands for all that are missing
_NO_RAQM = "Pillow was built without libraqm, which sets every script: pip install --only-binary :all: --force pillow"
BOLD = 600  # the least weight that a bold file stands for
SAMPLE = 100  # px: the size in which letters are looked for and measured; it is opened once


class Unreadable(SitegenError):
    """A file that a picture is made of is not what it should be: `file` and, in words, what is wrong."""

    def __init__(self, file: str, message: str) -> None:
        super().__init__(file, message)
        self.file, self.message = file, message


@dataclass(frozen=True)
class Run:
    """Some text in one font, `offset` from the left of its line."""

    text: str
    font: FreeTypeFont
    direction: str
    offset: float


@dataclass
class Fonts:
    """Font files in the order in which they are asked; what was opened is kept for the next card."""

    files: Sequence[str]
    _opened: dict[tuple[int, int, int], FreeTypeFont] = field(default_factory=dict)
    _has: dict[tuple[int, str], bool] = field(default_factory=dict)

    def font(self, place: int, size: int, weight: int) -> FreeTypeFont:
        """One of them, in a size (px) and, where the font can, a weight. Raises `Unreadable`."""
        from PIL import ImageFont, features

        key = (place, size, weight)
        if key not in self._opened:
            if not features.check("raqm"):
                raise Unreadable(self.files[place], _NO_RAQM)
            try:
                file = bold_of(self.files[place]) if weight >= BOLD else self.files[place]
                font = ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.RAQM)
                _weigh(font, weight)
            except (OSError, ValueError, MemoryError) as error:
                raise Unreadable(self.files[place], "this is no font that can be read") from error
            self._opened[key] = font
        return self._opened[key]

    def place_of(self, cluster: str) -> int | None:
        """The first font that has a sign and its marks; None if there is none."""
        signs = [sign for sign in cluster if unicodedata.category(sign)[0] not in "ZC" and not _selects(sign)]
        return next((at for at in range(len(self.files)) if all(self._covers(at, sign) for sign in signs)), None)

    def _covers(self, place: int, sign: str) -> bool:
        key = (place, sign)
        if key not in self._has:
            font = self.font(place, SAMPLE, 700)
            self._has[key] = _inked(font, sign) != _inked(font, _NOBODYS)
        return self._has[key]

    def without_emoji(self, text: str) -> str:
        """The text without pictures that no font has: a title says the same without them."""
        kept = (one for one in clusters(text) if self.place_of(one) is not None or not _is_emoji(one))
        return " ".join("".join(kept).split())

    def missing(self, text: str) -> str:
        """The signs that no font has, each once."""
        return "".join(dict.fromkeys(one for one in clusters(text) if self.place_of(one) is None))

    def runs(self, text: str, size: int, weight: int, base: str) -> list[Run]:
        """A line from left to right, in the order in which it is seen."""
        places = self._places(text)
        if len(set(places)) <= 1:
            return self._laid([(text, places[0] if places else 0, base)], size, weight)
        levels = levels_of(text, base)
        parts: list[tuple[str, int, int]] = []
        for sign, place, level in zip(text, places, levels, strict=True):
            if parts and parts[-1][1:] == (place, level):
                parts[-1] = (parts[-1][0] + sign, place, level)
            else:
                parts.append((sign, place, level))
        order = in_order([level for _, _, level in parts])
        return self._laid([(*parts[at][:2], "rtl" if parts[at][2] % 2 else "ltr") for at in order], size, weight)

    def _places(self, text: str) -> list[int]:
        """The font of each sign; a space or a full stop stays with the text before it if it can."""
        found: list[int] = []
        for cluster in clusters(text):
            own = self.place_of(cluster) or 0
            if found and not cluster[0].isalnum() and all(self._covers(found[-1], sign) for sign in cluster):
                own = found[-1]
            found += [own] * len(cluster)
        return found

    def _laid(self, parts: Sequence[tuple[str, int, str]], size: int, weight: int) -> list[Run]:
        found: list[Run] = []
        offset = 0.0
        for text, place, direction in parts:
            font = self.font(place, size, weight)
            found.append(Run(text, font, direction, offset))
            offset += font.getlength(text, direction=direction)
        return found

    def width(self, text: str, size: int, weight: int, base: str) -> float:
        """How wide a line is, in px."""
        runs = self.runs(text, size, weight, base)
        last = runs[-1]
        return last.offset + last.font.getlength(last.text, direction=last.direction)

    def draw(self, canvas: ImageDraw, at: tuple[float, float], runs: Sequence[Run], fill: str) -> None:
        """Draw a line; `at` is the left end of its base line."""
        for run in runs:
            place = (at[0] + run.offset, at[1])
            canvas.text(place, run.text, fill, run.font, "ls", direction=run.direction)


def _weigh(font: FreeTypeFont, weight: int) -> None:
    """Set the weight of a variable font; any other is as its file has it."""
    try:
        axes = font.get_variation_axes()
    except OSError:
        return
    is_weight = [axis["name"] == b"Weight" for axis in axes]
    if any(is_weight):
        ranges = [(axis["minimum"] or 0, axis["maximum"] or 0, axis["default"] or 0) for axis in axes]
        font.set_variation_by_axes(
            [
                min(max(weight, low), high) if chosen else usual
                for chosen, (low, high, usual) in zip(is_weight, ranges, strict=True)
            ]
        )


def _inked(font: FreeTypeFont, sign: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(sign, mode="L")
    return mask.size, bytes(mask)


def _selects(sign: str) -> bool:
    return "\ufe00" <= sign <= "\ufe0f"


def _is_emoji(cluster: str) -> bool:
    return unicodedata.category(cluster[0]) in ("So", "Sk") or "\u20e3" in cluster or _selects(cluster[-1])
