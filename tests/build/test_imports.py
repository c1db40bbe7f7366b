"""What a site does not use is not imported for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import sitegen
from sitegen.outputs import OUTPUTS, made_by

UNUSED = (
    *("yaml", "frontmatter", "liquid", "markdown", "PIL", "babel", "minify_html", "lightningcss", "subprocess"),
    *("urllib.request", "uuid", "email.utils", "concurrent.futures", "multiprocessing"),
    *("sitegen.jekyll", "sitegen.ruby_dates", "sitegen.svg", "sitegen.drawing.cards", "sitegen.liquid.expansion"),
    *("sitegen.search", "sitegen.pictures.making", "sitegen.build.weighing", "sitegen.build.cards"),
    *("sitegen.forms.reading.forms", "sitegen.content.collections", "sitegen.templates.assets.bundling"),
    *("xml.etree.ElementTree", "sitegen.markup.kramdown", "sitegen.markup.footnotes", "sitegen.build.budget"),
    *("calendar", "csv", "difflib", "sitegen.forms.services", "sitegen.templates.views.calls"),
    *("sitegen.outputs.cards", "sitegen.outputs.join", "sitegen.outputs.periods"),
)
PROGRAM = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from sitegen.build import build
from sitegen.config import load_config
build(load_config(Path(sys.argv[1])), now=datetime(2024, 1, 1, tzinfo=UTC))
print(*sys.modules)
"""


def modules_of(site: Path) -> set[str]:
    """The modules that are there after a build."""
    run = subprocess.run([sys.executable, "-c", PROGRAM, str(site)], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "sitegen.toml": 'outputs = ["posts", "home", "tags", "atom", "sitemap"]\nurl = "https://x.org"\n'
        'markdown.engine = "commonmark"\n',
        "_layouts/post.html": "{{ content }}",
        "_layouts/home.html": "{% for post in paginator.posts %}{{ post.title }}{% endfor %}",
        "_layouts/term.html": "{{ page.title }}",
        "_posts/2020-01-02-a.md": '---\ntitle: "One"\ndate: 2020-01-02 03:04:05\ntags: [a, b]\n---\n\nText.\n',
        "_posts/2020-01-03-b.md": "---\ntitle: Two\ncategories:\n  - c\n---\n\nMore [text](/).\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_a_plain_site_imports_little(site: Path) -> None:
    assert modules_of(site) & set(UNUSED) == set()


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("_posts/2020-01-04-c.md", "---\nform: true\n---\n", "sitegen.forms.reading.forms"),
        ("_posts/2020-01-04-c.md", "---\nmore: {a: [b]}\n---\n", "yaml"),
        ("_config.yml", "title: x\n", "sitegen.jekyll"),
    ],
)
def test_what_it_uses_is(site: Path, name: str, text: str, wanted: str) -> None:
    if name == "_config.yml":
        (site / "sitegen.toml").unlink()
    (site / name).write_text(text)
    assert wanted in modules_of(site)


@pytest.mark.parametrize("name", OUTPUTS)
def test_each_output_has_its_function(name: str) -> None:
    assert callable(made_by(name))


NOTING = """
import re, sys
compiled, at = re.compile, set()
def noting(*given, **more):
    code = sys._getframe(1).f_code
    at.add(f"{code.co_filename}:{code.co_name}")
    return compiled(*given, **more)
re.compile = noting
"""


def test_no_regular_expression_is_compiled_before_it_is_used(site: Path) -> None:
    run = [sys.executable, "-c", f"{NOTING}{PROGRAM}print(*at, sep='\\n')", str(site)]
    told = subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()
    top = f"{Path(sitegen.__file__).parent}/"
    ours = {line.removeprefix(top) for line in told if line.startswith(top)}
    assert "patterns.py:__getattr__" in ours
    assert [line for line in ours if line.endswith(">")] == []  # the head of a module, or what loops there


FROZEN = """
from dataclasses import is_dataclass
ours = [vars(module).values() for name, module in sys.modules.items() if name.startswith("sitegen.")]
kinds = {kind for values in ours for kind in values if isinstance(kind, type) and is_dataclass(kind)}
print(*(kind.__qualname__ for kind in kinds if kind.__dataclass_params__.frozen))
"""


def test_frozen_dataclasses_are_quick_to_import(site: Path) -> None:
    run = [sys.executable, "-c", PROGRAM + FROZEN, str(site)]
    told = subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()
    assert set(told[-1].split()) == {"Given", "Origin"}  # those with slots are of `dataclasses`
