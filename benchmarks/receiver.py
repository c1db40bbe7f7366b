"""What the receiver does in a second, beside commits of one submission each on the same disk, without HTTP.

Twice: beside the inbox itself, which accepts one at a time (double submits, places, one durable commit), and beside
bare INSERTs by SQLite alone, which do none of that.

    python -m benchmarks.receiver [ROUNDS] [SECONDS]

Both write to the same disk and take turns. The receiver is `sitegen receive` as a process of its own, under wrk with 64
connections that each send another answer every time. What counts as done is what the inbox holds afterwards.
Wants wrk (Debian has it).
"""

from __future__ import annotations

import re
import secrets
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import truediv
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from sitegen.forms.inbox.opening import open_for_writing
from sitegen.forms.inbox.rows import row_of
from sitegen.forms.inbox.store import Entry
from sitegen.forms.submission import Submission

CONNECTIONS = 64
POST = "---\ntitle: A call\ndate: 2026-05-06\nform: true\n---\nCome.\n"
SETTINGS = 'url = "https://bench.example"\n[receive]\nrate_limit = "off"\n'
MESSAGE = "I have been leading a team for some years and should like to talk about how others do it."

# Each thread of wrk has a state of its own, so its number goes into what it sends.
SCRIPT = """
local threads = 0
function setup(thread) thread:set("number", threads); threads = threads + 1 end
local count = 0
function request()
  count = count + 1
  local name = number .. "-" .. count
  local body = "name=Ada+" .. name .. "&email=ada" .. name .. "%40example.org&message=MESSAGE&_key=" .. name .. "-SALT"
  return wrk.format("POST", "/f/a-call", {["Content-Type"] = "application/x-www-form-urlencoded",
    ["Accept"] = "application/json"}, body)
end
function done(summary, latency)
  local wrong = summary.errors
  local failed = wrong.status + wrong.connect + wrong.read + wrong.write + wrong.timeout
  io.write(string.format("p50 %d p99 %d failed %d\\n", latency:percentile(50), latency:percentile(99), failed))
end
"""


@dataclass(frozen=True)
class Load:
    """One turn of the receiver: submissions stored a second, latencies in milliseconds, and what went wrong."""

    rate: float
    p50: float
    p99: float
    failed: int


def commits_a_second(folder: Path, seconds: float) -> float:
    """SQLite alone, over the receiver's own tables: a transaction for each submission, durable like the receiver's."""
    path = folder / "alone.db"
    open_for_writing(folder, str(path)).close()
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        count, started = 0, perf_counter()
        while (elapsed := perf_counter() - started) < seconds:
            answers = (("name", f"Ada {count}"), ("email", f"ada{count}@example.org"), ("message", MESSAGE))
            made = Submission(secrets.token_hex(8), "a-call", "new", "", datetime.now(UTC), answers)
            row = row_of(made) | {"key": secrets.token_hex(32), "content": secrets.token_hex(32)}
            names, places = ", ".join(row), ", ".join("?" * len(row))
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"INSERT INTO submissions ({names}) VALUES ({places})", tuple(row.values()))
            connection.execute("COMMIT")
            count += 1
    connection.close()
    return count / elapsed


def accepted_a_second(folder: Path, seconds: float) -> float:
    """The inbox without HTTP: one submission accepted after another, each by a commit of its own."""
    with closing(open_for_writing(folder, str(folder / "accepted.db"))) as store:
        count, started = 0, perf_counter()
        while (elapsed := perf_counter() - started) < seconds:
            answers = (("name", f"Ada {count}"), ("email", f"ada{count}@example.org"), ("message", MESSAGE))
            store.accept(Entry("a-call", None, answers, datetime.now(UTC), key=str(count)))
            count += 1
    return count / elapsed


@contextmanager
def receiving(site: Path) -> Iterator[str]:
    """`sitegen receive` for a site: its address."""
    command = [sys.executable, "-m", "sitegen", "receive", "-s", str(site), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[2]
        finally:
            process.terminate()


def submissions_a_second(folder: Path, seconds: float) -> Load:
    """The receiver under load."""
    site = folder / "site"
    (site / "_posts").mkdir(parents=True)
    (site / "_posts" / "2026-05-06-a-call.md").write_text(POST, encoding="utf-8")
    (site / "sitegen.toml").write_text(SETTINGS, encoding="utf-8")
    script = folder / "load.lua"
    salt, message = secrets.token_hex(8), MESSAGE.replace(" ", "+")
    script.write_text(SCRIPT.replace("SALT", salt).replace("MESSAGE", message), encoding="utf-8")
    with receiving(site) as address:
        wrk = ["wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{seconds:.0f}s", "-s", str(script), address]
        out = subprocess.run(wrk, capture_output=True, text=True, check=True).stdout
    told = re.search(r"p50 (\d+) p99 (\d+) failed (\d+)", out)
    took = re.search(r"requests in ([\d.]+)s", out)
    assert told and took, out
    with sqlite3.connect(site / ".sitegen" / "inbox.db") as inbox:
        (stored,) = inbox.execute("SELECT count(*) FROM submissions").fetchone()
    inbox.close()
    return Load(stored / float(took[1]), int(told[1]) / 1000, int(told[2]) / 1000, int(told[3]))


def main(rounds: int = 5, seconds: float = 8) -> None:
    """Print the ratios of each turn, and their medians."""
    if shutil.which("wrk") is None:
        sys.exit("the receiver is measured with wrk, which is not installed: apt-get install wrk")
    bare, like = [], []
    for number in range(1, rounds + 1):
        with TemporaryDirectory(dir=".") as folder:
            alone = commits_a_second(Path(folder), seconds / 2)
            load = submissions_a_second(Path(folder), seconds)
            alone = (alone + commits_a_second(Path(folder), seconds / 2)) / 2
            accepted = accepted_a_second(Path(folder), seconds / 2)
        bare.append(truediv(load.rate, alone))
        like.append(truediv(load.rate, accepted))
        print(
            f"round {number}: {load.rate:.0f} submissions a second, one by one {accepted:.0f}, bare INSERTs {alone:.0f}"
            f"   p50 {load.p50:.0f} ms, p99 {load.p99:.0f} ms, {load.failed} failed"
        )
    for what, ratios in (("the inbox, one by one", like), ("bare INSERTs", bare)):
        print(f"receiver beside {what}: {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
