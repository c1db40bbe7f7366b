"""Headings: their ids by kramdown's GFM rule, and the table of contents.

Source of the rule: gettalong/kramdown-parser-gfm `lib/kramdown/parser/gfm.rb`, `generate_gfm_header_id`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape

from sitegen.markup.tokens import Token, attributes, change_attributes, joined, without

MARK = "data-sitegen-heading"  # an engine puts it on each heading that Markdown made
WITHIN = "html"  # its value where the heading stands within the author's own HTML
_NO_LETTERS_FIRST = re.compile(r"^[^a-zA-Z]+")
_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[^a-zA-Z0-9 \-]")
_CIRCLED = re.compile("[\u24b6-\u24e9\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]")  # letters too
# What both engines make of `[TOC]` on a line of its own and of a list with `{:toc}`, and which list the contents are.
PLACES = {"<p>[TOC]</p>": "ul", "<ol>[TOC]</ol>": "ol"}
LEVELS = {f"h{level}": level for level in range(1, 7)}
ANCHOR = '<a class="anchor" href="#'  # how the link to a heading begins, in that heading
_ANCHORED = frozenset(("h2", "h3", "h4"))


@dataclass(frozen=True)
class Heading:
    """One entry of the contents: `title` is HTML without links and ids."""

    level: int
    id: str
    title: str


class HeadingIds:
    """The ids of one document; `taken` are those that its author wrote."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._counts: dict[str, int] = {}

    def new(self, text: str) -> str:
        """The id of a heading with that text, "" for the first without letters (`-1` for the next).

        >>> ids = HeadingIds()
        >>> [ids.new(text) for text in ("What's new?", "Whats new", "Größe  2", "!!!")]
        ['whats-new', 'whats-new-1', 'größe--2', '']
        """
        plain = "".join(filter(_is_kept, text.lower())).replace(" ", "-").replace("\t", "-")
        return self._free(plain)

    def within_html(self, text: str) -> str:
        """The id of a heading within the author's HTML, where kramdown keeps to its older rule.

        >>> HeadingIds().within_html("2. Größe_x")
        'grex'
        """
        plain = _NEITHER_LETTER_NOR_DIGIT.sub("", _NO_LETTERS_FIRST.sub("", text)).replace(" ", "-").lower()
        return self._free(plain or "section")

    def _free(self, plain: str) -> str:
        count = self._counts.get(plain, 0)
        while (name := f"{plain}-{count}" if count else plain) in self._taken:
            count += 1
        self._counts[plain] = count + 1
        self._taken.add(name)
        return name


def _is_kept(sign: str) -> bool:
    if sign.isascii():
        return sign.isalnum() or sign in "_- \t"
    kind = unicodedata.category(sign)
    return kind[0] in "LM" or kind in ("Nd", "Nl", "Pc") or bool(_CIRCLED.match(sign))  # Ruby's \p{Word}


def with_ids(pieces: Sequence[Token]) -> Iterator[Token]:
    """The tokens, with an id on each marked heading that has none."""
    ids = HeadingIds(
        given["id"]
        for token in pieces
        if token.kind == "open" and " id=" in token.source and "id" in (given := attributes(token.source))
    )
    for at, token in enumerate(pieces):
        if token.name in LEVELS and token.kind == "open" and MARK in token.source:
            yield token._replace(source=_marked(token.source, ids, _inside(pieces, at)))
        else:
            yield token


def _marked(tag: str, ids: HeadingIds, inside: Sequence[Token]) -> str:
    bare = change_attributes(tag, lambda name, value: None if name == MARK else value)
    if "id" in attributes(bare):
        return bare
    kept = without(inside, is_footnote_reference)
    text = "".join(unescape(token.source) for token in kept if token.kind == "text")
    name = ids.within_html(text) if f'{MARK}="{WITHIN}"' in tag else ids.new(text)
    return f'{bare[:3]} id="{escape(name)}"{bare[3:]}' if name else bare


def is_footnote_reference(token: Token) -> bool:
    """Whether an opening tag begins the raised number that leads to a footnote."""
    return token.name == "sup" and ("fnref" in token.source or "footnote-reference" in token.source)


def _inside(pieces: Sequence[Token], at: int) -> Sequence[Token]:
    """The tokens between a heading's opening tag and its end."""
    for end in range(at + 1, len(pieces)):
        if pieces[end].name in LEVELS:
            return pieces[at + 1 : end]
    return pieces[at + 1 :]


def with_anchors(pieces: Iterable[Token], label: str = "Link to this section") -> Iterator[Token]:
    """The tokens, with a link to each heading of the second to fourth level at its end, called `label`; what is in a
    link has none.
    """
    name, links = "", 0
    for token in pieces:
        if token.name == "a":
            links = max(0, links + (token.kind == "open") - (token.kind == "close"))
        elif token.kind == "open" and token.name in LEVELS:
            name = attributes(token.source).get("id", "") if token.name in _ANCHORED else ""
        elif token.kind == "close" and token.name in LEVELS:
            if name and not links:
                yield Token("open", "a", f'{ANCHOR}{escape(name)}" aria-label="{escape(label)}">')
                yield Token("close", "a", "</a>")
            name = ""
        yield token


def without_anchors(pieces: Iterable[Token]) -> Iterator[Token]:
    """The tokens without the links that `with_anchors` has put there."""
    return without(pieces, lambda token: token.source.startswith(ANCHOR))


def headings_of(pieces: Sequence[Token]) -> list[Heading]:
    """The headings that can be linked to, but for those of class `no_toc`."""
    found: list[Heading] = []
    for at, token in enumerate(pieces):
        if token.kind == "open" and token.name in LEVELS:
            given = attributes(token.source)
            if given.get("id") and "no_toc" not in given.get("class", "").split():
                found.append(Heading(LEVELS[token.name], given["id"], _title(_inside(pieces, at))))
    return found


def _title(inside: Sequence[Token]) -> str:
    kept = without(inside, lambda token: is_footnote_reference(token) or token.name == "img")
    return joined(without_ids(t for t in kept if t.name != "a" and t.kind != "comment")).strip()


def without_ids(pieces: Iterable[Token]) -> Iterator[Token]:
    """The tokens without any `id`, for HTML that is shown a second time."""
    for token in pieces:
        if token.kind == "open" and "id" in token.source[len(token.name) :]:
            source = change_attributes(token.source, lambda name, value: None if name == "id" else value)
            token = token._replace(source=source)
        yield token


def contents(headings: Sequence[Heading], tag: str = "ul") -> str:
    """The nested list of links; "" for no headings. A level that is skipped nests only once."""
    parts: list[str] = []
    open_levels: list[int] = []
    for heading in headings:
        while len(open_levels) > 1 and heading.level < open_levels[-1] and heading.level <= open_levels[-2]:
            open_levels.pop()
            parts.append(f"</li></{tag}>")
        if not open_levels or heading.level > open_levels[-1]:
            open_levels.append(heading.level)
            parts.append(f"<{tag}>")
        else:
            open_levels[-1] = heading.level
            parts.append("</li>")
        parts.append(f'<li><a href="#{escape(heading.id)}">{heading.title}</a>')
    parts.append(f"</li></{tag}>" * len(open_levels))
    return "".join(parts)
