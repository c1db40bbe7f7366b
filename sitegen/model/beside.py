"""Documents that are folders, and the places of the files beside a document. Pure functions."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from urllib.parse import unquote

from sitegen.patterns import regex
from sitegen.urls import is_external, url_from

_INDEX = regex(r"_(?:posts|drafts)/(?:.*/)?[^/]+/index\.\w+", re.IGNORECASE)


def is_bundle(path: str) -> bool:
    """Whether a post is a folder: its text is the folder's `index.md`.

    >>> is_bundle("_posts/2026-05-06-trip/index.md"), is_bundle("_posts/index.md")
    (True, False)
    """
    return _INDEX.fullmatch(path) is not None


def folder_of(path: str) -> str:
    """The folder that a source is in, "" for the site's own."""
    return posixpath.dirname(path)


def home_of(url: str) -> str:
    """The address below which the files beside a document are published: a folder of its own, whatever its ending.

    >>> [home_of(url) for url in ("/2026/trip/", "/trip.html", "/v1.beta", "/")]
    ['/2026/trip/', '/trip/', '/v1.beta/', '/']
    """
    return url if url.endswith("/") else re.sub(r"\.x?html?$", "", url) + "/"


def names_beside(address: str) -> tuple[str, ...]:
    """The files beside a document that an address in it may mean, the likeliest first; none if it leads elsewhere.

    Paths are from the document's folder, never out of it. A `%` may stand for itself.

    >>> [names_beside(address) for address in ("my%20trip/a.jpg?x#y", "./100%.jpg", "../a.jpg", "/a.jpg")]
    [('my trip/a.jpg', 'my%20trip/a.jpg'), ('100%.jpg',), (), ()]
    """
    path = re.split("[?#]", address.strip(), maxsplit=1)[0]
    if not path or path.startswith("/") or path.endswith("/") or is_external(path) or "\0" in unquote(path):
        return ()
    names = (posixpath.normpath(unicodedata.normalize("NFC", one)) for one in (unquote(path), path))
    return tuple(dict.fromkeys(name for name in names if not name.startswith(("../", "/")) and name not in ("..", ".")))


def url_beside(url: str, name: str) -> str:
    """The address of a file beside the document of that URL. Raises `RefusedAddress`.

    >>> url_beside("/trip.html", "my 100% day.jpg")
    '/trip/my%20100%25%20day.jpg'
    """
    return home_of(url).rstrip("/") + url_from(name.replace("%", "%25"))
