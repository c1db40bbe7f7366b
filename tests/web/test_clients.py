"""Formspree's own clients, unchanged, against a receiver that really runs: what they return and what they show."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pytest

from sitegen.forms.wire.refusals import refused
from tests.forms.contract.processes import OPEN, running, write_site
from tests.web.conftest import HERE, missing

pytestmark = pytest.mark.slow

ADA = {"name": "Ada", "email": "ada@example.org"}
LONG = {f"more{at}": "x" * 50_000 for at in range(24)}  # in pieces: jsdom cannot send one text of that length
FORMS = {
    "call": (1, "true"),
    "typed": (1, "{fields: {name: {required: true}, age: number, word: {max_length: 5}}}"),
    "free": (1, "{fields: [note]}"),
    "closed": (1, "{closes: 2020-01-31}"),
}
WAYS = {"core": ("json", "form"), "ajax": ("bridge", "cors"), "react": ("bridge", "cors")}
CLIENTS = [(client, way) for client, ways in WAYS.items() for way in ways]


@dataclass(frozen=True)
class Case:
    """What is sent where, and the errors that must come back: (field or "", code), none for success.

    `site` says which receiver is meant. The clients know Formspree's codes only: others are "UNSPECIFIED" there.
    """

    name: str
    form: str = "call-1"
    answers: dict[str, str] = field(default_factory=lambda: ADA)
    errors: tuple[tuple[str, str], ...] = ()
    site: str = "open"
    path: str = ""
    project: str | None = None
    file: dict[str, str] | None = None
    bare: bool = False  # ajax: a page without a place for success


CASES = [
    Case("success"),
    Case("success without a place for it", bare=True),
    Case("project", project="p1"),
    Case("doubled slash", path="/"),
    Case("doubled slash and project", path="/", project="p1"),
    Case("path prefix", site="below", path="/blog"),
    Case("path prefix and project", site="below", path="/blog/", project="p1"),
    Case("missing", answers={"email": "a@b.org"}, errors=(("name", "REQUIRED_FIELD_MISSING"),)),
    Case("blank", answers=ADA | {"name": " "}, errors=(("name", "REQUIRED_FIELD_EMPTY"),)),
    Case("no e-mail", answers=ADA | {"email": "ada"}, errors=(("email", "TYPE_EMAIL"),)),
    Case("no number", "typed-1", ADA | {"age": "old"}, (("age", "TYPE_NUMERIC"),)),
    Case("too long a word", "typed-1", ADA | {"word": "abcdef"}, (("word", "TYPE_TEXT"),)),
    Case(
        "two at once",
        answers={"name": "", "email": "ada"},
        errors=(("name", "REQUIRED_FIELD_EMPTY"), ("email", "TYPE_EMAIL")),
    ),
    Case("nothing", "free-1", {}, (("", "EMPTY"),)),
    Case("blanks", "free-1", {"note": " "}, (("", "EMPTY"),)),
    Case("no such form", "nobody", errors=(("", "FORM_NOT_FOUND"),)),
    Case("closed", "closed-1", errors=(("", "INACTIVE"),)),
    Case("file", errors=(("", "NO_FILE_UPLOADS"),), file={"name": "cv.pdf", "text": "%PDF"}),
    Case("too large", answers=ADA | LONG, errors=(("", "FILES_TOO_BIG"),)),
    Case("from elsewhere", errors=(("", "BLOCKED"),), site="strict"),
    Case("too often", site="limited", errors=(("", "UNSPECIFIED"),)),
    Case("cannot be stored", site="broken", errors=(("", "UNSPECIFIED"),)),
]
WORDS = {  # where the client has no code the visitor still reads why
    "too often": "Too many answers came just now. Please try again in 24 hours.",
    "cannot be stored": refused("UNAVAILABLE").message,
}
RECEIVERS = {
    "open": OPEN,
    "below": 'baseurl = "/blog"\n' + OPEN,
    "limited": OPEN.replace('"off"', '"1/day"'),
    "broken": OPEN,
    "strict": OPEN + 'origins = ["https://friend.example"]\n',
}
Told = dict[tuple[str, str], dict[str, Any]]


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Where each receiver is."""
    with ExitStack() as stack:
        found = {}
        for name, config in RECEIVERS.items():
            site = write_site(tmp_path_factory.mktemp(name) / "site", config, FORMS)
            program = stack.enter_context(running("receive", site))
            found[name] = program.address
            if name == "limited":
                with program.client() as client:
                    assert client.post("/f/call-1", data=ADA).is_redirect
            if name == "broken":
                (site / ".sitegen").rename(site / "moved")
                (site / ".sitegen").write_text("no folder")
        yield found


