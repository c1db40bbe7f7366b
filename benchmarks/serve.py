"""How long a save takes to be seen: `sitegen serve` as a process of its own, and somebody who writes.

    python -m benchmarks.serve [POSTS] [--engine markdown|commonmark] [--theme] [--saves N]

A line is put at the end of a post, in place, as most editors do it; then its page is asked for every 5 ms over one
connection until it has the line. Between saves are 0.3 to 2 seconds, so that some of them meet a build of the save
before. Another post is chosen each time. In milliseconds, as the goal is: 50 at the median, 100 at the 95th percentile.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from benchmarks.theme import BARE, write_site

POLL = 0.005  # seconds
PAUSES = (0.3, 2.0)
PATIENCE = 120.0
ADDRESS = re.compile(rb"Serving http://([\d.:]+)/")


@contextmanager
def serving(folder: Path) -> Iterator[HTTPConnection]:
    """A preview of the site, once its first build is done, and a connection to it."""
    command = [sys.executable, "-m", "sitegen", "serve", "-s", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        try:
            lines = iter(process.stdout or ())
            found = next(match for line in lines if (match := ADDRESS.search(line)))
            yield HTTPConnection(found.group(1).decode(), timeout=PATIENCE)
        finally:
            process.terminate()
            process.communicate()


def page(connection: HTTPConnection, address: str) -> str:
    """What a browser gets."""
    connection.request("GET", address)
    return connection.getresponse().read().decode()


def saved(connection: HTTPConnection, post: Path, address: str, number: int) -> float:
    """Seconds from a save to the page that shows it."""
    text, sign = post.read_text(encoding="utf-8"), f"Saved for the {number}th time."
    started = time.perf_counter()
    post.write_text(f"{text}\n{sign}\n", encoding="utf-8")
    while sign not in page(connection, address):
        if time.perf_counter() > started + PATIENCE:
            raise TimeoutError(address)
        time.sleep(POLL)
    return time.perf_counter() - started


def measure(folder: Path, saves: int) -> Iterator[float]:
    """Milliseconds of each save."""
    random, posts = Random(1), sorted((folder / "_posts").iterdir())
    with serving(folder) as connection:
        for number in range(saves):
            time.sleep(random.uniform(*PAUSES))
            post = random.choice(posts)
            date, slug = post.stem[:10], post.stem[11:]
            yield 1000 * saved(connection, post, f"/{date.replace('-', '/')}/{slug}/", number)


def main() -> None:
    parser = argparse.ArgumentParser(description="How long a save takes to be seen in the preview.")
    parser.add_argument("posts", type=int, nargs="?", default=1000)
    parser.add_argument("--engine", default="commonmark", choices=("markdown", "commonmark"))
    parser.add_argument("--theme", action="store_true", help="with the packaged layouts in place of bare ones")
    parser.add_argument("--saves", type=int, default=40)
    asked = parser.parse_args()
    with TemporaryDirectory() as place:
        folder = Path(place, "site")
        write_site(folder, asked.posts, {} if asked.theme else BARE)
        with (folder / "sitegen.toml").open("a", encoding="utf-8") as settings:
            settings.write(f'permalink = "/:year/:month/:day/:title/"\n[markdown]\nengine = "{asked.engine}"\n')
        taken = list(measure(folder, asked.saves))
    layouts = "the theme" if asked.theme else "bare layouts"
    print(f"{asked.posts} posts, {asked.engine}, {layouts}; {len(taken)} saves, in ms")
    print(f"median {median(taken):.0f}, 95th percentile {quantiles(taken, n=20)[-1]:.0f}")
    print(" ".join(f"{each:.0f}" for each in taken))


if __name__ == "__main__":
    main()
