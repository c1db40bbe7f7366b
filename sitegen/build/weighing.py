"""How heavy each page is with all that it loads from the site, as it is sent: texts as gzip makes them."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sitegen.build.artifacts import Work
from sitegen.build.held import Held, held
from sitegen.build.loads import of_page, of_style
from sitegen.build.outlook import Outlook
from sitegen.model.content import PAGE_ENDINGS
from sitegen.urls import address_of

GROUPS: Mapping[str, tuple[str, ...]] = {
    "html": PAGE_ENDINGS,
    "css": (".css",),
    "js": (".js", ".mjs"),
    "images": (".avif", ".webp", ".jpg", ".jpeg", ".png", ".gif", ".svg", ".ico", ".bmp"),
    "fonts": (".woff2", ".woff", ".ttf", ".otf", ".eot"),
}
TEXTS = (*PAGE_ENDINGS, ".css", ".js", ".mjs", ".svg", ".ttf", ".otf", ".json", ".txt", ".xml")


@dataclass(frozen=True)
class Part:
    """One file that a page loads: its path, its group, its bytes as sent."""

    path: str
    group: str
    size: int


@dataclass(frozen=True)
class PageWeight:
    """One page: its address, what claims it, and what it loads, itself first."""

    url: str
    owner: str
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        """Bytes of all."""
        return sum(part.size for part in self.parts)

    def of(self, group: str) -> int:
        """Bytes of one group."""
        return sum(part.size for part in self.parts if part.group == group)


def weigh(outlook: Outlook, work: Work) -> tuple[PageWeight, ...]:
    """The weights of all pages, the heaviest first."""
    scale = _Scale(outlook, held(outlook.site.config, outlook.targets, work, outlook.memory))
    pages = (target for target in outlook.targets.values() if target.is_page and target.redirect is None)
    found = [PageWeight(address_of(page.path), page.owner, tuple(scale.parts(page.path))) for page in pages]
    return tuple(sorted(found, key=lambda page: (-page.total, page.url)))


class _Scale:
    """What is known of each file: its size as sent, and what it loads. The memory has both by content."""

    def __init__(self, outlook: Outlook, files: Mapping[str, Held]) -> None:
        self.outlook, self.files = outlook, files
        self._known: dict[str, tuple[int, tuple[str, ...]]] = {}
        self._loaded: dict[str, tuple[str, ...]] = {}

    def parts(self, path: str) -> Iterator[Part]:
        """A file, and all that it loads, each once."""
        for one in self._with_loaded(path):
            yield Part(one, "html" if one == path else group_of(one), self._facts(one)[0])

    def _with_loaded(self, path: str) -> Mapping[str, None]:
        found: dict[str, None] = {}
        waiting = [path]
        while waiting:
            current = waiting.pop(0)
            if current not in found and current in self.files:
                found[current] = None
                waiting += self._loads(current)
        return found

    def _loads(self, path: str) -> tuple[str, ...]:
        """The files that a file loads: other pages in frames count as what they are."""
        if path not in self._loaded:
            lead, url = self.outlook.addresses.lead, address_of(path)
            leads = (lead(url, address) for address in self._facts(path)[1] if address and not address.startswith("#"))
            self._loaded[path] = tuple(one.file for one in leads if one.kind == "inside" and one.file)
        return self._loaded[path]

    def _facts(self, path: str) -> tuple[int, tuple[str, ...]]:
        if path not in self._known:
            self._known[path] = self._found(self.files[path])
        return self._known[path]

    def _found(self, file: Held) -> tuple[int, tuple[str, ...]]:
        ending = posixpath.splitext(file.path)[1].lower()
        if ending not in TEXTS:
            return file.size, ()
        store, key = self.outlook.memory.weights, f"{file.digest}{ending}"
        known = store.get(key)
        if known is None:
            known = json.dumps(_measured(file.read(), _READERS.get(ending)))
            store.put(key, known)
        size, loads = json.loads(known)
        return size, tuple(loads)


def _measured(data: bytes, read: Callable[[str], Iterator[str]] | None) -> tuple[int, list[str]]:
    import gzip

    loads = read(data.decode("utf-8", "replace")) if read is not None else ()
    return min(len(data), len(gzip.compress(data, 6, mtime=0))), list(dict.fromkeys(loads))


_READERS: Mapping[str, Callable[[str], Iterator[str]]] = {**dict.fromkeys(PAGE_ENDINGS, of_page), ".css": of_style}


def group_of(path: str) -> str:
    """The group of a file, by its name; "other" for none of them."""
    return next((name for name, endings in GROUPS.items() if path.lower().endswith(endings)), "other")