@pytest.fixture(scope="module")
def told(judges: Path, addresses: dict[str, str]) -> Told:
    """(Client and way, case) → what the client made of it."""
    found: Told = {}
    for client, way in CLIENTS:
        cases = [_input(case, way, addresses) for case in CASES]
        found |= {(f"{client} {way}", name): result for name, result in _run(client, cases).items()}
    return found


def _input(case: Case, way: str, addresses: dict[str, str]) -> dict[str, Any]:
    named = {*case.answers, *(name for name, _ in case.errors)} - {""}
    return asdict(case) | {"way": way, "endpoint": addresses[case.site] + case.path, "fields": sorted(named)}


def _run(client: str, cases: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    node = shutil.which("node")
    if node is None:
        missing("no node on the PATH, which the form clients need")
    script = HERE / "clients" / f"{client}.mjs"
    done = subprocess.run(
        [str(node), str(script)], input=json.dumps(cases), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def applicable(client: str, way: str, case: Case) -> bool:
    """Whether that client can send that: JSON carries no files, and two pages have no place for success."""
    if case.site == "strict":  # Node tells no origin; and a browser does not show the answer, whatever it says
        return way == "bridge"
    return not (way == "json" and case.file) and not (case.bare and client != "ajax")


ROWS = [(*one, case) for case in CASES for one in CLIENTS if applicable(*one, case)]


@pytest.mark.parametrize(("client", "way", "case"), ROWS, ids=[f"{row[0]}-{row[1]}-{row[2].name}" for row in ROWS])
def test_every_client_understands_every_answer(told: Told, client: str, way: str, case: Case) -> None:
    result = told[f"{client} {way}", case.name]
    if not case.errors:
        assert result["kind"] == "success"
        assert client == "ajax" or result["next"] == f"https://example.org{case.path.rstrip('/')}/join/call-1/thanks/"
    else:
        assert result["kind"] == "error"
        assert sorted(_errors(result)) == sorted(case.errors)
        assert all(message for message in _messages(result))
    if case.name in WORDS:
        assert _messages(result) == [WORDS[case.name]]
    if "shown" in result:
        _SHOWN[client](case, result, result["shown"])


def _errors(result: dict[str, Any]) -> list[tuple[str, str]]:
    fields = [(name, error["code"]) for name, errors in result["fields"].items() for error in errors]
    return [("", error["code"]) for error in result["form"]] + fields


def _messages(result: dict[str, Any]) -> list[str]:
    return [error["message"] for errors in (result["form"], *result["fields"].values()) for error in errors]


def _words(result: dict[str, Any], whole: str) -> dict[str, str]:
    """Field → the words that must stand there; those for the whole form under the given name."""
    words = {name: errors[0]["message"] for name, errors in result.get("fields", {}).items()}
    return words | ({whole: result["form"][0]["message"]} if result.get("form") else {})


def _shown_by_ajax(case: Case, result: dict[str, Any], shown: dict[str, Any]) -> None:
    assert shown["ready"]
    assert shown["errors"] == _words(result, "")
    assert shown["invalid"] == [name for name in case.answers if name in result.get("fields", {})]
    assert shown["success"] == ([] if case.errors or case.bare else ["Thank you!"])
    assert shown["replaced"] == case.bare
    assert not case.bare or shown["text"] == "Thank you!"


def _shown_by_react(case: Case, result: dict[str, Any], shown: dict[str, Any]) -> None:
    assert shown["ready"]
    assert shown["errors"] == _words(result, "whole")
    assert case.errors or shown["text"] == "Thanks!"


_SHOWN = {"ajax": _shown_by_ajax, "react": _shown_by_react}
