"""What Liquid sees: `site`, `page` and the posts in them, with the names that Jekyll gives (drops/*.rb)."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from sitegen.liquid.look import Look
from sitegen.liquid.moments import Moment
from sitegen.model.content import Document, Page, Post
from sitegen.model.pagination import index_pages
from sitegen.model.site import TAXONOMIES

RELATED = 10  # posts, as in Jekyll (related_posts.rb)
SETTINGS = (
    "title", "description", "url", "baseurl", "lang", "timezone", "author", "paginate", "permalink", "paginate_path",
    "excerpt_separator",
)  # fmt: skip
ADDRESSES = ("url", "baseurl")  # the command line may say otherwise


class View(Mapping[str, object]):
    """Named values, each made when it is asked for."""

    def names(self) -> Iterator[str]:
        """All names, some perhaps twice."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(self.names()))

    def __len__(self) -> int:
        return len(set(self.names()))


class DocumentView(View):
    """`page`, and each post or page in a list."""

    def __init__(self, look: Look, path: str) -> None:
        self.look, self.path = look, path

    def __getitem__(self, name: str) -> object:
        document = self.look.document(self.path)
        rows = POST if isinstance(document, Post) else PAGE
        return rows[name](self) if name in rows else document.front[name]

    def names(self) -> Iterator[str]:
        """Those of the front matter, and Jekyll's own."""
        document = self.look.document(self.path)
        yield from document.front
        yield from POST if isinstance(document, Post) else PAGE

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DocumentView) and other.path == self.path

    def __hash__(self) -> int:
        return hash(self.path)

    def __str__(self) -> str:
        return self.content()

    @property
    def document(self) -> Document:
        """The document itself."""
        return self.look.document(self.path)

    @property
    def post(self) -> Post:
        """The document as the post that it is."""
        document = self.look.document(self.path)
        assert isinstance(document, Post)
        return document

    def content(self) -> str:
        """The body: as HTML if Jekyll would have rendered it by now, else as it is written."""
        document, ran = self.look.body(self.path)
        return self.look.bodies.of(document).html if ran else document.body

    def excerpt(self) -> str:
        """The front matter's excerpt, or the beginning of the body, as HTML."""
        document, ran = self.look.body(self.path)
        own = document.front.get("excerpt")
        if isinstance(own, str) and own:
            return own
        if ran:
            return self.look.bodies.of(document).excerpt
        separator = document.separator if document.separator in document.body else "\n\n"
        return self.look.bodies.fragment(document.body.strip("\n").split(separator or "\n\n", 1)[0])

    def neighbour(self, newer: bool) -> DocumentView | None:
        """The post beside this one in time."""
        self.look.reads.add(f"neighbours:{self.path}")
        site, post = self.look.site, self.post
        found = site.newer(post) if newer else site.older(post)
        return None if found is None else DocumentView(self.look, found.path)


def _moment(value: datetime) -> Moment:
    return Moment.of(value)


Rows = Mapping[str, Callable[[DocumentView], object]]
PAGE: Rows = {
    "content": DocumentView.content,
    "dir": lambda view: posixpath.dirname(view.document.url.rstrip("/")) or "/",
    "excerpt": DocumentView.excerpt,
    "name": lambda view: view.path.rsplit("/", 1)[-1],
    "path": lambda view: view.path,
    "relative_path": lambda view: view.path,
    "title": lambda view: view.document.title or None,
    "url": lambda view: view.document.url,
}
POST: Rows = {
    **{name: row for name, row in PAGE.items() if name not in ("dir", "name")},
    "categories": lambda view: list(view.post.categories),
    "collection": lambda view: "posts",
    "date": lambda view: _moment(view.post.date),
    "draft": lambda view: view.post.draft,
    "ext": lambda view: posixpath.splitext(view.path)[1],
    "id": lambda view: view.post.id,
    "next": lambda view: view.neighbour(True),
    "previous": lambda view: view.neighbour(False),
    "slug": lambda view: view.post.slug,
    "tags": lambda view: list(view.post.tags),
}


class DataView(View):
    """`site.data`."""

    def __init__(self, look: Look) -> None:
        self.look = look

    def __getitem__(self, name: str) -> object:
        self.look.reads.add(f"data:{name}")
        return self.look.site.data[name]

    def names(self) -> Iterator[str]:
        """The data files."""
        self.look.reads.add("data:")
        return iter(self.look.site.data)


class SiteView(View):
    """`site`: the settings, and everything in the site."""

    def __init__(self, look: Look, path: str) -> None:
        self.look, self.path = look, path

    def __getitem__(self, name: str) -> object:
        if name in SITE:
            return SITE[name](self)
        if name in self.look.settings and name not in ADDRESSES:
            return self.look.settings[name]
        return getattr(self.look.config, name) if name in SETTINGS else self.look.config.extra[name]

    def names(self) -> Iterator[str]:
        """Everything that `site.` can be followed by."""
        yield from (*SITE, *SETTINGS, *self.look.config.extra, *self.look.settings)

    def views(self, documents: tuple[Post, ...] | tuple[Page, ...]) -> list[DocumentView]:
        """What lists are made of."""
        return [DocumentView(self.look, document.path) for document in documents]

    def related(self) -> list[DocumentView]:
        """The newest posts but for this one."""
        others = [post for post in self.look.posts()[: RELATED + 1] if post.path != self.path]
        return self.views(tuple(others[:RELATED]))

    def taxonomy(self, kind: str) -> dict[str, list[DocumentView]]:
        """Term → its posts, newest first."""
        self.look.reads.update((f"taxonomy:{kind}", "meta:*"))
        terms = self.look.site.taxonomies[kind]
        return {term.name: [DocumentView(self.look, path) for path in term.posts] for term in terms}

    def time(self) -> Moment:
        """The time of the site: the same input gives the same bytes."""
        self.look.reads.add("time")
        return Moment.of(self.look.site.time)


SITE: Mapping[str, Callable[[SiteView], object]] = {
    "data": lambda view: DataView(view.look),
    "documents": lambda view: view.views(view.look.posts()),
    "html_pages": lambda view: view.views(view.look.pages()),
    "pages": lambda view: view.views(view.look.pages()),
    "posts": lambda view: view.views(view.look.posts()),
    "related_posts": SiteView.related,
    "time": SiteView.time,
    **{kind: lambda view, kind=kind: view.taxonomy(kind) for kind in TAXONOMIES},  # type: ignore[misc]
}


class PaginatorView(View):
    """`paginator`, as jekyll-paginate has it, of the first index page: the one that a page of the author's may be."""

    def __init__(self, look: Look) -> None:
        self.look = look

    def __getitem__(self, name: str) -> object:
        return self._values()[name]

    def names(self) -> Iterator[str]:
        """All of jekyll-paginate's."""
        return iter(self._values())

    def _values(self) -> Mapping[str, object]:
        config, listed = self.look.config, self.look.listed()
        first = index_pages(listed, config.paginate, config.paginate_path)[0]
        more = len(first.urls) > 1
        return {
            "page": 1,
            "per_page": first.per_page,
            "posts": [DocumentView(self.look, path) for path in first.posts],
            "total_posts": first.total_posts,
            "total_pages": len(first.urls),
            "previous_page": None,
            "previous_page_path": None,
            "next_page": 2 if more else None,
            "next_page_path": first.urls[1] if more else None,
        }
