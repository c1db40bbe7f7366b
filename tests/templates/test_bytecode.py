"""The packaged layouts are compiled once for all processes, as Python's modules are; a site's own never are."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.build.trees import tree

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from jinja2.parser import Parser
parse, parsed = Parser.parse, []
Parser.parse = lambda self: parsed.append(self.filename or "") or parse(self)
from sitegen.build import build
from sitegen.config import load_config
build(load_config(Path(sys.argv[1])), now=datetime(2024, 1, 1, tzinfo=UTC), clean=True)
print(sum(name.startswith("theme/") for name in parsed), sum(name.startswith("_layouts/") for name in parsed))
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sitegen of its own, into which nobody else looks."""
    folder = tmp_path_factory.mktemp("package")
    shutil.copytree(ROOT / "sitegen", folder / "sitegen", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in {
        "_posts/2020-01-02-a.md": "---\ntags: [a]\n---\nText.\n",
        "_layouts/page.html": "{% extends 'theme/page.html' %}{# of the site's own #}",
        "_pages/about.md": "About.\n",
        "sitegen.toml": 'url = "https://example.org"\n',
    }.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(text)
    return tmp_path / "site"


def parsed(package: Path, site: Path, **environment: str) -> tuple[int, int]:
    """How many layouts a build parses: of the theme, and of the site."""
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(site)], cwd=package,
        capture_output=True, text=True, check=True, env={**usual, "PYTHONPATH": str(package), **environment},
    )  # fmt: skip
    theme, own = map(int, run.stdout.split())
    return theme, own


def file_of(package: Path) -> Path:
    return package / f"sitegen/templates/__pycache__/layouts.{sys.implementation.cache_tag}.marshal"


def test_once_for_all_processes(package: Path, site: Path) -> None:
    file_of(package).unlink(missing_ok=True)
    theme, own = parsed(package, site)
    pages = tree(site / "output")
    assert theme > 10 and own > 0
    assert b"of the site's own" not in file_of(package).read_bytes()
    assert parsed(package, site) == (0, own)
    assert tree(site / "output") == pages
    (site / "_layouts/page.html").unlink()  # more of the theme is used now, which is added to what is kept
    more, _ = parsed(package, site)
    assert 0 <= more < theme
    assert parsed(package, site) == (0, 0)


@pytest.mark.parametrize("damage", ["cut", "changed", "another compiler"])
def test_what_is_not_sound_is_compiled_anew(package: Path, site: Path, damage: str) -> None:
    parsed(package, site)
    pages, file = tree(site / "output"), file_of(package)
    data = file.read_bytes()
    if damage == "another compiler":
        os.utime(package / "sitegen/templates/environment.py")
    else:
        file.write_bytes(data[:1000] if damage == "cut" else data[:-9] + b"123456789")
    assert parsed(package, site)[0] > 10
    assert tree(site / "output") == pages
    assert parsed(package, site)[0] == 0


def test_a_changed_layout_is_compiled_anew(package: Path, site: Path) -> None:
    parsed(package, site)
    layout = package / "sitegen/theme/layouts/post.html"
    text = layout.read_text()
    layout.write_text(f"{text}{{# changed #}}")
    assert parsed(package, site)[0] == 1
    layout.write_text(text)


def test_python_may_be_told_to_keep_nothing(package: Path, site: Path) -> None:
    file_of(package).unlink(missing_ok=True)
    assert parsed(package, site, PYTHONDONTWRITEBYTECODE="1")[0] > 10
    assert not file_of(package).exists()
