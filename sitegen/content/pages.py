"""Pages: documents that are no posts."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from sitegen.config import Config
from sitegen.content.documents import Reader, Written
from sitegen.content.formats import Format, format_of, is_whole
from sitegen.content.readings import Reading, Shelf, Witness, read_with
from sitegen.content.redirects import redirect_to, redirects_from
from sitegen.content.sources import Source
from sitegen.content.tree import PAGES, has_pages_folder
from sitegen.digests import digest_of
from sitegen.errors import Problems
from sitegen.marked import Origin
from sitegen.model.content import LeftOut, Page
from sitegen.model.given import Given, Givens
from sitegen.model.manuscripts import Manuscript
from sitegen.model.tongues import placed
from sitegen.slugs import title_from_slug


def read_pages(
    config: Config, sources: Iterable[Source], problems: Problems, shelf: Shelf | None = None
) -> tuple[list[Page], list[LeftOut]]:
    """Every page, in order of paths, and what is left out."""
    found = page_readings(sources, lambda: _RootReader(config, problems), problems, shelf, PageReader.scope)
    pages = [one.document for one in found if one.document is not None]
    return sorted(pages, key=lambda page: page.path), [why for one in found for why in one.left_out]


def page_readings(
    sources: Iterable[Source], reader: Callable[[], PageReader], problems: Problems, shelf: Shelf | None, scope: str
) -> Sequence[Reading[Page]]:
    """What reading the files of pages comes to, and what is wrong with them is told."""

    def read(source: Source, _: Witness) -> Reading[Page]:
        own = reader()
        return own.reading(own.page(source))

    found = read_with(shelf, scope, Page, [*sources], read)
    for reading in found:
        reading.tell(problems)
    return found


class PageReader(Reader):
    """Reads a document that is no post. What makes their addresses and names the subclasses tell."""

    scope = "pages"  # of the configuration's defaults
    collection = ""

    def page(self, source: Source) -> Page | None:
        """The page of a file; None for one that is left out or wrong."""
        written = self.written(source, self.scope)
        if written is None or not self.is_published(written):
            return None
        given = written.defaulted | self.language_given(written)
        kind = format_of(self.config, source, self.text(written, "permalink"))
        url, given["url"] = self.address(written, kind)
        if url is None:
            return None
        if written.values.get("form") not in (None, False):
            hint = "move the file to _posts/ to make it a call"
            self.problems.add(written.origin("form").problem("`form`: a page cannot be a call; a post can", hint))
        title, given["title"] = self.settled(written, "title", self.title(source), _by_name(source))
        front = written.front.trimmed() if kind.verbatim else written.front
        description, lang, date = self.text(written, "description"), self.language(written), self.date(written)
        return Page(
            path=source.path,
            manuscript=Manuscript(written.front.origin, front.body, given),
            title=title,
            url=url,
            body_line=front.body_line,
            digest=digest_of(written.digest, url, title, description, lang, repr(date)),
            body_digest=digest_of(front.body),
            head_digest=digest_of(written.front.origin.head_text),
            layout=self.layout(written, "page" if kind.is_shown and not is_whole(front.body) else None),
            description=description,
            lang=lang,
            engine=self.engine(written),
            translation_of=self.text(written, "translation_of"),
            front=written.values,
            verbatim=kind.verbatim,
            ending=kind.ending,
            redirect_from=redirects_from(self, written),
            redirect_to=redirect_to(self, written),
            collection=self.collection,
            slug=self.slug(written),
            date=date,
        )

    def address(self, written: Written, kind: Format) -> tuple[str | None, Givens]:
        """The URL and who gave it; None, and a problem, where there is none."""
        raise NotImplementedError

    def title(self, source: Source) -> str:
        """What stands for a title that the author does not give."""
        raise NotImplementedError

    def slug(self, written: Written) -> str:
        """The word for the address, where there is such a word."""
        return ""

    def date(self, written: Written) -> datetime | None:
        """The date, where there is any."""
        return None


class _RootReader(PageReader):
    """Reads a page in the site's folder, or wherever else it may be."""

    def __init__(self, config: Config, problems: Problems) -> None:
        super().__init__(config, problems)
        self._as_at_the_top = has_pages_folder(config)

    def title(self, source: Source) -> str:
        """The name of the file; Jekyll gives none."""
        stem = _stem(placed(self.config, source.path)[1])
        return "" if self.config.lenient or stem == "index" else title_from_slug(stem.replace("_", "-"))

    def address(self, written: Written, kind: Format) -> tuple[str | None, Givens]:
        """The permalink, or else the path."""
        source = written.source
        path = placed(self.config, source.path)[1]
        path = path.removeprefix(f"{PAGES}/") if self._as_at_the_top else path
        if own := self.text(written, "permalink"):
            return self.url(_filled(own, path, kind), written.origin("permalink")), written.given("permalink")
        pattern = _pattern(path, kind, self.config.page_ending if self.config.lenient else _ending(source, path))
        return self.url(self.prefix(written) + "/" + _filled(pattern, path, kind), Origin(source.path)), _by_name(
            source
        )


def _by_name(source: Source) -> Givens:
    return (Given("file name", Origin(source.path)),)


def _stem(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0].rstrip(".")


def _pattern(path: str, kind: Format, ending: str) -> str:
    """The permalink of a page that has none of its own (page.rb `template`)."""
    if not kind.is_shown:
        return "/:path/:basename:output_ext"
    return "/:path/" if _stem(path) == "index" else f"/:path/:basename{ending}"


def _ending(source: Source, path: str) -> str:
    """`about.md` is `/about/`; an HTML file keeps its name, and so does the page for what is not found."""
    return ":output_ext" if _stem(path) == "404" or source.suffix in (".html", ".htm") else "/"


def _filled(pattern: str, path: str, kind: Format) -> str:
    values = {":path": posixpath.dirname(path), ":basename": _stem(path), ":output_ext": kind.ending}
    for name, value in values.items():
        pattern = pattern.replace(name, value.replace("%", "%25"))
    return pattern.removeprefix("./")
