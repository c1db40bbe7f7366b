"""A multipart body becomes names and texts. Files are noticed, and not kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from sitegen.forms.wire.refusals import refused


@dataclass(frozen=True)
class File:
    """A part with a file in it."""


Pair = tuple[str, str | File]


def text_of(raw: bytes) -> str:
    """Text of a form: what is not UTF-8 becomes U+FFFD, as nobody should be turned away for it."""
    return raw.decode("utf-8", "replace")


def read_multipart(body: bytes, boundary: bytes, most: int) -> list[Pair]:
    """Name and text, or `File`, of each part, at most so many. Raises `Refusal`: 400."""
    if not boundary:
        raise refused("MALFORMED")
    parts = _Parts(most)
    try:
        # In pieces, so that a body of very many parts is given up early.
        parser = MultipartParser(boundary, parts.callbacks())
        for start in range(0, len(body), 65536):
            parser.write(body[start : start + 65536])
        parser.finalize()
    except FormParserError as error:
        raise refused("MALFORMED") from error
    if not parts.whole:
        raise refused("MALFORMED")
    return parts.pairs


class _Parts:
    """Collects what the multipart parser finds."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.pairs: list[Pair] = []
        self.whole = False
        self._begin()

    def callbacks(self) -> Any:
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_name,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_part_data": self._data,
            "on_part_end": self._part_end,
            "on_end": self._end,
        }

    def _begin(self) -> None:
        self._name, self._value, self._content = b"", b"", bytearray()
        self._options: dict[bytes, bytes] = {}

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._name.lower() == b"content-disposition":
            self._options = parse_options_header(self._value)[1]
        self._name = self._value = b""

    def _data(self, data: bytes, start: int, end: int) -> None:
        self._content += data[start:end]

    def _part_end(self) -> None:
        if b"name" not in self._options:
            raise refused("MALFORMED")
        if len(self.pairs) > self._most:
            raise refused("TOO_MANY_FIELDS")
        name = text_of(self._options[b"name"])
        if b"filename" not in self._options:
            self.pairs.append((name, text_of(bytes(self._content))))
        elif self._content:  # an empty file part is what browsers send when no file was chosen
            self.pairs.append((name, File()))

    def _end(self) -> None:
        self.whole = True
