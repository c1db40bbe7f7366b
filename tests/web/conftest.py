"""The kitchen-sink site, built and served as a web server would, and the judges of pages."""

from __future__ import annotations

import gzip
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sitegen.build import build
from sitegen.config import load_config

HERE = Path(__file__).parent
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
PAGES = {  # kind of page → its address on the kitchen-sink site
    "index": "/",
    "second index": "/page2/",
    "long post": "/2026/05/20/everything/",
    "short post": "/2025/01/11/short-1/",
    "open call": "/2026/05/18/a-call/",
    "closed call": "/2026/05/10/a-closed-call/",
    "German post": "/2026/05/08/deutsch/",
    "Arabic post": "/2026/05/06/rtl/",
    "page": "/about/",
    "tag": "/tags/writing/",
    "tags": "/tags/",
    "category": "/categories/kitchen/",
    "categories": "/categories/",
    "archive": "/archive/",
    "join": "/join/",
    "call": "/join/a-call/",
    "call that is closed": "/join/a-closed-call/",
    "thanks": "/join/a-call/thanks/",
    "waitlist": "/join/a-call/waitlist/",
    "404": "/404.html",
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
def sink(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The kitchen-sink site."""
    source = tmp_path_factory.mktemp("sink")
    shutil.copytree(HERE / "site", source, dirs_exist_ok=True)
    config = load_config(source, strict=True)
    build(config, now=NOW)
    handler = type("Handler", (_Handler,), {"__init__": _within(config.output)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Served(config.output, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    server.server_close()
    thread.join()


def _within(folder: Path) -> object:
    def init(self: SimpleHTTPRequestHandler, *args: object) -> None:
        SimpleHTTPRequestHandler.__init__(self, *args, directory=str(folder))  # type: ignore[arg-type]

    return init


@pytest.fixture(scope="session")
def judges() -> Path:
    """The folder of the judges' programs; without them the test is skipped, or fails where they are required."""
    folder = HERE / "node_modules"
    if not folder.is_dir():
        reason = "no tests/web/node_modules: npm ci in tests/web brings it"
        if os.environ.get("SITEGEN_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder
