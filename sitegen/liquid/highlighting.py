"""`{% highlight %}`: Jekyll's own markup around Pygments' colours (tags/highlight.rb)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape

LARGEST = 50_000  # signs of a block that is coloured
_SYNTAX = re.compile(r"([A-Za-z0-9.+#_-]+)((?:\s+\w+(?:=(?:\w+|\"(?:[0-9]+\s)*[0-9]+\"))?)*)\s*")
_MARKED = re.compile(r'mark_lines="([\d\s]+)"')


@dataclass(frozen=True)
class Options:
    """What stands in the tag: `marked` are the numbers of lines that stand out."""

    language: str
    numbered: bool = False
    marked: tuple[int, ...] = ()

    @classmethod
    def read(cls, text: str) -> Options | None:
        """The options, or None for what Jekyll does not take."""
        match = _SYNTAX.fullmatch(text.strip())
        if match is None:
            return None
        rest = match[2]
        marked = _MARKED.search(rest)
        lines = tuple(int(number[:6]) for number in marked[1].split()) if marked else ()
        return cls(match[1].lower(), bool(re.search(r"\blinenos\b", rest)), lines)


def figure(code: str, options: Options, *, unbroken: bool = False) -> str:
    """The block as HTML. `unbroken`: on one line, which Markdown keeps whole also in a list or a quote."""
    inner = _marked(_coloured(options.language, code), options.marked)
    if options.numbered:
        numbers = "".join(f"{number}\n" for number in range(1, code.count("\n") + 2))
        inner = (
            '<table class="rouge-table"><tbody><tr><td class="gutter gl"><pre class="lineno">'
            f'{numbers}</pre></td><td class="code"><pre>{inner}\n</pre></td></tr></tbody></table>'
        )
    if unbroken:
        inner = inner.replace("\n", "&#10;")
    name = escape(options.language)
    return (
        '<figure class="highlight"><pre>'
        f'<code class="language-{name.replace("+", "-")}" data-lang="{name}">{inner}</code></pre></figure>'
    )


def _marked(html: str, lines: tuple[int, ...]) -> str:
    if not lines:
        return html
    rows = enumerate(html.split("\n"), 1)
    return "\n".join(f'<span class="hll">{row}</span>' if at in lines else row for at, row in rows)


@lru_cache(maxsize=1024)
def _coloured(language: str, code: str) -> str:
    """A span for each token. A pure function of its arguments, so remembering it is safe."""
    from pygments import highlight
    from pygments.formatters.html import HtmlFormatter
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return escape(code, quote=False)
    if len(code) > LARGEST:
        return escape(code, quote=False)
    return highlight(code, lexer, HtmlFormatter(nowrap=True)).removesuffix("\n")
