"""The last step of a page: the same in fewer bytes, by minify-html (extra `minify`), if the settings ask for it.

White space decides what stands apart, and which of it does is known to the styles only: so all of it that stands
between words and tags stays, as one space. The library, which would drop it between tags, sees signs of a private use
in its place, and for each `&`, since what it stands for stays as it is written. What is within `<script>`, `<style>`,
`<title>`, `<pre>` and `<textarea>` stays byte for byte. A page that is nested beyond all measure stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.config import Config
from sitegen.markup.tokens import IMPLIED, VOID, Token, tokens
from sitegen.outputs.target import Target
from sitegen.patterns import regex

MOST_DEEP = 1_000  # elements; browsers come to 512

_AND, _SPACE, _KEPT = "\ue0fd", "\ue0fe", "\ue0ff"  # `&`, a space that stays, and a text that stays, by its number
_BLANKS = regex(r"[ \t\n\r\f]+")
_VERBATIM = frozenset(("pre", "textarea", "xmp", "listing", "plaintext"))
_TAG = regex(r"<(/?)([A-Za-z][^\s/>]*+)(?:[^>]*?(/?)>)?")
_HEAD_ENDS = regex(r"</head\s*>|<body[\s>]", re.IGNORECASE)


def finished(target: Target, text: str, config: Config) -> str:
    """The text as it is published. Previews show it as it was made; what is no HTML page stays as it is."""
    is_html = target.path.lower().endswith((".html", ".htm"))
    if not (config.minify and is_html) or config.preview or any(sign in text for sign in (_AND, _SPACE, _KEPT)):
        return text
    return text if _is_deep(text) else minified(text)


def _is_deep(html: str) -> bool:
    """Whether elements may stand so deep within each other that the library would end the process. It passes over an
    end tag that is not of the innermost element, and knows `/>` in SVG only.
    """
    open_: list[str] = []
    for match in _TAG.finditer(html):
        name = match[2].lower()
        if match[1]:
            at = len(open_) - 1
            while at > 0 and open_[at] != name and open_[at] in IMPLIED:
                at -= 1
            if at >= 0 and open_[at] == name:
                del open_[at:]
        elif name not in VOID and not (match[3] and "svg" in open_):
            open_.append(name)
            if len(open_) > MOST_DEEP:
                return True
    return False


def minified(html: str) -> str:
    """The same page in fewer bytes."""
    from minify_html import minify

    kept: list[str] = []
    end_of_head = _HEAD_ENDS.search(html)
    head = end_of_head.start() if end_of_head else 0
    marked = "".join((*_marked(html[:head], kept, gaps=False), *_marked(html[head:], kept, gaps=True)))
    small = minify(
        marked.replace("&", _AND),
        keep_closing_tags=True,
        keep_html_and_head_opening_tags=True,
        keep_input_type_text_attr=True,
        keep_ssi_comments=True,
    )
    small = small.replace(_SPACE, " ").replace(_AND, "&")
    return re.sub(f"{_KEPT}(\\d+){_KEPT}", lambda match: kept[int(match[1])], small)


def _marked(html: str, kept: list[str], *, gaps: bool) -> Iterator[str]:
    """The HTML with marks for what has to stay; `gaps` tells that white space between tags does."""
    inside: list[str] = []
    for token in tokens(html):
        if token.kind == "open" and token.name in _VERBATIM:
            inside.append(token.name)
        elif token.kind == "close" and inside and token.name == inside[-1]:
            inside.pop()
        if token.kind == "raw" and token.source:
            kept.append(token.source)
            yield f"{_KEPT}{len(kept) - 1}{_KEPT}"
        else:
            yield _blanks(token, gaps=gaps) if token.kind == "text" and not inside else token.source


def _blanks(token: Token, *, gaps: bool) -> str:
    text = _BLANKS.sub(" ", token.source)
    if not gaps:
        return text
    first, last = text[:1] == " ", text[-1:] == " " and len(text) > 1
    return f"{_SPACE * first}{text.strip(' ')}{_SPACE * last}"
