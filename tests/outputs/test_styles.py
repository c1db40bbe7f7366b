"""Which style sheets a page asks for: what only forms need is left out where there is none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.outputs.sites import Built, build_site, post

STYLE, JOIN, MEDIA = "/assets/style.css", "/assets/join.css", "/assets/media.css"


@pytest.fixture
def site(tmp_path: Path) -> Built:
    files = {
        "_posts/2026-01-01-text.md": post("Only words."),
        "_posts/2026-01-02-call.md": post(form="true"),
        "_posts/2026-01-03-bare.md": post('<form action="https://example.org/"><button>Go</button></form>'),
        "_posts/2026-01-04-task.md": post("- [x] done"),
        "_posts/2026-01-05-film.md": post("::video{src=/a.webm title=A}"),
    }
    return build_site(tmp_path, files)


@pytest.mark.parametrize("path", ["", "2026/01/01/text/", "2026/01/04/task/", "archive/"])
def test_a_page_of_text_needs_one(site: Built, path: str) -> None:
    assert sheets(site, path) == [STYLE]


@pytest.mark.parametrize("path", ["2026/01/02/call/", "2026/01/03/bare/", "join/", "join/call/", "join/call/thanks/"])
def test_a_page_with_a_form_needs_two(site: Built, path: str) -> None:
    assert sheets(site, path) == [STYLE, JOIN]


def test_a_page_with_a_film_needs_another(site: Built) -> None:
    assert sheets(site, "2026/01/05/film/") == [STYLE, MEDIA]


def sheets(site: Built, path: str) -> list[str]:
    named = re.findall(r'<link rel="stylesheet" href="([^"]+)">', site[f"{path}index.html"])
    return [re.sub(r"\.[0-9a-f]{8}\.css$", ".css", name) for name in named]
