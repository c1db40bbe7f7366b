"""What stands before the elements of an SVG: its encoding is read, and its DOCTYPE goes.

A DOCTYPE can name a list of entities that browsers know and no other program reads: XHTML's `&colon;` would be a colon
to them, and nothing here. Without it they are errors to everybody.
"""

from __future__ import annotations

import codecs
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from xml.parsers import expat

from sitegen.marked import Malformed

_BEGIN, _END = b"<!DOCTYPE", b">"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Prolog:
    """The SVG without its DOCTYPE, whose lines are empty; the encoding it is to be read in; whether every program
    reads it in the same way: it is UTF-8 and says nothing else.
    """

    data: bytes
    encoding: str | None
    is_plain: bool


class _Begun(Exception):
    """The first element begins: what is before it is known."""


@dataclass
class _Reader:
    parser: expat.XMLParserType
    encoding: str = ""
    version: str = "1.0"
    doctype: list[int] = field(default_factory=list)  # where its head ends, and where itself

    def declaration(self, version: str, encoding: str | None, _standalone: int) -> None:
        self.version, self.encoding = version, encoding or ""

    def place(self, *_: object) -> None:
        self.doctype.append(self.parser.CurrentByteIndex)

    def begun(self, *_: object) -> None:
        raise _Begun


def prolog_of(data: bytes) -> Prolog:
    """Read up to the first element. Raises `Malformed`."""
    wide = data.startswith(_WIDE)
    if wide:
        try:
            data = data.decode("utf-16").encode()
        except UnicodeError as error:
            raise Malformed("it is no UTF-16, as which it begins") from error
    if b"\0" in data:
        raise Malformed("its encoding is unknown")
    encoding = "utf-8" if wide else None
    reader = _Reader(parser_of(encoding))
    reader.parser.XmlDeclHandler = reader.declaration
    reader.parser.StartDoctypeDeclHandler = reader.parser.EndDoctypeDeclHandler = reader.place
    reader.parser.StartElementHandler = reader.begun
    with suppress(_Begun):
        parse(reader.parser, data)
    same = not wide and reader.version == "1.0" and reader.encoding.lower() in ("", "utf-8")
    return Prolog(_without_doctype(data, reader.doctype), encoding, same)


def _without_doctype(data: bytes, places: list[int]) -> bytes:
    if not places:
        return data
    begin, end = data.rfind(_BEGIN, 0, places[0]), places[-1] + len(_END)
    if begin < 0:  # in an encoding that writes it with other bytes
        raise Malformed("its encoding is unknown")
    return data[:begin] + b"\n" * data.count(b"\n", begin, end) + data[end:]


def parser_of(encoding: str | None) -> expat.XMLParserType:
    """A parser of XML with namespaces, to which a DOCTYPE is an error; the encoding, if one is given, goes before what
    the text says.
    """
    parser = expat.ParserCreate(encoding, namespace_separator=" ")
    parser.buffer_text = True
    refuse = partial(_refuse, parser)
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.AttlistDeclHandler = refuse
    return parser


def _refuse(parser: expat.XMLParserType, *_: object) -> None:
    """Entities can make gigabytes of a line, and defaults of attributes what nobody sees in the text."""
    hint = "save it anew without a DOCTYPE"
    raise Malformed("its DOCTYPE declares entities or attributes", parser.CurrentLineNumber, hint)


def parse(parser: expat.XMLParserType, data: bytes) -> None:
    """Let it read all. Raises `Malformed` for what is no XML, and what the handlers raise."""
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        words = expat.errors.messages.get(error.code, "not well-formed")
        raise Malformed(f"it is no XML: {words}", error.lineno) from error
    except (LookupError, ValueError) as error:
        raise Malformed("its encoding is unknown") from error
