"""Pages that are shown before the build that writes them: which, in which order, and for how long."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.serve.preview import Glimpse

if TYPE_CHECKING:
    from sitegen.build.glance import Known
    from sitegen.model.content import Document


def look(known: Known, apart: Collection[str], read: Mapping[str, Document], now: datetime) -> Known | None:
    """What a glance at these sources has; those that were `read` already are as they were. None: only a build can tell,
    of whatever kind the reason is.
    """
    from sitegen.build.glance import glance

    try:
        return glance(known, apart, now, read)
    except Exception:
        return None


def pages_seen(glanced: Known, changed: Collection[str], looked_at: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The pages that show what has `changed`, with their paths: those that are looked at (paths, too) first."""
    from sitegen.build.glance import pages_of, shows

    own = [*pages_of(glanced, changed)]
    also = (path for path in looked_at if shows(glanced, path, changed))
    for path in dict.fromkeys((*(path for path in looked_at if path in own), *also, *own)):
        data = _page(glanced, path)
        if data is not None:
            yield path, data


def _page(glanced: Known, path: str) -> bytes | None:
    from sitegen.build.glance import page

    try:
        return page(glanced, path)
    except Exception:
        return None


def get_ready(known: Known, now: datetime) -> None:
    """Find out what the first glance would have to find out."""
    look(known, [*known.site.documents][:1], {}, now)


def is_held(output: Path, path: str, data: bytes) -> bool:
    """Whether the output has these bytes there."""
    file = f"{output}/{path}"
    try:
        return os.stat(file).st_size == len(data) and Path(file).read_bytes() == data
    except OSError:
        return False


def left_after(glimpses: Mapping[str, Glimpse], change: int, output: Path) -> Mapping[str, Glimpse]:
    """What is left after a build of everything up to a change: what is newer than that, and, without the bytes, what is
    in the output now.
    """
    left = {path: one for path, one in glimpses.items() if one.change > change}
    for path, one in glimpses.items():
        if path not in left and one.data is not None and is_held(output, path, one.data):
            left[path] = Glimpse(one.number, one.change, None)
    return left
