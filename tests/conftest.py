"""What every test may ask for."""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A busy machine is no bug: no deadlines. In CI the same examples every time, so that red means the change.
hypothesis.settings.register_profile("sitegen", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("sitegen")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses a browser as that, and as slow; run it last: Playwright leaves an event loop running."""
    # Tests with a full disk run sitegen in other processes: a compiled module that Python could write only in part
    # would break every test after it. Not earlier: what this process imported is compiled once.
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
            item.add_marker("slow")
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """A real Chromium; without one the test is skipped, or fails where SITEGEN_REQUIRE_BROWSER=1."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        reason = f"no Chromium on the PATH (looked for {', '.join(BROWSERS)})"
        if os.environ.get("SITEGEN_REQUIRE_BROWSER") == "1":
            pytest.fail(f"{reason}, and SITEGEN_REQUIRE_BROWSER=1")
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=BROWSER_FLAGS)
        yield started
        started.close()
