"""The whole site, with look-ups only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from sitegen.config import Config
from sitegen.frozen import dataclass
from sitegen.model import cards
from sitegen.model.authors import Author, Writer
from sitegen.model.content import Asset, Call, Doc, Document, Layout, LeftOut, Page, Post
from sitegen.model.entry_ids import entry_ids
from sitegen.model.listings import KINDS, Listing, Overview
from sitegen.model.names import by_name, plain_name
from sitegen.model.periods import months_of, years_of
from sitegen.model.pictures import Picture
from sitegen.model.related import related
from sitegen.model.series import all_series
from sitegen.model.terms import terms_of
from sitegen.model.translations import groups
from sitegen.settings.languages import Language
from sitegen.slugs import term_slug
from sitegen.urls import file_of
from sitegen.words import Catalog, Words, words_in

WHATEVER_BODIES = frozenset({
    "_tongues", "translations", "lists", "made", "post_paths", "listings", "_by_key", "_places",
    "_by_name", "mermaid", "copies", "_asset_by_url", "card_base", "entry_ids", "_words", "_names", "_near",
})  # fmt: skip
"""What is found out of a site once, and is the same whatever its documents say below their front matter."""


def _with(documents: tuple[Doc, ...], changed: Mapping[str, Any]) -> tuple[Doc, ...]:
    """The documents, some of them exchanged."""
    return tuple([changed.get(one.path, one) for one in documents])


@dataclass(frozen=True)
class Site:
    """Everything that was read: `posts` newest first, `calls` open ones first.

    `beside` are the files beside documents that these link to, by the document's path and the address as it is
    written; `pictures` are those that are published, by path in the output.
    `collections` are Jekyll's: their documents by label; `data` is what `_data/` holds, by name; `authors` those who
    have a profile there, by key; `catalogs` the site's own words, by language in small letters; `layouts` the site's
    own, and its includes, by path; `card_fonts` the files of the fonts of social cards, with their digests; `left_out`
    the posts and pages that are not published; `by_git` tells whether git could say when posts came to be, None where
    it was not asked; `now` is the moment of the build; `time` is what layouts see as the time of the site: the given
    epoch or the date of the newest thing in it, so that the same input gives the same bytes.

    A site in several languages has an edition for each: the same site with the posts, pages and words of that language,
    as if there were no other. `whole` is the site that an edition is of.
    """

    config: Config
    posts: tuple[Post, ...] = ()
    pages: tuple[Page, ...] = ()
    assets: tuple[Asset, ...] = ()
    beside: Mapping[str, Mapping[str, Asset]] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    collections: Mapping[str, tuple[Page, ...]] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    authors: Mapping[str, Author] = field(default_factory=dict)
    catalogs: Mapping[str, Catalog] = field(default_factory=dict)
    layouts: Mapping[str, Layout] = field(default_factory=dict)
    card_fonts: tuple[tuple[str, str], ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    by_git: bool | None = None
    now: datetime = field(default_factory=lambda: datetime.min)
    time: datetime = field(default_factory=lambda: datetime.min)
    whole: Site | None = field(default=None, repr=False, compare=False)

    def with_bodies(self, changed: Mapping[str, Document]) -> Site:
        """The same site with other bodies in some documents, by path; their front matter is as it was."""
        made = self._with_bodies(changed, self.whole)
        if self.config.languages and self.whole is None:
            editions = {lang: one._with_bodies(changed, made) for lang, one in self.editions.items()}
            made.__dict__["editions"] = editions
        return made

    def _with_bodies(self, changed: Mapping[str, Document], whole: Site | None) -> Site:
        made = replace(
            self,
            posts=self._posts_with(changed),
            pages=_with(self.pages, changed),
            collections={label: _with(pages, changed) for label, pages in self.collections.items()},
            whole=whole,
        )
        made.__dict__.update({name: known for name, known in self.__dict__.items() if name in WHATEVER_BODIES})
        if whole is None:
            made.__dict__["documents"] = {**self.documents, **changed}
        return made

    def _posts_with(self, changed: Mapping[str, Document]) -> tuple[Post, ...]:
        """The posts, some of them exchanged; none of the others is looked at."""
        posts = list(self.posts)
        for path, document in changed.items():
            if path in self._places and isinstance(document, Post):
                posts[self._places[path]] = document
        return tuple(posts)

    @property
    def entire(self) -> Site:
        """The site that it is an edition of, or itself."""
        return self.whole or self

    @cached_property
    def editions(self) -> Mapping[str, Site]:
        """Language → the site in that language, its own first. A site in one language is its only edition."""
        if self.whole is not None:
            return self.whole.editions
        return {one.lang: self._edition(one) for one in self.config.tongues} or {self.config.lang: self}

    def _edition(self, language: Language) -> Site:
        posts = (post for post in self.posts if self._tongues[post.lang] == language.lang)
        pages = (page for page in self.pages if self._tongues[page.lang] == language.lang)
        config = self.config.edition(language)
        return replace(self, config=config, posts=tuple(posts), pages=tuple(pages), whole=self)

    @cached_property
    def _tongues(self) -> Mapping[str, str]:
        return {tag: self.config.tongue_of(tag) for tag in {one.lang for one in self.documents.values()}}

    def edition_of(self, document: Document) -> Site:
        """The edition that a post or page is in."""
        whole = self.entire
        if not whole.config.languages:
            return whole
        return whole.editions[whole._tongues.get(document.lang) or whole.config.tongue_of(document.lang)]

    @cached_property
    def translations(self) -> Mapping[str, tuple[str, ...]]:
        """Path → the paths of all that say the same in any language (see `translations.groups`)."""
        return self.whole.translations if self.whole is not None else groups(self) if self.config.languages else {}

    @cached_property
    def at_url(self) -> Mapping[str, Document]:
        """The posts and pages by their addresses."""
        if self.whole is not None:
            return self.whole.at_url
        return {one.url: one for one in self.documents.values() if one.is_shown and not one.redirect_to}

    @cached_property
    def lists(self) -> tuple[str, ...]:
        """The addresses of the lists of posts and calls, and of the pages of calls."""
        found: list[str] = []
        for output, listings in self.listings.items():
            above = self.overview(output)
            found += [above.url] if above is not None else []
            found += [listing.url for listing in listings if listing.url]
        if "join" in self.config.outputs and self.calls:
            found += [self.config.within("/join/"), *(call.url for call in self.calls)]
        return tuple(found)

    @cached_property
    def made(self) -> frozenset[str]:
        """The addresses of pages that each edition may have: the index, the search, and the lists."""
        single = (("home", "/"), ("search", "/search/"))
        pages = (self.config.within(url) for output, url in single if output in self.config.outputs)
        return frozenset((*pages, *self.lists))

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """Posts, pages and documents of collections, by source path; an edition has those of the whole site."""
        if self.whole is not None:
            return self.whole.documents
        found: dict[str, Document] = {post.path: post for post in self.posts}
        found |= {page.path: page for pages in self.collections.values() for page in pages}
        return found | {page.path: page for page in self.pages}

    @cached_property
    def collected(self) -> tuple[Page, ...]:
        """The documents of those collections that have pages."""
        shown = (one.label for one in self.config.collections if one.output)
        return tuple(page for label in shown for page in self.collections.get(label, ()))

    @cached_property
    def post_paths(self) -> tuple[str, ...]:
        """The posts' paths, newest first."""
        return tuple(post.path for post in self.posts)

    @cached_property
    def listed(self) -> tuple[Post, ...]:
        """The posts that stand on index pages, pinned ones first: all but those with `hidden: true`."""
        shown = (post for post in self.posts if not post.is_hidden)
        return tuple(sorted(shown, key=lambda post: not post.pinned))

    @cached_property
    def listings(self) -> Mapping[str, tuple[Listing, ...]]:
        """Output → its listings, as `KINDS` names them. Without that output they have no pages, and so no addresses."""
        found: Mapping[str, Iterable[Listing]] = {
            "authors": self._authored(),
            "years": years_of(self.posts),
            "months": months_of(self.posts),
            "tags": terms_of(self.posts, "tags"),
            "categories": terms_of(self.posts, "categories"),
            "series": all_series(self.posts),
        }
        return {output: tuple(map(self._placed, listings)) for output, listings in found.items()}

    def _placed(self, listing: Listing) -> Listing:
        if listing.output not in self.config.outputs:
            return replace(listing, url="")
        return replace(listing, url=self.config.within(listing.url)) if listing.url and self.config.prefix else listing

    def listing(self, output: str, key: str) -> Listing | None:
        """One of them by its key."""
        return self._by_key.get((output, key))

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, str], Listing]:
        return {(one.output, one.key): one for listings in self.listings.values() for one in listings}

    def overview(self, output: str) -> Overview | None:
        """The page above the listings of an output, if there is one."""
        found = KINDS[output].overview
        if found.output not in self.config.outputs or len(self.listings[output]) < found.least:
            return None
        return replace(found, url=self.config.within(found.url)) if self.config.prefix else found

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {post.path: place for place, post in enumerate(self.posts)}

    def older(self, post: Post) -> Post | None:
        """The post before this one in time."""
        place = self._places[post.path] + 1
        return self.posts[place] if place < len(self.posts) else None

    def newer(self, post: Post) -> Post | None:
        """The post after this one in time."""
        place = self._places[post.path]
        return self.posts[place - 1] if place else None

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """One for each form: the open ones, newest first, then the closed ones.

        Two posts may share a form from the configuration; the newest speaks for it. Of translations, for the whole site
        that in its own language does.
        """
        found: dict[str, Call] = {}
        for post in sorted(self.posts, key=self._is_foreign) if self.config.languages else self.posts:
            if (call := self.call_of(post)) is not None:
                found.setdefault(call.form.id, call)
        return tuple(sorted(found.values(), key=lambda call: (not call.open, self._places[call.post.path])))

    def _is_foreign(self, post: Post) -> bool:
        """Whether it is in another language than the site's own, the first of its languages."""
        return self.entire.edition_of(post) is not next(iter(self.editions.values()))

    def call_of(self, document: Document) -> Call | None:
        """The call that a post is, or none."""
        form = document.form if isinstance(document, Post) else None
        if form is None or not isinstance(document, Post):
            return None
        return Call(document, form, form.is_open(self.now), self.edition_of(document).config.prefix)

    def authors_of(self, post: Post | None = None) -> tuple[Author, ...]:
        """Who wrote a post, each once; the site's author where it names nobody, or where it is None."""
        named = map(self._author, post.writers if post is not None else ())
        found = {(one.key, one.name): one for one in named if one.name}
        return tuple(found.values()) or ((self._author(self.config.author),) if self.config.author else ())

    def _author(self, writer: Writer) -> Author:
        """Somebody by key or by name, who without a profile is a name and no more; a guest as they are."""
        return writer if isinstance(writer, Author) else (*self.profiles_of(writer), Author(writer))[0]

    def profiles_of(self, word: str) -> Sequence[Author]:
        """Those who have a profile and may be meant by a word: who has it as key, or else all who have it as name."""
        return (self.authors[word],) if word in self.authors else self._by_name.get(word, ())

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[Author]]:
        found: dict[str, list[Author]] = {}
        for author in self.authors.values():
            found.setdefault(author.name, []).append(author)
        return found

    def page_of(self, author: Author) -> str:
        """Where the page of an author is; "" if they have none."""
        listing = self.listing("authors", author.key)
        return "" if listing is None else listing.url

    def _authored(self) -> Iterator[Listing]:
        """What each of those with a profile wrote, newest first."""
        found: dict[str, list[str]] = {key: [] for key in self.authors}
        for post in self.posts if found else ():
            for author in self.authors_of(post):
                if author.key:
                    found[author.key].append(post.path)
        for key, author in self.authors.items():
            yield Listing("authors", key, author.name, author.url, tuple(found[key]))

    @cached_property
    def mermaid(self) -> str:
        """The address of the script that draws diagrams; "" where the site does not bring it."""
        place = unquote(self.config.mermaid).lstrip("/")
        return self.config.mermaid if any(place == copied for copied, _ in self.copies) else ""

    @cached_property
    def copies(self) -> tuple[tuple[str, Asset], ...]:
        """The files that are published as they are, each with its path in the output.

        What is in `static/` is at its own path for Jekyll, and below `/` for sitegen, if nothing else is there.
        """
        own = [(asset.place, asset) for asset in self.assets]
        taken = {place for place, _ in own} | {file_of(page.url, page.ending) for page in self.pages}
        again = [(asset.path.removeprefix("static/"), asset) for asset in self.assets if self.config.lenient]
        return (*own, *((place, asset) for place, asset in again if place != asset.path and place not in taken))

    @property
    def paths_beside(self) -> frozenset[str]:
        """The paths of the files that are published because a document beside them links to them."""
        return frozenset(asset.path for files in self.beside.values() for asset in files.values())

    def asset_at(self, url: str) -> Asset | None:
        """The file that is published as it is at an address, or None."""
        return self._asset_by_url.get(url)

    @cached_property
    def _asset_by_url(self) -> Mapping[str, Asset]:
        return {asset.url: asset for asset in self.assets}

    @cached_property
    def card_base(self) -> str:
        """What all social cards are made of, as a digest."""
        return cards.made_of(self)

    def card_of(self, document: Document) -> str:
        """The address of the social card of a post or page; "" if it has none."""
        own = self.edition_of(document)
        return cards.address_of(own, document) if cards.has_card(own, document) else ""

    @cached_property
    def entry_ids(self) -> Mapping[str, str]:
        """Path → what feed readers know a post by."""
        return self.whole.entry_ids if self.whole is not None else entry_ids(self.posts, self.config)

    def words(self, lang: str) -> Words:
        """Words of sitegen's own in a language, the site's first."""
        if lang not in self._words:
            self._words[lang] = words_in(lang, self.catalogs)
        return self._words[lang]

    @cached_property
    def _words(self) -> dict[str, Words]:
        return {}

    def series_of(self, post: Post) -> Listing | None:
        """The series that a post is a part of, or none."""
        return self.listing("series", term_slug(post.series)) if post.series else None

    def related(self, post: Post) -> tuple[str, ...]:
        """The paths of the posts that its author names, or else of those nearest to it, the nearest first."""
        if post.related is None:
            return self._near[post.path]
        found = (self.called(name) for name in post.related)
        return tuple(dict.fromkeys(paths[0] for paths in found if len(paths) == 1 and paths != (post.path,)))

    def called(self, name: str) -> tuple[str, ...]:
        """The paths of the posts that a name may mean: a path, the name of a file, a slug, an address.

        What is in the same language goes before the rest of the site.
        """
        return self._names.get(plain_name(name), ()) or (self.whole.called(name) if self.whole is not None else ())

    @cached_property
    def _names(self) -> Mapping[str, tuple[str, ...]]:
        return by_name(self.posts)

    @cached_property
    def _near(self) -> Mapping[str, tuple[str, ...]]:
        return related(self.posts, self.config.related)

    @property
    def known_near(self) -> Mapping[str, tuple[str, ...]] | None:
        """Path of each post → the paths of those nearest to it, if that is known already."""
        return self.__dict__.get("_near")

    def recall_near(self, near: Mapping[str, tuple[str, ...]]) -> None:
        """Know what was found out of the same posts before."""
        self.__dict__["_near"] = near
