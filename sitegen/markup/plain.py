"""What a reader reads of HTML: its text, its words, a summary."""

from __future__ import annotations

from html import unescape

from sitegen.markup.cuts import COMMENT, NOTHING, RAW_TEXT, Cut, cut, interleaved
from sitegen.markup.tokens import HIDDEN
from sitegen.patterns import regex

SUMMARY_SIGNS = 200
_INLINE = frozenset(
    (
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    )
)
_GAPS = {
    **dict.fromkeys((NOTHING, COMMENT, *(RAW_TEXT + name for name in HIDDEN)), ""),
    **{tag: "" for name in _INLINE for tag in (name, f"/{name}")},
}
# A word is a run of letters and digits; in scripts without blanks each sign counts as one.
_WORD = regex(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    r"|[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]++"
    r"(?:['’.,_-]?[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff])*+"
)
# Most texts are of Latin letters and typographic signs: as a letter, what joins two, or anything else they are counted
# in no time. A word begins at each letter that has neither a letter before it, nor one and a single sign that joins.
_KINDS = bytes(ord("a" if chr(code).isalnum() else "-" if chr(code) in "'.,_-" else " ") for code in range(256))
_ALIKE = (("’", "'"), *((sign, " ") for sign in "‘“”–—…"))


def plain_text(html: str) -> str:
    """The text of the HTML on one line: no tags, comments, scripts; entities as their signs."""
    return line_of(cut(html))


def line_of(body: Cut) -> str:
    """The text in it on one line."""
    return " ".join(text_of(body).split())


def text_of(body: Cut) -> str:
    """The text in it; where a block begins or ends stands a blank."""
    texts = [unescape(text) if "&" in text else text for text in body.texts]
    gaps = [_GAPS.get(name, " ") for name in body.names]
    raw = {name for name in body.kinds if name[:1] == RAW_TEXT and name not in _GAPS}
    if raw:
        pairs = zip(gaps, body.names, body.tags, strict=True)
        gaps = [unescape(tag) if name in raw else gap for gap, name, tag in pairs]
    return interleaved(texts, gaps)


def has_words(text: str) -> bool:
    """Whether there is a word in it."""
    return _WORD.search(text) is not None


def count_words(text: str) -> int:
    """How many words a reader counts; Chinese and Japanese signs are words."""
    for sign, alike in _ALIKE:
        text = text.replace(sign, alike)
    try:
        kinds = b" " + text.encode("latin-1").translate(_KINDS)
    except UnicodeEncodeError:
        return len(_WORD.findall(text))
    return kinds.count(b" a") + kinds.count(b" -a") + kinds.count(b"--a")


def summary(text: str) -> str:
    """The text on one line, cut at a word with `…` where it is longer than 200 signs."""
    line = " ".join(text[: 20 * SUMMARY_SIGNS].split())
    if len(line) <= SUMMARY_SIGNS:
        return line
    cut = line[:SUMMARY_SIGNS]
    head = cut.rpartition(" ")[0] if line[SUMMARY_SIGNS - 1] != " " else cut
    return (head or cut[:-1]).rstrip(" ,;:.–—-") + "…"
