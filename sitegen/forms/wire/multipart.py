"""A multipart body becomes names and texts, and files where the form takes some, while it arrives.

Memory stays small: texts are limited together, and of a file no more than `SPOOLED_BYTES` is held, the rest is on the
disk in a file without a name, which is gone with the process. Of a file that the form does not take nothing is kept.
"""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from sitegen.forms.description import Field
from sitegen.forms.files import HEAD_BYTES, OCTETS, kind_of, shown_name
from sitegen.forms.submission import Upload
from sitegen.forms.wire.refusals import refused

# Of a malformed body the library would tell where, each time in other words: visitors could write the log full.
logging.getLogger("python_multipart").setLevel(logging.CRITICAL)

SPOOLED_BYTES = 256 * 1024
TEXT_BYTES = 1024 * 1024  # of all texts together

Pair = tuple[str, str | Upload]


def text_of(raw: bytes) -> str:
    """Text of a form: what is not UTF-8 becomes U+FFFD, as nobody should be turned away for it."""
    return raw.decode("utf-8", "replace")


def read_multipart(body: bytes, boundary: bytes, most: int) -> list[Pair]:
    """Name and text, or file without content, of each part, at most so many. Raises `Refusal`: 400, 413."""
    reader = MultipartReader(boundary, most)
    # In pieces, so that a body of very many parts is given up early.
    for start in range(0, len(body), 65536):
        reader.feed(body[start : start + 65536])
    return reader.finish()


class MultipartReader:
    """Takes a body piece by piece. `most` is the number of parts; `takes` are the fields that take files, by name.

    Raises `Refusal`: 400, 413. Whoever gives up closes it. Where the disk cannot hold a file, the texts are read all
    the same, and `trouble` is why.
    """

    trouble: OSError | None = None

    def __init__(self, boundary: bytes, most: int, takes: Mapping[str, Field] | None = None) -> None:
        if not boundary:
            raise refused("MALFORMED")
        self._most, self._takes = most, takes or {}
        self._pairs: list[Pair] = []
        self._came: Counter[str] = Counter()  # files by field
        self._parts = self._texts = 0
        self._whole = False
        self._part: _Text | _File = _Text()
        self._begin()
        try:
            self._parser = MultipartParser(boundary, self._callbacks())
        except FormParserError as error:
            raise refused("MALFORMED") from error

    def feed(self, piece: bytes) -> None:
        """Take the next piece."""
        try:
            self._parser.write(piece)
        except FormParserError as error:
            raise refused("MALFORMED") from error

    def finish(self) -> list[Pair]:
        """What there was, in the order of the wire."""
        try:
            self._parser.finalize()
        except FormParserError as error:
            raise refused("MALFORMED") from error
        if not self._whole:
            raise refused("MALFORMED")
        return self._pairs

    def close(self) -> None:
        """Let go of all files."""
        self._part.close()
        for _, value in self._pairs:
            if isinstance(value, Upload):
                value.close()

    def _callbacks(self) -> Any:
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_name,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_end,
            "on_part_data": self._data,
            "on_part_end": self._part_end,
            "on_end": self._end,
        }

    def _begin(self) -> None:
        self._name, self._value = b"", b""
        self._options: dict[bytes, bytes] = {}

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._name.lower() == b"content-disposition":
            self._options = parse_options_header(self._value)[1]
        self._name = self._value = b""

    def _headers_end(self) -> None:
        self._parts += 1
        if self._parts > self._most:
            raise refused("TOO_MANY_FIELDS")
        if b"name" not in self._options:
            raise refused("MALFORMED")
        name = text_of(self._options[b"name"])
        self._part = _File(self._room(name)) if b"filename" in self._options else _Text()

    def _room(self, name: str) -> int:
        """How many bytes of a file in that field are kept."""
        field = self._takes.get(name)
        return field.max_size if field is not None and self._came[name] < field.max_files else 0

    def _data(self, data: bytes, start: int, end: int) -> None:
        piece = data[start:end]
        if isinstance(self._part, _Text):
            self._texts += len(piece)
            if self._texts > TEXT_BYTES:
                raise refused("FILES_TOO_BIG")
        try:
            self._part.write(piece)
        except OSError as error:
            self.trouble = error
            self._part.close()
            self._part = _File(0)

    def _part_end(self) -> None:
        name = text_of(self._options[b"name"])
        if isinstance(self._part, _Text):
            self._pairs.append((name, text_of(bytes(self._part.content))))
            return
        given = text_of(self._options[b"filename"])
        if self._part.size or (given and name in self._takes):  # else: what browsers send when no file was chosen
            self._came[name] += 1
            self._pairs.append((name, self._part.as_upload(name, given)))
        self._part = _Text()

    def _end(self) -> None:
        self._whole = True


class _Text:
    """A part that is text."""

    def __init__(self) -> None:
        self.content = bytearray()

    def write(self, piece: bytes) -> None:
        self.content += piece

    def close(self) -> None:
        self.content.clear()


class _File:
    """A part that is a file: `room` is how many bytes may be kept; one that needs more is only measured."""

    def __init__(self, room: int) -> None:
        self._room, self.size = room, 0
        self._head = b""
        self._digest = hashlib.sha256()
        self._content: BinaryIO | None = None

    def write(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.size > self._room:
            self.close()
            return
        if self._content is None:
            self._content = cast(BinaryIO, SpooledTemporaryFile(SPOOLED_BYTES))  # noqa: SIM115 - it is handed on
        self._head += piece[: HEAD_BYTES - len(self._head)]
        self._digest.update(piece)
        self._content.write(piece)
        self._content.flush()  # a disk without room tells it here, and not when the file is read or closed

    def close(self) -> None:
        if self._content is not None:
            with suppress(OSError):  # it cannot even write what it has to throw away
                self._content.close()
            self._content = None

    def as_upload(self, field: str, given: str) -> Upload:
        name = shown_name(given)
        if self._content is None:
            return Upload(field, name, OCTETS, self.size)
        return Upload(field, name, kind_of(self._head), self.size, self._digest.hexdigest(), self._content)
