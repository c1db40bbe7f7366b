"""`sitegen receive` and `sitegen inbox` as whole commands."""

import json
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from sitegen.cli.options import shown_inbox
from sitegen.forms.inbox.opening import open_for_writing
from sitegen.forms.inbox.store import Entry
from tests.forms.commands import CALL, make_site, receive, running, sitegen
from tests.forms.world import NOON

WITHOUT = "import sys; sys.modules['{}'] = None; from sitegen.cli import main; sys.exit(main({!r}))"


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path, "")


def test_what_is_received_is_in_the_inbox(site):
    with running(receive(site)) as (process, address):
        forged = {"X-Forwarded-For": "9.9.9.9"}
        answers = [
            httpx.post(f"{address}/f/call", json={"name": "Ada", "email": "a@b.org", "at": at}, headers=forged)
            for at in range(21)
        ]
        listed = json.loads(sitegen("inbox", "list", "--json", "-s", site).stdout)
        process.send_signal(signal.SIGINT)
        _, log = process.communicate(timeout=20)
    assert [answer.status_code for answer in answers] == [200] * 20 + [429]  # loopback is not exempt
    assert [item["id"] for item in listed] == [answer.json()["id"] for answer in answers[:20]]
    assert process.returncode == 0
    assert "POST form=call status=200" in log
    assert not any(word in log for word in ("Ada", "a@b.org", "127.0.0.1", "9.9.9.9", "Traceback"))


def test_it_says_where_answers_arrive_and_are_kept(site, tmp_path):
    (tmp_path / "_posts" / "2026-05-06-over.md").write_text(CALL.replace("form: true", "form: {closes: 2026-05-07}"))
    with running(receive(site)) as (process, address):
        assert process.stdout is not None
        place, *forms = (process.stdout.readline().rstrip() for _ in range(3))
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", address)
    assert place == f"Answers are kept in {tmp_path}/.sitegen/inbox.db; a changed site is read again by itself."
    assert sorted(forms) == ["  /f/call", "  /f/over  closed"]


def test_a_database_is_named_as_errors_name_it():
    address = "postgresql+psycopg:///blog?host=/run/postgresql&user=ada&password=hush&port=5433"
    named = "postgresql:///blog?host=%2Frun%2Fpostgresql&port=5433"
    assert shown_inbox(Path(), address) == named
    assert shown_inbox(Path(), "postgres://ada:hush@db.example/blog") == "postgresql://ada@db.example/blog"


def test_what_it_cannot_do_it_says(site, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        busy = sitegen("receive", "-s", site, "--port", taken.getsockname()[1])
    assert (busy.returncode, "is taken" in busy.stderr) == (1, True)
    assert "name another with --port" in busy.stderr  # without one it is 8001 again
    wrong = sitegen("receive", "-s", site, "--port", "99999")
    assert (wrong.returncode, "no port 99999" in wrong.stderr) == (2, True)
    (tmp_path / "_posts" / "2026-05-06-call.md").write_text(CALL.replace("form: true", "form: {feilds: 1}"))
    broken = sitegen("receive", "-s", site)
    assert (broken.returncode, "_posts/2026-05-06-call.md:4" in broken.stderr) == (1, True)


@pytest.mark.parametrize(
    ("package", "words"), [("sqlalchemy", ["inbox"]), ("rich", ["inbox"]), ("starlette", ["receive", "--port", "0"])]
)
def test_what_is_not_installed_is_named(site, package, words):
    sitegen("inbox", "-s", site)
    if package == "rich":  # which only shows what there is
        store = open_for_writing(site)
        store.accept(Entry("call", None, (("name", "Ada"),), NOON))
        store.close()
    code = WITHOUT.format(package, [*words, "-s", str(site)])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "sitegen[serve]" in done.stderr
    assert "pip install" in done.stderr


def test_what_was_purged_at_the_start_is_told_as_all_else(site):
    store = open_for_writing(site)
    store.accept(Entry("call", None, (("name", "Ada"),), NOON.replace(year=2020), keep=30))
    store.close()
    (site / "_posts" / "2026-05-06-call.md").write_text(CALL.replace("form: true", "form: {keep: 30 days}"))
    with running(receive(site)) as (process, _):
        assert process.stderr is not None
        told = [process.stderr.readline() for _ in range(2)]
    assert any("level=info event=purged form=call count=1" in line for line in told)


@pytest.mark.parametrize(
    "name",
    [
        "SITEGEN_METRICS_TOKEN",
        pytest.param("SITEGEN_ALTCHA_SECRET", marks=pytest.mark.slow),
        pytest.param("SITEGEN_API_KEY", marks=pytest.mark.slow),
    ],
)
def test_a_secret_that_can_be_guessed_is_said_at_the_start(site, monkeypatch, name):
    monkeypatch.setenv(name, "s3cret")
    done = sitegen("receive", "-s", site, "--port", "0")
    assert (done.returncode, name in done.stderr, "s3cret" in done.stderr) == (1, True, False)


def test_a_proof_of_work_without_its_extra_is_said_at_the_start(site):
    (site / "sitegen.toml").write_text("receive.altcha = true\n")
    code = WITHOUT.format("altcha", ["receive", "-s", str(site), "--port", "0"])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "sitegen[altcha]" in done.stderr and "Traceback" not in done.stderr
    code = WITHOUT.format("altcha", ["build", "-s", str(site)])  # who publishes the site need not have it
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False).returncode == 0
