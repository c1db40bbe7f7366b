"""The files of the old site, copied to where they belong in the new one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sitegen.config import Config
from sitegen.content.sources import DOCUMENTS, Source
from sitegen.content.walks import walk
from sitegen.errors import Problem, Problems
from sitegen.importing.mending import Mended, mended, mended_data
from sitegen.importing.moves import Moves, documents
from sitegen.model.site import Site


def copy_documents(site: Site, moved: Moves, work: Path) -> Iterator[Problem]:
    """Posts and pages. What had to be written anew is told, by its new path."""
    for document in documents(site):
        source = _source(site.config, document.path)
        if document.path in moved.bodies:
            _write(work / moved.bodies[document.path], document.body.encode(), source)
            continue
        place = moved.documents[document.path]
        mend = mended(source)
        data = Path(source.file).read_bytes() if mend is None else mend.text.encode()
        text = moved.relinked(data.decode("utf-8", "surrogateescape"))
        _write(work / place, text.encode("utf-8", "surrogateescape"), source)
        yield from _told(mend, place)


def copy_files(site: Site, moved: Moves, work: Path) -> None:
    """What is published as it is."""
    for asset in site.assets:
        file = work / moved.files[asset.path]
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(asset.file, file)


def copy_data(config: Config, work: Path, problems: Problems) -> Iterator[Problem]:
    """The data files; what only Jekyll can read becomes JSON."""
    for source in walk(config, "_data", problems):
        mend = mended_data(source)
        if mend is None:
            _write(work / source.path, Path(source.file).read_bytes(), source)
        else:
            place = f"{os.path.splitext(source.path)[0]}.json"
            _write(work / place, mend.text.encode(), source)
            yield from _told(mend, place)


def keep_undated(site: Site, work: Path) -> Iterator[Problem]:
    """Jekyll passes over a post without a day in its name, sitegen does not: it becomes a draft."""
    for one in site.left_out:
        source = _source(site.config, one.path)
        if one.reason == "no date" and source.suffix in DOCUMENTS:
            place = f"_drafts/{source.name}"
            if not (work / place).exists():
                _write(work / place, Path(source.file).read_bytes(), source)
                yield Problem(place, None, f"was {one.path}, which Jekyll passes over: no date in its name")


def _source(config: Config, path: str) -> Source:
    file = config.source / path
    return Source(path, str(file), file.stat())


def _write(file: Path, data: bytes, source: Source) -> None:
    """Write it with the time of the old one: an undated draft is as old as its file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    os.utime(file, (source.modified, source.modified))


def _told(mend: Mended | None, place: str) -> Iterator[Problem]:
    for problem in mend.problems if mend is not None else ():
        yield replace(problem, path=place)
