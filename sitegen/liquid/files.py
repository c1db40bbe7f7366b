"""The files that includes bring in."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from posixpath import dirname, normpath

from sitegen.config import MEMORY
from sitegen.digests import digest_of
from sitegen.errors import did_you_mean
from sitegen.liquid.look import Look
from sitegen.marked import Malformed
from sitegen.model.content import Document
from sitegen.texts import decode

MOST_BYTES = 2_000_000


@dataclass(frozen=True)
class Found:
    """One text with Liquid: `source` is the whole file, in which `text` begins at `first_line`.

    In one that is `free` every output is Liquid's: it is written for nothing else.
    """

    path: str
    text: str
    source: str
    first_line: int = 1
    free: bool = True


def include_file(look: Look, _: Document, name: str) -> tuple[Found | None, str]:
    """A file in `_includes/`, or None and a hint."""
    layout = look.include(name)
    if layout is None:
        look.reads.add("includes")
        names = [path.removeprefix("_includes/") for path in look.site.layouts if path.startswith("_includes/")]
        return None, did_you_mean(name, names)
    text, line = layout.text, 1
    if text.startswith("{#---") and (end := text.find("-#}")) >= 0:  # front matter, as layouts have it
        text, line = text[end + 3 :], text.count("\n", 0, end) + 1
    return Found(layout.path, text, layout.text, line), ""


def relative_file(look: Look, document: Document, name: str) -> tuple[Found | None, str]:
    """A file beside the document, or below its folder."""
    path = normpath(f"{dirname(document.path)}/{name}").lstrip("/")
    if not path.startswith(dirname(document.path)):
        return None, "it has to be in the folder of the post, or below"
    look.reads.add(f"file:{path}")
    text = text_of_file(look, path)
    if text is None:
        return None, f"looked for {path}"
    return Found(path, text, text), ""


def text_of_file(look: Look, path: str) -> str | None:
    """The text of a file of the site; None if there is none, if it is no text, or if a link leads out of the site."""
    file = look.config.source / path
    root, real = os.path.realpath(look.config.source), os.path.realpath(file)
    private = (os.path.realpath(look.config.output), os.path.join(root, MEMORY), os.path.join(root, ".git"))
    if not real.startswith(root + os.sep) or any(real.startswith(folder + os.sep) for folder in private):
        return None
    try:
        if not stat.S_ISREG(os.stat(real).st_mode):  # a pipe would wait for ever
            return None
        with open(real, "rb") as stream:
            data = stream.read(MOST_BYTES + 1)
        return decode(data) if len(data) <= MOST_BYTES else None
    except (OSError, Malformed, ValueError):
        return None


def file_digest(look: Look, path: str) -> str:
    """What was read of a file."""
    text = text_of_file(look, path)
    return "none" if text is None else digest_of(text)
