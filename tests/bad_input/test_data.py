"""Data files: YAML, JSON, TOML and tables that are none."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.bad_input.test_front_matter import BOMB
from tests.bad_input.trial import Case, Content, pass_with, refuse

BROKEN: tuple[tuple[str, Content, int, str], ...] = (
    ("x.yml", "a: b: c", 1, "a colon inside"),
    ("x.yml", "a:\n\tb: 1", 2, "a tab"),
    ("x.yml", "a: 1\na: 2", 2, "`a` is given twice"),
    ("x.yml", "a: 1\n---\nb: 2", 2, "another document"),
    ("x.yml", "- a\nb: c", 2, ""),
    ("x.yml", BOMB, 1, "aliases unfold"),
    ("x.yml", "a: &a [*a]", 1, "an alias inside"),
    ("x.yml", "[" * 50_000, 1, "deep"),
    ("x.yaml", "a: !!python/object:x.Y {}", 1, "a YAML tag"),
    ("x.yml", b"a: caf\xe9", 1, "not UTF-8"),
    ("x.yml", "a: b\nc: d\0", 2, "a NUL"),
    ("x.yml", 'a: "b', 1, "never closed"),
    ("x.json", '{"a": 1,\n "b": }', 2, "not JSON: expecting value"),
    ("x.json", '{"a": 1,\n}', 2, "no comma before"),
    ("x.json", "", 1, "not JSON"),
    ("x.json", "{'a': 1}", 1, "double quotes"),
    ("x.json", "// x\n{}", 1, "no comments"),
    ("x.json", "[1, 2", 1, "not JSON"),
    ("x.json", "[" * 100_000, 1, "deep"),
    ("x.json", "[" * 300 + "]" * 300, 1, "deep"),
    ("x.json", "1" * 5000, 1, "a number that is too long"),
    ("x.json", b'{"a": "caf\xe9"}', 1, "not UTF-8"),
    ("x.json", '{"a": 1}'.encode("utf-16"), 1, "UTF-16"),
    ("x.toml", "a = b", 1, 'a = "b"'),
    ("x.toml", "a = 1\na = 2", 2, "given twice"),
    ("x.toml", "a = 1\nb = " + "1" * 5000, 2, "a number that is too long"),
    ("x.toml", "a = " + "[" * 5000, 1, "deep"),
    ("x.toml", "a" + ".a" * 3000 + " = 1", 1, "deep"),
    ("x.toml", "a = 2024-13-01", 1, "not TOML"),
    ("x.toml", "[a", 1, "not TOML"),
    ("x.csv", "a,b\n1,2\n3\n", 3, "a row of 1 cells below a first row of 2"),
    ("x.csv", "a,b\n1,2,3\n", 2, "a row of 3 cells"),
    ("x.csv", 'a,b\n"1\n1",2\n3\n', 4, "a row of 1 cells"),
    ("x.csv", 'a,b\n"1,2\n3,4\n', 3, "a quote"),
    ("x.csv", b"a\ncaf\xe9\n", 2, "not UTF-8"),
    ("x.csv", "a\n" + "x" * 200_000, 2, "larger than field limit"),
    ("x.tsv", "a\tb\n1\n", 2, "a row of 1 cells"),
)


@pytest.mark.parametrize(("name", "text", "line", "words"), BROKEN)
def test_it_is_refused(site: Path, name: str, text: Content, line: int, words: str) -> None:
    refuse(site, Case(name, {f"_data/{name}": text}, (f"_data/{name}:{line}: | {words}",)))


NAMES: tuple[tuple[Mapping[str, Content], str], ...] = (
    ({"_data/x.yml": "a: 1", "_data/x.json": "{}"}, "_data/x.yml: | another data file or folder is called x"),
    ({"_data/x.yml": "a: 1", "_data/x/y.json": "{}"}, "_data/x.yml: | another data file"),
    ({"_data/x.yml": "[1]", "_data/x/y.json": "{}"}, "_data/x.yml: | another data file"),
    ({"_data": "x"}, "_data: this should be a folder"),
)


@pytest.mark.parametrize(("files", "says"), NAMES)
def test_two_of_one_name(site: Path, files: Mapping[str, Content], says: str) -> None:
    refuse(site, Case("names", files, (says,)))


HARMLESS: tuple[tuple[str, Content], ...] = (
    ("x.yml", ""),
    ("x.yml", "# only a comment"),
    ("x.yml", "1: a\ntrue: b\nnull: c\n2024-01-01: d"),
    ("x.yml", "items: [1]\nkeys: 2\nvalues: 3"),
    ("x.yml", "a: &a {b: 1}\nc: *a\nd: {<<: *a}"),
    ("x.json", '\ufeff{"a": 1}'),
    ("x.json", "null"),
    ("x.csv", ""),
    ("x.csv", "a,b\r\n1,2\r\n\r\n3,4\r\n"),
    ("x.csv", "\ufeffa,b\n1,2\n"),
    ("x.toml", ""),
    ("x.xml", "<not read>"),
    ("README.md", "what this folder is for"),
    (".x.yml.swp", b"\0\xff"),
    ("x.yml~", b"a: b: c"),
    ("#x.yml#", b"a: b: c"),
)


@pytest.mark.parametrize(("name", "text"), HARMLESS)
def test_harmless(site: Path, name: str, text: Content) -> None:
    pass_with(site, Case(name, {f"_data/{name}": text, "_layouts/post.html": "{{ site.data | jsonify }}"}))
