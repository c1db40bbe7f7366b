"""What Liquid sees of posts and pages, with the names that Jekyll gives (drops/document_drop.rb, page.rb)."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from sitegen.liquid.look import Look
from sitegen.liquid.moments import Moment
from sitegen.model.content import Document, Page, Post


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
        rows = _rows(document)
        return rows[name](self) if name in rows else document.front[name]

    def names(self) -> Iterator[str]:
        """Those of the front matter, and Jekyll's own."""
        document = self.look.document(self.path)
        yield from document.front
        yield from _rows(document)

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

    @property
    def page(self) -> Page:
        """The document as the page that it is."""
        document = self.look.document(self.path)
        assert isinstance(document, Page)
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

    def beside(self, step: int) -> DocumentView | None:
        """The document so many places after this one in its collection."""
        collection = self.look.collection(self.page.collection)
        place = [page.path for page in collection].index(self.path) + step
        return DocumentView(self.look, collection[place].path) if 0 <= place < len(collection) else None

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
    "dir": lambda view: view.document.url[: view.document.url.rfind("/") + 1],
    "excerpt": DocumentView.excerpt,
    "name": lambda view: view.path.rsplit("/", 1)[-1],
    "path": lambda view: view.path,
    "relative_path": lambda view: view.path,
    "title": lambda view: view.document.title or None,
    "url": lambda view: view.document.url,
}
COLLECTED: Rows = {
    **{name: row for name, row in PAGE.items() if name not in ("dir", "name")},
    "collection": lambda view: view.page.collection,
    "date": lambda view: None if view.page.date is None else _moment(view.page.date),
    "ext": lambda view: posixpath.splitext(view.path)[1],
    "id": lambda view: posixpath.join(posixpath.dirname(view.page.url.rstrip("/")), view.page.slug),
    "next": lambda view: view.beside(1),
    "previous": lambda view: view.beside(-1),
    "slug": lambda view: view.page.slug,
}
POST: Rows = {
    **{name: row for name, row in PAGE.items() if name != "dir"},
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


def _rows(document: Document) -> Rows:
    if isinstance(document, Post):
        return POST
    return COLLECTED if document.collection else PAGE
