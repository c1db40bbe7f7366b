"""What there is to see: the last good build, pages that go before it, and what is wrong with the newest sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sitegen.config import Config
from sitegen.errors import Problem

if TYPE_CHECKING:
    from sitegen.build import BuildReport


@dataclass(frozen=True)
class Glimpse:
    """A page that was made before the build that writes it.

    `number` is what open pages know it by, `change` the number of the change that it shows. `data` is None once the
    file has the same bytes: those who have the page need no other.
    """

    number: int
    change: int
    data: bytes | None


@dataclass(frozen=True)
class Preview:
    """One state of the preview.

    `config` and `report` are the last good build's; `glimpses` are the pages that go before its files, by path; `texts`
    tells that nothing but texts of pages is another since then.
    `session` tells one run of the server from another; `build` counts what open pages have to be loaded again for, and
    `whole` is that of the last build: the number of each page but the glimpses. `revision` counts everything that open
    pages have to hear of.
    `styles` tells that the newest build changed style sheets only. `problems` are those of the newest
    sources, `shown` the same as HTML.
    """

    session: str
    build: int = 0
    whole: int = 0
    revision: int = 0
    config: Config | None = None
    report: BuildReport | None = None
    glimpses: Mapping[str, Glimpse] = field(default_factory=dict)
    texts: bool = False
    styles: bool = False
    problems: tuple[Problem, ...] = ()
    shown: str = ""

    def mark(self, address: str) -> str:
        """What the page at an address remembers of what it shows."""
        return f"{self.session}-{self.number(address)}"

    def number(self, address: str) -> int:
        """What has to be another before the page at an address is loaded again."""
        found = self.glimpses.get(self.path_at(address))
        return self.whole if found is None else found.number

    def glimpse(self, address: str) -> bytes | None:
        """The page at an address, where it goes before the file."""
        found = self.glimpses.get(self.path_at(address))
        return None if found is None else found.data

    def stands(self, address: str) -> bool:
        """Whether what is at an address is the same after the build that is going on."""
        is_page = self.path_at(address).lower().endswith((".html", ".htm"))
        return self.glimpse(address) is not None or (self.texts and not is_page)

    def path_at(self, address: str) -> str:
        """The path in the output that an address (decoded) names in full; "" for one that is not of the site."""
        base = f"{self.config.baseurl if self.config else ''}/"
        if not address.startswith(base):
            return ""
        path = address.removeprefix(base)
        return path if path and not path.endswith("/") else f"{path}index.html"

    def glimpsed(self, path: str, data: bytes, change: int) -> Preview:
        """The state with a page that is new."""
        number = self.build + 1
        glimpses = {**self.glimpses, path: Glimpse(number, change, data)}
        return replace(self, build=number, revision=self.revision + 1, glimpses=glimpses)

    def built(self, config: Config, report: BuildReport, glimpses: Mapping[str, Glimpse], *, styles: bool) -> Preview:
        """The state after a good build, with the glimpses that are left. A build that changed no file and mended
        nothing is no news to pages. One that is as the glimpses were is the same news.
        """
        changed = not self.build or report.written > 0 or report.deleted > 0
        told = bool(self.glimpses) and self.glimpses.keys() == glimpses.keys()
        again = changed and not (told and all(one.data is None for one in glimpses.values()))
        build = self.build + again
        return Preview(
            session=self.session,
            build=build,
            whole=build if changed else self.whole,
            revision=self.revision + (changed or bool(self.problems) or bool(self.glimpses)),
            config=config,
            report=report,
            glimpses=glimpses,
            texts=self.texts and any(one.data is not None for one in glimpses.values()),
            styles=styles if changed else self.styles,
        )

    def broken(self, problems: tuple[Problem, ...], shown: str, glimpses: Mapping[str, Glimpse]) -> Preview:
        """The state after a failed build: what was good stays."""
        news = shown != self.shown or glimpses != self.glimpses
        revision = self.revision + news
        return replace(self, revision=revision, problems=problems, shown=shown, glimpses=glimpses, texts=False)
