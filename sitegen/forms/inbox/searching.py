"""What search looks in, and what it looks for: folded alike, so that `Zoë` is found as `zoe`, `ＺＯＥ` and `ZOË`."""

from __future__ import annotations

import re
from typing import Any
from unicodedata import combining, normalize

from sqlalchemy import Boolean, ColumnElement, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from sitegen.forms.inbox.tables import submissions
from sitegen.forms.submission import Answers, clean

LONGEST = 1000  # signs of a search
MOST_WORDS = 20  # of a search: each is looked for in every submission
_SPECIAL = re.compile("[%_/]")  # to LIKE
_RAREST = "zqjxkvbywgpfmucdlhrsnioate"  # letters first that are rare in most languages
_ENOUGH = 3  # signs: an end that is shorter is found too often


def folded(id_: str, answers: Answers) -> str:
    """The text of a submission for the search: its id, the names and the values, a line for each.

    >>> folded("a1", (("Name", "Zoë"),))
    'a1\\nname\\nzoe'
    """
    return _fold("\n".join([id_, *(text for pair in answers for text in pair)]))


def words_of(text: str) -> tuple[str, ...]:
    """What is looked for: the words of a search, each once, as `folded` writes them.

    >>> words_of(" Zoë  zoe 50%")
    ('zoe', '50%')
    """
    return tuple(dict.fromkeys(_fold(clean(text[:LONGEST])).split()))[:MOST_WORDS]


def found(text: str) -> list[ColumnElement[bool]]:
    """The conditions: every word occurs. A word is a value for the database, and no sign in it is special.

    The first that is not met ends it for a submission: so the longest, which few have, is looked for first.
    """
    words = sorted(words_of(text), key=len, reverse=True)
    return [_occurs(submissions.c.folded, word, _pattern(word), _pattern(_end(word))) for word in words]


def beside(column: ColumnElement[str]) -> ColumnElement[str]:
    """A column that no index is to be chosen for: what it narrows still has to be looked through for words."""
    return _beside(column)


def _pattern(word: str) -> str:
    """For LIKE: what has the word in it."""
    return "%" + _SPECIAL.sub(r"/\g<0>", word) + "%"


def _end(word: str) -> str:
    """A word from its rarest letter on: wherever a text has its first sign LIKE compares, and most signs are frequent.

    Not after an @, for what follows is in many addresses.

    >>> _end("nobody@example.org"), _end("evening"), _end("2026")
    ('body@example.org', 'vening', '2026')
    """
    last = min(len(word.partition("@")[0]), len(word) - _ENOUGH + 1)
    starts = (at for at in range(last) if word[at] in _RAREST)
    return word[min(starts, key=lambda at: _RAREST.index(word[at]), default=0) :]


class _occurs(FunctionElement[bool]):  # noqa: N801
    """Whether a word stands in a text: of each database what is quickest there.

    Text, word, and for LIKE the patterns of the word and of its end.
    """

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:
        """As it stands: for SQLite `= 1` would be added, and with that both patterns be looked for in each text."""
        return self


@compiles(_occurs, "sqlite")
def _by_pattern(element: _occurs, compiler: SQLCompiler, **more: Any) -> str:
    """The end is looked for first; where it is, the word."""
    where, _, pattern, end = (compiler.process(one, **more) for one in element.clauses)
    return f"({where} LIKE {end} ESCAPE '/' AND {where} LIKE {pattern} ESCAPE '/')"


@compiles(_occurs, "postgresql")
def _by_place(element: _occurs, compiler: SQLCompiler, **more: Any) -> str:
    where, word, *_ = (compiler.process(one, **more) for one in element.clauses)
    return f"strpos({where}, {word}) > 0"


class _beside(FunctionElement[str]):  # noqa: N801
    type = Text()
    inherit_cache = True


@compiles(_beside)
def _as_it_is(element: _beside, compiler: SQLCompiler, **more: Any) -> str:
    return compiler.process(element.clauses, **more)


@compiles(_beside, "sqlite")
def _without_index(element: _beside, compiler: SQLCompiler, **more: Any) -> str:
    """What a unary plus means there: https://www.sqlite.org/optoverview.html#disqualifying_where_clause_terms."""
    return "+" + compiler.process(element.clauses, **more)


def _fold(text: str) -> str:
    """Compatibility forms written out (NFKD), without combining marks, without case. ASCII is most of what comes."""
    if text.isascii():
        return text.lower()
    return "".join(sign for sign in normalize("NFKD", text) if not combining(sign)).casefold()
