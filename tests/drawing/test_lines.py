"""Where lines end, and which way they run."""

import pytest

from sitegen.drawing.bidi import direction_of, in_order, levels_of
from sitegen.drawing.breaking import Unit, balanced, clusters, narrowed, text_of, units, wrapped


def pieces(text: str) -> list[str]:
    return [unit.text for unit in units(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two words", ["two", "words"]),
        ("well-known", ["well-", "known"]),
        ("-5 degrees", ["-5", "degrees"]),
        ("no\u00a0break", ["no\u00a0break"]),
        ("你好，世界", ["你", "好，", "世", "界"]),
        ("（附示例）", ["（附", "示", "例）"]),
        ("サーバー", ["サー", "バー"]),
        ("한국어 제목", ["한국어", "제목"]),
        ("क्षेत्र में", ["क्षेत्र", "में"]),
    ],
)
def test_lines_end_where_they_may(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize("sign", ["e\u0301", "क्षे", "👩\u200d🔬", "👍🏽", "🇩🇪", "❤\ufe0f"])
def test_what_a_reader_takes_for_one_sign_is_one(sign: str) -> None:
    assert list(clusters(f"a{sign}b")) == ["a", sign, "b"]


def test_two_flags_are_two_signs() -> None:
    assert list(clusters("🇩🇪🇫🇷")) == ["🇩🇪", "🇫🇷"]


def test_lines_are_about_as_long_as_each_other() -> None:
    words = [Unit(word, True, len(word)) for word in ["aaaa", "bbbb", "cccc", "dddd", "ee"]]
    assert [text_of(line) for line in wrapped(words, 19, 1)] == ["aaaa bbbb cccc dddd", "ee"]
    assert [text_of(line) for line in balanced(words, 19, 1)] == ["aaaa bbbb", "cccc dddd ee"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Wanderweg", ["Wan-", "der-", "weg"]),
        ("мамочка", ["мам-", "очка"]),
        ("2026-11-24", ["2026", "-11-", "24"]),
        ("السلام", ["السل", "ام"]),
    ],
)
def test_a_word_that_is_wider_than_a_line_is_divided_as_its_script_is(word: str, expected: list[str]) -> None:
    assert [piece.text for piece in narrowed([Unit(word, True, len(word))], 4, len)] == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("Hello", "ltr"), ("12 مقالة", "rtl"), ("«שלום»", "rtl"), ("42!", "ltr"), ("", "ltr")]
)
def test_a_text_runs_as_its_first_letter(text: str, expected: str) -> None:
    assert direction_of(text) == expected


def seen(text: str, base: str) -> str:
    """The text as it is seen, from left to right; Hebrew stands for any script from the right."""
    return "".join(text[place] for place in in_order(levels_of(text, base)))


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("abc", "ltr", "abc"),
        ("אבג", "rtl", "גבא"),
        ("abc אבג def", "ltr", "abc גבא def"),
        ("אבג abc דה", "rtl", "הד abc גבא"),
        ("אבג 1.25 דה", "rtl", "הד 1.25 גבא"),
        ("אבג 50% דה", "rtl", "הד 50% גבא"),
        ("a אב גד b", "ltr", "a דג בא b"),
        ("אב, abc!", "rtl", "!abc ,בא"),
        ("שנת 2026", "rtl", "2026 תנש"),
    ],
)
def test_runs_stand_in_the_order_in_which_they_are_seen(text: str, base: str, expected: str) -> None:
    assert seen(text, base) == expected
