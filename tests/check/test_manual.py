"""The manual tells of every check; it, our own blog and the kitchen sink pass them all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sitegen.cli import main
from sitegen.settings.names import CHECK_NAMES

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", CHECK_NAMES)
def test_every_check_has_its_row(name: str) -> None:
    assert f"\n| `{name}` |" in (ROOT / "docs/_pages/check.md").read_text(encoding="utf-8")


def test_the_manual_has_nothing_to_mend() -> None:
    assert main(["check", "-s", str(ROOT / "docs"), "--strict"]) == 0


def test_our_own_blog_has_nothing_to_mend_but_its_example_of_a_call() -> None:
    assert main(["check", "-s", str(ROOT), "--strict", "--skip", "forms"]) == 0


def test_the_kitchen_sink_has_nothing_to_mend_but_its_address_for_answers(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/web/site", tmp_path / "site", ignore=shutil.ignore_patterns(".sitegen", "output"))
    assert main(["check", "-s", str(tmp_path / "site"), "--strict", "--skip", "forms"]) == 0
