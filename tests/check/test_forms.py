"""Forms: nobody's answers may be lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitegen.cli import main
from tests.check.world import POST, findings, post, told, written

CONTACT = '[extra]\nemail = "ada@ada.blog"\n'
REAL = "https://formspree.io/f/mqkvzdwp"


def call(tmp_path: Path, form: str, config: str = "") -> Path:
    return written(tmp_path, {POST: f"---\ntitle: A call\nform: {form}\n---\nCome.\n", "sitegen.toml": config})


@pytest.mark.parametrize(
    ("form", "config"),
    [
        (f"{{endpoint: {REAL}}}", ""),
        ("{endpoint: https://some-unknown-service.net/abc}", ""),
        ("{endpoint: netlify}", ""),
        ("{endpoint: 'https://api.web3forms.com/submit?access_key=7f3c1f2e-9a4b-4c1d-8e5f-0a1b2c3d4e5f'}", ""),
        ("true", f'[forms]\nendpoint = "{REAL}"\n'),
        ("true", f'[receive]\nurl = "https://answers.ada.blog"\n{CONTACT}'),
        ("{closes: 2020-01-01}", ""),
    ],
)
def test_what_is_well(tmp_path: Path, form: str, config: str) -> None:
    assert told(call(tmp_path, form, config), "forms") == []


def test_a_call_with_nowhere_to_go_is_an_error_told_once(tmp_path: Path) -> None:
    found = told(call(tmp_path, "true", 'url = "https://ada.blog"\n'), "forms", "build")
    assert found == [f'error forms {POST}:3: the call "a" has nowhere to go once it is published']


@pytest.mark.parametrize(
    ("form", "config", "words"),
    [
        ("{confirm: true}", f'[receive]\nurl = "https://answers.ada.blog"\n{CONTACT}', "letters come from nobody"),
        (f"{{confirm: true, endpoint: {REAL}}}", "", "which no form service knows"),
    ],
)
def test_a_call_that_nobody_can_confirm_is_an_error_told_once(
    tmp_path: Path, form: str, config: str, words: str
) -> None:
    (found,) = told(call(tmp_path, form, f'url = "https://ada.blog"\n{config}'), "forms", "build")
    assert found.startswith(f"error forms {POST}:3: ") and words in found


def test_a_call_that_can_be_confirmed_is_well(tmp_path: Path) -> None:
    config = '[receive]\nurl = "https://answers.ada.blog"\nsender = "ada@ada.blog"\n' + CONTACT
    assert told(call(tmp_path, "{confirm: true}", config), "forms") == []


def test_a_call_whose_author_nobody_can_write_to_is_noted_once(tmp_path: Path) -> None:
    config = 'author = "Your Name"\n[receive]\nurl = "https://answers.ada.blog"\n'
    assert told(call(tmp_path, "true", config), "forms") == [
        f'note forms {POST}:3: the call "a" tells no address to write to about an answer',
        'note forms sitegen.toml:1: answers go to "Your Name", as the pages of the calls say',
    ]
    assert not any(words in one for one in told(tmp_path, "build") for words in ("no address", "Your Name"))
    profiles = {"_data/authors.yml": "ada: {name: Ada, email: ada@ada.blog}\n"}
    written(tmp_path, profiles | {"sitegen.toml": config.replace("Your Name", "ada")})
    assert told(tmp_path, "forms") == []


ENDPOINTS = {
    "https://formspree.io/f/your-form-id": ("error", "still a placeholder"),
    "https://formspree.io/f/xxxxxxxx": ("error", "still a placeholder"),
    "https://formspree.io/f/abcdwxyz": ("warning", "from a manual"),
    "https://formspree.io/forms/mqkvzdwp": ("warning", "no form at Formspree"),
    "https://example.org/f/abc": ("error", "go to example.org, where nobody"),
    "http://localhost:8000/f/a": ("error", "go to localhost, where nobody"),
    "http://forms.ada.blog/f/a": ("warning", "travel unprotected"),
}


def test_endpoints(tmp_path: Path) -> None:
    form = "---\ntitle: A call\nform: {{endpoint: '{}'}}\n---\nCome.\n"
    files = {f"_posts/2026-01-0{day}-c{day}.md": form.format(url) for day, url in enumerate(ENDPOINTS, 1)}
    found = {one.problem.path: one.problem for one in findings(written(tmp_path, files), ["forms"])}
    for path, (severity, what) in zip(files, ENDPOINTS.values(), strict=True):
        assert (found[path].line, found[path].severity) == (3, severity)
        assert what in found[path].message


def test_where_the_endpoint_is_written(tmp_path: Path) -> None:
    config = '[forms]\nendpoint = "https://example.org/a"\n\n[forms.circle]\nendpoint = "https://example.org/b"\n'
    files = {
        "_posts/2026-01-01-b.md": "---\ntitle: B\nform: circle\n---\n",
        POST: "---\ntitle: A\nform: true\n---\n",
        "sitegen.toml": config,
    }
    found = findings(written(tmp_path, files), ["forms"])
    assert [one.problem.where for one in found] == ["sitegen.toml:2", "sitegen.toml:5"]


def test_the_receivers_address(tmp_path: Path) -> None:
    folder = call(tmp_path, "true", '[receive]\nurl = "http://127.0.0.1:8000"\n' + CONTACT)
    assert [one.problem.where for one in findings(folder, ["forms"])] == ["sitegen.toml:2"]


OWN = {
    f'<form method="post" action="{REAL}">': "",
    '<form method="post" netlify>': "",
    '<form method="post" data-netlify="true" action="/thanks/">': "",
    '<form action="/search/">': "",
    '<form method="post">': "error",
    '<form method="POST" action="/about/">': "error",
    '<form method="post" action="https://formspree.io/f/your-form-id">': "error",
    '<form method="post" action="http://forms.ada.blog/x">': "warning",
}


def test_forms_that_the_author_wrote(tmp_path: Path) -> None:
    files = {
        f"_posts/2026-01-0{day}-x.md": post(f"Write.\n\n{html}<input name=x></form>") for day, html in enumerate(OWN, 1)
    }
    found = findings(written(tmp_path, files), ["forms"])
    assert {one.problem.path: (one.problem.severity, one.problem.line) for one in found} == {
        path: (severity, 6) for path, severity in zip(files, OWN.values(), strict=True) if severity
    }


def test_a_link_to_a_closed_call(tmp_path: Path) -> None:
    files = {
        POST: "---\ntitle: A call\nform: {closes: 2020-01-01}\n---\nCome.\n",
        "_posts/2026-05-07-b.md": post("Do [join](/join/a/)."),
    }
    folder = written(tmp_path, files)
    assert told(folder, "forms") == [
        "note forms _posts/2026-05-07-b.md:4: the link to /join/a/ leads to a call that is closed"
    ]


def test_a_new_site_has_one_thing_to_mend(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["init", str(tmp_path)])
    capsys.readouterr()
    assert main(["check", "-s", str(tmp_path), "--json"]) == 1
    found = [one for one in json.loads(capsys.readouterr().out) if one["severity"] != "note"]
    assert [(one["check"], one["severity"]) for one in found] == [("forms", "error")]
