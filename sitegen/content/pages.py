"""Pages: files with front matter at the top of the site, and everything in `_pages/`."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.config import Config
from sitegen.content.documents import Reader, Written
from sitegen.content.frontmatter import has_front_matter
from sitegen.content.sources import DOCUMENTS, MARKDOWN, Source, walk
from sitegen.digests import digest_of
from sitegen.errors import Problems
from sitegen.marked import Origin
from sitegen.model.content import Page
from sitegen.slugs import title_from_slug


def read_pages(config: Config, problems: Problems) -> list[Page]:
    """Every page, in order of paths."""
    reader = _PageReader(config, problems)
    pages = [page for source in _sources(config, problems) if (page := reader.page(source)) is not None]
    return sorted(pages, key=lambda page: page.path)


def _sources(config: Config, problems: Problems) -> Iterator[Source]:
    """At the top only a file that opens with `---` is a page: README.md and its like are not."""
    for source in walk(config, "", Problems(), deep=False):
        if source.suffix in DOCUMENTS and not source.path.startswith("_") and _opens_with_front_matter(source):
            yield source
    for source in walk(config, "_pages", problems):
        if source.suffix in DOCUMENTS:
            yield source


def _opens_with_front_matter(source: Source) -> bool:
    try:
        with source.file.open("rb") as file:
            start = file.read(64)
    except OSError:
        return False
    return has_front_matter(start.decode("utf-8-sig", "replace").replace("\r\n", "\n"))


class _PageReader(Reader):
    """Reads the pages of one site."""

    def page(self, source: Source) -> Page | None:
        written = self.written(source, "pages")
        if written is None or not self.truth(written, "published", True):
            return None
        if self.truth(written, "draft", False) and not self.config.drafts:
            return None
        url = self._url(written)
        if url is None:
            return None
        if written.values.get("form") not in (None, False):
            hint = "move the file to _posts/ to make it a call"
            self.problems.add(written.origin("form").problem("`form`: a page cannot be a call; a post can", hint))
        title = self.text(written, "title") or ("" if self.config.lenient else self._title(source))
        return Page(
            path=source.path,
            origin=written.front.origin,
            title=title,
            url=url,
            body=written.front.body,
            body_line=written.front.body_line,
            digest=digest_of(written.digest, url, title),
            body_digest=digest_of(written.front.body),
            layout=self.layout(written, "page"),
            description=self.text(written, "description"),
            lang=self.text(written, "lang"),
            front=written.values,
        )

    def _title(self, source: Source) -> str:
        stem = source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        return "" if stem == "index" else title_from_slug(stem.replace("_", "-"))

    def _url(self, written: Written) -> str | None:
        own = self.text(written, "permalink")
        if own:
            return self.url(own, written.origin("permalink"))
        return self.url(_address(written.source).replace("%", "%25"), Origin(written.source.path))


def _address(source: Source) -> str:
    """`about.md` is `/about/`, `index.md` is `/`; an HTML file keeps its name (`/404.html`)."""
    path = source.path.removeprefix("_pages/")
    stem = path.rsplit(".", 1)[0]
    if stem == "index" or stem.endswith("/index"):
        return "/" + stem.removesuffix("index")
    if stem == "404" or source.suffix not in MARKDOWN:
        return f"/{stem}.html"
    return f"/{stem}/"
