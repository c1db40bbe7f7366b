"""Where a post or page is to be found: its files, its addresses, and the lists that it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sitegen.explain.explanation import File, Place
from sitegen.explain.look import Look
from sitegen.model.content import Document, Page, Post
from sitegen.model.feeds import Feed, feed_of, feed_of_all, feeds_of_listings
from sitegen.model.feeds import addresses as feed_addresses
from sitegen.model.listings import KINDS, Listing
from sitegen.model.pagination import index_pages
from sitegen.model.site import Site
from sitegen.model.translations import versions
from sitegen.outputs.sitemap import file_with
from sitegen.outputs.target import Target
from sitegen.pictures.sizes import picture_files
from sitegen.urls import absolute_url, url_of

_ORDINALS = {1: "st", 2: "nd", 3: "rd"}


def file_of_target(site: Site, target: Target, what: str) -> File:
    """One file of the output."""
    return File(target.path, what, whole(site, url_of(target.path)))


def whole(site: Site, url: str) -> str:
    """The address with scheme and host, where the site has them."""
    return absolute_url(url, site.config.url, site.config.baseurl)


def files_of(look: Look, document: Document) -> Iterator[File]:
    """Its own file, those of its call, those that lead to it, its card, and what it links to beside it."""
    site = look.site
    own = "post" if isinstance(document, Post) else "page"
    yield from (file_of_target(site, one, own) for one in look.targets.values() if one.owner == document.path)
    call = site.call_of(document)
    pages = () if call is None else ((call.url, "form"), (call.thanks_url, "thanks"), (call.waitlist_url, "waitlist"))
    for url, what in (*pages, *((url, "redirect") for url in document.redirect_from)):
        target = look.target_at(url)
        if target is not None and (target.redirect is not None) == (what == "redirect"):
            yield file_of_target(site, target, what)
    if card := site.card_of(document):
        yield from _files_at(look, {card: "card"})
    yield from _files_at(look, {asset.url: "beside" for asset in site.beside.get(document.path, {}).values()})


def smaller_of(look: Look, path: str) -> Iterator[File]:
    """The smaller pictures that are made of a file."""
    site = look.site
    for place, asset in picture_files(site).items():
        if asset.path == path and place in site.pictures:
            yield from _files_at(look, {one.url: "smaller" for one in site.pictures[place].variants})
            return  # the same bytes in other places have the same


def source_of_smaller(site: Site, url: str) -> str:
    """The file that a smaller picture is made of, by that one's address; "" if it is none."""
    files = picture_files(site)
    made = (place for place, picture in site.pictures.items() if any(one.url == url for one in picture.variants))
    return next((files[place].path for place in made if place in files), "")


def linked_by(site: Site, path: str) -> list[str]:
    """The posts and pages that a file beside them is published with."""
    return [one for one, files in site.beside.items() if any(asset.path == path for asset in files.values())]


def _files_at(look: Look, whats: Mapping[str, str]) -> Iterator[File]:
    for url, what in whats.items():
        if (target := look.target_at(url)) is not None:
            yield file_of_target(look.site, target, what)


def addresses_of(look: Look, document: Document) -> Mapping[str, str]:
    """What names it elsewhere: the canonical address, the feed readers' id."""
    found = {"canonical": whole(look.site, document.url)}
    if isinstance(document, Post):
        found["feed id"] = whole(look.site, look.site.entry_ids[document.path])
    if document.redirect_to:
        found["leads to"] = whole(look.site, document.redirect_to)
    return found


def lists_of(look: Look, document: Document) -> Iterator[Place]:
    """The lists of the site, and whether it stands in each."""
    site = look.site.edition_of(document)
    if isinstance(document, Post):
        yield from _index(site, document)
        if "archive" in site.config.outputs:
            yield Place("archive", True, site.config.within("/archive/"))
        yield from _listings(site, document)
        yield from _feeds(site, document)
    elif not document.collection:
        yield from _menu(site, document)
    yield from sitemap_of(site, document.url, _kept_off(document, "sitemap"))
    if isinstance(document, Post):
        yield from _neighbours(site, document)
        yield from _related(site, document)
    for one in versions(site, document.url):
        yield Place("translation", True, one.url, one.lang)


