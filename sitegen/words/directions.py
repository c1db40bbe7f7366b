"""Values that are written in another direction than the words around them: isolated, neither turns the other round
(Unicode, UAX #9). By signs, not by elements: words stand in titles and attributes, too.
"""

from __future__ import annotations

from unicodedata import bidirectional

from sitegen.patterns import regex

ISOLATE, POP = "\u2068", "\u2069"  # between them, text has the direction of its first letter
_APART = regex(f"{ISOLATE}[^{POP}]*{POP}|<[^>]*>")  # what needs no other isolation, and tags
_FROM_THE_RIGHT = ("R", "AL", "AN")
_WITH_ARABIC = ("R", "AL", "AN", "EN", "NSM", "CS", "WS", "BN")  # digits come out right, but for their signs: `-5`


def apart(text: str, rtl: bool = False) -> str:
    """Text or HTML for a place in words that go from left to right, or from right to left; isolated where need be.

    >>> apart("Ada"), apart("Ada", rtl=True) == f"{ISOLATE}Ada{POP}", apart("12", rtl=True)
    ('Ada', True, '12')
    """
    if not rtl and text.isascii():
        return text
    classes = map(bidirectional, _APART.sub("", text))
    turns = any(it not in _WITH_ARABIC for it in classes) if rtl else any(it in _FROM_THE_RIGHT for it in classes)
    return f"{ISOLATE}{text}{POP}" if turns else text
