"""The contrast of what is written on coloured ground, computed from the style sheet (WCAG 2.2, 1.4.3)."""

import re

import pytest

from sitegen.templates.theme import FOLDER

SHEET = (FOLDER / "static" / "style.css").read_text(encoding="utf-8")
PALETTE = {name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", SHEET)}
LEAST = 4.5


def linear(pair: str) -> float:
    value = int(pair, 16) / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    red, green, blue = (linear(digits[at : at + 2]) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """
    >>> round(contrast("#fff", "#000000"))
    21
    """
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def declared(selector: str, name: str) -> set[str]:
    """The colours of the palette that rules whose selector has these words give to a property."""
    rules = re.findall(r"^([^@\n{}]*)\{([^{}]*)\}", SHEET, re.MULTILINE)
    found = (re.search(rf"(?<![\w-]){name}: var\(--([\w-]+)\)", body) for head, body in rules if selector in head)
    return {match[1] for match in found if match}


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
class TestContrast:
    def least(self, colours, grounds, scheme):
        pairs = {(one, on): contrast(PALETTE[one][scheme], PALETTE[on][scheme]) for one in colours for on in grounds}
        return {pair: round(ratio, 2) for pair, ratio in pairs.items() if ratio < LEAST}

    def test_text(self, scheme):
        assert self.least({"text", "quiet", "link", "good", "bad"}, {"ground", "block"}, scheme) == {}

    def test_code_on_lines_that_stand_out(self, scheme):
        tokens = declared(".highlight", "color")
        assert len(tokens) >= 7
        assert self.least({"text", *tokens}, declared(".hll", "background") | {"block", "ground"}, scheme) == {}

    def test_alerts(self, scheme):
        tones = declared(".alert", "--tone")
        assert len(tones) == 5
        assert self.least(tones, {"block", "ground"}, scheme) == {}
