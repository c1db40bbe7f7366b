"""Smaller pages say the same: what a browser shows of each page of the kitchen sink, and what a validator says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sitegen.build.finish import minified
from tests.web.conftest import PAGES, Served
from tests.web.test_pages import invalid

pytestmark = pytest.mark.slow

SHOWN = """() => [document.body.innerText, document.title,
    ...[...document.querySelectorAll("pre, textarea, script, style")].map(one => one.textContent)]"""


def test_the_same_text(sink: Served, browser: Any) -> None:
    page = browser.new_page()
    other = {}
    for kind, url in PAGES.items():
        page.goto(sink.address + url)
        whole = page.evaluate(SHOWN)
        page.route(sink.address + url, _smaller)
        page.goto(sink.address + url)
        other[kind] = page.evaluate(SHOWN) != whole
        page.unroute(sink.address + url)
    page.close()
    assert [kind for kind, differs in other.items() if differs] == []


def _smaller(route: Any) -> None:
    answer = route.fetch()
    html = answer.text()
    small = minified(html)
    assert len(small) < len(html)
    route.fulfill(response=answer, body=small)


def test_valid_html(sink: Served, judges: Path, tmp_path: Path) -> None:
    for number, file in enumerate(sorted(sink.folder.rglob("*.html"))):
        (tmp_path / f"{number}.html").write_text(minified(file.read_text(encoding="utf-8")), encoding="utf-8")
    assert invalid(tmp_path.iterdir(), judges) == []
