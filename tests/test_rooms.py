"""Imports go down the table of rooms only, and the command line starts light."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.cli.commands import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "sitegen"

LEVELS = {
    "errors": 0,
    "slugs": 0,
    "dates": 0,
    "urls": 0,
    "digests": 0,
    "dimensions": 0,
    "folders": 0,
    "fonts": 0,
    "frozen": 0,
    "languages": 0,
    "marked": 0,
    "collector": 0,
    "patterns": 0,
    "plain": 0,
    "shapes": 0,
    "texts": 0,
    "ruby_dates": 0,
    "seal": 0,
    "pools": 0,
    "settings": 1,
    "jekyll": 1,
    "jekyll_feed": 1,
    "config": 1,
    "words": 1,
    "forms.description": 1,
    "forms.files": 1,
    "forms.reading": 1,
    "forms.secret": 1,
    "forms.services": 1,
    "forms.emails": 1,
    "forms.endpoints": 1,
    "forms.periods": 1,
    "forms.wording": 1,
    "model": 2,
    "forms.submission": 2,
    "forms.validation": 3,
    "forms.notices": 3,
    "forms.wire": 3,
    "forms.judgement": 3,
    "content": 3,
    "markup": 3,
    "templates": 3,
    "liquid": 3,
    "web": 3,
    "drawing": 1,
    "svg": 1,
    "leads": 4,
    "outputs": 4,
    "search": 4,
    "pictures": 4,
    "forms.inbox": 4,
    "build": 5,
    "forms.sending": 5,
    "forms.receiver": 5,
    "forms.api": 5,
    "forms.desk": 5,
    "forms.gate": 5,
    "forms.operating": 5,
    "forms.service": 6,
    "importing": 6,
    "schemas": 6,
    "deploy": 6,
    "check": 6,
    "explain": 6,
    "serve": 7,
    "cli": 8,
}
SHARED_LEVELS = {0, 1}  # their rooms may import each other
EXEMPT = {"sitegen", "sitegen.__main__", "sitegen.forms"}

HEAVY = (
    "alembic",
    "frontmatter",
    "httptools",
    "jinja2",
    "liquid",
    "markdown",
    "multipart",
    "pygments",
    "prometheus_client",
    "psycopg",
    "python_multipart",
    "rich",
    "sqlalchemy",
    "starlette",
    "uvicorn",
    "uvloop",
    "watchdog",
    "yaml",
)


def room_of(module: str) -> str | None:
    """`sitegen.forms.description` -> `forms.description`; None for what lies in no room."""
    parts = module.split(".")[1:]
    return next((room for room in (".".join(parts[:2]), parts[0] if parts else "") if room in LEVELS), None)


def imports(tree: ast.AST, module: str, *, is_package: bool) -> Iterator[tuple[int, str]]:
    """Line and full name of everything of ours that the module imports, wherever in it that happens."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{origin(node, module, is_package=is_package)}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from ((node.lineno, name) for name in names if name.split(".")[0] == "sitegen")


def origin(node: ast.ImportFrom, module: str, *, is_package: bool) -> str:
    """What `from ... import` names, with its leading dots resolved."""
    if not node.level:
        return node.module or ""
    parts = module.split(".")
    parts = parts[: len(parts) - node.level + is_package]
    return ".".join([*parts, node.module] if node.module else parts)


def may_import(here: str, there: str) -> bool:
    """Whether a module of the room `here` may import from the room `there`."""
    if here == there or LEVELS[there] < LEVELS[here]:
        return True
    return LEVELS[there] == LEVELS[here] and LEVELS[here] in SHARED_LEVELS


def violations(source: str, module: str, where: str, *, is_package: bool = False) -> list[str]:
    """One line for each import that goes up or sideways."""
    if module in EXEMPT:
        return []
    here = room_of(module)
    if here is None:
        return [f"{where}:1: {module} is in no room: see the table in tests/test_rooms.py"]
    found = []
    for line, name in imports(ast.parse(source), module, is_package=is_package):
        there = room_of(name)
        if there is not None and not may_import(here, there):
            text = f"{here} (level {LEVELS[here]}) imports {name} of {there} (level {LEVELS[there]})"
            found.append(f"{where}:{line}: {text}")
    return found


