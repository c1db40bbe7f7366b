"""What layouts see of posts and pages. The names are Jekyll's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, overload

from markupsafe import Markup

from sitegen.drawing.size import HEIGHT as CARD_HEIGHT
from sitegen.drawing.size import WIDTH as CARD_WIDTH
from sitegen.model.authors import Author
from sitegen.model.content import Call, Document, Post
from sitegen.model.site import Site
from sitegen.model.translations import versions
from sitegen.templates.views.attributes import Attributes
from sitegen.templates.views.authors import AuthorView
from sitegen.templates.views.known import known_of
from sitegen.templates.views.lens import Body, Lens, Refused
from sitegen.templates.views.pictures import dressed
from sitegen.templates.views.series import SeriesView

if TYPE_CHECKING:
    from sitegen.templates.views.calls import CallView

WORDS_A_MINUTE = 220


class DocumentView:
    """`page` for a page, and what posts have in common with it. Unknown names are the front matter's keys."""

    kind = "page"
    draft = False
    call: Any = None
    has_form = False

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
        path, spoken = self._document.path, self._document.lang or self._lens.site.entire.config.lang or "en"
        self._lens.reads.update((f"content:{path}", f"meta:{path}", f"words:{spoken}"))  # such as stand above an alert
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
    def front(self) -> Mapping[str, Any]:
        """The front matter as it is written, and what the configuration's defaults add to it."""
        return self._meta().front

    @property
    def lang(self) -> str:
        """The language."""
        return self._meta().lang or self._lens.site.entire.config.lang

    @property
    def translations(self) -> list[Any]:
        """The page in the other languages: posts and pages, and what else sitegen makes there."""
        return versions_of(self._lens, self._document.url)

    @property
    def description(self) -> str:
        """The front matter's description, or the beginning of the text."""
        return self._meta().description or self._body().summary

    @property
    def card(self) -> Mapping[str, Any] | None:
        """The picture that is drawn of it for where its address is shared: `path`, `width`, `height`, `alt`, `type`."""
        self._lens.reads.add(f"card:{self._document.path}")
        address = self._lens.site.card_of(self._document)
        if not address:
            return None
        kind = "image/jpeg" if address.endswith(".jpg") else "image/png"
        alt = self._meta().title or self._lens.site.config.title
        return {"path": address, "width": CARD_WIDTH, "height": CARD_HEIGHT, "alt": alt, "type": kind}

    @property
    def content(self) -> Markup:
        """The rendered body, its shortcodes made."""
        self._body()
        lens = self._lens
        if self._document.path in lens.showing:
            raise Refused("it shows the text that it stands in")
        html = lens.bodies.filled(self._document, partial(lens.shortcodes.html, lens, self._document))
        return Markup(dressed(lens, self._document, html, whole=True))

    @property
    def excerpt(self) -> Markup:
        """The front matter's excerpt, or the beginning of the body."""
        own = self._meta().front.get("excerpt")
        text = self._lens.bodies.fragment(own) if isinstance(own, str) and own else self._body().excerpt
        return Markup(dressed(self._lens, self._document, text, whole=False))

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
        """When it was last changed, if the front matter or git says so."""
        self._meta()
        return self._document.updated

    @property
    def expires(self) -> datetime | None:
        """From when on it is left out."""
        self._meta()
        return self._document.expires

    @property
    def pinned(self) -> bool:
        """Whether it stays at the top of the index."""
        self._meta()
        return self._document.pinned

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
        """Who wrote it, in one text: as the front matter names them, or as the setting does; or None."""
        self._meta()
        names = (one if isinstance(one, str) else one.name for one in self._document.writers)
        return ", ".join(dict.fromkeys(filter(None, names))) or self._lens.site.config.author or None

    @property
    def authors(self) -> list[AuthorView]:
        """Those who wrote it, with what their profiles say."""
        self._meta()
        return author_views(self._lens, self._lens.site.authors_of(self._document))

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
        return None if call is None else call_view(self._lens, call)

    @property
    def has_form(self) -> bool:  # type: ignore[override]
        """Whether the text itself holds the form of the call that the post is."""
        call = self._lens.site.call_of(self._document)
        if call is None:
            return False
        forms = (one for one in self._body().all_shortcodes if one.name == "form")
        return any((one.values.get("call") or call.form.id) == call.form.id for one in forms)

    @property
    def previous(self) -> DocumentView | None:
        """The older post."""
        return self._neighbour(self._lens.site.older(self._document))

    @property
    def next(self) -> DocumentView | None:
        """The newer post."""
        return self._neighbour(self._lens.site.newer(self._document))

    @property
    def series(self) -> SeriesView | None:
        """The series that it is a part of, or None."""
        self._meta()
        series = self._lens.site.series_of(self._document)
        if series is None:
            return None
        self._lens.saw(f"listing:series/{series.key}")
        return SeriesView(series, self._document.path, Documents(self._lens, series.posts))

    @property
    def related(self) -> Documents:
        """The posts that its author names, or else those nearest to it, the nearest first."""
        self._lens.reads.add(f"related:{self._document.path}")
        return Documents(self._lens, self._lens.site.related(self._document))

    def _neighbour(self, post: Post | None) -> DocumentView | None:
        self._lens.reads.add(f"neighbours:{self._document.path}")
        return None if post is None else document_view(self._lens, post)


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
        return document_view(self._lens, self._lens.site.documents[self._paths[place]])

    def __add__(self, other: Iterable[DocumentView]) -> list[DocumentView]:
        return [*self, *other]

    def __repr__(self) -> str:
        return repr(list(self))


def document_view(lens: Lens, document: Document) -> DocumentView:
    """The view of a post or a page."""
    own = lens.on(document)
    return PostView(own, document) if isinstance(document, Post) else DocumentView(own, document)


def versions_of(lens: Lens, url: str) -> list[Any]:
    """The page at an address in the other languages: `lang`, `url` and `title` of each, or the whole post or page."""
    if not lens.site.config.languages:
        return []
    lens.saw(f"versions:{url}")
    found = versions(lens.site, url)
    return [
        document_view(lens, lens.site.documents[one.path])
        if one.path
        else Attributes({"lang": one.lang, "url": one.url, "title": lens.site.editions[one.edition].config.title})
        for one in found
    ]


def author_views(lens: Lens, authors: Iterable[Author]) -> list[AuthorView]:
    """The views of some authors."""
    lens.reads.add("data:authors")
    return [AuthorView(lens, author, Documents(lens, _written_by(lens.site, author))) for author in authors]


def _written_by(site: Site, author: Author) -> Sequence[str]:
    listing = site.listing("authors", author.key)
    return () if listing is None else listing.posts


def call_view(lens: Lens, call: Call, answers: Any = None, errors: Any = ()) -> CallView:
    """The view of a call, with a visitor's answers and what is wrong with them."""
    from sitegen.templates.views.calls import CallView

    lens = lens.on(call.post)
    lens.saw("calls", f"meta:{call.post.path}")
    lens.words(call.post.lang)  # the form speaks the language of its questions
    known = partial(known_of, lens, call.form)
    return CallView(lens.site, lens.bodies.fragment, call, document_view(lens, call.post), known, answers, errors)
