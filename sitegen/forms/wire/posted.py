"""The body of a post becomes answers: urlencoded, multipart or JSON. Pure functions of bytes.

Text is cleaned at this door: NUL and lone surrogates crash one database or another, so they become U+FFFD, as
what is not UTF-8 does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NoReturn
from urllib.parse import unquote_to_bytes

from python_multipart.multipart import parse_options_header

from sitegen.forms.description import HONEYPOT
from sitegen.forms.submission import Answers, Upload, clean
from sitegen.forms.wire.multipart import Pair, read_multipart, text_of
from sitegen.forms.wire.refusals import refused

BODY_BYTES = 1024 * 1024
VALUE_LENGTH = 200_000  # signs of one answer
NAME_LENGTH = 1000
MOST_ANSWERS = 1000
NUMBER_LENGTH = 100

KEY = "_key"  # filled by the page's script: one for each filling-in, so that a double click counts once
NEXT = "_next"
LANGUAGE = "_language"  # of the page that the form stood on
STAY = "_stay"  # likewise: the milliseconds for which the visitor had the page
PROOFS = ("_altcha", "altcha")  # a proof of work, by our script and by ALTCHA's own
# What steers the receiver or a form service and is no answer. Every other name is data, however it begins.
SPECIAL = frozenset(
    {HONEYPOT, KEY, NEXT, STAY, *PROOFS, "_subject", "_cc", "_format", LANGUAGE, "_charset_", "_host_nonce"}
    | {"g-recaptcha-response"}
)


@dataclass(frozen=True)
class Posted:
    """What came: the answers, the special fields (the first value that is not blank), the files.

    It is not `whole` where there was no room for a file.
    """

    answers: Answers
    special: Mapping[str, str]
    files: tuple[Upload, ...] = ()
    whole: bool = True

    def close(self) -> None:
        """Let go of the files."""
        for file in self.files:
            file.close()


@dataclass(frozen=True)
class Kind:
    """What a body is: its media type, and where one part of it ends."""

    type: str
    boundary: bytes = b""

    @property
    def multipart(self) -> bool:
        """Whether there may be files in it."""
        return self.type == "multipart/form-data"


@lru_cache(100)  # browsers say the same of every form
def read_kind(content_type: str, content_encoding: str) -> Kind:
    """What the headers say of a body. Raises `Refusal`: 415."""
    if content_encoding.strip().lower() not in ("", "identity"):
        raise refused("UNSUPPORTED", "unsupported_compressed")
    raw_kind, parameters = parse_options_header(content_type.encode("latin-1", "replace"))
    charset = parameters.get(b"charset", b"utf-8").decode("latin-1").strip().lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise refused("UNSUPPORTED", "unsupported_charset")
    return Kind(raw_kind.decode("latin-1").strip().lower(), parameters.get(b"boundary", b""))


def read_posted(content_type: str, content_encoding: str, body: bytes) -> Posted:
    """The answers in a body; of files, only that there are some. Raises `Refusal`: 400, 413 or 415."""
    found = read_kind(content_type, content_encoding)
    kind = found.type
    if kind == "application/x-www-form-urlencoded" or not (kind or body):
        return sorted_out(_urlencoded(body))
    if found.multipart:
        return sorted_out(read_multipart(body, found.boundary, MOST_ANSWERS))
    if kind == "application/json" or kind.endswith("+json"):
        return sorted_out(_json(body))
    raise refused("UNSUPPORTED")


def sorted_out(pairs: Iterable[Pair]) -> Posted:
    """Names and values in the order of the wire become answers. Raises `Refusal`: 400, 413."""
    answers: list[tuple[str, str]] = []
    special: dict[str, str] = {}
    files: list[Upload] = []
    for count, (name, value) in enumerate(pairs):
        if count >= MOST_ANSWERS:
            raise refused("TOO_MANY_FIELDS")
        if isinstance(value, Upload):
            files.append(value)
        elif len(name) > NAME_LENGTH or len(value) > VALUE_LENGTH:
            raise refused("FILES_TOO_BIG")
        elif name in SPECIAL:
            special[name] = special.get(name, "").strip() or clean(value)
        else:
            answers.append((clean(name), clean(value)))
    return Posted(tuple(answers), special, tuple(files))


def _urlencoded(body: bytes) -> Iterator[Pair]:
    if body.count(b"&") > 2 * MOST_ANSWERS:
        raise refused("TOO_MANY_FIELDS")
    for piece in filter(None, body.replace(b"+", b" ").split(b"&")):
        name, _, value = piece.partition(b"=")
        yield _unquoted(name), _unquoted(value)


def _unquoted(raw: bytes) -> str:
    return text_of(unquote_to_bytes(raw) if b"%" in raw else raw)


def _json(body: bytes) -> Iterator[Pair]:
    try:
        found = json.loads(
            body.decode("utf-8-sig"),
            object_pairs_hook=_once,
            parse_constant=_no_number,
            parse_int=_number,
            parse_float=_number,
        )
    except (ValueError, RecursionError) as error:
        raise refused("MALFORMED") from error
    if not isinstance(found, dict):
        raise refused("MALFORMED")
    for name, value in found.items():
        for item in value if isinstance(value, list) else [value]:
            yield name, _scalar(item)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):  # two parsers would disagree on which one counts
        raise ValueError("a key that is there twice")
    return found


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is not JSON")


def _number(digits: str) -> str:
    """Numbers stay as they were written: nothing is rounded."""
    if len(digits) > NUMBER_LENGTH:
        raise ValueError("a number that is too long")
    return digits


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    raise refused("MALFORMED")
