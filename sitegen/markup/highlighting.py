"""Code blocks in colour, by Pygments' classes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from sitegen.digests import digest_of
from sitegen.markup.code_options import NONE, CodeOptions
from sitegen.patterns import regex

if TYPE_CHECKING:
    from pygments.formatters.html import HtmlFormatter
    from pygments.lexer import Lexer

_NAME = regex(r"[^\s,{}:;\"'<>&=]++(?!=)")
_LINES = regex(r"\{[\d\s,-]+\}")
_ROW = regex(r".*\n|.+")
REMEMBERED = 2048  # blocks
LARGEST = 50_000  # signs of a block that is coloured (a second and a half); a larger one is plain


class _Shelf(NamedTuple):
    """What earlier builds coloured, and what is coloured now, by key."""

    known: Callable[[str], str | None]
    made: dict[str, str]


_SHELF: ContextVar[_Shelf | None] = ContextVar("shelf", default=None)


def unknown(key: str) -> None:
    """Of no block is anything known."""


@contextmanager
def recalling(known: Callable[[str], str | None]) -> Iterator[dict[str, str]]:
    """Within it a block is looked for in `known`, by key, before it is coloured; what is yielded gets the others."""
    made: dict[str, str] = {}
    token = _SHELF.set(_Shelf(known, made))
    try:
        yield made
    finally:
        _SHELF.reset(token)


def language_of(info: str) -> str:
    """The language that a fence's info string names, "" for none.

    >>> [language_of(info) for info in ("python", "rust,ignore", "{.ruby #x}", "c++ linenos", "{2}", 'title="x"', "")]
    ['python', 'rust', 'ruby', 'c++', '', '', '']
    """
    match = None if _LINES.match(info) else _NAME.match(info.strip().lstrip("{").lstrip(".").strip())
    return match[0] if match else ""


def code_block(text: str, language: str = "", options: CodeOptions = NONE) -> str:
    """A block that scrolls: coloured where Pygments knows the language, else plain; in a figure if it has a title."""
    name = f' class="language-{escape(language)}"' if language else ""
    coloured = _coloured(language.lower(), text) if language and len(text) <= LARGEST else escape(text, quote=False)
    lines = _lined(coloured, options) if options.marked or options.start is not None else coloured
    block = f'<pre tabindex="0">{"<span></span>" if language else ""}<code{name}>{lines}</code></pre>'
    if not options.title:
        return f'<div class="highlight">{block}</div>'
    return f'<figure class="highlight"><figcaption>{escape(options.title)}</figcaption>{block}</figure>'


def _lined(html: str, options: CodeOptions) -> str:
    """The code with an element around each line that stands out, and around every line if they have numbers.

    No token goes over the end of a line: Pygments closes and opens them there.
    """
    return "".join(_line(row, at, options) for at, row in enumerate(_ROW.findall(html), 1))


def _line(html: str, at: int, options: CodeOptions) -> str:
    number = f' data-line="{options.start + at - 1}"' if options.start is not None else ""
    if options.is_marked(at):
        return f'<mark class="hll"{number}>{html}</mark>'
    return f"<span{number}>{html}</span>" if number else html


def _coloured(language: str, text: str) -> str:
    """The text with a `<span>` for each token."""
    shelf = _SHELF.get()
    if shelf is None:
        return _by_pygments(language, text)
    key = digest_of(language, text)
    found = shelf.known(key)
    if found is None:
        found = shelf.made[key] = _by_pygments(language, text)
    return found


@lru_cache(maxsize=REMEMBERED)
def _by_pygments(language: str, text: str) -> str:
    """The same, without the shelf. A pure function of its arguments, so remembering it is safe.

    Pygments' lexers of sessions (`irb`, `psql`) drop what they cannot place: then the text is plain.
    """
    from pygments import format as formatted

    kind = _lexer(language)
    if kind is None:
        return escape(text, quote=False)
    pieces = list(kind(stripnl=False, ensurenl=False).get_tokens(text))
    if "".join(piece for _, piece in pieces) != text:
        return escape(text, quote=False)
    return formatted(pieces, _formatter())


@lru_cache(maxsize=512)
def _lexer(language: str) -> Callable[..., Lexer] | None:
    """The lexer that Pygments has for the language, which it searches for; each text has one of its own."""
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return type(get_lexer_by_name(language))
    except ClassNotFound:
        return None


@cache
def _formatter() -> HtmlFormatter[str]:
    """What makes HTML of all of them: it keeps nothing of a text, and is dear to make."""
    from pygments.formatters.html import HtmlFormatter

    return HtmlFormatter(nowrap=True)


def forget() -> None:
    """Forget the blocks that were coloured: for measuring."""
    _by_pygments.cache_clear()
