"""Headings: their ids by kramdown's GFM rule, and the table of contents.

Source of the rule: gettalong/kramdown-parser-gfm `lib/kramdown/parser/gfm.rb`, `generate_gfm_header_id`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape, unescape
from typing import NamedTuple

from sitegen.markup.cuts import COMMENT, Cut
from sitegen.markup.tokens import attributes, change_attributes
from sitegen.patterns import regex

MARK = "data-sitegen-heading"  # the default engine puts it on each heading that Markdown made
WITHIN = "html"  # its value where the heading stands within the author's own HTML
_NO_LETTERS_FIRST = regex(r"^[^a-zA-Z]+")
_OTHER_ASCII = regex(r"[^a-z0-9_\- \t]+")
_NEITHER_LETTER_NOR_DIGIT = regex(r"[^a-zA-Z0-9 \-]")
_CIRCLED = regex("[\u24b6-\u24e9\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]")  # letters too
# What both engines make of `[TOC]` on a line of its own and of a list with `{:toc}`, and which list the contents are.
PLACES = {"<p>[TOC]</p>": "ul", "<ol>[TOC]</ol>": "ol"}
LEVELS = {f"h{level}": level for level in range(1, 7)}
_ENDS = frozenset((*LEVELS, *(f"/{name}" for name in LEVELS)))
ANCHOR = '<a class="anchor" href="#'  # how the link to a heading begins, in that heading
_ANCHORED = frozenset(("h2", "h3", "h4"))


class Heading(NamedTuple):
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
        lower = text.lower()
        kept = _OTHER_ASCII.sub("", lower) if lower.isascii() else "".join(filter(_is_kept, lower))
        plain = kept.replace(" ", "-").replace("\t", "-")
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


def with_ids(body: Cut, *, every: bool = False) -> Cut:
    """The same with an id on each marked heading that has none, or on `every` one."""
    own = (attributes(tag) for tag in body.opening if " id=" in tag)
    ids = HeadingIds(given["id"] for given in own if "id" in given)
    tags = list(body.tags)
    found = [at for at in (range(len(tags)) if every else body.given) if body.names[at] in LEVELS]
    for at in found:
        if every or MARK in tags[at]:
            tags[at] = _marked(tags[at], ids, _inside(body, at))
    return replace(body, tags=tags, given=sorted({*body.given, *found}))


def _marked(tag: str, ids: HeadingIds, inside: Cut) -> str:
    bare = _bare(tag)
    if len(bare) > len("<h1>") and "id" in attributes(bare):
        return bare
    text = _text(inside.without(is_footnote_reference))
    name = ids.within_html(text) if f'{MARK}="{WITHIN}"' in tag else ids.new(text)
    return f'{bare[:3]} id="{name}"{bare[3:]}' if name else bare


def _bare(tag: str) -> str:
    """The tag without the mark."""
    if MARK not in tag:
        return tag
    if tag[3:] == f' {MARK}="1">':
        return f"{tag[:3]}>"
    return change_attributes(tag, lambda name, value: None if name == MARK else value)


def _text(inside: Cut) -> str:
    """What is text in it, and neither script nor form."""
    return "".join(unescape(text) if "&" in text else text for text in inside.texts)


def is_footnote_reference(name: str, tag: str) -> bool:
    """Whether an opening tag begins the raised number that leads to a footnote."""
    return name == "sup" and ("fnref" in tag or "footnote-reference" in tag)


def _inside(body: Cut, at: int) -> Cut:
    """What stands between a heading's opening tag and its end."""
    end = at + 1
    while end < len(body.names) and body.names[end] not in _ENDS:
        end += 1
    return body.inside(at, end)


def with_anchors(body: Cut, label: str = "Link to this section") -> Cut:
    """The same with a link to each heading of the second to fourth level at its end, called `label`; what is in a
    link has none.
    """
    texts = list(body.texts)
    name, links = "", 0
    for at, one in enumerate(body.names):
        if one in ("a", "/a"):
            links = max(0, links + (1 if one == "a" else -1))
        elif one in LEVELS:
            name = attributes(body.tags[at]).get("id", "") if one in _ANCHORED else ""
        elif one[:1] == "/" and one[1:] in LEVELS:
            if name and not links:
                texts[at] += f'{ANCHOR}{escape(name)}" aria-label="{escape(label)}"></a>'
            name = ""
    return replace(body, texts=texts)


def is_anchor(name: str, tag: str) -> bool:
    """Whether an opening tag begins a link that `with_anchors` has put there."""
    return tag.startswith(ANCHOR)


def headings_of(body: Cut) -> list[Heading]:
    """The headings that can be linked to, but for those of class `no_toc`."""
    found: list[Heading] = []
    for at in body.given:
        if body.names[at] in LEVELS:
            given = attributes(body.tags[at])
            if given.get("id") and "no_toc" not in given.get("class", "").split():
                found.append(Heading(LEVELS[body.names[at]], given["id"], _title(_inside(body, at))))
    return found


def _title(inside: Cut) -> str:
    if not inside.tags:
        return inside.texts[0].strip()
    return without_ids(inside.without(is_footnote_reference).without_tags("a", "/a", "img", COMMENT)).html.strip()


def without_ids(body: Cut) -> Cut:
    """The same without any `id`, for HTML that is shown a second time."""
    if not any("id" in tag for tag in body.opening):
        return body
    return body.changed(lambda tag: change_attributes(tag, lambda name, value: None if name == "id" else value))


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
