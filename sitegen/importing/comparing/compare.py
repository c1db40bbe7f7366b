"""Page by page: is everything that Jekyll had written here, at its address, saying the same?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.importing.comparing.contents import learn
from sitegen.importing.comparing.differences import differences
from sitegen.importing.comparing.feeds import differing_ids
from sitegen.importing.comparing.reading import Reading, read
from sitegen.importing.comparing.written import is_page, written_files
from sitegen.importing.rehearsal import Rehearsal
from sitegen.urls import path_of, url_of


@dataclass(frozen=True)
class Difference:
    """One page, or one file, and in what it differs."""

    url: str
    what: str


@dataclass(frozen=True)
class Comparison:
    """What came of it: `pages` is how many Jekyll has, `same` how many of these are the same here.

    `missing` are other files that are not here although nobody wrote them in the site's own folder: made by a theme or
    a plugin of Jekyll's. `added` are pages that only sitegen makes.
    """

    pages: int
    same: int
    differences: tuple[Difference, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]


def compare(ours: Rehearsal, site: Path, source: Path) -> Comparison:
    """Compare a site with the folder that Jekyll has written; `source` is the folder that it was made of."""
    written = list(written_files(site))
    pages = [path for path in written if is_page(path)]
    pairs = {path: (_read(site / path), read(body)) for path in pages if (body := _body(path, ours)) is not None}
    holders = learn((theirs, here.words) for theirs, here in pairs.values())
    found: dict[str, list[str]] = {path: _lost(path, ours) for path in pages}
    found |= {path: list(differences(*pair, holders)) for path, pair in pairs.items()}
    others = [path for path in written if not is_page(path) and path not in ours.targets]
    own = [path for path in others if (source / path).is_file()]
    more = [path for path in sorted(ours.targets.keys() - set(written)) if is_page(path)]
    documents = [path for path in more if ours.targets[path].owner in ours.site.documents]
    return Comparison(
        pages=len(pages),
        same=sum(not whats for whats in found.values()),
        differences=(
            *(Difference(url_of(path), what) for path, whats in found.items() for what in whats),
            *(Difference(url_of(path), "this file is not here") for path in own),
            *(Difference(url_of(path), "Jekyll had no such page") for path in documents),
            *_feed(ours, site),
        ),
        missing=tuple(url_of(path) for path in others if path not in own),
        added=tuple(url_of(path) for path in more if path not in documents),
    )


def _body(path: str, ours: Rehearsal) -> str | None:
    """The content that sitegen puts on the page; None where it is no post's and no page's."""
    target = ours.targets.get(path)
    return None if target is None else ours.bodies.get(target.owner)


def _lost(path: str, ours: Rehearsal) -> list[str]:
    """That there is no such page here; nothing if there is one."""
    if path in ours.targets:
        return []
    near = _near(path, ours.targets)
    return [f"this page is not here, but at {url_of(near)}" if near else "this page is not here"]


def _near(path: str, targets: Mapping[str, object]) -> str:
    """The same address in another form: `/x.html` for `/x/`."""
    stem = path.removesuffix("/index.html").removesuffix(".html")
    return next((form for form in (f"{stem}.html", f"{stem}/index.html") if form in targets), "")


def _read(file: Path) -> Reading:
    return read(file.read_bytes().decode("utf-8", "replace"))


def _feed(ours: Rehearsal, site: Path) -> Iterator[Difference]:
    """What readers of the feed would see twice, or never."""
    address = ours.site.config.feed_path
    file = site / path_of(address)
    if file.is_file() and ours.feed:
        yield from (Difference(address, what) for what in differing_ids(file.read_bytes(), ours.feed))
