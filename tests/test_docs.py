"""The manual names everything that there is, and sitegen builds it."""

from __future__ import annotations

import argparse
import ast
import inspect
import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitegen.cli import inbox, main
from sitegen.cli.commands import COMMANDS, Later, parser
from sitegen.cli.receive import PATIENCE
from sitegen.config import Config
from sitegen.content.documents import FRONT_MATTER_KEYS
from sitegen.forms.description import FIELD_TYPES
from sitegen.forms.inbox.store import Figures
from sitegen.forms.operating.exposition import Reading
from sitegen.forms.operating.readers import TOKEN
from sitegen.forms.operating.tally import Tally
from sitegen.forms.reading.keys import FIELD_KEYS, FORM_KEYS
from sitegen.forms.receiver.app import BODY_SECONDS
from sitegen.forms.receiver.json_log import NUMBERS
from sitegen.forms.service import PARTS
from sitegen.forms.services import SERVICES
from sitegen.forms.wire.body import SLOWEST
from sitegen.forms.wire.posted import BODY_BYTES
from sitegen.markup.bodies import Bodies
from sitegen.model.permalinks import PLACEHOLDERS
from sitegen.model.site import Site
from sitegen.outputs import OUTPUTS
from sitegen.settings import SETTINGS
from sitegen.settings.names import OUTPUT_NAMES
from sitegen.templates import Renderer, views
from sitegen.templates.filters import FILTERS, SITE_FILTERS
from sitegen.templates.shortcodes import GIVEN
from sitegen.templates.shortcodes import names as shortcode_names
from sitegen.templates.speaking import LANGUAGE_FILTERS
from sitegen.templates.structured_data import PAGE_FILTERS
from sitegen.templates.theme import layout_names
from sitegen.templates.views import calls
from sitegen.web.heads import HEAD_BYTES, HEAD_LINES
from sitegen.web.watch import Limits
from sitegen.words import english
from sitegen.words.numbers import STYLES

ENDINGS = {"counter": "_total", "info": "_info"}

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def page(name: str) -> str:
    return (DOCS / "_pages" / f"{name}.md").read_text(encoding="utf-8")


def missing(name: str, words: Iterable[str]) -> list[str]:
    text = page(name)
    return [word for word in words if word not in text]


def rows(name: str, keys: Iterable[str]) -> dict[str, int]:
    """The keys that have no row in a page's tables, or several, and how many."""
    text = page(name)
    return {key: count for key in keys if (count := text.count(f"\n| `{key}` |")) != 1}


def attributes(view: type) -> list[str]:
    """What a layout can ask a view for."""
    public = (name for name, _ in inspect.getmembers(view) if not name.startswith("_"))
    return [name for name in public if not inspect.isfunction(getattr(view, name))]


def options(command: argparse.ArgumentParser | Later) -> Iterator[str]:
    for action in (command.made() if isinstance(command, Later) else command)._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from options(inner)
        elif not isinstance(action, argparse._HelpAction):
            yield from action.option_strings


def test_settings() -> None:
    usual = Config(ROOT, ROOT)
    defaults = (setting.default or f"`{json.dumps(getattr(usual, setting.attribute))}`" for setting in SETTINGS)
    beginnings = [f"| `{setting.name}` | {default} |" for setting, default in zip(SETTINGS, defaults, strict=True)]
    assert missing("settings", beginnings) == []
    assert rows("settings", (setting.name for setting in SETTINGS)) == {}


def test_limits_of_the_receiver() -> None:
    limits = Limits()
    rows = [
        ("the head of a request, from the connection or the first byte of a further request", f"{limits.head:g} s"),
        ("the body of a request", f"{BODY_SECONDS:g} s"),
        ("what is still sent after the answer", f"{limits.rest:g} s"),
        ("between two requests on a connection", f"{limits.idle:g} s"),
        ("an answer of which nothing is taken", f"{limits.unread:g} s"),
        ("a head", f"{HEAD_BYTES // 1024} KiB, {HEAD_LINES} lines"),
        ("a body without files", f"{BODY_BYTES // 1024**2} MiB"),
        ("connections at once", str(limits.connections)),
        ("answers under way when it is told to stop", f"{PATIENCE} s"),
    ]
    assert missing("receiver", (f"\n| {what} | {limit} |" for what, limit in rows)) == []
    assert missing("receiver", [f"a second more for each {SLOWEST // 1024} KiB"]) == []


@pytest.mark.parametrize("file", sorted((DOCS / "static" / "deploy").iterdir()), ids=lambda file: file.name)
def test_the_files_of_deployments_are_shown_as_they_are(file: Path) -> None:
    assert f"\n{file.read_text(encoding='utf-8')}```" in page("operating")
    assert f"(/deploy/{file.name})" in page("operating")


def test_numbers_and_events_of_the_receiver() -> None:
    now = datetime(2026, 5, 6, tzinfo=UTC)
    families = Reading(Tally(), Figures({}, {}, None), 0, now).collect()
    named = (f"{family.name}{ENDINGS.get(family.type, '')}" for family in families)
    assert rows("operating", named) == {}
    assert (
        missing(
            "operating", (f"`{name}`" for name in (*NUMBERS, *(part.path for part in PARTS if part.watching), TOKEN))
        )
        == []
    )


