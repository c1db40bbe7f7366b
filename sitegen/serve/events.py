"""Server-sent events: every open page is told what there is to see.

A page is told the newest state only: no client has a queue, and a slow one misses nothing but what is old. All
of this belongs to the event loop's thread.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from sitegen.serve.overlay import summary
from sitegen.serve.preview import Preview

BEAT = 20.0  # seconds after which a line is sent though there is no news: proxies close silent connections
PATIENCE = 2.0  # seconds that a request waits for a rebuild before it gets the last good page
RETRY = 400  # milliseconds after which a page tries again when the server is away


class Events:
    """The newest state, and those who wait for the next one."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        self._open: dict[object, str] = {}
        self.ended = False
        self._building = True
        self._news = asyncio.Event()

    def busy(self) -> None:
        """A build has begun."""
        self._building = True

    def show(self, preview: Preview) -> None:
        """A build has ended."""
        self.preview, self._building = preview, False
        self._wake()

    def glimpse(self, preview: Preview) -> None:
        """A page can be seen before its build has ended."""
        self.preview = preview
        self._wake()

    def looked_at(self) -> tuple[str, ...]:
        """The addresses of the pages that are open and seen, the last to be opened first. For any thread."""
        return tuple(reversed(self._open.copy().values()))

    def end(self) -> None:
        """Let every stream and every waiting request come to its end."""
        self.ended = True
        self._wake()

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    @property
    def clients(self) -> int:
        """How many pages are open and seen."""
        return len(self._open)

    async def settled(self, address: str) -> Preview:
        """The state once no build runs, or none that changes what is at the address. It waits without end for the first
        build, `PATIENCE` seconds for others.
        """
        first = self.preview.revision == 0
        try:
            async with asyncio.timeout(None if first else PATIENCE):
                while self._building and not self.ended and not self.preview.stands(address):
                    await self._news.wait()
        except TimeoutError:
            pass
        return self.preview

    async def stream(self, address: str) -> AsyncIterator[str]:
        """What the page at an address is sent, from now to the end."""
        me = object()
        self._open[me] = address
        try:
            yield f"retry: {RETRY}\n\n"
            told = 0
            while not self.ended:
                news = self._news
                if self.preview.revision != told:
                    told = self.preview.revision
                    yield messages(self.preview, address)
                else:
                    yield await _beat(news)
        finally:
            del self._open[me]


async def _beat(news: asyncio.Event) -> str:
    """Wait for news; a comment, which pages do not see, if there is none for long."""
    try:
        await asyncio.wait_for(news.wait(), BEAT)
    except TimeoutError:
        return ": still here\n\n"
    return ": news\n\n"


def messages(preview: Preview, address: str) -> str:
    """`reload` and `problems`, as the page at an address understands them."""
    reload = {"session": preview.session, "build": preview.number(address), "styles": preview.styles}
    problems = {
        "revision": preview.revision,
        "count": sum(problem.severity == "error" for problem in preview.problems),
        "summary": summary(preview.problems),
        "html": preview.shown,
    }
    return _message("reload", reload) + _message("problems", problems)


def _message(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"
