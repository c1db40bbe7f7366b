"""A site in one file, for a receiver that runs where the sources are not: `build --forms` writes it.

The receiver's pages may show whatever layouts can: so the file has every text that the site is made of, as it is
written. Of pictures and other files it has the names alone; drafts, and what is not published, are not in it. It is
JSON, and the same bytes for the same site.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from sitegen.content.data import READERS
from sitegen.content.history import History
from sitegen.content.walks import walk
from sitegen.errors import Problem, Problems, SiteError
from sitegen.model.content import Post, given_of
from sitegen.model.site import Site
from sitegen.templates.theme import ASSETS

FORMAT = 1
MARK = "sitegen-forms"  # the key that tells such a file, and its format
MOST_BYTES = 256_000_000  # of a file
STYLES = (ASSETS + "style.css", ASSETS + "join.css")  # what the receiver's pages are styled with


@dataclass(frozen=True)
class Unpacked:
    """What such a file tells beside the sources: `url` and `baseurl` where the build was given them, and the moments
    that git or the disk knew of posts.
    """

    url: str | None = None
    baseurl: str | None = None
    history: History = field(default_factory=History)


def pack(site: Site, url: str | None = None, baseurl: str | None = None) -> bytes:
    """The file of a site as the receiver reads it. Raises `SiteError`, `OSError`."""
    told = {
        MARK: FORMAT,
        "url": url,
        "baseurl": baseurl,
        "added": {post.path: post.date.isoformat() for post in site.posts if _is_of(post, "date")},
        "changed": {
            post.path: post.updated.isoformat() for post in site.posts if post.updated and _is_of(post, "updated")
        },
        "files": dict(_files(site)),
    }
    data = json.dumps(told, indent=1, sort_keys=True).encode() + b"\n"
    if len(data) > MOST_BYTES:
        message = f"the site has more than {MOST_BYTES // 1_000_000} MB of text, which is too much for --forms"
        raise SiteError([Problem(str(site.config.source), None, message, "give the receiver the sources, with -s")])
    return data


def _is_of(post: Post, key: str) -> bool:
    """Whether a moment is no word of the author's, but what git or the disk knew."""
    return given_of(post, key)[0].by in ("git", "file")


def _files(site: Site) -> Iterator[tuple[str, str]]:
    source = site.config.source
    data = (one.path for one in walk(site.config, "_data", Problems()) if one.suffix in READERS)
    styles = (asset.path for asset in site.assets if asset.url in STYLES)
    yield from ((asset.path, "") for asset in site.assets)
    for path in filter(None, (site.config.file, *site.documents, *site.layouts, *data, *styles)):
        yield path, (source / path).read_bytes().decode("utf-8", "surrogateescape")


def _read(file: Path) -> Mapping[str, Any]:
    """What the file says. Raises `SiteError` where it is none, or one of another format."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
        told: Any = json.loads(data) if len(data) <= MOST_BYTES else None
        version = told[MARK]
    except OSError as error:
        raise _wrong(file, f"cannot be read: {error.strerror}", "`sitegen build --forms FILE` writes it") from error
    except (ValueError, RecursionError, TypeError, KeyError) as error:
        hint = "`sitegen build --forms FILE` writes it; it may be still under way"
        raise _wrong(file, "this is not a whole file of calls", hint) from error
    if version != FORMAT:
        message = f"this file of calls has format {str(version)[:20]}, and this sitegen reads format {FORMAT}"
        raise _wrong(file, message, "build and receive with the same version of sitegen")
    found: Mapping[str, Any] = told
    return found


def unpack(file: Path, folder: Path) -> Unpacked:
    """Write the sources in a file below an empty folder. Raises `SiteError`; nothing is written anywhere else."""
    told = _read(file)
    try:
        for path, text in told["files"].items():
            _write(folder, path, text)
        added, changed = (
            {os.path.realpath(folder / path): _moment(text) for path, text in told[key].items()}
            for key in ("added", "changed")
        )
        return Unpacked(told["url"], told["baseurl"], History(added, changed))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise _wrong(file, "this file of calls is damaged", f"build it again ({str(error)[:100]})") from error


def _write(folder: Path, path: str, text: str) -> None:
    if PurePosixPath(path).is_absolute() or not {"..", ""}.isdisjoint(path.split("/")) or "\\" in path:
        raise ValueError(f"{path!r} is not the path of a source")
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text.encode("utf-8", "surrogateescape"))


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} is no moment")
    return moment


def _wrong(file: Path, message: str, hint: str) -> SiteError:
    return SiteError([Problem(str(file), None, message, hint)])