def test_imports_go_down():
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        is_package = path.name == "__init__.py"
        named = path.parent if is_package else path.with_suffix("")
        module = ".".join(named.relative_to(ROOT).parts)
        where = str(path.relative_to(ROOT))
        found += violations(path.read_text(encoding="utf-8"), module, where, is_package=is_package)
    assert not found, "imports go down the table of rooms only:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("sitegen.model.post", "from sitegen.content import posts"),
        ("sitegen.model.post", "import sitegen.content.posts"),
        ("sitegen.model.post", "import os, sitegen.cli"),
        ("sitegen.model.post", "from ..content.posts import read"),
        ("sitegen.model.post", "from .. import content"),
        ("sitegen.model.post", "from sitegen import content"),
        ("sitegen.content.posts", "from sitegen.markup import engine"),
        ("sitegen.markup.toc", "from sitegen.templates.views import View"),
        ("sitegen.templates.views", "def lazily():\n    from sitegen.content import posts"),
        (
            "sitegen.outputs.feed",
            "if TYPE_CHECKING:\n    import sitegen.build",
        ),
        ("sitegen.model.post", "from sitegen.forms.inbox.store import Store"),
        ("sitegen.build.plan", "from sitegen.forms.receiver.app import create_app"),
        ("sitegen.forms.description", "from sitegen.forms.inbox.store import Store"),
        ("sitegen.forms.description", "from .inbox import store"),
        ("sitegen.forms.inbox.store", "from ..receiver import app"),
        ("sitegen.forms.receiver.app", "from sitegen.serve import app"),
        ("sitegen.explain.story", "from sitegen.check import links"),
        ("sitegen.liquid.look", "from sitegen.markup import fragment"),
        ("sitegen.errors", "from sitegen.config import Config"),
        ("sitegen.check.links", "from sitegen.cli import main"),
        ("sitegen.utils", ""),
    ],
)
def test_a_wrong_way_is_found(module, source):
    assert len(violations(source, module, "x.py")) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (
            "sitegen.model.post",
            "from sitegen.config import Config\nfrom . import terms\nfrom ..slugs import a",
        ),
        ("sitegen.dates", "from sitegen.errors import Problem"),
        ("sitegen.config", "from sitegen.forms.description import Form"),
        ("sitegen.forms.description", "from sitegen.config import Config"),
        ("sitegen.forms.receiver.app", "from sitegen.forms import description\nfrom ..inbox import store"),
        ("sitegen.outputs.feed", "from sitegen.forms import description\nfrom sitegen import __version__"),
        ("sitegen.serve.app", "def lazily():\n    from sitegen.forms.receiver.app import app"),
        ("sitegen.cli.build", "import jinja2\nfrom sitegen.build import build"),
        ("sitegen.__main__", "from sitegen.cli import main"),
    ],
)
def test_a_right_way_is_not(module, source):
    assert violations(source, module, "x.py") == []


def test_relative_imports_of_a_package_start_at_itself():
    assert violations("from . import posts", "sitegen.content", "x.py", is_package=True) == []
    assert len(violations("from ..build import plan", "sitegen.content", "x.py", is_package=True)) == 1


def test_the_message_names_the_line_and_both_rooms():
    (message,) = violations("import os\nimport sitegen.cli\n", "sitegen.model.post", "sitegen/model/post.py")
    assert message == "sitegen/model/post.py:2: model (level 2) imports sitegen.cli of cli (level 8)"


DEAR = {"dataclasses", "inspect", "json", "pathlib", "shutil", "sitegen.config", "sitegen.errors", "typing"}


def modules_after(*words: str) -> set[str]:
    """What is imported at the end of a command that was asked for help only, beside what Python begins with."""
    run = "import sitegen.cli; sitegen.cli.main(sys.argv[1:])"
    code = (
        f"import atexit, sys; own = {{*sys.modules}}; atexit.register(lambda: print(*sys.modules.keys() - own)); {run}"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("words", [["--version"], ["--help"]])
def test_it_knows_its_commands_without_importing_any(words: list[str]) -> None:
    found = modules_after(*words)
    assert {name for name in found if name.startswith("sitegen.")} == {"sitegen.cli", "sitegen.cli.commands"}
    assert found & DEAR == set()


@pytest.mark.parametrize("name", ["new", "build", "schema"])
def test_a_command_imports_no_other_one(name: str) -> None:
    found = modules_after(name, "--help")
    assert found & {f"sitegen.cli.{one}" for one in (*COMMANDS, "import_")} == {f"sitegen.cli.{name}"}


def test_an_action_of_the_inbox_imports_no_other_one() -> None:
    assert modules_after("inbox", "list", "--help") & {"sitegen.cli.inbox.list_", "sitegen.cli.inbox.backup"} == {
        "sitegen.cli.inbox.list_"
    }


def test_the_command_line_starts_light():
    code = f"import sys, sitegen.cli; print(*sorted(set(sys.modules) & {set(HEAVY)!r}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []
