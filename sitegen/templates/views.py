"""What layouts see of the model: read-only views that record what was read. The names are Jekyll's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol, overload

from markupsafe import Markup

from sitegen import __version__
from sitegen.config import Config
from sitegen.model.content import Call, Document, Page, Post
from sitegen.model.pagination import IndexPage
from sitegen.model.site import Site
from sitegen.templates.form_views import CallView

WORDS_A_MINUTE = 220
SHOWN_SETTINGS = (
    "title", "description", "url", "baseurl", "lang", "timezone", "author", "outputs", "extra", "paginate",
    "permalink", "paginate_path",
)  # fmt: skip


class Body(Protocol):
    """A rendered body, as `markup.Rendered` has it."""

    @property
    def html(self) -> str:
        """The whole of it, as HTML."""
        ...

    @property
    def excerpt(self) -> str:
        """Its beginning, as HTML."""
        ...

    @property
    def summary(self) -> str:
        """Its beginning, as one line of plain text."""
        ...

    @property
    def toc(self) -> str:
        """Its table of contents, as HTML."""
        ...

    @property
    def words(self) -> int:
        """How many words it has."""
        ...


class Bodies(Protocol):
    """Renders bodies, and short pieces of Markdown."""

    def of(self, document: Document) -> Body:
        """The rendered body of a post or page."""
        ...

    def fragment(self, text: str) -> str:
        """Markdown as HTML."""
        ...


@dataclass(frozen=True)
class Lens:
    """Through which views look at one site on behalf of one target; `reads` collects the names of what they saw."""

    site: Site
    bodies: Bodies
    reads: set[str] = field(default_factory=set)

    def document(self, document: Document) -> DocumentView:
        """The view of a post or a page."""
        kind = PostView if isinstance(document, Post) else DocumentView
        return kind(self, document)

    def posts(self, paths: Sequence[str]) -> Documents:
        """Views of posts by path."""
        return Documents(self, paths)

    def call(self, call: Call, answers: Any = (), errors: Any = ()) -> CallView:
        """The view of a call, with a visitor's answers and what is wrong with them."""
        self.reads.update(("calls", f"meta:{call.post.path}"))
        return CallView(self.site, self.bodies.fragment, call, self.document(call.post), answers, errors)


class Documents(Sequence["DocumentView"]):
    """Views of documents, each made when it is looked at: a page that shows five of 10,000 posts makes five."""

    def __init__(self, lens: Lens, paths: Sequence[str]) -> None:
        self._lens, self._paths = lens, paths

    def __len__(self) -> int:
        return len(self._paths)

    @overload
    def __getitem__(self, place: int) -> DocumentView: ...
    @overload
    def __getitem__(self, place: slice) -> Documents: ...
    def __getitem__(self, place: int | slice) -> DocumentView | Documents:
        if isinstance(place, slice):
            return Documents(self._lens, self._paths[place])
        return self._lens.document(self._lens.site.documents[self._paths[place]])

    def __add__(self, other: Iterable[DocumentView]) -> list[DocumentView]:
        return [*self, *other]

    def __repr__(self) -> str:
        return repr(list(self))


