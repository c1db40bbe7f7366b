"""What the packaged layouts come to when they are compiled, kept beside sitegen's own code, as Python keeps modules.

To parse and compile them takes longer than to render a page. Of a site's own layouts nothing is kept, and code is taken
from nowhere but here: a folder with a site that comes from a stranger brings none.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from pathlib import Path

from jinja2 import compiler

from sitegen.digests import digest_of

FOLDER = Path(__file__).resolve().parent
FILE = FOLDER / "__pycache__" / f"layouts.{sys.implementation.cache_tag}.marshal"
_HEAD = 64  # signs: two digests, of what the code depends on beside the layouts, and of all that follows

Names = tuple[str | None, ...]
Kept = tuple[dict[str, bytes], dict[str, Names]]
NOTHING: Kept = ({}, {})


def kept() -> Kept:
    """The code by its key, and the names in the layouts by the layouts' digests; nothing where that is not sound."""
    try:
        data = FILE.read_bytes()
    except OSError:
        return NOTHING
    if data[:_HEAD] != _head(data[_HEAD:]):
        return NOTHING
    found: Kept = marshal.loads(data[_HEAD:])
    return found


def keep(found: Kept) -> None:
    """Keep these in the place of those that were. As with modules, nothing is kept where nothing can be written, or
    where PYTHONDONTWRITEBYTECODE is set.
    """
    if sys.dont_write_bytecode:
        return
    data = marshal.dumps(found)
    staged = FILE.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        FILE.parent.mkdir(exist_ok=True)
        try:
            staged.write_bytes(_head(data) + data)
            os.replace(staged, FILE)
        finally:
            staged.unlink(missing_ok=True)


def _head(data: bytes) -> bytes:
    return (_stamp() + digest_of(data)).encode()


def _stamp() -> str:
    """What compiles: Jinja, and this room."""
    files = (compiler.__file__, *sorted(str(file) for file in FOLDER.glob("*.py")))
    return digest_of(*(f"{file} {found.st_size} {found.st_mtime_ns}" for file in files for found in [os.stat(file)]))
