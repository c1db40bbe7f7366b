"""A page as its readers know it: its words in their order, what holds them, and its headings."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape

from sitegen.markup.headings import LEVELS
from sitegen.markup.tokens import HIDDEN, VOID, Token, attributes, tokens

_HOLDERS = frozenset(("article", "body", "div", "main", "section", "td"))  # what layouts put a text into
# A word ends where these begin and end. Tags that nobody knows may stand within one.
_BREAKS = _HOLDERS | frozenset((
    "address", "aside", "audio", "blockquote", "br", "button", "caption", "center", "dd", "details", "dialog", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "head", "header", "hr", "html", "iframe", "img",
    "input", "legend", "li", "nav", "object", "ol", "optgroup", "option", "p", "pre", "select", "summary", "table",
    "tbody", "textarea", "tfoot", "th", "thead", "title", "tr", "ul", "video", *LEVELS,
))  # fmt: skip
_FOLDS = {
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "‛": "'",
    "–": "-", "—": "-", "―": "-", "‒": "-", "…": "...", "\u00a0": " ",
    "\u200b": None, "\ufeff": None, "\ufe0e": None, "\ufe0f": None, "\u00ad": None,
}  # fmt: skip
_TYPOGRAPHY = str.maketrans(_FOLDS)


@dataclass(frozen=True)
class Span:
    """An element that holds words, those from `start` to before `end`; `mark` is by what it is known on other pages."""

    mark: str
    start: int
    end: int


@dataclass(frozen=True)
class Heading:
    """A heading with an id; `at` is the place of its first word."""

    id: str
    text: str
    at: int


@dataclass(frozen=True)
class Reading:
    """What there is to read on one page. `is_whole`: every element is closed, and no other is."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    headings: tuple[Heading, ...]
    is_whole: bool


def read(html: str) -> Reading:
    """Read a page, or a part of one."""
    reader = _Reader()
    for token in tokens(html):
        reader.take(token)
    reader.settle()
    is_whole = not (reader.open or reader.strays)
    while reader.open:
        reader.close(reader.open[-1].name)
    return Reading(tuple(reader.words), tuple(reader.spans), tuple(reader.headings), is_whole)


def words_of(text: str) -> list[str]:
    """The words of a text, its typography folded: quotes, dashes and dots may be of either kind.

    >>> words_of("“Well” — he’s")
    ['"Well"', '-', "he's"]
    """
    folded = text.translate(_TYPOGRAPHY)
    return folded.replace("---", "-").replace("--", "-").split()


@dataclass
class _Open:
    """An element that is open."""

    name: str
    mark: str
    start: int
    id: str = ""


class _Reader:
    """What has been read so far, and what is open."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.spans: list[Span] = []
        self.headings: list[Heading] = []
        self.open: list[_Open] = []
        self.strays = 0
        self._parts: list[str] = []

    def take(self, token: Token) -> None:
        """Read one more piece."""
        if token.kind == "text" or (token.kind == "raw" and token.name not in HIDDEN):
            self._parts.append(unescape(token.source))
        elif token.kind in ("open", "close") and token.name in _BREAKS:
            self._parts.append(" ")
            if token.name in _HOLDERS or token.name in LEVELS:
                self.settle()
                (self._opened if token.kind == "open" else self._closed)(token)

    def settle(self) -> None:
        """A word ends here."""
        self.words += words_of("".join(self._parts))
        self._parts.clear()

    def _opened(self, token: Token) -> None:
        if token.name in VOID or token.source.endswith("/>"):
            return
        given = attributes(token.source)
        self.open.append(_Open(token.name, _mark(token.name, given), len(self.words), given.get("id", "")))

    def _closed(self, token: Token) -> None:
        if any(element.name == token.name for element in self.open):
            self.close(token.name)
        else:
            self.strays += 1

    def close(self, name: str) -> None:
        """End the innermost element of that name, and what was opened in it and never closed."""
        while self.open:
            element = self.open.pop()
            if element.name in LEVELS and element.id:
                text = " ".join(self.words[element.start :])
                self.headings.append(Heading(element.id, text, element.start))
            elif element.name in _HOLDERS:
                self.spans.append(Span(element.mark, element.start, len(self.words)))
            if element.name == name:
                return
            self.strays += 1


def _mark(name: str, given: dict[str, str]) -> str:
    """By what an element of a layout is known: `div#content.post.e-content`."""
    classes = "".join(f".{word}" for word in sorted(given.get("class", "").split()))
    ident = given.get("id", "")
    return f"{name}{f'#{ident}' if ident else ''}{classes}"
