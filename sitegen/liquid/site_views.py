"""What Liquid sees of the site: `site` and `paginator` (drops/site_drop.rb, jekyll-paginate)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sitegen.liquid.look import Look
from sitegen.liquid.moments import Moment
from sitegen.liquid.views import DocumentView, View
from sitegen.model.content import Page, Post
from sitegen.model.pagination import index_pages
from sitegen.model.site import TAXONOMIES

RELATED = 10  # posts, as in Jekyll (related_posts.rb)
SETTINGS = (
    "title", "description", "url", "baseurl", "lang", "timezone", "author", "paginate", "permalink", "paginate_path",
    "excerpt_separator",
)  # fmt: skip
ADDRESSES = ("url", "baseurl")  # the command line may say otherwise


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
        """Term → its posts, newest first. Each spelling is a term, as in Jekyll: no address depends on it."""
        found: dict[str, list[DocumentView]] = {}
        for post in self.look.posts():
            for name in getattr(post, kind):
                found.setdefault(name, []).append(DocumentView(self.look, post.path))
        return found

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
