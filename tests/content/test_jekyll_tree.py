"""The oracle: Jekyll itself makes the same files of the same tree, and says the same in those that are no pages."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from sitegen.build import build
from sitegen.config import load_config
from sitegen.templates.theme import theme_assets
from tests.content.jekyll_sites import CONFIG, EVERYTHING, SHAPES
from tests.outputs.sites import NOW

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("jekyll") is None, reason="no Jekyll (Debian: apt-get install jekyll)"),
]
HEAD = """title: Shapes
url: https://example.org
colour: red
timezone: UTC
outputs: [posts, pages, static]
assets: {fingerprint: false}
"""
OURS = {"tool.js"}  # `static/` is published below `/`, too
PAGES = (".html", ".htm", ".xhtml")  # these have layouts here


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_files(tmp_path: Path, shape: str) -> None:
    source = tmp_path / "site"
    for path, content in {**EVERYTHING, CONFIG: HEAD + SHAPES[shape]}.items():
        file = source / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    subprocess.run(
        ["jekyll", "build", "-q", "-s", str(source), "-d", str(tmp_path / "theirs"), "--disable-disk-cache"],
        cwd=tmp_path, env={**os.environ, "TZ": "UTC", "JEKYLL_ENV": "production"}, check=True, timeout=120,
    )  # fmt: skip
    build(load_config(source, tmp_path / "ours"), now=NOW)
    theirs, ours = files(tmp_path / "theirs"), files(tmp_path / "ours")
    for name in (*(url.lstrip("/") for url in theme_assets()), *OURS):
        ours.pop(name)
    assert sorted(ours) == sorted(theirs)
    alike = [path for path in theirs if not path.endswith(PAGES)]
    assert [path for path in alike if ours[path].rstrip() != theirs[path].rstrip()] == []
