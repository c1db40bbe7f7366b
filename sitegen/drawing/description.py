"""What is on a card: boxes, pictures and texts, read from what the layout `social_card` makes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any
from xml.etree import ElementTree

from sitegen.drawing.size import HEIGHT, WIDTH
from sitegen.errors import did_you_mean
from sitegen.frozen import dataclass
from sitegen.marked import Malformed
from sitegen.patterns import regex

LARGEST = 400  # px of a letter
_COLOUR = regex(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


@dataclass(frozen=True)
class Box:
    """A rectangle; lengths in px, from the corner where lines begin. `radius` rounds its corners."""

    x: int = 0
    y: int = 0
    width: int = WIDTH
    height: int = HEIGHT
    fill: str = "#000000"
    opacity: float = 1.0
    radius: int = 0


@dataclass(frozen=True)
class Picture:
    """A picture of the site's that fits into a box (`contain`) or fills it (`cover`)."""

    src: str
    x: int = 0
    y: int = 0
    width: int = WIDTH
    height: int = HEIGHT
    fit: str = "contain"
    align: str = "start"
    opacity: float = 1.0
    radius: int = 0


@dataclass(frozen=True)
class Text:
    """Words in a box: as large as they fit, from `size` down to `least` px, on at most so many `lines`.

    `otherwise` is shown where no font has all the letters of the text.
    """

    text: str
    x: int = 0
    y: int = 0
    width: int = WIDTH
    height: int = HEIGHT
    size: int = 40
    least: int = 0
    lines: int = 1
    weight: int = 400
    leading: float = 1.2
    fill: str = "#000000"
    align: str = "start"
    valign: str = "top"
    otherwise: str = ""


@dataclass(frozen=True)
class Card:
    """The whole: what is drawn, the first thing undermost, on a ground. `dir` is `auto`, `ltr` or `rtl`."""

    parts: tuple[Box | Picture | Text, ...]
    fill: str = "#ffffff"
    dir: str = "auto"

    @property
    def sources(self) -> tuple[str, ...]:
        """The addresses of its pictures, each once."""
        return tuple(dict.fromkeys(part.src for part in self.parts if isinstance(part, Picture)))


_PARTS: Mapping[str, type[Box | Picture | Text]] = {"box": Box, "picture": Picture, "text": Text}
_WORDS = {
    "fit": ("contain", "cover"),
    "align": ("start", "center", "end", "left", "right"),
    "valign": ("top", "middle", "bottom"),
    "dir": ("auto", "ltr", "rtl"),
}


def read_card(text: str) -> Card:
    """The card that a layout has made. Raises `Malformed` with what is wrong, and its line in what was made."""
    if "<!" in re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL):
        raise Malformed("a card is made of `card`, `box`, `picture` and `text` only", 1)
    try:
        root = ElementTree.fromstring(text.strip())
    except ElementTree.ParseError as error:
        raise Malformed(f"this is not well-formed: {error}", error.position[0]) from error
    if root.tag != "card":
        raise Malformed(f"it begins with <{root.tag}>", 1, "a card begins with <card>")
    return Card(tuple(map(_part, root)), **_values(root, Card, ("parts",)))


def _part(element: ElementTree.Element) -> Box | Picture | Text:
    kind = _PARTS.get(element.tag)
    if kind is None:
        raise Malformed(f"there is no <{element.tag}> on a card", 1, did_you_mean(element.tag, _PARTS))
    if len(element):
        raise Malformed(f"<{element.tag}> holds <{element[0].tag}>", 1, "nothing on a card stands inside another thing")
    values = _values(element, kind, ("text",))
    if kind is Text:
        values["text"] = " ".join((element.text or "").split())
    elif kind is Picture and not values.get("src"):
        raise Malformed("a <picture> has no `src`", 1)
    return kind(**values)


def _values(element: ElementTree.Element, kind: type[Any], apart: tuple[str, ...]) -> dict[str, Any]:
    known = {one.name: one.type for one in fields(kind) if one.name not in apart}
    found: dict[str, Any] = {}
    for name, value in element.attrib.items():
        if name not in known:
            message = f"<{element.tag}> has no `{name}`"
            raise Malformed(message, 1, did_you_mean(name, known))
        found[name] = _value(element.tag, name, value.strip(), str(known[name]))
    return found


def _value(tag: str, name: str, text: str, kind: str) -> Any:
    wrong = Malformed(f'`{name}` of <{tag}> cannot be "{text[:40]}"', 1, f"known: {', '.join(_WORDS.get(name, ()))}")
    if name in _WORDS and text not in _WORDS[name]:
        raise wrong
    if name == "fill" and not _COLOUR.fullmatch(text):
        raise Malformed(wrong.message, 1, "a colour is #rgb or #rrggbb")
    if kind == "str":
        return text
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not (number >= 0 and number <= 10_000) or (kind == "int" and number != int(number)):
        raise Malformed(wrong.message, 1, "it is a number, in pixels" if kind == "int" else "it is a number")
    if name in ("size", "least") and number > LARGEST:
        raise Malformed(wrong.message, 1, f"letters are {LARGEST} pixels at most")
    return int(number) if kind == "int" else number
