"""The quick reader of YAML says of all that it reads what the whole one says."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen.marked import Malformed, read_yaml
from sitegen.plain import read_plain
from sitegen.words.catalogs import packaged_text, shipped

WORDS = (
    "yes", "No", "ON", "off", "true", "False", "null", "Null", "y", "n", "~", "<<", "=", ".inf", "-1", "+1", "1_000",
    "0", "00", "017", "0o17", "0x1F", "0b1", "1:30", "190:20:30", "1.10", "1.", ".5", "1e3", "1.5e+3", "685_230.15",
    "2020-01-02", "2020-1-2", "2020-01-02 03:04", "2020-01-02 03:04:05 +0100", "2020-01-02T03:04:05Z", "12 things",
    "12:30 x", "٣", "٢٠٢٠-٠١-٠٢ x", "²", "C++", "C#", "R&D", "it's", "a - b", "a b", "a, b", "/:year/", "(c)", "x: y",
    "x:", "a:b", "x #y", "#", "# x", "&a b", "*a", "!x", "!!str 1", "|", ">", "%", "@x", "`x`", "- x", "? x",
    "{a: 1}", "[a, b]", "[a, [b]]", "[]", "[ ]", "[a,]", "[,a]", '["a", \'b\', c d]', '["a, b"]', "[a: b]",
    "[1, yes, 1.5]", '"x"', '"x" y', '"a\\n"', "'it''s'", '""', "''", "'x' # y", '"a: b"', "'[x]'", "[é, ü b]",
    "Ü: é", "日本 語", "a\tb",
    "a\xa0b", "\xa0b", "a\xa0", "«\xa0{x}\xa0»\u202f!", '"\u202f; x"', "{b: «\xa0x\u202f?}", "\u20661\u2069",
    "\u2028", "\ufeffx", "🎉 x", "[🎉]", "-", "--", "...", "---", "a  b ", "a ?b",
    "[a?b]", "[a/b, c.d]", "''x",
    ".", "; x", ";", "“{a}” b", "<b>x</b> y", "<<x", "<1", "、", "٣ x", "a٣", "{b: 1}", "{b: <i>x</i>, c: é}", "{}",
    "{b: }",    "{b: {c: d}}", "{b: “x” y، z}", "{b: x, b: y}", "{b: [x]}", "{b: 'x', c: \"y: z\"}", "{b:x}",
    "{b: x,}", "[<b>x</b>]",
)  # fmt: skip
BLANKS = st.sampled_from(["", " ", "  ", "    ", "\t"])
KEYS = st.sampled_from(["a", "b_c", "d-e", "tags", "yes", "null", "_x", "1", "é", "<<", "a b", '"a"', "?", "-", "a:b"])
VALUES = st.sampled_from(WORDS) | st.text("ab12 :#-[]{},'\"&*!|>%@.?/~\\é\n", max_size=8)
ROWS = st.one_of(
    st.builds("{}:{}{}{}".format, KEYS, BLANKS, VALUES, BLANKS),
    st.builds("{}:".format, KEYS),
    st.builds("{}{}: {}".format, BLANKS, KEYS, VALUES),
    st.builds("{}{}:".format, BLANKS, KEYS),
    st.builds("{}: {{{}: {}, {}:{}{}}}".format, KEYS, KEYS, VALUES, KEYS, BLANKS, VALUES),
    st.builds("{}-{}{}".format, BLANKS, BLANKS, VALUES),
    st.builds("{}{}".format, BLANKS, VALUES),
)


@settings(max_examples=400)
@example(["a:", "- b", " - c"])
@example(["a: b", "  - c"])
@example(["a: 1", "a: 2"])
@example(["# x", "", "a: b"])
@given(st.lists(ROWS, min_size=1, max_size=6))
def test_it_says_what_the_whole_reader_says(rows: list[str]) -> None:
    check("\n".join((*rows, "")))


@pytest.mark.parametrize(
    "shape",
    [
        "a: {}\n",
        "a: {}  \nb: x\n",
        "a:\n- {}\n",
        "a: [x, {}]\n",
        "{}: x\n",
        "{}\n",
        "a:{}",
        "a:\n  b: {}\n",
        "a: {{b: {}, c: d}}\n",
        "a: {{b: {}}}\n",
    ],
)
@pytest.mark.parametrize("word", WORDS)
def test_it_says_the_same_of_each_word(shape: str, word: str) -> None:
    check(shape.format(word))


def check(text: str) -> None:
    for loose in (False, True):
        if (found := read_plain(text, 1)) is not None:
            try:
                whole = read_yaml(text, 1, loose=loose)
            except Malformed as error:
                raise AssertionError(f"{text!r} is malformed: {error}") from error
            assert found == whole
            assert repr(found.value) == repr(whole.value)  # 1 is not True
            assert list(found.value) == list(whole.value)


@pytest.mark.parametrize("lang", shipped())
def test_it_says_the_same_of_the_words_of_sitegen_itself(lang: str) -> None:
    check(packaged_text(lang))


@pytest.mark.parametrize(
    "row", ["a: x{}y:", "a: [x{}", "a: {{b: x{}", "a: {{b: x{}}}", "a: {{b: x{}: y}}", "{}a: x", "- {}a", "a: 'x{}"]
)
def test_it_gives_up_soon(row: str) -> None:
    """However many blanks there are: a pattern that tried each of them with each other would take hours here."""
    assert read_plain(row.format(" " * 300_000)) is None or row == "a: {{b: x{}}}"


@pytest.mark.parametrize("row", ["a: {{b: {}!}}", "a: [{}!]", "a: {{b: {}: c}}", "a: [{}#]"])
@pytest.mark.parametrize("sign", ["é", "茶", "ش"])
def test_it_gives_up_soon_on_words_of_any_script(row: str, sign: str) -> None:
    """A pattern that took a letter in two ways would try each way for each letter."""
    assert read_plain(row.format(sign * 100_000)) is None


@pytest.mark.parametrize("lang", shipped())
def test_words_of_sitegen_itself_need_no_parser(lang: str) -> None:
    assert read_plain(packaged_text(lang)) is not None


def test_it_reads_what_most_authors_write() -> None:
    found = read_plain(
        'title: "A: b"\nlayout: post\n# so\ndate: 2020-01-02 03:04:05\ntags: [a, "b c", C++]\n'
        "categories:\n  - x\n  - y z\n"
        "pinned: yes\npart: 2\nexcerpt:\n\npermalink: /:year/:title/\nimage: {path: x.png, alt: 'A, b'}\n"
        "more:\n  deep:\n    - 1\n  other: x\n"
    )
    assert found is not None
    assert found.value == {
        "title": "A: b",
        "layout": "post",
        "date": "2020-01-02 03:04:05",
        "tags": ["a", "b c", "C++"],
        "categories": ["x", "y z"],
        "pinned": True,
        "part": 2,
        "excerpt": None,
        "permalink": "/:year/:title/",
        "image": {"path": "x.png", "alt": "A, b"},
        "more": {"deep": [1], "other": "x"},
    }
    assert found.lines["tags",] == 5
    assert found.words["part",] == "2"
