"""Jekyll's collections: documents in folders of their own (collection.rb)."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from sitegen.config import Config
from sitegen.content.assets import read_asset
from sitegen.content.dating import date_of, day_of, name_of
from sitegen.content.documents import Written
from sitegen.content.formats import Format
from sitegen.content.pages import PageReader, page_readings
from sitegen.content.readings import Shelf, Witness, digest_with
from sitegen.content.sources import Source
from sitegen.content.terms import categories_of
from sitegen.content.tree import opens_with_front_matter
from sitegen.content.walks import walk_entries
from sitegen.errors import Problems, did_you_mean
from sitegen.jekyll import Collection
from sitegen.marked import Origin
from sitegen.model.content import Asset, LeftOut, Page
from sitegen.model.given import BY_SITEGEN, Given, Givens
from sitegen.model.permalinks import PLACEHOLDERS, Named, expand
from sitegen.slugs import title_from_slug

_UNDATED = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True)
class Collected:
    """What the folders of collections hold: documents by label, in order; other files; and what is left out."""

    documents: Mapping[str, tuple[Page, ...]]
    assets: tuple[Asset, ...]
    left_out: tuple[LeftOut, ...]


def read_collections(config: Config, problems: Problems, now: datetime, shelf: Shelf | None = None) -> Collected:
    """All collections. Their files are published only where their documents are."""
    documents: dict[str, tuple[Page, ...]] = {}
    assets: list[Asset] = []
    left_out: list[LeftOut] = []
    digest_of = digest_with(shelf)
    for collection in config.collections:
        reader = partial(_CollectionReader, config, collection, problems)
        sources: list[Source] = []
        for source in walk_entries(config, reader().folder, problems):
            if opens_with_front_matter(source):
                sources.append(source)
            elif collection.output:
                asset = read_asset(config, source, reader().place(source), problems, digest_of)
                assets += [asset] if asset is not None else []
        found = page_readings(sources, reader, problems, shelf, f"collection {collection.label}")
        pages = [one.document for one in found if one.document is not None]
        left_out += [why for one in found for why in one.left_out]
        coming = [page for page in pages if page.date is not None and page.date > now and not config.future]
        left_out += [LeftOut(page.path, "future", page.origin.at("date"), page.date) for page in coming]
        waiting = {page.path for page in coming}
        documents[collection.label] = tuple(_in_order(collection, [one for one in pages if one.path not in waiting]))
    return Collected(documents, tuple(assets), tuple(left_out))


def _in_order(collection: Collection, pages: Sequence[Page]) -> list[Page]:
    """By date, where all have one, then by path; or as the configuration wants it."""
    dated = all(page.date is not None for page in pages)
    found = sorted(pages, key=lambda page: (page.date or _UNDATED if dated else _UNDATED, page.path))
    if key := collection.sort_by:  # those without the key come last, and numbers before words
        found.sort(key=lambda page: _rank(page.front.get(key)))
    place = {name: at for at, name in enumerate(collection.order)}
    return sorted(found, key=lambda page: place.get(page.path.partition(f"{collection.folder}/")[2], len(place)))


def _rank(value: object) -> tuple[int, float, str]:
    if value is None:
        return 2, 0, ""
    return (0, float(value), "") if isinstance(value, int | float) else (1, 0, str(value))


class _CollectionReader(PageReader):
    """Reads a document of one collection."""

    def __init__(self, config: Config, collection: Collection, problems: Problems) -> None:
        super().__init__(config, problems)
        self.scope = self.collection = collection.label
        self.folder = posixpath.join(config.collections_dir, collection.folder)
        self._usual = f"/:collection/:path{config.page_ending}"
        self._pattern = collection.permalink or self._usual
        place = config.origin.at("collections", collection.label, "permalink")
        self._giver: Givens = (Given("configuration", place),) if collection.permalink else BY_SITEGEN

    def title(self, source: Source) -> str:
        """The name of the file, as for posts."""
        return title_from_slug(name_of(self.config, source).slug)

    def slug(self, written: Written) -> str:
        """The word for the address, as for posts."""
        return self.text(written, "slug") or name_of(self.config, written.source).slug.rstrip(".")

    def date(self, written: Written) -> datetime | None:
        """The date of the front matter, or of the file's name."""
        dated = date_of(self, written, Witness(), quiet=True) if day_of(self, written) else None
        return None if dated is None else dated[0]

    def address(self, written: Written, kind: Format) -> tuple[str | None, Givens]:
        """By the document's own permalink, or the collection's."""
        pattern, given = self.settled(written, "permalink", self._pattern, self._giver)
        named = self._named(written, kind)
        try:
            address = expand(pattern, named)
        except ValueError as error:  # a plugin of Jekyll's may know more
            hint = did_you_mean(str(error), PLACEHOLDERS)
            self.problems.tolerate(given[0].at.problem(f'there is no placeholder ":{error}" for permalinks', hint))
            address = expand(self._usual, named)
        return self.url(address, Origin(written.source.path)), given

    def _named(self, written: Written, kind: Format) -> Named:
        categories, _ = categories_of(self, written)
        path, _ = self._within(written.source)
        date = self.date(written) or _UNDATED
        return Named("", self.slug(written), date, categories, path, True, kind.ending, self.collection)

    def place(self, source: Source) -> str:
        """Where a file that is no document is published (static_file.rb)."""
        path, ending = self._within(source)
        values = {":collection": self.collection, ":path": path, ":output_ext": "", ":name": posixpath.basename(path)}
        address = self._pattern.replace(":title", "")
        for name, value in values.items():
            address = address.replace(name, value)
        return address.rstrip("/") + ending

    def _within(self, source: Source) -> tuple[str, str]:
        """The path below the collection's folder, and the ending."""
        path, ending = posixpath.splitext(source.path.removeprefix(f"{self.folder}/"))
        return path.rstrip("."), ending