def test_every_event_and_key_of_the_log() -> None:
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in (ROOT / "sitegen").rglob("*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    told = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "line"]
    given = [keyword for call in told for keyword in call.keywords if keyword.arg and keyword.arg != "event"]
    events = [key.value for call in told for key in call.keywords if key.arg == "event"]
    names = [str(event.value) for event in events if isinstance(event, ast.Constant)]
    assert {"purged", "started"} <= set(names)
    assert missing("operating", (f"`{name}`" for name in (*names, *(keyword.arg for keyword in given)))) == []


def test_the_readme_leads_to_every_page_of_the_manual() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pages = sorted((ROOT / "docs" / "_pages").glob("*.md"))
    assert [page.name for page in pages if f"](docs/_pages/{page.name})" not in readme] == []


def test_outputs() -> None:
    assert missing("settings", (f"`{name}`" for name in OUTPUTS)) == []
    assert set(OUTPUTS) == set(OUTPUT_NAMES)


def test_front_matter() -> None:
    assert rows("posts", FRONT_MATTER_KEYS) == {}


def test_placeholders() -> None:
    assert missing("posts", (f"`:{name}`" for name in PLACEHOLDERS)) == []


def test_forms() -> None:
    assert missing("forms", (f"`{key}`" for key in (*FORM_KEYS, *FIELD_KEYS, *FIELD_TYPES))) == []


def test_form_services() -> None:
    """The table is what the code knows, word for word."""
    sent = {it.name: ", ".join(f"`{name}`" for name in it.fields) or "nothing" for it in SERVICES}
    table = [f"| {it.name} | `{it.example}` | {sent[it.name]} | {it.files} | {it.note} |" for it in SERVICES]
    section = page("forms").split("### To a form service")[1].split("\n### ")[0]
    assert re.findall(r"^\| [A-Z].*", section, re.M) == table


def test_filters() -> None:
    assert (
        missing(
            "layouts",
            (f"`{name}`" for name in (*FILTERS, *SITE_FILTERS, *PAGE_FILTERS, *LANGUAGE_FILTERS, "markdownify")),
        )
        == []
    )


def test_every_word_and_style_of_dates_is_named():
    rows = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| (`[^|]+`) \|$", page("languages"), re.M))
    named = [f"{group}.{key}" for group, keys in rows.items() for key in re.findall(r"`(\w+)`", keys)]
    assert named == list(english())
    assert missing("languages", (*(f"`{style}`" for style in STYLES if style != "long"), "`number`", "spoken(")) == []


def test_layouts() -> None:
    assert missing("layouts", (f"`{name.removesuffix('.html')}`" for name in layout_names())) == []


def test_shortcodes() -> None:
    site = Site(Config(ROOT, ROOT))
    shortcodes = Renderer(site, Bodies(site.config)).shortcodes
    text = page("shortcodes")
    for name in shortcode_names(site):
        section = text.split(f"\n## `{name}`\n")[1].split("\n## ")[0]
        rows = {word for row in re.findall(r"^\| (`.*?) \|", section, re.M) for word in re.findall(r"`(\w+)`", row)}
        assert rows == set(shortcodes.taken(name)) - {"inner"}, name
    assert [name for name in (*GIVEN, "inner") if f"| `{name}` |" not in text] == []


@pytest.mark.parametrize(("prefix", "view"), [("site.", views.SiteView), ("page.", views.PostView)])
def test_page_and_site(prefix: str, view: type) -> None:
    assert missing("layouts", (f"`{prefix}{name}`" for name in attributes(view))) == []


@pytest.mark.parametrize(
    ("word", "view"),
    [
        ("series", views.SeriesView),
        ("author", views.AuthorView),
        ("call", calls.CallView),
        ("form", calls.FormView),
        ("field", calls.FieldView),
    ],
)
def test_what_a_page_holds(word: str, view: type) -> None:
    """The sentences from the word, in bold, to the next such word or the end of the paragraph."""
    said = re.split(r"\*\*|\n\n", page("layouts").split(f" **{word}**")[1])[0]
    own = [name for name in attributes(view) if name in vars(view)]  # not what a text has
    assert own and [name for name in own if f"`{name}`" not in said] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_commands(name: str) -> None:
    commands = next(action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    assert missing("commands", [f"## sitegen {name}", *options(commands.choices[name])]) == []


def test_extras() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = set(project["optional-dependencies"]) - {"dev"}
    section = page("commands").split("\n## Extras\n")[1].split("\n## ")[0]
    assert sorted(re.findall(r"^\| `(\w+)` \|", section, re.M)) == sorted(extras)
    assert "](docs/_pages/commands.md#extras)" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_actions_of_the_inbox() -> None:
    assert missing("commands", (f"\n| `sitegen inbox {name}" for name in inbox.ACTIONS)) == []


def test_the_manual_builds(tmp_path: Path) -> None:
    assert main(["build", "-s", str(DOCS), "-o", str(tmp_path / "manual"), "--strict"]) == 0
    assert (tmp_path / "manual" / "settings" / "index.html").exists()


def test_our_own_blog_builds(tmp_path: Path) -> None:
    assert main(["build", "-s", str(ROOT), "-o", str(tmp_path / "blog")]) == 0
    assert (tmp_path / "blog" / "join" / "index.html").exists()
