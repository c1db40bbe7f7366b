"""How long the index of a large site takes, and what a browser fetches for a query.

    python -m benchmarks.search [POSTS]

The posts are of 450 words out of 20,000, some of these far more frequent than others, as in life (Zipf's law). Seconds
and KiB, as the goals are: under a minute for 10,000 posts, under 100 KiB for a query. The browser is a real one.
"""

from __future__ import annotations

import gzip
import re
import shutil
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import accumulate
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sitegen.build import build
from sitegen.build.indexing import pages_of
from sitegen.config import Config, load_config
from sitegen.search import FOLDER, Entry, Indexer

SETTINGS = 'title = "Bench"\nurl = "https://bench.example"\nsearch = true\noutputs = ["posts", "static"]\n'
SETTINGS += 'markdown.engine = "commonmark"\n'
SYLLABLES = re.findall(r"\w+", "ba ko li ren ta mo shi ver dal pon tri gas nel or cam fe lu win dor ska")
QUERIES = ((0,), (3,), (300,), (6000,), (0, 3))  # ranks of the words: the most frequent ones, rarer ones, and two
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def vocabulary(random: Random, size: int = 20_000) -> list[str]:
    """Words of two to five syllables, each once."""
    found: dict[str, None] = {}
    while len(found) < size:
        found["".join(random.choices(SYLLABLES, k=random.randint(2, 5)))] = None
    return list(found)


def write_site(folder: Path, posts: int) -> list[str]:
    """A blog of so many posts; returns its words, the most frequent first."""
    random, day = Random(1), date(2026, 6, 1)
    words = vocabulary(random)
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    some = partial(random.choices, words, cum_weights=weights)
    (folder / "_posts").mkdir(parents=True)
    (folder / "sitegen.toml").write_text(SETTINGS, encoding="utf-8")
    for number in range(posts):
        parts = [f"## {' '.join(some(k=3)).capitalize()}\n\n{' '.join(some(k=110))}." for _ in range(4)]
        text = f"---\ntitle: {' '.join(some(k=4))}\ntags: [{some()[0]}]\n---\n" + "\n\n".join(parts) + "\n"
        (folder / "_posts" / f"{day - timedelta(days=number)}-post-{number}.md").write_text(text, encoding="utf-8")
    return words


class _Handler(SimpleHTTPRequestHandler):
    """Text zipped, as web servers send it; the index as it is, which is zipped already."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        data, kind = file.read_bytes() if file.is_file() else b"", self.guess_type(str(file))
        self.send_response(200 if file.is_file() else 404)
        self.send_header("Content-Type", kind)
        if kind.startswith("text/") or file.suffix in (".js", ".json", ".svg"):
            data = gzip.compress(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=3600")
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder, on this computer."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Fetched:
    """What a page fetches below `/pagefind/`, by the folder there: bytes of each file as they come over the line."""

    def __init__(self, page: Any) -> None:
        self.sizes: dict[str, list[int]] = defaultdict(list)
        self._urls: dict[str, str] = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", lambda it: self._urls.update({it["requestId"]: it["request"]["url"]}))
        session.on("Network.loadingFinished", self._add)

    def _add(self, it: dict[str, Any]) -> None:
        _, below, name = self._urls.get(it["requestId"], "").partition(f"/{FOLDER}/")
        if below:
            self.sizes[name.rpartition("/")[0]].append(int(it["encodedDataLength"]))


def queries(address: str, asked: list[str]) -> Iterator[tuple[str, str, int, Mapping[str, list[int]]]]:
    """Each in a browser that knows nothing: how many it finds, bytes of the engine, bytes of the query."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for query in asked:
            page = browser.new_context().new_page()
            fetched = Fetched(page)
            page.goto(f"{address}/search/")
            page.locator("#q").focus()
            page.wait_for_load_state("networkidle")
            engine = sum(fetched.sizes.pop(""))
            page.locator("#q").fill(query)
            page.wait_for_function("/\\d|Nothing/.test(document.querySelector('.told').textContent)")
            page.wait_for_load_state("networkidle")
            yield query, page.locator(".told").inner_text(), engine, fetched.sizes
        browser.close()


def indexing(config: Config, entries: tuple[Entry, ...]) -> tuple[float, float]:
    """Seconds that it takes to gather what is found, and to make the index of it."""
    started = perf_counter()
    pages = pages_of(config, entries)
    gathered = perf_counter()
    Indexer(config).files(pages)
    return gathered - started, perf_counter() - gathered


def main() -> None:
    """Print the figures."""
    posts = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with TemporaryDirectory() as name:
        folder = Path(name) / "site"
        words = write_site(folder, posts)
        config = load_config(folder)
        report = build(config, now=NOW)
        print(f"{posts} posts, built with their index: {report.seconds:.1f} s, {report.files} files", flush=True)
        print("gathered in {:.1f} s, indexed in {:.1f} s".format(*indexing(config, report.findable)), flush=True)
        print(f"built again, nothing changed: {build(config, now=NOW).seconds:.1f} s", flush=True)
        one = next((folder / "_posts").iterdir())
        one.write_text(one.read_text(encoding="utf-8") + "\nEdited.\n", encoding="utf-8")
        print(f"built again, one post edited: {build(config, now=NOW).seconds:.1f} s", flush=True)
        with served(config.output) as address:
            asked = [" ".join(words[rank] for rank in ranks) for ranks in QUERIES]
            for query, told, engine, found in queries(address, asked):
                print(f"{query}: {told}; {engine / 1024:.1f} KiB once, for the query {_shown(found)}", flush=True)


def _shown(found: Mapping[str, list[int]]) -> str:
    """How many KiB in all, and in each folder of the index."""
    parts = ", ".join(f"{len(sizes)} of {name} {sum(sizes) / 1024:.1f}" for name, sizes in sorted(found.items()))
    return f"{sum(sum(sizes) for sizes in found.values()) / 1024:.1f} KiB ({parts})"


if __name__ == "__main__":
    main()
