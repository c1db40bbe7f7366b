"""`sitegen schema`: what it prints fits what there is, and offers the names of a site."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sitegen.cli import main
from sitegen.config import Config
from sitegen.content.frontmatter import read_front_matter
from sitegen.errors import Problems
from sitegen.marked import read_toml
from sitegen.schemas import schema
from sitegen.settings import SETTINGS
from tests.bad_input.trial import command

ROOT = Path(__file__).parents[2]
SITE = {
    "sitegen.toml": "[forms.meet]\ncapacity = 3\n",
    "_posts/2026-05-06-a.md": "---\ntags: [Rust, tea]\ncategories: notes\nauthor: [Ada, {name: Cy}]\n---\n",
    "_posts/2026-05-07-c.md": "---\nauthors: Bo\n---\n",
    "_layouts/mine.html": "{{ content }}",
}
# The settings whose default is told in words.
IN_WORDS = {
    "outputs",
    "menu",
    "languages",
    "cards.colours",
    "forms.endpoint",
    "forms.keep",
    "receive.keep_spam",
    "receive.sender",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for path, text in SITE.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def wrong(name: str, value: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(schema(name)).iter_errors(value)]


def front_matters(*folders: Path) -> Iterator[tuple[Path, Any]]:
    for folder in folders:
        for file in sorted((*folder.glob("_posts/*.md"), *folder.glob("_pages/*.md"), *folder.glob("*.md"))):
            front = read_front_matter(file.read_text(encoding="utf-8"), file.name, Problems())
            assert front is not None
            yield file, front.values


def test_what_the_project_and_init_write_fits(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "new")]) == 0
    own = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["sitegen"]
    manual, new = (
        read_toml((folder / "sitegen.toml").read_text()).value for folder in (ROOT / "docs", tmp_path / "new")
    )
    assert [wrong("config", value) for value in (own, manual, new)] == [[], [], []]
    found = dict(front_matters(ROOT, ROOT / "docs", tmp_path / "new"))
    assert len(found) > 10
    assert {file: said for file, front in found.items() if (said := wrong("front-matter", front))} == {}


def test_no_other_setting_may_stand_there() -> None:
    assert wrong("config", {"titel": "x"}) and wrong("config", {"feed": {"paht": "/x.xml"}})
    assert wrong("config", {"extra": {"anything": [1]}, "forms": {"meet": True}}) == []
    assert wrong("config", {"markdown": "kramdown"}) == []
    assert wrong("config", {"defaults": [{"values": {"draft": "yes"}}]})


def test_defaults_are_those_of_the_configuration() -> None:
    properties = schema("config")["properties"]
    usual = Config(Path(), Path())
    for setting in SETTINGS:
        group, _, name = setting.name.rpartition(".")
        table = properties[group] if group else {"properties": properties}
        row = {**(table["anyOf"][0] if "anyOf" in table else table)}["properties"][name]
        assert row["description"] == setting.doc
        if setting.name in IN_WORDS:
            assert "default" not in row
        else:
            assert json.loads(json.dumps(getattr(usual, setting.attribute))) == row["default"]


def test_it_is_printed_and_written(tmp_path: Path) -> None:
    done = command("schema", "config")
    assert (done.code, json.loads(done.out)) == (0, schema("config"))
    file = tmp_path / "new" / "posts.json"
    assert command("schema", "front-matter", "-o", file).code == 0
    assert json.loads(file.read_text()) == schema("front-matter")


@pytest.mark.parametrize("place", [".", "no/such/folder/x.json", "sitegen.toml/x", "pyproject.toml/x"])
def test_where_none_can_be_written(site: Path, place: str) -> None:
    done = command("schema", "config", "-o", site / place)
    assert (done.code, "the schema cannot be written there: " in done.err, "hint: name a file" in done.err) == (
        1,
        True,
        True,
    )
    assert not any((site / name).exists() for name in ("no", "pyproject.toml")) and (site / "sitegen.toml").is_file()


def test_the_names_of_a_site_are_offered(site: Path) -> None:
    done = command("schema", "front-matter", "-s", site)
    checked = Draft202012Validator(json.loads(done.out))
    assert checked.is_valid({"layout": "mine", "form": "meet", "tags": ["tea", "new"], "author": "Bob"})
    assert checked.is_valid({"layout": "post", "form": {"capacity": 2}, "tags": "tea new", "categories": None})
    assert not checked.is_valid({"layout": "psot"})
    assert not checked.is_valid({"form": "meat"})
    assert all(name in done.out for name in ('"Rust"', '"tea"', '"notes"'))
    offered = json.loads(done.out)["properties"]
    assert [offered[key]["anyOf"][0]["items"]["anyOf"][0] for key in ("author", "authors")] == [
        {"enum": ["Ada", "Bo", "Cy"]}
    ] * 2


def test_a_site_with_problems_has_names_too(site: Path) -> None:
    (site / "_posts/2026-05-07-b.md").write_text("---\ndate: soon\n---\n")
    assert '"mine"' in command("schema", "front-matter", "-s", site).out


def test_what_cannot_be(tmp_path: Path) -> None:
    assert command("schema").code == 2
    assert command("schema", "posts").code == 2
    done = command("schema", "config", "-s", tmp_path)
    assert (done.code, "this is no site" in done.err) == (1, True)
    done = command("schema", "config", "-o", tmp_path)
    assert (done.code, done.err.startswith(str(tmp_path))) == (1, True)
