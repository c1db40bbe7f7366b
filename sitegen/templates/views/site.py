"""What layouts see of the whole site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sitegen import __version__
from sitegen.config import Config
from sitegen.model.feeds import TYPES, addresses
from sitegen.templates.views.attributes import Attributes
from sitegen.templates.views.authors import AuthorView
from sitegen.templates.views.documents import Documents, DocumentView, author_views, call_view, document_view
from sitegen.templates.views.lens import Lens
from sitegen.words import Words

if TYPE_CHECKING:
    from sitegen.templates.views.calls import CallView

SHOWN_SETTINGS = (
    "title", "description", "url", "baseurl", "lang", "timezone", "author", "outputs", "extra", "paginate",
    "permalink", "paginate_path", "logo", "image", "social", "twitter",
)  # fmt: skip


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
        """Settings by name; on a Jekyll site also those that sitegen does not know, and the collections."""
        config = self._config
        if name in self._lens.site.collections:
            self._lens.saw("pages")
            return [document_view(self._lens, page) for page in self._lens.site.collections[name]]
        if name in SHOWN_SETTINGS:
            return getattr(config, name)
        if config.lenient and name in config.extra and not name.startswith("_"):
            return config.extra[name]
        raise AttributeError(name)

    def words(self, lang: str = "") -> Words:
        """Words of sitegen's own in a language, or in the site's."""
        return self._lens.words(lang)

    def seen_through(self) -> Lens:
        """The look at the site that filters share with it."""
        return self._lens

    @property
    def environment(self) -> str:
        """`production`, or `development` in the preview."""
        return "development" if self._config.preview else "production"

    @property
    def time(self) -> datetime:
        """SOURCE_DATE_EPOCH, or the date of the newest post."""
        self._lens.reads.add("time")
        return self._lens.site.time

    @property
    def home(self) -> str:
        """The address of the index: `/`, or `/de/` for what is in German."""
        return self._config.within("/")

    @property
    def languages(self) -> Any:
        """The languages of the site, its own first: `lang`, `name`, `title` and `url` of each; none where it is in one.

        A plugin of Jekyll's has another setting of that name.
        """
        if self._config.lenient and "languages" in self._config.extra:
            return self._config.extra["languages"]
        return [
            Attributes({"lang": one.lang, "name": one.shown, "title": there.title, "url": there.within("/")})
            for one in self._lens.site.entire.config.tongues
            for there in (self._lens.site.editions[one.lang].config,)
        ]

    @property
    def posts(self) -> Documents:
        """All posts of the page's language, newest first."""
        self._lens.saw("posts")
        return Documents(self._lens, self._lens.site.post_paths)

    @property
    def pages(self) -> list[DocumentView]:
        """All pages, by path."""
        self._lens.saw("pages")
        return [document_view(self._lens, page) for page in self._lens.site.pages]

    @property
    def static_files(self) -> list[Attributes]:
        """The files that are published as they are."""
        self._lens.reads.add("files")
        return [Attributes(asset.shown(self._config.zone)) for asset in self._lens.site.assets]

    @property
    def mermaid(self) -> str:
        """The address of the script that draws diagrams; "" where the site does not bring it."""
        self._lens.saw("assets", "pages")
        return self._lens.site.mermaid

    @property
    def altcha(self) -> bool:
        """Whether forms bring a proof of work."""
        return self._config.altcha

    @property
    def data(self) -> DataView:
        """What `_data/` holds."""
        return DataView(self._lens)

    @cached_property
    def profiles(self) -> list[AuthorView]:
        """Those who have a profile in `_data/authors`, in its order."""
        return author_views(self._lens, self._lens.site.authors.values())

    @property
    def tags(self) -> dict[str, Documents]:
        """Tag → its posts, newest first."""
        return self._taxonomy("tags")

    @property
    def categories(self) -> dict[str, Documents]:
        """Category → its posts, newest first."""
        return self._taxonomy("categories")

    def _taxonomy(self, kind: str) -> dict[str, Documents]:
        self._lens.saw(f"listing:{kind}")
        return {term.name: Documents(self._lens, term.posts) for term in self._lens.site.listings[kind]}

    def __repr__(self) -> str:
        return "<site>"

    @property
    def calls(self) -> list[CallView]:
        """All calls, open ones first."""
        self._lens.saw("calls")
        return [call_view(self._lens, call) for call in self._lens.site.calls]

    @cached_property
    def feeds(self) -> list[Attributes]:
        """The feeds of all posts, Atom first: `url` and `type` of each."""
        found = addresses(self._config)
        return [Attributes({"url": url, "type": TYPES[name]}) for name, url in found.items()]

    @cached_property
    def menu(self) -> list[Attributes]:
        """The links in the header: `title` and `url` of each."""
        links = self._config.menu or tuple(self._own_menu())
        return [Attributes({"title": title, "url": url}) for title, url in links]

    def _own_menu(self) -> Iterator[tuple[str, str]]:
        site = self._lens.site
        self._lens.saw("pages", "any:posts", "any:calls")
        for page in site.pages:
            self._lens.reads.add(f"meta:{page.path}")
            if page.in_menu and page.url != self.home:
                yield page.title, page.url
        if "archive" in site.config.outputs and site.posts:
            yield self._lens.words().text("lists.archive"), site.config.within("/archive/")
        if "join" in site.config.outputs and site.calls:
            yield self._lens.words().text("calls.join"), site.config.within("/join/")
