"""Diagrams, drawn by Mermaid itself in a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sitegen.build import build
from sitegen.config import load_config
from tests.web.conftest import NOW, Served, serving

pytestmark = pytest.mark.slow

URL = "/2026/05/06/a/"
POST = """\
---
title: Diagrams
---
## One

```mermaid
graph LR
  post["A <b>post</b>"] --> form --> group
  click post "javascript:alert(1)"
```

```mermaid
no such diagram
```

## Two

```mermaid
pie title Answers
  "yes" : 12
  "no" : 3
```
"""


@pytest.fixture(scope="module")
def site(judges: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    script = judges / "mermaid/dist/mermaid.min.js"
    if not script.is_file():
        reason = "no tests/web/node_modules/mermaid: npm ci in tests/web brings it"
        if os.environ.get("SITEGEN_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    source = tmp_path_factory.mktemp("diagrams")
    (source / "_posts").mkdir()
    (source / "static/assets").mkdir(parents=True)
    (source / "sitegen.toml").write_text('title = "D"\nmarkdown.mermaid = "/assets/mermaid.min.js"\n')
    (source / "_posts/2026-05-06-a.md").write_text(POST)
    shutil.copy(script, source / "static/assets")
    config = load_config(source)
    build(config, now=NOW)
    with serving(config.output) as served:
        yield served


@pytest.fixture
def page(site: Served, browser: Any) -> Iterator[Any]:
    context = browser.new_context(color_scheme="light", viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.asked, page.failed = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.failed.append(str(error)))
    page.goto(site.address + URL)
    page.wait_for_function("document.querySelectorAll('.diagram svg').length === 2")
    yield page
    context.close()


def shade(page: Any) -> str:
    """The colour of a node's words."""
    found: str = page.evaluate("getComputedStyle(document.querySelector('.diagram .nodeLabel')).color")
    return found


def test_they_are_drawn_and_their_text_stays(site: Served, page: Any) -> None:
    assert page.failed == []
    assert [url for url in page.asked if not url.startswith((site.address, "data:"))] == []
    assert page.locator("details code.language-mermaid").count() == 2
    assert page.locator(".e-content > .highlight code").text_content() == "no such diagram\n"
    assert page.locator(".diagram svg[aria-label], .diagram svg[aria-labelledby]").count() == 2
    assert page.locator("[href^='javascript:']").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_they_follow_the_theme(page: Any) -> None:
    light = shade(page)
    other = "light => getComputedStyle(document.querySelector('.diagram .nodeLabel')).color !== light"
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(other, arg=light)
    page.locator(".theme").click()
    page.wait_for_function(other.replace("!==", "==="), arg=light)
    page.locator(".theme").click()
    page.wait_for_function(other, arg=light)
    assert page.locator(".diagram svg").count() == 2
    assert page.failed == []


def test_accessible(judges: Path, page: Any) -> None:
    page.evaluate((judges / "axe-core/axe.min.js").read_text(encoding="utf-8"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("axe.run('.e-content', {runOnly: ['wcag2a', 'wcag2aa', 'wcag22aa', 'best-practice']})")
        assert [(item["id"], item["nodes"][0]["html"]) for item in found["violations"]] == []


def test_without_script_they_are_text(site: Served, browser: Any) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(site.address + URL)
    assert page.locator(".highlight code.language-mermaid").count() == 3
    assert page.locator(".highlight code.language-mermaid").first.is_visible()
    page.close()
