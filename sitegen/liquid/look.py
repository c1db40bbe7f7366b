"""Through what a body's Liquid looks at the site: every look is noted, so that the build knows what to run anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from sitegen.config import Config
from sitegen.marked import read_yaml
from sitegen.model.content import Asset, Document, Layout, Page, Post
from sitegen.model.site import Site

_JEKYLLS = {  # what `site.` can be followed by although `_config.yml` says nothing of it (configuration.rb)
    "encoding": "utf-8",
    "excerpt_separator": "\n\n",
    "highlighter": "rouge",
    "markdown": "kramdown",
    "paginate_path": "/page:num",
    "permalink": "date",
}


class Body(Protocol):
    """A rendered body."""

    @property
    def html(self) -> str:
        """The whole of it, as HTML."""
        ...

    @property
    def excerpt(self) -> str:
        """Its beginning, as HTML."""
        ...


class Bodies(Protocol):
    """Renders bodies, and short pieces of Markdown."""

    def of(self, document: Document) -> Body:
        """The rendered body of a post or page."""
        ...

    def fragment(self, text: str) -> str:
        """Markdown as HTML."""
        ...


@dataclass
class Look:
    """One site, seen on behalf of one document at a time; `reads` are the names of what that one saw.

    `done` has the documents in which Liquid has run already, as they are afterwards.
    """

    site: Site
    bodies: Bodies
    done: dict[str, Document] = field(default_factory=dict)
    reads: set[str] = field(default_factory=set)

    @property
    def config(self) -> Config:
        """The settings. They need no note: changed ones run everything anew."""
        return self.site.config

    def document(self, path: str) -> Document:
        """What is known of a document, its body apart."""
        self.reads.add(f"meta:{path}")
        return self.site.documents[path]

    def body(self, path: str) -> tuple[Document, bool]:
        """A document with its body as it is by now, and whether that is to be rendered.

        Jekyll renders posts from the oldest to the newest, then pages: what comes later is still Markdown.
        """
        self.reads.update((f"meta:{path}", f"ran:{path}"))
        found = self.done.get(path)
        return (self.site.documents[path], False) if found is None else (found, True)

    def posts(self) -> tuple[Post, ...]:
        """All posts, newest first."""
        self.reads.update(("posts", "meta:*"))
        return self.site.posts

    def listed(self) -> tuple[Post, ...]:
        """The posts that stand on index pages."""
        self.reads.update(("listed", "meta:*"))
        return self.site.listed

    def pages(self) -> tuple[Page, ...]:
        """All pages, by path."""
        self.reads.update(("pages", "meta:*"))
        return self.site.pages

    def collection(self, label: str) -> tuple[Page, ...]:
        """The documents of a collection, in order."""
        self.reads.update(("pages", "meta:*"))
        return self.site.collections[label]

    def files(self) -> tuple[Asset, ...]:
        """The files that are published as they are."""
        self.reads.add("files")
        return self.site.assets

    def include(self, name: str) -> Layout | None:
        """A file in `_includes/`."""
        self.reads.add(f"include:{name}")
        return self.site.layouts.get(f"_includes/{name}")

    @cached_property
    def settings(self) -> Mapping[str, object]:
        """What `_config.yml` says, as it says it: `site.author` may be a mapping there, and `site.url` end in a slash.

        The command line may have another `url` or `baseurl`.
        """
        if not self.config.lenient:
            return {}
        found = {**_JEKYLLS, **(read_yaml(self.config.origin.text).value or {})}
        for name, settled in (("url", self.config.url), ("baseurl", self.config.baseurl)):
            if str(found.get(name) or "").strip("/") != settled.strip("/"):
                found[name] = settled
        return found

    @property
    def url(self) -> str:
        """What stands before the address of anything in the site."""
        return str(self.settings.get("url") or self.config.url)

    @cached_property
    def assets_by_path(self) -> Mapping[str, Asset]:
        """The files that are published as they are, by where they are and by where they will be."""
        found = {asset.path.removeprefix("static/"): asset for asset in self.site.assets}
        found |= {asset.place: asset for asset in self.site.assets}
        return found | {asset.path: asset for asset in self.site.assets}

    @cached_property
    def posts_by_name(self) -> Mapping[str, list[Post]]:
        """Posts by the name of their file, without its ending: two folders may hold one of the same name."""
        found: dict[str, list[Post]] = {}
        for post in self.site.posts:
            found.setdefault(post.path.rsplit("/", 1)[-1].rsplit(".", 1)[0], []).append(post)
        return found