def sitemap_of(site: Site, url: str, why_not: str = "") -> Iterator[Place]:
    """Whether an address stands in the sitemap."""
    if "sitemap" in site.config.outputs:
        file = file_with(site.entire, url)
        yield Place("sitemap", bool(file), file or "/sitemap.xml", "" if file else why_not)


def shown_on(site: Site, url: str) -> tuple[str, ...]:
    """The posts that a list of the site's shows, by the list's address."""
    return next((found for edition in site.editions.values() if (found := _shown_on(edition, url))), ())


def _shown_on(site: Site, url: str) -> tuple[str, ...]:
    listings = {one.url: one.posts for many in site.listings.values() for one in many}
    calls = {call.url: (call.post.path,) for call in site.calls}
    feeds = {feed.url: feed.posts for feed in feeds_of_listings(site)}
    feeds |= {address: feed_of_all(site, address).posts for address in feed_addresses(site.config).values()}
    pages = index_pages(site.listed, site.config)
    lists = {**listings, **calls, **feeds, **{page.url: page.posts for page in pages}}
    return lists.get(url, ())


def _kept_off(document: Document, key: str) -> str:
    return f"`{key}: false`" if document.front.get(key) is False else ""


def _index(site: Site, post: Post) -> Iterator[Place]:
    if "home" not in site.config.outputs:
        return
    if post not in site.listed:
        yield Place("index", False, site.config.within("/"), "`hidden: true`")
    for page in index_pages(site.listed, site.config):
        if post.path in page.posts:
            where = f"page {page.number} of {len(page.urls)}, " if len(page.urls) > 1 else ""
            where += "pinned, " if post.pinned else ""
            yield Place("index", True, page.url, where + _place_in(page.posts, post))


def _having(site: Site, post: Post) -> Iterator[Listing]:
    """The listings with a page where it stands."""
    every = (listing for listings in site.listings.values() for listing in listings)
    return (listing for listing in every if listing.url and post.path in listing.posts)


def _listings(site: Site, post: Post) -> Iterator[Place]:
    for one in _having(site, post):
        part = f"part {one.number(post.path)} of {one.total}" if one.numbers else _place_in(one.posts, post)
        yield Place(one.output, True, one.url, f"{one.name}: {part}")


def _feeds(site: Site, post: Post) -> Iterator[Place]:
    for name, url in feed_addresses(site.config).items():
        yield _in_feed(name, feed_of_all(site, url), post)
    for listing in _having(site, post):
        if (feed := feed_of(site, listing)) is not None:
            yield _in_feed(f"{KINDS[listing.output].page} feed", feed, post)


def _in_feed(name: str, feed: Feed, post: Post) -> Place:
    why = "a draft" if post.draft else f"it has the newest {len(feed.posts)} only"
    stands = post.path in feed.posts
    return Place(name, stands, feed.url, _place_in(feed.posts, post) if stands else why)


def _neighbours(site: Site, post: Post) -> Iterator[Place]:
    for name, other in (("newer", site.newer(post)), ("older", site.older(post))):
        if other is not None:
            yield Place(name, True, other.url, other.title)


def _related(site: Site, post: Post) -> Iterator[Place]:
    """`page.related`."""
    for other in map(site.documents.__getitem__, site.related(post)):
        yield Place("related", True, other.url, other.title)


def _menu(site: Site, page: Page) -> Iterator[Place]:
    """The links in the header, where sitegen makes them of the pages."""
    if not site.config.menu:
        yield Place("menu", page.in_menu, "", "" if page.in_menu else _kept_off(page, "menu"))


def _place_in(paths: Iterable[str], post: Post) -> str:
    listed = list(paths)
    number = listed.index(post.path) + 1
    return "the only post" if len(listed) == 1 else f"{ordinal(number)} of {len(listed)}"


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `11th`."""
    ending = "th" if number % 100 in (11, 12, 13) else _ORDINALS.get(number % 10, "th")
    return f"{number}{ending}"
