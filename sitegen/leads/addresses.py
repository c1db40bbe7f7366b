"""Where an address on a page leads, as browsers and web servers read it. Nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urljoin, urlsplit

from sitegen.config import Config
from sitegen.frozen import dataclass
from sitegen.patterns import regex

Kind = Literal["inside", "beside", "elsewhere", "nowhere", "none"]
_SCHEME = regex(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PLAIN = regex(r"/(?:[\w~-][\w.~-]*+/?)*+", re.ASCII)
# What scripts put on a page: their routes (`#/about`, `#!page`), and comments.
_SCRIPTED = regex(r"[/!?:].*|top|comments?([-_]?\d+)?|disqus_thread|respond", re.IGNORECASE)
_UNSEEN = regex(r"[\t\r\n]")  # browsers drop these from an address
_NO_HOST = "http://site.invalid"  # for a site without `url`


@dataclass(frozen=True)
class Lead:
    """Where an address leads.

    `inside` the site it is to `path` (below `baseurl`, decoded) and `file` of the output, "" if there is none. `beside`
    it, `path` is what the site has, but for the `baseurl` that was forgotten. `elsewhere` it is to `url`. `none` is
    what cannot be checked (`mailto:`, `data:`), and `nowhere` no address at all.
    """

    kind: Kind
    url: str = ""
    path: str = ""
    file: str = ""
    fragment: str = ""

    @property
    def is_broken(self) -> bool:
        """Whether it leads to nothing that is published."""
        return self.kind in ("beside", "nowhere") or (self.kind == "inside" and not self.file)

    @property
    def part(self) -> str:
        """The id that its page has to have; "" for none, or where a script or the browser itself may know it."""
        return "" if not self.file or _SCRIPTED.fullmatch(self.fragment) else self.fragment


class Addresses:
    """The addresses of one site. `files` are those of the output; `stale` is what the next build removes there.

    `foreign` are the names of others in the output that were asked for, and whether there is such a file, with those
    that were `asked` before.
    """

    def __init__(
        self, config: Config, files: Set[str], stale: Set[str] = frozenset(), asked: Mapping[str, bool] | None = None
    ) -> None:
        self.config, self.files, self._stale = config, files, stale
        self._root = (config.url or _NO_HOST) + config.baseurl
        self._origin = "{0.scheme}://{0.netloc}".format(urlsplit(self._root))
        self._host = urlsplit(self._root).netloc.lower()
        self._known: dict[tuple[str, str], Lead] = {}
        self.foreign = dict(asked or {})

    def lead(self, url: str, address: str, base: str = "") -> Lead:
        """Where an address leads on the page of that URL (not encoded); `base` is what its `<base>` says."""
        absolute = address.startswith("/") or _SCHEME.match(address)
        key = ("" if absolute and not base else url, address)
        if key not in self._known:
            self._known[key] = self._lead(url, base, address)
        return self._known[key]

    def _lead(self, url: str, base: str, address: str) -> Lead:
        if not base and _PLAIN.fullmatch(address):  # as nearly all are written: nothing in it to resolve
            return self._inside(address, "", self._origin + address)
        address = _UNSEEN.sub("", address.strip())
        scheme = _SCHEME.match(address)
        if scheme and scheme[1].lower() not in ("http", "https"):
            return Lead("none")
        try:
            whole = urljoin(urljoin(self._root + url, base), address)
            parts = urlsplit(whole)
        except ValueError:
            return Lead("nowhere")
        if parts.scheme not in ("http", "https"):
            return Lead("none")
        if not parts.netloc:
            return Lead("nowhere")
        if parts.netloc.lower() != self._host:
            return Lead("elsewhere", whole)
        return self._inside(parts.path, parts.fragment, whole)

    def _inside(self, path: str, fragment: str, whole: str) -> Lead:
        """An address on the site's own host: below the base, or beside it, where other sites may be."""
        path = unquote(path) or "/"
        base = self.config.baseurl
        fragment = unquote(fragment.partition(":~:")[0])
        if path == base or path.startswith(base + "/"):
            below = path[len(base) :] or "/"
            return Lead("inside", whole, below, self.file(below), fragment)
        return Lead("beside" if self.file(path) else "elsewhere", whole, path)

    def file(self, path: str) -> str:
        """The file that servers send for a path (decoded), or "".

        `/a/` is `a/index.html`; `/a` is the file `a`, or `a.html`, or else leads on to `/a/`.
        """
        name = path.lstrip("/")
        names = (name, f"{name}.html", f"{name}/index.html")
        if not name or name.endswith("/"):
            names = (f"{name}index.html",) * 3
        return next((name for name in names if name in self.files), "") or next(filter(self._is_foreign, names), "")

    def _is_foreign(self, name: str) -> bool:
        """Whether something stands in the output that is not sitegen's, and stays there."""
        if name in self._stale or ".." in name.split("/"):
            return False
        found = self.foreign[name] = is_file(self.config.output / name)
        return found


def is_file(path: Path) -> bool:
    """Whether a file stands there; that none can have such a name (too long, or with a NUL) is no error."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
