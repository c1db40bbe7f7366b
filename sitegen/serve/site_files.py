"""From an address to a file of the preview, and to the answer that a browser gets."""

from __future__ import annotations

import mimetypes
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from starlette.responses import FileResponse, Response

_BUILT_IN = mimetypes.MimeTypes().types_map[True]  # the same on every computer
TYPES = {  # what Python's own table lacks, or has differently from one version to the next
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".opus": "audio/ogg",
    ".otf": "font/otf",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".ttf": "font/ttf",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".yaml": "text/yaml",
    ".yml": "text/yaml",
}
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True)
class Moved:
    """The page is at another address: `url`, percent-encoded."""

    url: str


def find(folder: Path, path: str) -> Path | Moved | None:
    """The file that a site-absolute path (decoded) means.

    `/a/` is `a/index.html`; `/a` is the file `a`, or `a.html`, or else `/a/`. None: there is nothing, or
    nothing that may be seen.
    """
    names = path.removeprefix("/").split("/")
    if not _are_plain(names):
        return None
    if names[-1] == "":
        return regular_file(folder, "/".join([*names[:-1], "index.html"]))
    name = "/".join(names)
    for candidate in (name, f"{name}.html"):
        if (file := regular_file(folder, candidate)) is not None:
            return file
    has_index = regular_file(folder, f"{name}/index.html") is not None
    return Moved(quote(f"/{name}/")) if has_index else None


def _are_plain(names: list[str]) -> bool:
    """Whether no name leads elsewhere; only the last one may be empty."""
    if any(name in ("", ".", "..") for name in names[:-1]) or names[-1] in (".", ".."):
        return False
    return not any("\0" in name or "\\" in name for name in names)


def regular_file(folder: Path, name: str) -> Path | None:
    """The file of that name, if it is one, and really lies inside the folder."""
    root = os.path.realpath(folder)
    try:
        file = os.path.realpath(os.path.join(root, name))
        inside = file.startswith(os.path.join(root, ""))
        return Path(file) if inside and stat.S_ISREG(os.stat(file).st_mode) else None
    except (OSError, ValueError):
        return None


def content_type(name: str) -> str:
    """The media type of a file, by its name."""
    ending = os.path.splitext(name)[1].lower()
    known = TYPES.get(ending) or _BUILT_IN.get(ending, "application/octet-stream")
    return f"{known}; charset=utf-8" if known.startswith("text/") else known


def is_page(file: Path) -> bool:
    """Whether the file is HTML, into which the script goes."""
    return file.suffix.lower() in (".html", ".htm")


def file_answer(file: Path) -> Response:
    """The file as it is; a part of it if that is asked for."""
    return FileResponse(file, media_type=content_type(file.name), headers=HEADERS, stat_result=file.stat())


def page_answer(html: bytes, script: str, status: int = 200) -> Response:
    """A page, with the script in it."""
    return Response(with_script(html, script), status, HEADERS, "text/html")


def with_script(html: bytes, script: str) -> bytes:
    """The page with the script before its last `</body>`, or at its end.

    >>> with_script(b"<p>a</BODY></html>", "<script></script>")
    b'<p>a<script></script></BODY></html>'
    """
    at = html.lower().rfind(b"</body>")
    at = len(html) if at < 0 else at
    return html[:at] + script.encode() + html[at:]
