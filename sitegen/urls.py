"""Addresses: from a permalink to a URL, from a URL to a file, and never out of the site. Pure functions.

A *url* is site-absolute and percent-encoded (`/caf%C3%A9/`); a *path* is relative to the output folder
(`café/index.html`).
"""

from __future__ import annotations

import re
import unicodedata
from posixpath import normpath
from urllib.parse import quote, unquote, urlsplit

from sitegen.errors import RefusedAddress

_SAFE = "/~!$&'()*+,;=:@-._"  # what RFC 3986 lets stand in a path
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
NAME_BYTES = 255  # of one name, on every file system in use
PATH_BYTES = 1024  # of the whole path: macOS's limit, the smallest


def url_from(address: str) -> str:
    """The URL that an address as people write it means: one leading slash, percent-encoded once.

    Raises `RefusedAddress` for one that leaves the site or that no file can have.

    >>> url_from("café/2024/")
    '/caf%C3%A9/2024/'
    """
    path = re.sub("/{2,}", "/", "/" + unicodedata.normalize("NFC", _decoded(address)))
    _check(path, address)
    return quote(path, safe=_SAFE)


def kept_inside(address: str) -> str:
    """The address without what leads out of the site, as Jekyll sanitises it."""
    path = normpath("/" + _CONTROL.sub("", _decoded(address)).replace("\\", "/")).lstrip("/")
    return "/" + path + ("/" if address.endswith("/") and path else "")


def path_of(url: str) -> str:
    """The file, relative to the output folder, that serves a URL.

    >>> [path_of(u) for u in ("/", "/a/", "/a", "/a.html", "/feed.xml")]
    ['index.html', 'a/index.html', 'a.html', 'a.html', 'feed.xml']
    """
    path = unquote(url)
    _check(path, url)
    if path.endswith("/"):
        path += "index.html"
    elif not re.search(r"\.[A-Za-z][A-Za-z0-9]{0,9}$", path):
        path += ".html"
    return path.lstrip("/")


def relative_url(url: str, baseurl: str) -> str:
    """A site-absolute URL below the base; anything else (`https:…`, `#x`, `a/b`) is prefixed only by need.

    >>> relative_url("/a/", "/blog"), relative_url("a/", ""), relative_url("https://x.org/", "/blog")
    ('/blog/a/', '/a/', 'https://x.org/')
    """
    if is_external(url) or url.startswith("#"):
        return url
    return baseurl + (url if url.startswith("/") else "/" + url)


def absolute_url(url: str, site_url: str, baseurl: str) -> str:
    """The whole address, with scheme and host where the site has one."""
    return url if is_external(url) else site_url + relative_url(url, baseurl)


def is_external(url: str) -> bool:
    """Whether a link leads somewhere with a scheme or host of its own."""
    return url.startswith("//") or bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", url))


def is_web_address(text: str) -> bool:
    """Whether the text is an `http(s)` address with a host and nothing strange in it."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not re.search(r"[\s\x00-\x1f<>\"\\^`{|}]", text)


def _decoded(address: str) -> str:
    try:
        return unquote(address, errors="strict")
    except UnicodeDecodeError as error:
        raise RefusedAddress(f'the address "{address}" is not UTF-8 when decoded') from error


def _check(path: str, address: str) -> None:
    names = path.split("/")
    if any(name in (".", "..") for name in names):
        raise RefusedAddress(f'the address "{address}" leads out of its folder')
    if "\\" in path or _CONTROL.search(path) or any("\ud800" <= sign <= "\udfff" for sign in path):
        raise RefusedAddress(f"the address {address!r} has a sign that no address can have")
    if len(path.encode()) > PATH_BYTES or any(len(name.encode()) > NAME_BYTES for name in names):
        raise RefusedAddress(f'the address "{address[:40]}…" is too long for a file name')
