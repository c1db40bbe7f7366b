"""A layout converted shows what it showed: Liquid runs each of these as it is, Jinja what becomes of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tomllib
from collections.abc import Mapping
from pathlib import Path
from time import time

import pytest

from sitegen.cli import main
from sitegen.importing.layouts import convert_all
from tests.importing.layout_trial import PAGE, POST, SITE, Trial, folded, rows, trial

BESIDE = "what python-liquid does otherwise than Jekyll"
ROWS = {heading: [line for lines in found for line in lines] for heading, found in rows("shown.txt").items()}


def jekyll(folder: Path, files: Mapping[str, str]) -> Path:
    """What Jekyll makes of the files."""
    write(folder, files)
    environment = {**os.environ, "TZ": "UTC", "JEKYLL_ENV": "production"}
    subprocess.run(["jekyll", "build", "-q", "-d", "_site"], cwd=folder, env=environment, check=True, timeout=300)
    return folder / "_site"


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def configuration() -> str:
    """The site's settings as Jekyll has them: JSON is YAML."""
    given = tomllib.loads(SITE["sitegen.toml"])
    del given["liquid"]
    return json.dumps({**given, **given.pop("extra"), "permalink": "/:year/:month/:day/:title/"})


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("jekyll") is None, reason="no Jekyll (Debian: apt-get install jekyll)")
def test_jekyll_itself_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = dict(enumerate(text for found in ROWS.values() for text in found))
    layouts = {f"_layouts/row{at}.html": text for at, text in texts.items()}
    posts = {
        f"_posts/2019-01-{at % 28 + 1:02}-row{at}.md": SITE[POST].replace("mood:", f"layout: row{at}\nmood:")
        for at in texts
    }
    files = {name: text for name, text in SITE.items() if name != "sitegen.toml"} | posts
    theirs = jekyll(tmp_path / "old", {**files, **layouts, "_config.yml": configuration()})
    converted = {path: found.text for path, found in convert_all(layouts).items()}
    write(tmp_path / "new", {**files, **converted, "sitegen.toml": SITE["sitegen.toml"]})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(time())))
    assert main(["build", "-s", str(tmp_path / "new")]) == 0
    differing = []
    for at, text in texts.items():
        page = f"2019/01/{at % 28 + 1:02}/row{at}/index.html"
        expected, found = (folded((root / page).read_text()) for root in (theirs, tmp_path / "new/output"))
        if expected != found:
            differing.append((text, expected, found))
    assert differing == [], "\n".join(map(repr, differing))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return trial(tmp_path_factory.mktemp("reeds"))


@pytest.mark.parametrize("path", [POST, PAGE])
@pytest.mark.parametrize("text", [text for heading, texts in ROWS.items() if heading != BESIDE for text in texts])
def test_a_layout_shows_what_it_showed(site: Trial, text: str, path: str) -> None:
    files = {"_includes/x.html": text}
    assert folded(site.jinja(files, "x.html", path)) == folded(site.liquid(files, "x.html", path))
