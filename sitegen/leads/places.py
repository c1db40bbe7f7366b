"""Where in an author's files something is written."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from urllib.parse import quote, unquote

from sitegen.config import Config
from sitegen.errors import Problem, Severity
from sitegen.frozen import dataclass
from sitegen.marked import problem_at
from sitegen.markup.lines import unfenced
from sitegen.model.content import Document

MOST_PLACES = 20  # of one thing in one document


@dataclass(frozen=True)
class Place:
    """A file, its text, and a line of it (None: the whole file)."""

    path: str
    text: str = ""
    line: int | None = None

    def problem(self, severity: Severity, message: str, hint: str = "") -> Problem:
        """A problem at this place."""
        return replace(problem_at(self.path, self.text, self.line, message, hint), severity=severity)


def in_body(document: Document, words: tuple[str, ...], times: int = 1) -> list[Place]:
    """The lines of a body, outside fenced code, that hold one of the words; at most `times` of them."""
    pattern = pattern_of(words)
    text = document.origin.text
    found = (at for at, line in unfenced(document.body) if pattern.search(line))
    numbers = dict.fromkeys(document.line_of(at + 1) for at in found)
    return [Place(document.path, text, number) for number in list(numbers)[: min(times, MOST_PLACES)]]


def spellings_of(address: str, config: Config) -> tuple[str, ...]:
    """How an address may have been written that reads so in HTML."""
    below = address.removeprefix(config.url) if config.url else address
    bare = below.removeprefix(config.baseurl) if config.baseurl else below
    forms = (address, below, bare, unquote(bare), quote(bare, safe="/~!$&'()*+,;=:@-._#?%"), escape(bare), bare.strip())
    return tuple(dict.fromkeys(form for form in forms if form))


def pattern_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, but not as a part of a longer address."""
    return re.compile(rf"(?<![\w/%.#-])(?:{'|'.join(map(re.escape, words))})(?![\w/%#-])")
