"""How long the pages of the inbox on the web take with very many answers, and what an export takes of memory.

    python -m benchmarks.inbox [ANSWERS] [ROUNDS]

Milliseconds of the application alone, no sockets: from the request to the last byte of its answer, or to the first for
the exports. The pages take turns.
"""

from __future__ import annotations

import asyncio
import random
import resource
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from sitegen.forms.desk.app import Desk
from sitegen.forms.inbox.database import parse_database
from sitegen.forms.inbox.store import ALL, Entry, Store

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
AT_ONCE = 1000
FORMS = "chicago", "workshop", "choir"
TEXT = "I have been leading a team for some years and should like to talk about how others do it in the evening"
WORDS = TEXT.split(" ")


def fill(store: Store, number: int) -> None:
    """Answers of half a year, some spam, some on a waitlist; the same every time."""
    chance = random.Random(6)
    for start in range(0, number, AT_ONCE):
        store.accept_all([_entry(chance, at, number) for at in range(start, min(start + AT_ONCE, number))])


def _entry(chance: random.Random, at: int, number: int) -> Entry:
    name = f"Visitor {at} {'zebra' if at == number // 2 else ''}".strip()
    answers = ("name", name), ("email", f"v{at}@example.org"), ("message", " ".join(chance.choices(WORDS, k=40)))
    created = NOW - timedelta(days=180) * (1 - at / number)
    return Entry(FORMS[at % 3], number // 4, answers, created, spam="a link" if chance.random() < 0.1 else "")


async def ask(app: Desk, path: str, first: bool = False) -> tuple[float, float]:
    """Milliseconds to the last byte, or the first: by the clock, and of the processor."""
    started, busy, took, used = perf_counter(), process_time(), 0.0, 0.0
    name, _, query = path.partition("?")

    async def receive() -> dict[str, object]:
        await asyncio.sleep(3600)
        return {"type": "http.disconnect"}

    async def send(message: dict[str, object]) -> None:
        nonlocal took, used
        body = message.get("body", b"")
        assert isinstance(body, bytes) and message.get("status", 200) == 200, message
        if not first or (body and not took):
            took, used = (perf_counter() - started) * 1000, (process_time() - busy) * 1000

    scope = {"type": "http", "method": "GET", "path": name, "query_string": query.encode(), "headers": []}
    await app({**scope, "root_path": "", "asgi": {"spec_version": "2.4"}}, receive, send)  # type: ignore[arg-type]
    return took, used


def main(number: int, rounds: int, path: Path) -> None:
    """Print a table."""
    with closing(Store(parse_database(str(path)))) as store:
        fill(store, number)
        app, asked = Desk(store, clock=lambda: NOW), _asked(store)
        took = asyncio.run(_rounds(app, asked, rounds))
    print(f"{number:,} answers, {rounds} rounds; milliseconds: median (least to most), and of the processor")
    for name, times in took.items():
        clock, used = zip(*times, strict=True)
        print(f"{name:34} {median(clock):7.1f} ({min(clock):.1f} to {max(clock):.1f}) {median(used):7.1f}")


def _asked(store: Store) -> dict[str, str]:
    page = store.page_of(ALL, 5000)
    deep, some = page.older, page.submissions[2500]
    return {
        "list": "/",
        "list, everything": "/?state=all",
        "list, a hundred pages on": f"/?after={deep}",
        "filter by form and state": "/?form=choir&state=spam",
        "filter by days": "/?since=2026-02-01&until=2026-02-07",
        "search, found often": "/?q=evening+team",
        "search, found once": "/?q=zebra",
        "search, found nowhere": "/?q=giraffe",
        "search in a form, found nowhere": "/?q=giraffe&form=choir",
        "search, an address of nobody's": "/?q=nobody@example.org",
        "an answer": f"/a/{some.id}",
        "calls": "/calls",
        "one call with its waitlist": "/calls?form=choir",
        "deliveries": "/deliveries",
        "export, CSV, first byte": "/export.csv",
        "export, JSON Lines, first byte": "/export.jsonl",
        "export of a week, CSV, first byte": "/export.csv?since=2026-02-01&until=2026-02-07",
    }


async def _rounds(app: Desk, asked: dict[str, str], rounds: int) -> dict[str, list[tuple[float, float]]]:
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in asked}
    for at in range(rounds + 1):
        for name, path in asked.items():
            one = await ask(app, path, first="export" in name)
            if at:  # the first compiles the templates
                took[name].append(one)
    return took


def memory(kind: str, number: int, path: Path) -> float:
    """MiB by which the largest size of this process grows while it sends an export."""
    with closing(Store(parse_database(str(path)))) as store:
        fill(store, number)
        app = Desk(store, clock=lambda: NOW)
        asyncio.run(ask(app, f"/export.{kind}?since=2026-06-01"))  # nothing in it: what is loaded and compiled
        before = _largest()
        asyncio.run(ask(app, f"/export.{kind}?state=all"))
        return _largest() - before


def _largest() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["--memory"]:
        print(memory(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])))
    else:
        number, rounds = (*map(int, sys.argv[1:3]), *(100_000, 7)[len(sys.argv) - 1 :])
        with TemporaryDirectory() as folder:
            main(number, rounds, Path(folder) / "inbox.db")
