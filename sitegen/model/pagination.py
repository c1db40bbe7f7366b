"""Index pages: which posts stand on which."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import field

from sitegen.config import Config
from sitegen.frozen import dataclass
from sitegen.model.content import Document, Page, Post


@dataclass(frozen=True)
class IndexPage:
    """One of them: `number` counts from 1; `posts` are paths; `urls` are all index pages' addresses, which follow from
    the others and the settings, and are too many to tell for each page.
    """

    number: int
    per_page: int
    total_posts: int
    posts: tuple[str, ...]
    urls: tuple[str, ...] = field(repr=False)

    @property
    def url(self) -> str:
        """Its own address."""
        return self.urls[self.number - 1]


def has_paginator(document: Document, config: Config) -> bool:
    """Whether a page of the author's own shows the newest posts: one at `/`, or an index of Jekyll's that stands above
    the later index pages, as `blog/index.html` does above `/blog/page:num/` (jekyll-paginate's pager.rb).
    """
    if not isinstance(document, Page):
        return False
    folder, name = posixpath.split(document.path)
    is_index = config.lenient and name.startswith("index.") and document.is_shown
    return document.url == config.within("/") or (
        is_index and config.paginate_path.startswith(posixpath.join("/", folder, ""))
    )


def index_pages(posts: Sequence[Post], config: Config) -> tuple[IndexPage, ...]:
    """The posts cut into pages of `paginate` (0: one page); the first is `/`, page n is at `paginate_path` with n for
    `:num`; both below what the addresses of the edition begin with.
    """
    size, path = config.paginate or max(1, len(posts)), config.within(config.paginate_path)
    total = max(1, -(-len(posts) // size))
    later = (path.replace(":num", str(number)) for number in range(2, total + 1))
    later = (url if url.endswith("/") or "." in url.rsplit("/", 1)[-1] else url + "/" for url in later)
    urls = (config.within("/"), *later)
    return tuple(
        IndexPage(
            number,
            size,
            len(posts),
            tuple(post.path for post in posts[(number - 1) * size : number * size]),
            urls,
        )
        for number in range(1, total + 1)
    )
