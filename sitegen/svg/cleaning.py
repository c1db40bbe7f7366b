"""From an SVG that may hold anything to one that holds a picture and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from sitegen.marked import Malformed
from sitegen.svg.addresses import is_address_allowed
from sitegen.svg.allowed import ACTIVE, ANIMATIONS, ATTRIBUTES, ELEMENTS, LISTS, SVG, UNCHANGING, WORDS, XLINK, XML
from sitegen.svg.prolog import Prolog, parse, parser_of, prolog_of
from sitegen.svg.styles import doubt_in

MOST_BYTES = 10_000_000
MOST_DEPTH = 200
MOST_TOLD = 100
_PACKED = b"\x1f\x8b"  # gzip's
_PLAIN = ("aria-", "data-")  # attributes whose names begin so do nothing by themselves


@dataclass(frozen=True)
class Cleaned:
    """The picture, and what was left out of it: line (from 1) and words; nothing if it is as it was."""

    data: bytes
    left_out: tuple[tuple[int, str], ...]


@dataclass
class _Cleaner:
    """What the parser tells, written again if it may stay. `skipped` counts the elements inside one that may not,
    `told` is whether its author is told of it: elements of editors do nothing.
    """

    parser: expat.XMLParserType
    pieces: list[str] = field(default_factory=list)
    left_out: list[tuple[int, str]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    skipped: int = 0
    told: bool = False
    style: list[str] | None = None

    def leave(self, words: str) -> None:
        if len(self.left_out) == MOST_TOLD:
            words = "all that is of this kind below"
        if len(self.left_out) <= MOST_TOLD:
            self.left_out.append((self.parser.CurrentLineNumber, words))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) + self.skipped >= MOST_DEPTH:
            raise Malformed("its elements stand too deep in each other", self.parser.CurrentLineNumber)
        space, _, local = name.rpartition(" ")
        in_style = self.style is not None
        if self.skipped or space != SVG or in_style or not _may_stay(local, attributes):
            if (space in ACTIVE or in_style) and not (self.skipped and self.told):
                self.leave(f"<{local}>")
                self.told = True
            self.skipped += 1
            return
        if not self.open and local != "svg":
            raise Malformed(f"this is no SVG: it begins with <{local}>", self.parser.CurrentLineNumber)
        kept = "".join(self._attribute(local, key, value) for key, value in attributes.items())
        spaces = f' xmlns="{SVG}" xmlns:xlink="{XLINK}"' if not self.open else ""
        self.pieces.append(f"<{local}{spaces}{kept}>")
        self.open.append(local)
        if local == "style":
            self.style = []

    def _attribute(self, element: str, name: str, value: str) -> str:
        space, _, local = name.rpartition(" ")
        if local == "href" and space in ("", XLINK):
            allowed = is_address_allowed(value, element)
            shown = f"xlink:{local}" if space else local
        elif space == XML and local in ("space", "lang"):
            allowed, shown = True, f"xml:{local}"
        elif space == XML and local == "base":
            allowed, shown = False, "xml:base"
        elif space:
            return ""  # an editor's own, which no browser looks at
        else:
            allowed, shown = self._is_plain(local, value), local
        if not allowed:
            self.leave(f"`{shown}` of <{element}>")
            return ""
        return f" {shown}={quoteattr(value, _SIGNS)}"

    def _is_plain(self, name: str, value: str) -> bool:
        if name in WORDS or name.startswith(_PLAIN):
            return True
        return name in ATTRIBUTES and not any(map(doubt_in, value.split(";") if name in LISTS else [value]))

    def end(self, name: str) -> None:
        if self.skipped:
            self.skipped -= 1
            self.told = self.told and self.skipped > 0
            return
        local = self.open.pop()
        if local == "style" and self.style is not None:
            text = "".join(self.style)
            self.style = None
            if doubt := "<" if "<" in text else doubt_in(text):
                self.leave(f"a <style> with {doubt}")
            else:
                self.pieces.append(escape(text))
        self.pieces.append(f"</{local}>")

    def text(self, text: str) -> None:
        if self.skipped or not self.open:
            return
        if self.style is not None:
            self.style.append(text)
        else:
            self.pieces.append(escape(text))

    def instruction(self, target: str, _: str) -> None:
        self.leave(f"<?{target}?>")


def _may_stay(element: str, attributes: dict[str, str]) -> bool:
    """An animation may not set what an attribute may not be: an address, an event."""
    animated = attributes.get("attributeName", "").strip()
    return element in ELEMENTS and (element not in ANIMATIONS or animated in ATTRIBUTES - UNCHANGING)


_SIGNS = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def clean(data: bytes) -> Cleaned:
    """The SVG without all that could run, fetch or hide: only what `allowed` lists is written again.

    One that has nothing else in it stays as it is, byte for byte, but for its DOCTYPE: that lets browsers read names
    in it which nobody declares. Raises `Malformed` for what is no SVG, declares entities, uses others than XML's own,
    or is larger than `MOST_BYTES`.
    """
    if len(data) > MOST_BYTES:
        raise Malformed(f"it has more than {MOST_BYTES // 1_000_000} MB")
    if data.startswith(_PACKED):
        raise Malformed("it is packed", hint="save it as .svg, which servers pack by themselves")
    prolog = prolog_of(data)
    cleaner = _cleaned(prolog)
    if not cleaner.pieces:
        raise Malformed("this is no SVG: it has no <svg> of http://www.w3.org/2000/svg")
    if cleaner.left_out or not prolog.is_plain:
        return Cleaned("".join(cleaner.pieces).encode(), tuple(cleaner.left_out))
    return Cleaned(prolog.data, ())


def _cleaned(prolog: Prolog) -> _Cleaner:
    parser = parser_of(prolog.encoding)
    cleaner = _Cleaner(parser)
    parser.StartElementHandler, parser.EndElementHandler = cleaner.start, cleaner.end
    parser.CharacterDataHandler = cleaner.text
    parser.ProcessingInstructionHandler = cleaner.instruction
    parse(parser, prolog.data)
    return cleaner


def findings(data: bytes) -> tuple[tuple[int, str], ...]:
    """What `clean` would leave out, each with its line; what is no SVG at all is one finding."""
    try:
        return clean(data).left_out
    except Malformed as error:
        return ((error.line, error.message),)