class Attributes:
    """A view of plain values: what a generated page is, beside what all pages have."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._values:
            raise AttributeError(name)
        return self._values[name]

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __repr__(self) -> str:
        return repr(dict(self._values))


class DocumentView:
    """`page` for a page, and what posts have in common with it. Unknown names are the front matter's keys."""

    kind = "page"
    draft = False
    call: Any = None

    def __init__(self, lens: Lens, document: Document) -> None:
        self._lens = lens
        self._document = document

    def __repr__(self) -> str:
        return f"<{self.kind} {self._document.path}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DocumentView) and other._document.path == self._document.path

    def __hash__(self) -> int:
        return hash(self._document.path)

    def _meta(self) -> Document:
        self._lens.reads.add(f"meta:{self._document.path}")
        return self._document

    def _body(self) -> Body:
        self._lens.reads.update((f"content:{self._document.path}", f"meta:{self._document.path}"))
        return self._lens.bodies.of(self._document)

    def __getattr__(self, name: str) -> Any:
        front = self._meta().front if not name.startswith("_") else {}
        if name not in front:
            raise AttributeError(name)
        return front[name]

    def __getitem__(self, name: str) -> Any:
        if name.startswith("_"):
            raise KeyError(name)
        try:
            return getattr(self, name)
        except AttributeError as error:
            raise KeyError(name) from error

    @property
    def title(self) -> str:
        """The title."""
        return self._meta().title

    @property
    def url(self) -> str:
        """The address within the site, without `baseurl`."""
        return self._meta().url

    @property
    def id(self) -> str:
        """Jekyll's id: the address without its ending."""
        return self._meta().url.removesuffix(".html").rstrip("/") or "/"

    @property
    def path(self) -> str:
        """The source, relative to the site's folder."""
        return self._meta().path

    @property
    def layout(self) -> str | None:
        """The layout's name."""
        return self._meta().layout

    @property
    def lang(self) -> str:
        """The language."""
        return self._meta().lang or self._lens.site.config.lang

    @property
    def description(self) -> str:
        """The front matter's description, or the beginning of the text."""
        return self._meta().description or self._body().summary

    @property
    def content(self) -> Markup:
        """The rendered body."""
        return Markup(self._body().html)

    @property
    def excerpt(self) -> Markup:
        """The front matter's excerpt, or the beginning of the body."""
        own = self._meta().front.get("excerpt")
        text = self._lens.bodies.fragment(own) if isinstance(own, str) and own else self._body().excerpt
        return Markup(text)

    @property
    def toc(self) -> Markup:
        """Nested lists of links to the headings, or ""."""
        return Markup(self._body().toc)

    @property
    def words(self) -> int:
        """How many words the body has."""
        return self._body().words

    @property
    def reading_time(self) -> int:
        """Minutes, at least one."""
        return max(1, round(self._body().words / WORDS_A_MINUTE))


class PostView(DocumentView):
    """`page` for a post, and each of `site.posts`."""

    kind = "post"
    _document: Post

    @property
    def date(self) -> datetime:
        """The date, in the site's zone."""
        self._meta()
        return self._document.date

    @property
    def updated(self) -> datetime | None:
        """When it was last changed, if the front matter says so."""
        self._meta()
        return self._document.updated

    @property
    def id(self) -> str:
        """Jekyll's id: the folder of the address and the slug."""
        self._meta()
        return self._document.id

    @property
    def slug(self) -> str:
        """The word for the address."""
        self._meta()
        return self._document.slug

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags."""
        self._meta()
        return self._document.tags

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories."""
        self._meta()
        return self._document.categories

    @property
    def author(self) -> str | None:
        """Who wrote it, or None."""
        self._meta()
        return self._document.author or None

    @property
    def draft(self) -> bool:  # type: ignore[override]
        """Whether it is a draft."""
        self._meta()
        return self._document.draft

    @property
    def call(self) -> CallView | None:
        """The call that the post is, or None."""
        self._meta()
        call = self._lens.site.call_of(self._document)
        return None if call is None else self._lens.call(call)

    @property
    def previous(self) -> DocumentView | None:
        """The older post."""
        return self._neighbour(self._lens.site.older(self._document))

    @property
    def next(self) -> DocumentView | None:
        """The newer post."""
        return self._neighbour(self._lens.site.newer(self._document))

    def _neighbour(self, post: Post | None) -> DocumentView | None:
        self._lens.reads.add(f"neighbours:{self._document.path}")
        return None if post is None else self._lens.document(post)


