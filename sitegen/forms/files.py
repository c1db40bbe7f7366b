"""Files that visitors may send: how large, of which kinds, and what their bytes say they are. Pure functions.

What a visitor says of a file is never believed: its name is shown, its ending compared, and its type not even read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import PurePosixPath

from sitegen.patterns import regex

UPLOAD_BYTES = 5 * 1024 * 1024  # of one file, where the author says nothing
MOST_BYTES = 256 * 1024 * 1024  # of all files of one answer together
MOST_FILES = 20  # in one field
HEAD_BYTES = 1024  # of a file, which tell its kind
NAME_LENGTH = 120  # signs of a name that is shown

OCTETS, TEXT, ZIP = "application/octet-stream", "text/plain", "application/zip"
_SIGNATURES: Mapping[str, re.Pattern[bytes]] = {  # the type: how its bytes begin
    "image/png": regex(rb"\x89PNG\r\n\x1a\n"),
    "image/jpeg": regex(rb"\xff\xd8\xff"),
    "image/gif": regex(rb"GIF8[79]a"),
    "image/webp": regex(rb"RIFF....WEBPVP", re.DOTALL),
    "application/pdf": regex(rb"%PDF-"),
    ZIP: regex(rb"PK(?:\x03\x04|\x05\x06)"),
}
# What no text holds (WHATWG, MIME Sniffing, "binary data byte"), and how markup begins: that is no plain text either.
_BINARY = regex(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_MARKUP = regex(rb"\s*<")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")  # byte order marks

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
TYPES: Mapping[str, str] = {  # what an ending means
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".heic": "image/heic",
    ".heif": "image/heif",
    ".bmp": "image/bmp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".svg": "image/svg+xml",
    ".pdf": "application/pdf",
    ".txt": TEXT,
    ".md": "text/markdown",
    ".csv": "text/csv",
    ".rtf": "application/rtf",
    ".zip": ZIP,
    ".docx": _OFFICE + "wordprocessingml.document",
    ".xlsx": _OFFICE + "spreadsheetml.sheet",
    ".pptx": _OFFICE + "presentationml.presentation",
    ".odt": _OPEN + "text",
    ".ods": _OPEN + "spreadsheet",
    ".odp": _OPEN + "presentation",
    ".epub": "application/epub+zip",
    ".doc": "application/msword",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".mov": "video/quicktime",
    ".webm": "video/webm",
}
# The ending of a file that we write: that of what its bytes are, whatever its name was.
_ENDINGS: Mapping[str, str] = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
    TEXT: ".txt",
    ZIP: ".zip",
}
_MANY: Mapping[str, str] = {"image/*": "images", "video/*": "videos", "application/*": "documents"}
_UNITS = {"": 1, "k": 1024, "m": 1024**2, "g": 1024**3}
SIZE = r"([0-9]{1,9}(?:\.[0-9]{1,3})?)\s*([kKmMgG]?)[iI]?[bB]?"
_KIND = regex(r"[a-z]+/[a-z0-9.+*-]+")
_ENDING = regex(r"(?:\.[\w-]{1,20}){1,3}")
_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})  # controls, marks of direction, what is no sign


def kind_of(head: bytes) -> str:
    """The media type that the first bytes of a file tell: one of a few, or that of any bytes.

    HTML, SVG and other markup are any bytes: nobody should be led to open them.

    >>> kind_of(b"%PDF-1.7"), kind_of(b"Dear all,"), kind_of(b"<svg>")
    ('application/pdf', 'text/plain', 'application/octet-stream')
    """
    for kind, signature in _SIGNATURES.items():
        if signature.match(head):
            return kind
    if head.startswith(_MARKS[1:]):
        return TEXT if not _MARKUP.match(head.replace(b"\x00", b"")[2:]) else OCTETS
    text = head.removeprefix(_MARKS[0])
    return OCTETS if not text or _BINARY.search(text) or _MARKUP.match(text) else TEXT


def ending_for(kind: str) -> str:
    """The ending of a file of that type, which nothing runs.

    >>> ending_for("text/html")
    '.bin'
    """
    return _ENDINGS.get(kind, ".bin")


def accepted(name: str, kind: str, accept: tuple[str, ...]) -> bool:
    """Whether a file with that name, whose bytes are of that type, is one of those: endings, or media types.

    >>> accepted("a.PNG", "image/png", ("image/*",)), accepted("a.png", "text/plain", (".png",))
    (True, False)
    """
    lowered = name.lower()
    means = TYPES.get(PurePosixPath(lowered).suffix, "")
    wanted = any(lowered.endswith(one) if one.startswith(".") else _is_of(means, one) for one in accept)
    return not accept or (wanted and _can_be(means, kind))


def accept_words(accept: tuple[str, ...]) -> str:
    """What a field accepts, for people.

    >>> accept_words((".pdf", "image/*", "text/csv"))
    '.pdf, images, .csv'
    """
    words: list[str] = []
    for one in accept:
        if one.startswith("."):
            words.append(one)
        elif one.endswith("/*"):
            words.append(_MANY.get(one, one.removesuffix("/*")))
        else:
            words += [ending for ending, kind in TYPES.items() if kind == one]
    return ", ".join(dict.fromkeys(words))


def _is_of(kind: str, wanted: str) -> bool:
    return kind == wanted or (wanted.endswith("/*") and kind.startswith(wanted[:-1]))


def _can_be(means: str, kind: str) -> bool:
    """Whether bytes of that type can be what an ending means. Of most types the bytes tell nothing."""
    if means in _SIGNATURES:
        return kind == means
    if means.startswith((_OFFICE, _OPEN)) or means.endswith("+zip"):
        return kind == ZIP
    return kind in (TEXT, OCTETS) if means.startswith("text/") else True


def can_be_accepted(wanted: str) -> bool:
    """Whether it is an ending, or a media type whose endings are known: else no file would ever fit.

    >>> [can_be_accepted(wanted) for wanted in (".pdf", "image/*", "pdf", "x/y")]
    [True, True, False, False]
    """
    if wanted.startswith("."):
        return _ENDING.fullmatch(wanted) is not None
    return _KIND.fullmatch(wanted) is not None and any(_is_of(kind, wanted) for kind in TYPES.values())


def parse_size(text: str) -> int | None:
    """Bytes: a number, with KB, MB or GB behind it; None for what is no size.

    >>> parse_size("2 MB"), parse_size("300k"), parse_size("much")
    (2097152, 307200, None)
    """
    match = re.fullmatch(SIZE, text.strip())
    return round(float(match[1]) * _UNITS[match[2].lower()]) if match else None


def size_words(size: int) -> str:
    """A size for people.

    >>> size_words(5 * 1024 * 1024), size_words(1536), size_words(12)
    ('5 MB', '1.5 KB', '12 bytes')
    """
    for unit, bytes_of in (("MB", 1024**2), ("KB", 1024)):
        if size >= bytes_of:
            return f"{size / bytes_of:.1f}".removesuffix(".0") + f" {unit}"
    return f"{size} byte{'' if size == 1 else 's'}"


def shown_name(given: str) -> str:
    """The name of a visitor's file, to be shown: no folder, nothing unseen, not endless. It is never used as a path.

    >>> shown_name("../../a\u202egnp.exe"), shown_name("C:\\\\x\\\\cv.pdf"), shown_name("..")
    ('agnp.exe', 'cv.pdf', 'file')
    """
    last = re.split(r"[/\\]", given)[-1]
    seen = " ".join("".join(sign for sign in last if unicodedata.category(sign) not in _UNSHOWN).split())
    if len(seen) > NAME_LENGTH:
        ending = PurePosixPath(seen).suffix[:20]
        seen = seen[: NAME_LENGTH - len(ending) - 1] + "…" + ending
    return seen if seen.strip(".") else "file"
