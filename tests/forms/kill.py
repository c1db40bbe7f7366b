"""SIGKILL at random moments, under load: who was thanked and is lost, who is there twice.

    python -m tests.forms.kill --rounds 100 --database sqlite
    python -m tests.forms.kill --rounds 100 --database sqlite --writer
    python -m tests.forms.kill --rounds 100 --database postgresql
    python -m tests.forms.kill --rounds 100 --database postgresql --server

The receiver is killed, or with `--server` the database server, or with `--writer` the process that stores answers in a
file of SQLite. Visitors send one answer after another; one who was
not answered sends the same once more to who comes after, as people do.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import chain, count, takewhile
from pathlib import Path

import httpx
from sqlalchemy import URL

from sitegen.forms.inbox.opening import inbox_url
from sitegen.forms.inbox.store import Store
from tests.forms.commands import make_site
from tests.forms.postgres import Server, running
from tests.forms.world import JSON

VISITORS = 8
RECEIVE = """
import argparse
from sitegen.cli import receive
parser = argparse.ArgumentParser()
receive.arguments(parser)
receive.run(parser.parse_args())
"""


@dataclass
class Told:
    """What the visitors were told: the ids by which each was thanked, and who still waits for an answer."""

    thanked: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    waiting: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Figures:
    """How it ended; `lost` were thanked and are not there, `doubled` are there more than once."""

    rounds: int
    thanked: int
    lost: int
    doubled: int

    def __str__(self) -> str:
        return f"{self.rounds} rounds: {self.thanked} thanked, {self.lost} lost, {self.doubled} doubled"


def kill_receivers(site: Path, url: URL | None, rounds: int, chance: random.Random) -> Figures:
    """Kill a receiver in each round; `url` None is the SQLite file of the site."""
    make_site(site)
    told = Told()
    for number in range(rounds):
        with receiving(site, url) as (process, address), visited(address, number, told) as first:
            first.wait(30)  # however slow the machine: somebody has been thanked before the end
            threading.Event().wait(chance.uniform(0.1, 0.8))
            process.kill()
    return figures(site, url, rounds, told)


def kill_servers(site: Path, server: Server, url: URL, rounds: int, chance: random.Random) -> Figures:
    """Kill the database server in each round, beneath a receiver that stays; and start it again."""

    def kill(_: int) -> None:
        server.stop(signal.SIGKILL)
        server.start()

    return kill_beneath(site, url, rounds, chance, kill)


def kill_writers(site: Path, rounds: int, chance: random.Random) -> Figures:
    """Kill the process that stores answers in each round, beneath a receiver that stays."""
    return kill_beneath(site, None, rounds, chance, lambda receiver: os.kill(writer_of(receiver), signal.SIGKILL))


def kill_beneath(
    site: Path, url: URL | None, rounds: int, chance: random.Random, kill: Callable[[int], None]
) -> Figures:
    """Kill what a receiver stands on; `kill` is told its number."""
    make_site(site)
    told = Told()
    with receiving(site, url) as (process, address):
        for number in range(rounds):
            with visited(address, number, told) as first:
                first.wait(30)
                threading.Event().wait(chance.uniform(0.1, 0.8))
                kill(process.pid)
                first.clear()
                first.wait(30)  # it has come back by itself
    return figures(site, url, rounds, told)


def writer_of(receiver: int) -> int:
    """The number of the process that stores answers for a receiver."""
    asked = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(receiver)], capture_output=True, text=True)
    (writer,) = [line for line in asked.stdout.splitlines() if "sitegen.forms.inbox.process" in line]
    return int(writer.split()[0])


def figures(site: Path, url: URL | None, rounds: int, told: Told) -> Figures:
    """Let those who wait ask once more, and count."""
    with receiving(site, url) as (_, address):
        send(address, sorted(told.waiting), told, threading.Event())
    with closing(Store(url or inbox_url(site, None))) as store:
        stored = [(dict(submission.answers)["name"], submission.id) for submission in store.each()]
    pairs = set(stored)
    lost = sum((name, one) not in pairs for name, ids in told.thanked.items() for one in ids)
    doubled = sum(times > 1 for times in Counter(name for name, _ in stored).values())
    return Figures(rounds, len(told.thanked), lost, doubled)


@contextmanager
def visited(address: str, number: int, told: Told) -> Iterator[threading.Event]:
    """Visitors in threads of their own; the event is set when one has been thanked. They end with the round."""
    thanked, over = threading.Event(), threading.Event()

    def names(visitor: int, earlier: Iterable[str]) -> Iterator[str]:
        fresh = (f"{number}-{visitor}-{at}" for at in count())
        return takewhile(lambda _: not over.is_set(), chain(earlier, fresh))

    earlier = sorted(told.waiting)
    threads = [
        threading.Thread(target=send, args=(address, names(at, earlier[at::VISITORS]), told, thanked))
        for at in range(VISITORS)
    ]
    for thread in threads:
        thread.start()
    try:
        yield thanked
    finally:
        over.set()
        for thread in threads:
            thread.join(30)


def send(address: str, names: Iterable[str], told: Told, thanked: threading.Event) -> None:
    """One answer after another, each until it is thanked for; ends when nobody is there."""
    with httpx.Client(base_url=address, headers=JSON, timeout=30) as client:
        for name in names:
            told.waiting.add(name)
            body, key = {"name": name, "email": "a@example.org"}, {"Idempotency-Key": name}
            while name in told.waiting:
                try:
                    answer = client.post("/f/call", data=body, headers=key)
                except httpx.HTTPError:
                    return
                if answer.status_code == 200:
                    told.thanked[name].add(answer.json()["id"])
                    told.waiting.discard(name)
                    thanked.set()


@contextmanager
def receiving(site: Path, url: URL | None) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A receiver in a process of its own, and its address."""
    database = ["--database", url.render_as_string(hide_password=False)] if url else []
    command = [sys.executable, "-c", RECEIVE, "-s", str(site), "--port", "0", *database]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().split()[2]
        finally:
            process.kill()


def main() -> int:
    """Run it, and print how it ended; 1 if anybody was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    killed = parser.add_mutually_exclusive_group()
    killed.add_argument("--server", action="store_true", help="kill the database server, not the receiver")
    killed.add_argument("--writer", action="store_true", help="kill the process that stores answers")
    args = parser.parse_args()
    if args.server and args.database == "sqlite":
        parser.error("SQLite has no server")
    if args.writer and args.database != "sqlite":
        parser.error("the receiver itself writes to PostgreSQL")
    chance = random.Random(os.environ.get("SITEGEN_SEED", "1"))
    with tempfile.TemporaryDirectory() as folder:
        if args.writer:
            found = kill_writers(Path(folder), args.rounds, chance)
        elif args.database == "sqlite":
            found = kill_receivers(Path(folder), None, args.rounds, chance)
        else:
            with running("fsync=on") as server:
                if args.server:
                    found = kill_servers(Path(folder), server, server.url(), args.rounds, chance)
                else:
                    found = kill_receivers(Path(folder), server.url(), args.rounds, chance)
    what = "server" if args.server else "writer" if args.writer else "receiver"
    sys.stdout.write(f"{args.database}, {what} killed, {found}\n")
    return 0 if found.thanked and not found.lost and not found.doubled else 1


if __name__ == "__main__":
    sys.exit(main())
