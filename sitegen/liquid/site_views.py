"""What Liquid sees of the site: `site` and `paginator` (drops/site_drop.rb, jekyll-paginate)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sitegen.liquid.look import Look
from sitegen.liquid.moments import Moment
from sitegen.liquid.views import DocumentView, View
from sitegen.model.content import Page, Post
from sitegen.model.pagination import index_pages
from sitegen.model.terms import TAXONOMIES

RELATED = 10  # posts, as in Jekyll (related_posts.rb)
SETTINGS = (
    "title", "description", "url", "baseurl", "lang", "timezone", "author", "paginate", "permalink", "paginate_path",
    "excerpt_separator",
)  # fmt: skip


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
        if name in self.look.site.collections:
            return self.views(self.look.collection(name))
        if name in SITE:
            return SITE[name](self)
        if name in self.look.settings:
            return self.look.settings[name]
        own = name in SETTINGS and not self.look.config.lenient  # Jekyll has no other defaults
        return getattr(self.look.config, name) if own else self.look.config.extra[name]

    def names(self) -> Iterator[str]:
        """Everything that `site.` can be followed by."""
        settings = self.look.settings if self.look.config.lenient else (*SETTINGS, *self.look.config.extra)
        yield from (*self.look.site.collections, *SITE, *settings)

    def views(self, documents: tuple[Post, ...] | tuple[Page, ...]) -> list[DocumentView]:
        """What lists are made of."""
        return [DocumentView(self.look, document.path) for document in documents]

    def pages(self, *, shown: bool = False) -> list[DocumentView]:
        """All pages in order of their files' names, as in Jekyll; or those that are for browsers."""
        found = [page for page in self.look.pages() if page.is_shown or page.url.endswith("/") or not shown]
        return self.views(tuple(sorted(found, key=lambda page: page.path.rsplit("/", 1)[-1])))

    def collected(self) -> list[DocumentView]:
        """All posts, and all documents of collections."""
        found = [self.views(self.look.collection(label)) for label in self.look.site.collections]
        return [*self.views(self.look.posts()), *(view for views in found for view in views)]

    def collections(self) -> list[dict[str, object]]:
        """The posts and the collections, with their documents (drops/collection_drop.rb)."""
        posts = {"label": "posts", "output": True, "docs": self.views(self.look.posts()[::-1])}
        others = (
            {"label": one.label, "output": one.output, "docs": self.views(self.look.collection(one.label))}
            for one in self.look.config.collections
        )
        return sorted([posts, *others], key=lambda one: str(one["label"]))

    def files(self) -> list[dict[str, object]]:
        """The files that are published as they are."""
        found = (asset.shown(self.look.config.zone) for asset in self.look.files())
        return [{**file, "modified_time": Moment.of(file["modified_time"])} for file in found]

    def related(self) -> list[DocumentView]:
        """The newest posts but for this one."""
        others = [post for post in self.look.posts()[: RELATED + 1] if post.path != self.path]
        return self.views(tuple(others[:RELATED]))

    def taxonomy(self, kind: str) -> dict[str, list[DocumentView]]:
        """Term → its posts, newest first; the oldest term first. Each spelling is a term: no address depends on it."""
        posts = self.look.posts()
        found: dict[str, list[DocumentView]] = {name: [] for post in reversed(posts) for name in getattr(post, kind)}
        for post in posts:
            for name in getattr(post, kind):
                found[name].append(DocumentView(self.look, post.path))
        return found

    def time(self) -> Moment:
        """The time of the site: the same input gives the same bytes."""
        self.look.reads.add("time")
        return Moment.of(self.look.site.time)


SITE: Mapping[str, Callable[[SiteView], object]] = {
    "data": lambda view: DataView(view.look),
    "collections": SiteView.collections,
    "documents": SiteView.collected,
    "html_pages": lambda view: view.pages(shown=True),
    "pages": SiteView.pages,
    "posts": lambda view: view.views(view.look.posts()),
    "related_posts": SiteView.related,
    "static_files": SiteView.files,
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
        first = index_pages(listed, config)[0]
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
