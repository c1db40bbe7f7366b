"""Social cards that earlier builds have drawn, kept by what they are made of, and those that are drawn now."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen.config import Config
from sitegen.digests import digest_of, digest_of_file
from sitegen.drawing.cards import Drawn
from sitegen.drawing.drawings import Drawing, draw_all
from sitegen.drawing.fonts import Unreadable
from sitegen.errors import Problem, Problems
from sitegen.folders import entries_of, remove, write_own

MOST_BYTES = 256 << 20  # of all pictures that are kept but those of this build; the ones used longest ago go


@dataclass(frozen=True)
class Picture:
    """One card: its digest, and where its bytes are: in a file, or here, where they could not be kept."""

    digest: str
    file: Path | None = None
    data: bytes | None = None
    missing: bool = False


class Kept:
    """Pictures in `.sitegen/cards/`, in files named for their key and digest. What cannot be read is not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        names = [entry.name for entry in entries_of(folder) if entry.is_file(follow_symlinks=False)]
        self._names = {name.partition("-")[0]: name for name in names}
        self._used: set[str] = set()

    def get(self, key: str) -> Picture | None:
        """The picture, or None, also for one that is damaged."""
        name = self._names.get(key, "")
        file, digest = self.folder / name, name.partition("-")[2]
        try:
            if not name or digest_of_file(file) != digest:
                return None
            os.utime(file)
        except OSError:
            return None
        self._used.add(name)
        return Picture(digest, file)

    def put(self, key: str, data: bytes) -> Picture:
        """Keep one."""
        digest = digest_of(data)
        name = f"{key}-{digest}"
        try:
            write_own(self.folder / name, data)
        except OSError:
            return Picture(digest, data=data)
        self._names[key] = name
        self._used.add(name)
        return Picture(digest, self.folder / name)

    def trim(self, most: int = MOST_BYTES) -> None:
        """Drop those that were used longest ago, until the rest is small enough; what this build uses stays."""
        try:
            rest = [entry for entry in entries_of(self.folder) if entry.name not in self._used]
            files = [(entry.stat(follow_symlinks=False), entry) for entry in rest]
            total = sum(found.st_size for found, _ in files)
            for found, entry in sorted(files, key=lambda one: (one[0].st_mtime_ns, one[1].name)):
                if total <= most:
                    break
                remove(Path(entry.path))
                total -= found.st_size
        except OSError:
            return


def drawn(drawings: Sequence[Drawing], config: Config, maker: str, problems: Problems) -> Iterator[Picture | None]:
    """Each picture in turn, None for one that cannot be drawn. `maker` covers the programs that draw.

    One whose letters no font has is told and not kept, so that the next build tells it again.
    """
    kept = Kept(config.memory / "cards")
    keys = [digest_of(maker, drawing.key) for drawing in drawings]
    known = [kept.get(key) for key in keys]
    new = draw_all([drawing for drawing, picture in zip(drawings, known, strict=True) if picture is None])
    for drawing, key, picture in zip(drawings, keys, known, strict=True):
        if picture is not None:
            yield picture
            continue
        made = next(new)
        if not isinstance(made, Drawn):
            problems.add(_unreadable(made, config))
            yield None
        elif made.missing:
            problems.warn(_missing(drawing, made.missing))
            yield Picture(digest_of(made.data), data=made.data, missing=True)
        else:
            yield kept.put(key, made.data)
    kept.trim()


def _unreadable(made: Unreadable, config: Config) -> Problem:
    """A font of the settings is told where they name it."""
    fonts = [str(config.source / name) for name in config.card_fonts]
    if made.file in fonts:
        at = fonts.index(made.file)
        message = f'`cards.fonts`: "{config.card_fonts[at]}": {made.message}'
        return config.origin.at("cards", "fonts", at).problem(message, "name a TrueType, OpenType or WOFF file")
    path = os.path.relpath(made.file, config.source).replace(os.sep, "/")
    return Problem(path, None, f"{made.message}, and a card wants it", "save it anew, or name another")


def _missing(drawing: Drawing, letters: str) -> Problem:
    shown = letters if len(letters) <= 20 else f"{letters[:20]}…"
    message = f'its card cannot show "{shown}": no font has these letters'
    return Problem(drawing.owner, drawing.line, message, "name a font file that has them in `cards.fonts`")
