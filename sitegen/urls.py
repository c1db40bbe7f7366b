"""Addresses: from a permalink to a URL, from a URL to a file, and never out of the site. Pure functions.

A *url* is site-absolute and percent-encoded (`/caf%C3%A9/`); a *path* is relative to the output folder
(`café/index.html`).
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote, urlsplit

from sitegen.errors import RefusedAddress

_SAFE = "/~!$&'()*+,;=:@-._"  # what RFC 3986 lets stand in a path
_SIMPLE = re.compile(r"(?:/[A-Za-z0-9_-]+)+/")  # as most are: nothing in it that could be wrong
_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_BEGINS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")  # what is no address of the site's
_SCHEME = re.compile(r"/*[A-Za-z][A-Za-z0-9+.-]*:(?=/|$)")  # `https:`, `file:`, and Windows' drives
NAME_BYTES = 255  # of one name, on every file system in use
PATH_BYTES = 1024  # of the whole path: macOS's limit, the smallest


def url_from(address: str) -> str:
    """The URL that an address as people write it means: one leading slash, percent-encoded once.

    Raises `RefusedAddress` for one that leaves the site or that no file can have.

    >>> url_from("café/2024/")
    '/caf%C3%A9/2024/'
    """
    if len(address) < NAME_BYTES - len("index.html") and _SIMPLE.fullmatch(address):
        return address
    path = re.sub("/{2,}", "/", "/" + unicodedata.normalize("NFC", _decoded(address)))
    _file(path, address)
    return quote(path, safe=_SAFE)


def kept_inside(address: str) -> str:
    """The URL without what leads out of the site, as Jekyll has it (url.rb). Raises `RefusedAddress` for the rest.

    >>> kept_inside("../../x/"), kept_inside("%2e%2e/%252e/x"), kept_inside("/a/../b")
    ('/x/', '/%252e/x', '/a/b')
    """
    text = _UNWRITABLE.sub("", unquote(address, errors="ignore")).replace("\\", "/")
    return url_from(quote("/" + _SCHEME.sub("", text).replace("..", "/").replace("./", "")))


def path_of(url: str) -> str:
    """The file, relative to the output folder, that serves a URL.

    >>> [path_of(u) for u in ("/", "/a/", "/a", "/a.html", "/feed.xml")]
    ['index.html', 'a/index.html', 'a.html', 'a.html', 'feed.xml']
    """
    return _file(unquote(url), url)


def file_of(url: str, ending: str) -> str:
    """The same for a page whose file ends in `ending`, whatever its address looks like (Jekyll's page.rb).

    >>> [file_of(u, e) for u, e in (("/a/", ".xml"), ("/a", ".html"), ("/v1.beta", ".html"), ("/x.json", ".json"))]
    ['a/index.xml', 'a.html', 'v1.beta.html', 'x.json']
    """
    path = unquote(url).lstrip("/") + ("index" if url.endswith("/") else "")
    return path if path.endswith(ending) else path + ending


def address_of(path: str) -> str:
    """The address that a file of the output folder answers to, not encoded.

    >>> [address_of(path) for path in ("index.html", "a b/index.html", "myindex.html")]
    ['/', '/a b/', '/myindex.html']
    """
    folder, slash, name = path.rpartition("/")
    return "/" + (folder + slash if name == "index.html" else path)


def url_of(path: str) -> str:
    """The same, encoded as a URL: the inverse of `path_of` for files that it gives.

    >>> url_of("a b/index.html")
    '/a%20b/'
    """
    return quote(address_of(path), safe=_SAFE)


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
    return url.startswith("//") or _BEGINS.match(url) is not None


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
        raise RefusedAddress(f'the address "{_short(address)}" is not UTF-8 when decoded') from error


def _file(path: str, address: str) -> str:
    """The one gate for everything that is written: the file that serves a path, or `RefusedAddress`."""
    parts = path.split("/")
    if ".." in parts:
        raise RefusedAddress(f'the address "{_short(address)}" leads out of its folder')
    if "." in parts:
        raise RefusedAddress(f'the address "{_short(address)}" has a "." for a folder')
    if path.endswith("/"):
        path += "index.html"
    elif not re.search(r"\.[A-Za-z][A-Za-z0-9]{0,9}$", path):
        path += ".html"
    path = path.lstrip("/")
    names = path.split("/")
    if match := _UNWRITABLE.search(path) or re.search(r"\\", path):
        sign = match.group() if match.group() == "\\" else f"U+{ord(match.group()):04X}"
        raise RefusedAddress(f'the address "{_short(address)}" has a sign that no address can have: {sign}')
    if _SCHEME.match(path):
        raise RefusedAddress(f'"{_short(address)}" is more than the path of an address')
    if any(name.lower() == ".git" or name.startswith(".sitegen") for name in names):
        raise RefusedAddress(f'the address "{_short(address)}" is in a folder that is not the site\'s to write to')
    if len(path.encode()) > PATH_BYTES or any(len(name.encode()) > NAME_BYTES for name in names):
        raise RefusedAddress(f'the address "{_short(address)}" is too long for a file name')
    return path


def _short(address: str) -> str:
    return address if len(address) <= 80 else address[:60] + "…"


def without_secrets(address: str) -> str:
    """The address of a database or a server as it may be shown: who comes, with which password, and how, is left out.

    >>> without_secrets("postgresql://ada:hush@db.example.org/blog?sslmode=require"), without_secrets("a@b/inbox.db")
    ('postgresql://db.example.org/blog', 'a@b/inbox.db')
    """
    return re.sub(r"^([\w+.-]*://)(?:.*@)?([^?]*).*$", r"\1\2", address, flags=re.S)
