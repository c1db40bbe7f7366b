"""The words that are Liquid's and Jekyll's: whatever else stands in braces is text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """What ends a block, and what may divide it."""

    end: str
    inner: tuple[str, ...] = ()


BLOCKS: Mapping[str, Block] = {
    "capture": Block("endcapture"),
    "case": Block("endcase", ("when", "else")),
    "for": Block("endfor", ("else",)),
    "highlight": Block("endhighlight"),
    "if": Block("endif", ("elsif", "else")),
    "ifchanged": Block("endifchanged"),
    "tablerow": Block("endtablerow"),
    "unless": Block("endunless", ("elsif", "else")),
}
WHOLE = ("comment", "raw")  # blocks in which nothing else is Liquid
SINGLE = (
    "assign", "break", "continue", "cycle", "decrement", "feed_meta", "gist", "include", "include_cached",
    "include_relative", "increment", "link", "post_url", "seo",
)  # fmt: skip
PARTS = frozenset(word for block in BLOCKS.values() for word in (block.end, *block.inner))
BARE = frozenset(word for word in PARTS if word == "else" or word.startswith("end"))  # whatever stands in them
TAGS = frozenset((*BLOCKS, *WHOLE, *SINGLE)) | PARTS
ROOTS = frozenset(
    ("site", "page", "forloop", "tablerowloop", "include", "jekyll", "paginator")
)  # what outputs may begin with

_ASSIGNED = re.compile(r"\{%-?\s*(?:assign|capture|increment|decrement|for|tablerow)\s+[\"']?([A-Za-z_][\w-]*)")
_INCLUDED = re.compile(r"\{%-?\s*include(?:_cached)?\s+([^\s{}%]+)\s")
_ROOT = re.compile(r"\s*([A-Za-z_][\w-]*)")
_LITERAL = re.compile(r"\s*(?:[\"']|\([\w.]+\.\.[\w.]+\)|(?:nil|null|true|false|empty|-?\d+(?:\.\d+)?)\s*\|)")


def assigned(text: str) -> frozenset[str]:
    """The names that the text gives values to.

    >>> sorted(assigned("{% assign a = 1 %}{% for b in site.posts %}"))
    ['a', 'b']
    """
    return frozenset(_ASSIGNED.findall(text))


def included(text: str) -> list[str]:
    """The names of the files that the text includes.

    >>> included("{% include a.html x=1 %}{%- include_cached b/c.md -%}{% include {{ d }}.html %}")
    ['a.html', 'b/c.md']
    """
    return _INCLUDED.findall(text)


def is_literal_output(expression: str) -> bool:
    """Whether it is a quoted text, or another value with a filter: Liquid's, if the body has any Liquid.

    >>> [is_literal_output(text) for text in (" '{{'", "5 | plus: 1", "5", "user")]
    [True, True, False, False]
    """
    return _LITERAL.match(expression) is not None


def is_known_output(expression: str, names: frozenset[str]) -> bool:
    """Whether `{{ expression }}` is Liquid's: it begins with a value, or with a name that means something.

    >>> [is_known_output(text, frozenset(["x"])) for text in (" site.url", "x | upcase", "user.name", " '{{'")]
    [True, True, False, True]
    """
    match = _ROOT.match(expression)
    return is_literal_output(expression) or (match is not None and (match[1] in ROOTS or match[1] in names))
