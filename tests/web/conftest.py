"""Three sites to be judged, one of them served as a web server would, and the judges of pages."""

from __future__ import annotations

import gzip
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NoReturn

import pytest

from sitegen.build import build
from sitegen.config import load_config

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SITES = {"sink": HERE / "site", "blog": ROOT, "manual": ROOT / "docs"}
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
LONG_WORD = "lopadotemachoselachogaleokranioleipsanodrimhypotrimmatosilphiokarabomelitokatakechymenokichlepikossy"
PAGES = {  # kind of page → its address on the kitchen-sink site
    "index": "/",
    "second index": "/page2/",
    "long post": "/2026/05/20/everything/",
    "shortcodes": "/2026/05/19/shortcodes/",
    "short post": "/2025/01/11/short-1/",
    "open call": "/2026/05/18/a-call/",
    "closed call": "/2026/05/10/a-closed-call/",
    "German post": "/2026/05/08/deutsch/",
    "Arabic post": "/2026/05/06/rtl/",
    "post without a title": "/2026/05/01/no-title-at-all/",
    "post with a long title": "/2026/05/02/a-title-of-200-signs/",
    "post with a long word": "/2026/05/03/a-long-word/",
    "Japanese post": "/2026/05/04/cjk-and-emoji/",
    "wide and deep post": "/2026/05/05/wide-and-deep/",
    "post with thirty tags": "/2026/05/07/thirty-tags/",
    "page": "/about/",
    "tag": "/tags/writing/",
    "tag of one long word": f"/tags/{LONG_WORD}/",
    "tag in Japanese": "/tags/日本語/",
    "tags": "/tags/",
    "category": "/categories/kitchen/",
    "categories": "/categories/",
    "part of a series": "/2025/02/12/short-2/",
    "series": "/series/posts-that-belong-together/",
    "all series": "/series/",
    "author": "/authors/ada/",
    "author with a long name": "/authors/long/",
    "author in Arabic": "/authors/karim/",
    "authors": "/authors/",
    "archive": "/archive/",
    "join": "/join/",
    "call": "/join/a-call/",
    "call that is closed": "/join/a-closed-call/",
    "call without a waitlist": "/join/a-full-call/",
    "thanks": "/join/a-call/thanks/",
    "waitlist": "/join/a-call/waitlist/",
    "404": "/404.html",
    "search": "/search/",
}


@dataclass(frozen=True)
class Served:
    """A built site and where it is served."""

    folder: Path
    address: str


class _Handler(SimpleHTTPRequestHandler):
    """Files as a good web server sends them: zipped, and with the site's own page for what there is not."""

    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012
        "": "application/octet-stream",
        ".css": "text/css",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
        ".webmanifest": "application/manifest+json",
        ".xml": "application/xml",
    }

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""

    def do_GET(self) -> None:
        """The file, zipped."""
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        status = 200 if file.is_file() else 404
        data = gzip.compress((file if status == 200 else Path(str(self.directory), "404.html")).read_bytes())
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(str(file)) if status == 200 else "text/html; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=3600")
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Name → output folder: the kitchen sink, our own blog, the manual."""
    return {name: _built(folder, tmp_path_factory.mktemp(name) / "site") for name, folder in SITES.items()}


def _built(source: Path, copy: Path) -> Path:
    shutil.copytree(source, copy, ignore=_what_is_no_site)
    sink = source == SITES["sink"]
    config = load_config(copy, strict=sink, future=not sink, url=None if sink else "https://site.example")
    build(config, now=NOW)
    return config.output


def _what_is_no_site(folder: str, names: list[str]) -> set[str]:
    """Beside our own blog stands the program that makes it."""
    if Path(folder) != ROOT:
        return {".sitegen", "output"}
    return {name for name in names if name[0] != "_" and name not in ("static", "pyproject.toml")}


@pytest.fixture(scope="session")
def sink(sites: dict[str, Path]) -> Iterator[Served]:
    """The kitchen-sink site, served."""
    with serving(sites["sink"]) as served:
        yield served


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """The folder, served as long as that lasts."""
    handler = type("Handler", (_Handler,), {"__init__": _within(folder)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Served(folder, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    server.server_close()
    thread.join()


def _within(folder: Path) -> object:
    def init(self: SimpleHTTPRequestHandler, *args: object) -> None:
        SimpleHTTPRequestHandler.__init__(self, *args, directory=str(folder))  # type: ignore[arg-type]

    return init


@pytest.fixture(scope="session")
def judges() -> Path:
    """The folder of the judges' programs."""
    folder = HERE / "node_modules"
    if not folder.is_dir():
        missing("no tests/web/node_modules: npm ci in tests/web brings it")
    return folder


@pytest.fixture(scope="session")
def nu(judges: Path) -> list[str]:
    """The command of the Nu HTML checker."""
    java = shutil.which("java")
    if java is None:
        missing("no java on the PATH, which the Nu HTML checker needs")
    return [str(java), "-jar", str(judges / "vnu-jar/build/dist/vnu.jar")]


def missing(reason: str) -> NoReturn:
    """Skip the test, or fail it where the judges are required."""
    if os.environ.get("SITEGEN_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