class DataView(Mapping[str, Any]):
    """`site.data`: what `_data/` holds, by name."""

    def __init__(self, lens: Lens) -> None:
        self._lens = lens

    def __getitem__(self, name: str) -> Any:
        self._lens.reads.add(f"data:{name}")
        return self._lens.site.data[name]

    def __iter__(self) -> Iterator[str]:
        self._lens.reads.add("data:")
        return iter(self._lens.site.data)

    def __len__(self) -> int:
        self._lens.reads.add("data:")
        return len(self._lens.site.data)

    def __repr__(self) -> str:
        return repr(dict(self))


class SiteView:
    """`site`: the settings, and everything in the site."""

    generator = f"sitegen {__version__}"

    def __init__(self, lens: Lens) -> None:
        self._lens = lens

    @property
    def _config(self) -> Config:
        return self._lens.site.config

    def __getattr__(self, name: str) -> Any:
        """Settings by name; on a Jekyll site also those that sitegen does not know."""
        config = self._config
        if name in SHOWN_SETTINGS:
            return getattr(config, name)
        if config.lenient and name in config.extra and not name.startswith("_"):
            return config.extra[name]
        raise AttributeError(name)

    @property
    def time(self) -> datetime:
        """SOURCE_DATE_EPOCH, or the date of the newest post."""
        self._lens.reads.add("time")
        return self._lens.site.time

    @property
    def posts(self) -> Documents:
        """All posts, newest first."""
        self._lens.reads.add("posts")
        return Documents(self._lens, self._lens.site.post_paths)

    @property
    def pages(self) -> list[DocumentView]:
        """All pages, by path."""
        self._lens.reads.add("pages")
        return [self._lens.document(page) for page in self._lens.site.pages]

    @property
    def data(self) -> DataView:
        """What `_data/` holds."""
        return DataView(self._lens)

    @property
    def tags(self) -> dict[str, Documents]:
        """Tag → its posts, newest first."""
        return self._taxonomy("tags")

    @property
    def categories(self) -> dict[str, Documents]:
        """Category → its posts, newest first."""
        return self._taxonomy("categories")

    def _taxonomy(self, kind: str) -> dict[str, Documents]:
        self._lens.reads.add(f"taxonomy:{kind}")
        return {term.name: self._lens.posts(term.posts) for term in self._lens.site.taxonomies[kind]}

    def __repr__(self) -> str:
        return "<site>"

    @property
    def calls(self) -> list[CallView]:
        """All calls, open ones first."""
        self._lens.reads.add("calls")
        return [self._lens.call(call) for call in self._lens.site.calls]

    @cached_property
    def menu(self) -> list[Attributes]:
        """The links in the header: `title` and `url` of each."""
        links = self._config.menu or tuple(self._own_menu())
        return [Attributes({"title": title, "url": url}) for title, url in links]

    def _own_menu(self) -> Iterator[tuple[str, str]]:
        site = self._lens.site
        self._lens.reads.update(("pages", "any:posts", "any:calls"))
        for page in site.pages:
            self._lens.reads.add(f"meta:{page.path}")
            if page.title and page.url not in ("/", "/404.html") and page.front.get("menu") is not False:
                yield page.title, page.url
        if "archive" in site.config.outputs and site.posts:
            yield "Archive", "/archive/"
        if "join" in site.config.outputs and site.calls:
            yield "Join", "/join/"


def paginator(lens: Lens, index: IndexPage) -> Attributes:
    """`paginator`, as jekyll-paginate has it."""
    number, total = index.number, len(index.urls)
    before, after = number > 1, number < total
    return Attributes(
        {
            "page": number,
            "per_page": index.per_page,
            "posts": lens.posts(index.posts),
            "total_posts": index.total_posts,
            "total_pages": total,
            "previous_page": number - 1 if before else None,
            "previous_page_path": index.urls[number - 2] if before else None,
            "next_page": number + 1 if after else None,
            "next_page_path": index.urls[number] if after else None,
        }
    )


__all__ = [
    "Attributes",
    "Bodies",
    "Body",
    "DocumentView",
    "Lens",
    "Page",
    "PostView",
    "SiteView",
    "paginator",
]
