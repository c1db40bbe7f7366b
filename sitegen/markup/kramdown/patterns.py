r"""What several kinds of block begin or end with.

Ruby's `\s`, `\w` and `\d` are ASCII, so they are spelled out: a no-break space is text.
"""

from __future__ import annotations

import re

S = r"[ \t\r\n\f\v]"
SIGN = r"[^ \t\r\n\f\v]"
BLANKS = " \t\r\n\f\v\x00"  # what Ruby's `strip` takes off
NAME = r"[^\W\d][\w.\-]*+(?::[^\W\d][\w.\-]*+)?+"  # of an element or attribute, with its prefix
SPACE = r" {0,3}"
INDENT = r"(?:\t| {4})"
LIST_NAME = r"[A-Za-z0-9_][A-Za-z0-9_\-]*"
LIST_SIGNS = r"(?:\\\}|[^}]){1,999}?"  # bounded, for it may go over lines


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


SPAN_ELEMENTS = _names(
    """
    a abbr acronym b big bdo br button cite code del dfn em i img input ins kbd label mark option q rb rbc rp rt
    rtc ruby samp select small span strong sub sup tt u var
    """
)
BLOCK_ELEMENTS = _names(
    """
    address article aside applet body blockquote caption col colgroup dd div dl dt fieldset figcaption footer
    form h1 h2 h3 h4 h5 h6 header hgroup hr html head iframe legend menu li main map nav ol optgroup p pre
    section summary table tbody td th thead tfoot tr ul
    """
)
BLOCK_CONTENT = _names(
    """
    address applet article aside blockquote body dd details div dl fieldset figure figcaption footer form header
    hgroup iframe li main map menu nav noscript object section summary td
    """
)
SPAN_CONTENT = _names(
    """
    a abbr acronym b bdo big button cite caption del dfn dt em h1 h2 h3 h4 h5 h6 i ins label legend optgroup p q
    rb rbc rp rt rtc ruby select small span strong sub sup th tt
    """
)
RAW_CONTENT = _names(
    """
    script style math option textarea pre code kbd samp var
    """
)
VOID = _names(
    """
    area base br col command embed hr img input keygen link meta param source track wbr
    """
)
KNOWN = SPAN_ELEMENTS | BLOCK_ELEMENTS | BLOCK_CONTENT | SPAN_CONTENT | RAW_CONTENT | VOID

BLANK = r"^[ \t\r\f\v]*\n"
END_OF_BLOCK = r"^\^[ \t\r\f\v]*\n"
ATTRIBUTES = rf"\{{:(?!:|/)({LIST_SIGNS})\}}[ \t\r\f\v]*\n"
ATTRIBUTES_ALONE = rf"^{SPACE}{ATTRIBUTES}"
_SPANS = "|".join(sorted(SPAN_ELEMENTS | {"script"}))
HTML_START = rf"<(?!(?:{_SPANS})\b){NAME}"
HTML_STOP = rf"</(?!(?:{_SPANS})\b){NAME}{S}*>"
LAZY_END = rf"{BLANK}|{ATTRIBUTES_ALONE}|{END_OF_BLOCK}|^{SPACE}{HTML_STOP}|^{SPACE}{HTML_START}|\Z"
TAIL = r"[\t| ].*?\n"
BULLET = rf"^({SPACE}[+*-])({TAIL})"
NUMBER = rf"^({SPACE}[0-9]+\.)({TAIL})"
DEFINITION = rf"^({SPACE}:)({TAIL})"
QUOTE = rf"^{SPACE}> ?"
HEADING = r"^#{1,6}[\t ]+.*\n"
FENCE = r"^ {0,3}[~`]{3,}"
RULE = rf"^{SPACE}(\*|-|_)[ \t]*\1[ \t]*\1(?:\1|[ \t])*\n"
TABLE_LINE = r"(?:\||.*?[^\\\n]\|).*?\n"


_LINE_START = re.compile(r"(?<![\[\\])\^")


def here(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern for `match`: as for Ruby's `StringScanner`, `^` is where it looks, be it within a line."""
    return re.compile(_LINE_START.sub("", pattern), flags)


def anywhere(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern for `search` and `sub`, `^` being the beginning of a line."""
    return re.compile(pattern, re.MULTILINE | flags)
