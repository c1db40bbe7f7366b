"""Code blocks in colour, by Pygments' classes."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

_NAME = re.compile(r"[^\s,{}:;\"'<>&]+")
REMEMBERED = 2048  # blocks
LARGEST = 50_000  # signs of a block that is coloured (a second and a half); a larger one is plain


def language_of(info: str) -> str:
    """The language that a fence's info string names, "" for none.

    >>> [language_of(info) for info in ("python", "rust,ignore", "{.ruby #x}", "c++ linenos", "")]
    ['python', 'rust', 'ruby', 'c++', '']
    """
    match = _NAME.match(info.strip().lstrip("{").lstrip(".").strip())
    return match[0] if match else ""


def code_block(text: str, language: str = "") -> str:
    """A block that scrolls: coloured where Pygments knows the language, else plain."""
    name = f' class="language-{escape(language)}"' if language else ""
    inner = f"<span></span>{_code(text, language, name)}" if language else f"<code>{escape(text, quote=False)}</code>"
    return f'<div class="highlight"><pre tabindex="0">{inner}</pre></div>'


def _code(text: str, language: str, attribute: str) -> str:
    small = len(text) <= LARGEST
    coloured = _coloured(language.lower(), text) if small else escape(text, quote=False)
    return f"<code{attribute}>{coloured}</code>"


@lru_cache(maxsize=REMEMBERED)
def _coloured(language: str, text: str) -> str:
    """The text with a `<span>` for each token. A pure function of its arguments, so remembering it is safe.

    Pygments' lexers of sessions (`irb`, `psql`) drop what they cannot place: then the text is plain.
    """
    from pygments import format as formatted
    from pygments.formatters.html import HtmlFormatter
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return escape(text, quote=False)
    pieces = list(lexer.get_tokens(text))
    if "".join(piece for _, piece in pieces) != text:
        return escape(text, quote=False)
    return formatted(pieces, HtmlFormatter(nowrap=True))


def forget() -> None:
    """Forget the blocks that were coloured: for measuring."""
    _coloured.cache_clear()
