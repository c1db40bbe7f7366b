"""Cards as pictures, looked at dot by dot."""

import struct
import warnings
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from sitegen.drawing.cards import draw_card
from sitegen.drawing.description import read_card
from sitegen.drawing.drawings import MANY, Drawing, draw_all
from sitegen.drawing.fonts import Fonts, Unreadable
from sitegen.fonts import packaged_font
from sitegen.marked import Malformed
from tests.pictures.files import png

FILES = (packaged_font(),)


def drawn(inside: str, of: str = "", pictures: dict[str, str] | None = None) -> tuple[Image.Image, str]:
    made = draw_card(read_card(f'<card fill="#fff" {of}>{inside}</card>'), Fonts(FILES), pictures or {})
    return Image.open(BytesIO(made.data)).convert("RGB"), made.missing


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    """The box around all that is not white: left, top, right, bottom."""
    box = image.convert("L").point([255] * 250 + [0] * 6).getbbox()
    assert box is not None
    return box


def test_a_card_has_its_size_and_its_boxes() -> None:
    image, _ = drawn('<box x="10" y="20" width="30" height="40" fill="#f00"/>')
    assert (image.size, ink(image), image.getpixel((15, 25))) == ((1200, 630), (10, 20, 40, 60), (255, 0, 0))


def test_a_card_from_right_to_left_is_mirrored() -> None:
    assert ink(drawn('<box x="10" y="20" width="30" height="40"/>', 'dir="rtl"')[0]) == (1160, 20, 1190, 60)


def test_round_corners_and_opacity() -> None:
    image, _ = drawn('<box width="100" height="100" radius="50"/><box x="200" width="9" height="9" opacity="0.5"/>')
    assert image.getpixel((1, 1)) == (255, 255, 255)
    assert image.getpixel((50, 50)) == (0, 0, 0)
    assert image.getpixel((204, 4)) == (127, 127, 127)


def test_a_short_title_is_large_and_a_long_one_small_enough() -> None:
    title = '<text x="100" y="100" width="1000" height="300" size="96" least="56" lines="4">{}</text>'
    short = ink(drawn(title.format("Hxg"))[0])
    long = ink(drawn(title.format("word " * 200))[0])
    assert 80 < short[3] - short[1] < 110
    assert long[0] >= 99 and long[1] >= 100 and long[2] <= 1101 and long[3] <= 400
    assert long[3] - long[1] > 4 * 56


def test_a_word_that_is_wider_than_the_card_is_cut_into_lines() -> None:
    left, _, right, bottom = ink(
        drawn('<text width="600" height="400" size="80" lines="4">{}</text>'.format("W" * 40))[0]
    )
    assert left >= 0 and right <= 601 and bottom <= 401


@pytest.mark.parametrize(
    ("align", "at"), [("start", 100), ("left", 100), ("end", 900), ("right", 900), ("center", 500)]
)
def test_words_stand_where_they_are_told_to(align: str, at: int) -> None:
    left, _, right, _ = ink(drawn(f'<text x="100" y="50" width="800" height="90" align="{align}">Hi</text>')[0])
    assert abs({100: left, 900: right, 500: (left + right) // 2}[at] - at) <= 6


@pytest.mark.parametrize("letters", ["Ünïcode ß", "Привет", "Ελλάδα", "Việt Nam", "e\u0301"])
def test_the_packaged_font_has_the_letters_of_europe_and_vietnam(letters: str) -> None:
    image, missing = drawn(f'<text width="800" height="200" size="80">{letters}</text>')
    assert missing == "" and ink(image)


def test_letters_that_no_font_has_are_named_and_leave_no_boxes() -> None:
    title = '<text width="800" height="200" size="80" otherwise="{}">你好 and more</text>'
    image, missing = drawn(title.format("Notes"))
    assert missing == "你好"
    assert image == drawn('<text width="800" height="200" size="80">Notes</text>')[0]
    assert drawn(title.format(""))[0].getextrema() == ((255, 255),) * 3


def test_emoji_that_no_font_has_are_left_out() -> None:
    image, missing = drawn('<text width="800" height="200" size="80">Hello 🎉👩‍🔬❤️ you</text>')
    assert missing == ""
    assert image == drawn('<text width="800" height="200" size="80">Hello you</text>')[0]


def test_a_picture_fits_or_fills(tmp_path: Path) -> None:
    Image.new("RGB", (100, 50), "#00f").save(tmp_path / "x.png")
    files = {"/x.png": str(tmp_path / "x.png")}
    fits = drawn('<picture src="/x.png" width="200" height="200" x="100"/>', pictures=files)[0]
    fills = drawn('<picture src="/x.png" width="200" height="200" x="100" fit="cover"/>', pictures=files)[0]
    assert ink(fits) == (100, 0, 300, 100) and ink(fills) == (100, 0, 300, 200)


def test_a_picture_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_text("text")
    with pytest.raises(Unreadable, match="no picture"):
        drawn('<picture src="/x.png"/>', pictures={"/x.png": str(tmp_path / "x.png")})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<div/>", "begins with <div>"),
        ("<card><text>a</card>", "not well-formed"),
        ("<card><img/></card>", "there is no <img>"),
        ('<card><text font="x">a</text></card>', "has no `font`"),
        ('<card><text size="big">a</text></card>', "`size` of <text>"),
        ('<card><text size="9000">a</text></card>', "`size` of <text>"),
        ('<card><box fill="red"/></card>', "`fill` of <box>"),
        ('<card><text align="middle">a</text></card>', "`align` of <text>"),
        ("<card><picture/></card>", "has no `src`"),
        ("<card><text><b>a</b></text></card>", "<text> holds <b>"),
        ('<!DOCTYPE card [<!ENTITY a "b">]><card><text>&a;</text></card>', "only"),
    ],
)
def test_a_description_that_is_wrong_is_told(text: str, message: str) -> None:
    with pytest.raises(Malformed, match=message):
        read_card(text)


def test_many_cards_are_the_same_as_one_by_one() -> None:
    card = read_card('<card><text width="900" height="90">A title</text></card>')
    drawings = [Drawing("x.md", None, str(number), card, FILES[:1]) for number in range(MANY)]
    made = list(draw_all(drawings))
    assert len(made) == MANY and set(made) == set(draw_all(drawings[:1]))


@pytest.mark.parametrize("side", [7_100, 9_600, 40_000])
def test_a_picture_of_too_many_pixels_is_told_and_nothing_else_is(tmp_path: Path, side: int) -> None:
    """Also where Pillow would warn of it by itself, and where it refuses it."""
    (tmp_path / "a.png").write_bytes(png_of(side, side))
    with warnings.catch_warnings(record=True) as warned, pytest.raises(Unreadable, match="than 50 million pixels"):
        drawn('<picture src="a"/>', pictures={"a": str(tmp_path / "a.png")})
    assert warned == []


def png_of(width: int, height: int) -> bytes:
    """A PNG that says that it is so large."""
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body)) + png(1, 1)[33:]
