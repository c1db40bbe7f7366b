"""Every kind of page, judged in a real browser: accessibility, HTML, bytes, width, rest."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import PAGES, SITES, Served

pytestmark = pytest.mark.slow

FIRST_VISIT = 14 * 1024  # bytes, zipped: what one round trip brings
STYLE = 6.5 * 1024
SCRIPT = 5 * 1024
A4 = 658  # pixels between margins of 18 mm
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_accessible(sink: Served, judges: Path, browser: Any, scheme: str, script: bool) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 360, "height": 800})
    if not script:
        context.route("**/*", _without_scripts)
    page = context.new_page()
    found = {}
    for kind, url in PAGES.items():
        page.goto(sink.address + url)
        found[kind] = barriers(page, judges)
    context.close()
    assert {kind: problems for kind, problems in found.items() if problems} == {}


def barriers(page: Any, judges: Path) -> list[str]:
    """What axe finds on the page that is open."""
    page.evaluate((judges / "axe-core/axe.min.js").read_text(encoding="utf-8"))
    result = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [f"{item['id']}: {node['html']}" for item in result["violations"] for node in item["nodes"]]


def test_valid_html(sink: Served, judges: Path) -> None:
    files = sorted(sink.folder.rglob("*.html"))
    assert invalid(files, judges) == []
    assert len(files) >= len(PAGES)


def invalid(files: Iterable[Path], judges: Path) -> list[tuple[str, str]]:
    """What html-validate finds in files."""
    program = str(judges / "html-validate/bin/html-validate.mjs")
    command = ["node", program, "--preset", "standard", "-f", "json", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=judges.parent, timeout=120)
    return [(file["filePath"], item["message"]) for file in json.loads(done.stdout) for item in file["messages"]]


@pytest.mark.parametrize("name", SITES)
def test_the_nu_checker_has_no_error_to_tell(sites: dict[str, Path], nu: list[str], name: str) -> None:
    command = [*nu, "--errors-only", "--skip-non-html", "--format", "json", str(sites[name])]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    found = json.loads(done.stderr)["messages"]
    assert [(item.get("url"), item.get("lastLine"), item["message"]) for item in found] == []


def _without_scripts(route: Any) -> None:
    """A page as it is where scripts do not run. (axe is a script itself, and could not judge with all of them off.)"""
    if route.request.resource_type == "script":
        route.abort()
        return
    response = route.fetch()
    if "text/html" not in response.headers.get("content-type", ""):
        route.fulfill(response=response)
        return
    html = re.sub(r'<script(?! type="application/ld)[^>]*>.*?</script>', "", response.text(), flags=re.S)
    route.fulfill(response=response, body=re.sub("</?noscript>", "", html))


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_is_wider_than_the_screen(sink: Served, browser: Any, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    wide = {}
    for kind, url in PAGES.items():
        page.goto(sink.address + url)
        wide[kind] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.close()
    assert {kind: pixels for kind, pixels in wide.items() if pixels} == {}


def test_nothing_is_wider_than_the_paper(sink: Served, browser: Any) -> None:
    """On paper nothing scrolls, and nobody presses anything: what is too wide is lost, what is folded is open."""
    page = browser.new_page(viewport={"width": A4, "height": 900})
    page.emulate_media(media="print", color_scheme="dark")
    wide = {}
    for kind, url in PAGES.items():
        page.goto(sink.address + url)
        wide[kind] = page.evaluate(
            """() => [document.documentElement, ...document.querySelectorAll("pre, .table")]
                .filter(it => it.scrollWidth > it.clientWidth).map(it => it.outerHTML.slice(0, 80))"""
        )
        assert page.locator("header button, footer.site, form").filter(visible=True).count() == 0, kind
    page.goto(sink.address + PAGES["long post"])
    assert page.get_by_text("Here it is.").is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    page.close()
    assert {kind: found for kind, found in wide.items() if found} == {}


# The site's own receiver, which is nowhere to be found: it is asked for the places of a call, and for nothing else.
RECEIVER = "https://answers.example/"


def is_wrong(message: Any) -> bool:
    """Whether the browser complains, but for the receiver that does not answer."""
    return message.type == "error" and not message.location["url"].startswith(RECEIVER)


def test_nothing_moves_and_nothing_comes_from_elsewhere(sink: Served, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    asked: list[str] = []
    failed: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: failed.append(message.text) if is_wrong(message) else None)
    page.on("pageerror", lambda error: failed.append(str(error)))
    shifts = {}
    for kind, url in PAGES.items():
        page.goto(sink.address + url, wait_until="load")
        shifts[kind] = page.evaluate(
            """() => new Promise(done => {
                let total = 0;
                new PerformanceObserver(list => list.getEntries().forEach(shift => total += shift.value))
                    .observe({type: "layout-shift", buffered: true});
                setTimeout(() => done(total), 150);
            })"""
        )
    page.close()
    assert {kind: shift for kind, shift in shifts.items() if shift} == {}
    assert failed == []
    elsewhere = [url for url in asked if not url.startswith((sink.address, "data:"))]
    assert {url for url in elsewhere if not (url.startswith(RECEIVER) and url.endswith("/places"))} == set()
    assert elsewhere


def test_a_text_post_is_one_round_trip(sink: Served, browser: Any) -> None:
    """The page and all that it asks for before anybody scrolls, but for pictures."""
    page = browser.new_page(viewport={"width": 360, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for kind in ("long post", "short post"):
        asked.clear()
        page.goto(sink.address + PAGES[kind], wait_until="networkidle")
        files = [url.removeprefix(sink.address) for url in asked if "/images/" not in url]
        sizes = {url: len(gzip.compress(_file(sink, url).read_bytes())) for url in files}
        assert sum(sizes.values()) < FIRST_VISIT, sizes
        (style,) = (size for url, size in sizes.items() if url.startswith("/assets/style."))
        assert style < STYLE
        assert sum(size for url, size in sizes.items() if url.endswith(".js")) < SCRIPT  # and none of it is needed
    page.close()


def _file(sink: Served, url: str) -> Path:
    path = sink.folder / url.partition("?")[0].strip("/")
    return path / "index.html" if path.is_dir() else path
