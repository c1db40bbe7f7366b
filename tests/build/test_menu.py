"""A menu of sitegen's own making shows whether there are calls, and pages that show nothing else of them follow."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from sitegen.build.render import Ledger
from tests.build.trees import made

MENU = "{% for item in site.menu %}{{ item.url }} {% endfor %}"
CALL = "---\ntitle: Come\nform: true\n---\nText.\n"


def menu_after_the_first_call(site: Path) -> str:
    (site / "_layouts").mkdir()
    (site / "_posts").mkdir()
    (site / "_layouts/menu.html").write_text(MENU)
    (site / "about.md").write_text("---\nlayout: menu\n---\n")
    made(site)
    (site / "_posts/2024-01-01-come.md").write_text(CALL)
    made(site)
    return (site / "output/about/index.html").read_text()


def test_the_first_call_is_in_the_menu_of_every_page(tmp_path: Path) -> None:
    assert "/join/" in menu_after_the_first_call(tmp_path)


def test_it_can_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    total = Ledger.total

    def seeing(ledger: Ledger, names: Iterable[str]) -> str:
        return total(ledger, [name for name in names if not name.startswith("any:")])

    monkeypatch.setattr(Ledger, "total", seeing)
    assert "/join/" not in menu_after_the_first_call(tmp_path)
