"""What a feed holds, whatever its format: whole addresses, ids, moments, the content of each entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape
from urllib.parse import quote

from sitegen.config import Config
from sitegen.frozen import dataclass
from sitegen.markup import portable
from sitegen.model import authors
from sitegen.model.content import Post
from sitegen.model.entry_ids import absolute_id
from sitegen.model.feeds import Feed
from sitegen.model.pictures import image_of
from sitegen.model.site import Site
from sitegen.outputs.target import Rendering
from sitegen.patterns import regex
from sitegen.templates.environment import MOST_STEPS
from sitegen.templates.theme import ASSETS
from sitegen.templates.views import Lens, document_view
from sitegen.templates.views.pictures import shared
from sitegen.urls import absolute_url, is_external, relative_url

_NOT_IN_URLS = regex(r"[^!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]")  # RFC 3986
_LANGUAGE = regex(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")  # RFC 3066, which RFC 4287 wants


@dataclass(frozen=True)
class Author:
    """Who wrote an entry; `url` and `picture` are "" if they are not known."""

    name: str
    url: str = ""
    picture: str = ""


@dataclass(frozen=True)
class Entry:
    """One post. `content` is HTML: the whole of it, or the excerpt where `whole` is false; `image` is an address."""

    id: str
    url: str
    title: str
    published: datetime
    updated: datetime
    authors: tuple[Author, ...]
    terms: tuple[str, ...]
    summary: str
    content: str
    whole: bool
    image: str
    lang: str


@dataclass(frozen=True)
class EntryMade:
    """An entry, the names of what it is made of, and the steps of templates that it took."""

    entry: Entry
    reads: frozenset[str]
    steps: int


@dataclass(frozen=True)
class Channel:
    """One feed: `url` is its own address, `home` that of the page with the same posts, `sheet` its style sheet's."""

    id: str
    url: str
    home: str
    title: str
    description: str
    author: Author
    lang: str
    updated: datetime
    sheet: str
    entries: tuple[Entry, ...]


def channel_of(rendering: Rendering, feed: Feed, reads: set[str]) -> Channel:
    """The feed with its entries. Nothing is read but the posts that it shows."""
    lens = rendering.lens(reads, feed=True)
    config = lens.site.config
    lens.reads.add("data:authors")
    entries = tuple(_entry(rendering, lens, path) for path in feed.posts)
    if not entries:
        lens.reads.add("time")
    return Channel(
        id=absolute_id(feed.url, config),
        url=whole(config, feed.url),
        home=whole(config, feed.home),
        title=feed.title or lens.words().text("feeds.untitled"),
        description=config.description,
        author=_author(lens.site, _speaker(lens, feed)),
        lang=_language(config.lang),
        updated=max((entry.updated for entry in entries), default=_exact(lens.site.time)),
        sheet=relative_url(f"{ASSETS}feed.css", config.baseurl) if "static" in config.outputs else "",
        entries=entries,
    )


def _speaker(lens: Lens, feed: Feed) -> authors.Author:
    """Whose feed it is: somebody's, or else the site's author's; where there is none, the site stands for them."""
    site = lens.site
    if feed.author:
        return site.authors[feed.author]
    title = site.config.title or lens.words().text("feeds.unknown")
    return next(iter(site.authors_of()), authors.Author(title))


def _entry(rendering: Rendering, lens: Lens, path: str) -> Entry:
    """An entry is the same in every feed: made once, and counted as if it were made each time.

    Where that is too much, it is made again, so that what is too much can be told.
    """
    environment, known = rendering.renderer.environment, rendering.entries
    if path not in known or environment.steps + known[path].steps > MOST_STEPS:
        own, before = replace(lens, reads=set()), environment.steps
        known[path] = EntryMade(_made(own, path), frozenset(own.reads), environment.steps - before)
    else:
        environment.spend(known[path].steps)
    lens.reads.update(known[path].reads)
    return known[path].entry


def _made(lens: Lens, path: str) -> Entry:
    site, post = lens.site, lens.site.documents[path]
    assert isinstance(post, Post)
    lens.reads.add(f"entry-id:{path}")
    view, url = document_view(lens, post), whole(site.config, post.url)
    in_full = site.config.feed_content == "full" and not _is_excerpt_only(post)
    html = str(view.content if in_full else view.excerpt)
    return Entry(
        id=site.entry_ids[path],
        url=url,
        title=view.title,
        published=_exact(post.date),
        updated=_exact(post.updated or post.date),
        authors=tuple(_author(site, one) for one in site.authors_of(post)),
        terms=tuple(dict.fromkeys((*post.categories, *post.tags))),
        summary=view.description,
        content=portable(html, url) + ("" if in_full and view.has_form else _invitation(lens, post)),
        whole=in_full,
        image=_image(lens, post),
        lang=_language(post.lang or site.config.lang),
    )


def _is_excerpt_only(post: Post) -> bool:
    own = post.front.get("feed")
    return isinstance(own, dict) and own.get("excerpt_only") is True  # jekyll-feed's


def _author(site: Site, author: authors.Author) -> Author:
    """Their own site stands for them, or else their page."""
    url = author.website or site.page_of(author)
    return Author(author.name, whole(site.config, url) if url else "", _picture(site.config, author.picture))


def _image(lens: Lens, post: Post) -> str:
    """The picture of the post, as its page is shared with it."""
    path = image_of(post)
    return _picture(lens.site.config, shared(lens, path)[0]) if path else ""


def _picture(config: Config, path: str) -> str:
    """The address of a picture; "" where that would have no host, which the formats want."""
    address = whole(config, path) if path else ""
    return address if is_external(address) else ""


def _invitation(lens: Lens, post: Post) -> str:
    """The way from a feed reader to the form of an open call; the form itself stands on the site."""
    call = lens.site.call_of(post)
    if call is None or not call.open or "join" not in lens.site.config.outputs:
        return ""
    words = lens.words(post.lang).text("calls.join_title", title=post.title)
    return f'<p><a href="{escape(whole(lens.site.config, call.url))}">{escape(words)}</a></p>'


def whole(config: Config, url: str) -> str:
    """The address with scheme and host, in ASCII; without these where the site has no `url`."""
    path = _NOT_IN_URLS.sub(lambda sign: quote(sign[0], errors="replace"), url)
    return absolute_url(path, config.url, config.baseurl)


def _language(text: str) -> str:
    tag = text.replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else ""


def _exact(moment: datetime) -> datetime:
    """The moment with an offset of whole minutes, as RFC 3339 and 822 want it; before standard time some were not."""
    offset = moment.utcoffset() or timedelta()
    return moment.astimezone(UTC) if offset % timedelta(minutes=1) else moment
