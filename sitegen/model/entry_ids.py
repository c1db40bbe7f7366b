"""What feed readers know posts by. An id that changed would show its post as new to every subscriber.

They are jekyll-feed's: a post's id as its filter `absolute_url` writes it, which is the normal form of Ruby's
Addressable (uri.rb `normalize`): percent-decoded, in Unicode's form NFKC, and encoded again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from unicodedata import normalize
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

from sitegen.config import Config
from sitegen.model.content import Post
from sitegen.patterns import regex

_SIGNS = "!$&'()*+,;=:@"  # that stand for themselves in a path, beside letters, digits and `-._~`
_NORMAL = regex(r"[A-Za-z0-9\-._~!$&'()*+,;=:@/]*")


def entry_ids(posts: Sequence[Post], config: Config) -> Mapping[str, str]:
    """Path → id of posts from the newest to the oldest.

    Where posts share an id it stays with the oldest; the others are known by their addresses.
    """
    made = _absolute(config)
    own = {post.path: made(post.id) for post in posts}
    oldest = {own[post.path]: post.path for post in posts if not post.draft}  # the last one counts
    others = (post for post in posts if oldest.get(own[post.path]) != post.path)
    return own | {post.path: made(post.url) for post in others}


def absolute_id(address: str, config: Config) -> str:
    """The id for an address within the site: an absolute IRI, as RFC 4287 (4.2.6) wants it.

    Without the site's `url` it is a UUID made of the address, the same in every build.
    """
    return _absolute(config)(address)


def _absolute(config: Config) -> Callable[[str], str]:
    """How to make ids of addresses."""
    if not config.url:
        from uuid import NAMESPACE_URL, uuid5

        return lambda address: uuid5(NAMESPACE_URL, normal_form(config.baseurl + address)).urn
    site = urlsplit(config.url)
    above, below = f"{site.scheme}://{_host(site.netloc)}", site.path + config.baseurl
    return lambda address: above + normal_form(below + address)


def normal_form(address: str) -> str:
    """The path of an address, with what follows it, in Addressable's normal form.

    >>> normal_form("/2024/caf%C3%A9 …")
    '/2024/caf%C3%A9%20...'
    """
    if _NORMAL.fullmatch(address):
        return address
    rest, _, fragment = address.partition("#")
    path, _, query = rest.partition("?")
    found = "/".join(_component(segment, _SIGNS) for segment in path.strip().split("/"))
    found += f"?{_component(query, _SIGNS + '/?')}" if query else ""
    return found + (f"#{_component(fragment, _SIGNS + '/?')}" if fragment else "")


def _component(text: str, signs: str) -> str:
    data = unquote_to_bytes(text.encode("utf-8", "replace"))
    try:
        return quote_from_bytes(normalize("NFKC", data.decode()).encode(), signs)
    except UnicodeDecodeError:
        return quote_from_bytes(data, signs)


def _host(netloc: str) -> str:
    try:
        return netloc.lower() if netloc.isascii() else netloc.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return netloc.lower()
