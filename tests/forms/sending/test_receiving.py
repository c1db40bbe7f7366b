"""From the form to the author's mailbox and program, by a receiver that really runs and is killed in between."""

import os
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from standardwebhooks.webhooks import Webhook

from tests.forms.sending.post import Mailbox, Target, free_port, mail_server, webhook_target
from tests.forms.world import ADA, JSON

SECRET = "whsec_" + b64encode(b"s" * 32).decode()
POST = """---
title: A few people in Chicago
date: 2026-05-06
form: {capacity: 1}
---
Come.
"""
SETTINGS = """url = "https://example.org"
title = "Ada's blog"
[receive]
rate_limit = "off"
notify = "me@example.org"
letters = true
webhook = "HOOK"
webhook_internal = true
"""


@contextmanager
def receiving(site: Path, smtp: str, hook: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`sitegen receive` for a site with one call: its address, and the process."""
    (site / "_posts").mkdir(parents=True, exist_ok=True)
    (site / "_posts" / "2026-05-06-call.md").write_text(POST)
    (site / "sitegen.toml").write_text(SETTINGS.replace("HOOK", hook))
    environment = os.environ | {"SITEGEN_SMTP": smtp, "SITEGEN_WEBHOOK_SECRET": SECRET}
    command = [sys.executable, "-m", "sitegen", "receive", "-s", str(site), "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[2], process
        finally:
            process.kill()


def wait_for(count: int, things: Sequence[object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while len(things) < count and time.monotonic() < end:
        time.sleep(0.01)
    assert len(things) >= count


def send(address: str, name: str) -> None:
    words = ADA | {"name": name, "email": f"{name.lower()}@example.org"}
    assert httpx.post(f"{address}/f/call", data=words, headers=JSON).status_code == 200


def test_author_visitor_and_program_are_told(tmp_path):
    mailbox, target = Mailbox(), Target()
    with mail_server(mailbox) as smtp, webhook_target(target) as hook, receiving(tmp_path, smtp, hook) as (address, _):
        send(address, "Ada")
        wait_for(2, mailbox.letters)
        wait_for(1, target.got)
    told = {letter["To"]: letter for letter in mailbox.letters}
    assert told["me@example.org"]["Reply-To"] == "ada@example.org"
    assert told["ada@example.org"]["Reply-To"] == "me@example.org"
    ((headers, body),) = target.got
    assert Webhook(SECRET).verify(body, headers)["data"]["answers"]["name"] == "Ada"


@pytest.mark.parametrize("rounds", [1, pytest.param(15, marks=pytest.mark.slow)])
def test_what_could_not_be_sent_before_a_kill_is_sent_afterwards(tmp_path, rounds):
    """Nobody listens while answers arrive; the receiver is killed; then both listen."""
    port, target = free_port(), Target()
    names = []
    for round_ in range(rounds):
        with receiving(tmp_path, f"smtp://127.0.0.1:{port}", f"http://127.0.0.1:{port}/") as (address, process):
            names += [f"Ada{round_}", f"Bob{round_}"]
            send(address, names[-2])
            send(address, names[-1])
            process.kill()
    make_due(tmp_path)
    mailbox = Mailbox()
    with mail_server(mailbox) as smtp, webhook_target(target) as hook, receiving(tmp_path, smtp, hook):
        wait_for(2 * len(names), mailbox.letters)
    ids = [letter["Message-ID"] for letter in mailbox.letters]
    assert len(set(ids)) == len(ids) == 2 * len(names)
    assert {letter["Reply-To"] for letter in mailbox.letters} == {"me@example.org"} | {
        f"{name.lower()}@example.org" for name in names
    }


def make_due(site: Path) -> None:
    """Let the time pass after which they are tried again."""
    import sqlite3

    with sqlite3.connect(site / ".sitegen" / "inbox.db") as inbox:
        inbox.execute("UPDATE outbox SET due = created WHERE state = 'waiting'")
    inbox.close()


MISSING = [
    ('notify = "me@example.org"', {}, "SITEGEN_SMTP is not set"),
    ('webhook = "https://example.org/hook"', {"SITEGEN_WEBHOOK_SECRET": "whsec_short"}, "SITEGEN_WEBHOOK_SECRET"),
]
MISSING_TOO = [  # for the slow tests
    ('notify = "me@example.org"', {"SITEGEN_SMTP": "mail.example.org"}, "no mail server"),
    ('digest = "08:00"', {"SITEGEN_SMTP": "smtp://127.0.0.1"}, "nobody to write to"),
    ("letters = true", {"SITEGEN_SMTP": "smtp://127.0.0.1"}, "`receive.sender`"),
    ('webhook = "https://example.org/hook"', {}, "SITEGEN_WEBHOOK_SECRET"),
]


@pytest.mark.parametrize(
    ("settings", "environment", "words"),
    [*MISSING, *(pytest.param(*row, marks=pytest.mark.slow) for row in MISSING_TOO)],
)
def test_what_is_missing_is_said_at_the_start(tmp_path, settings, environment, words):
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "2026-05-06-call.md").write_text(POST)
    (tmp_path / "sitegen.toml").write_text(f'url = "https://example.org"\n[receive]\n{settings}\n')
    command = [sys.executable, "-m", "sitegen", "receive", "-s", str(tmp_path), "--port", "0"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SITEGEN_")}
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=clean | environment)
    assert (done.returncode, words in done.stderr) == (1, True), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("", "`receive.url`"),
        ('[receive]\nurl = "https://answers.example.org"', "SITEGEN_SMTP is not set"),
    ],
)
def test_a_form_to_confirm_needs_mail(tmp_path, settings, words):
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "2026-05-06-call.md").write_text(POST.replace("capacity: 1", "confirm: true"))
    (tmp_path / "sitegen.toml").write_text(f'url = "https://example.org"\n{settings}\n')
    command = [sys.executable, "-m", "sitegen", "receive", "-s", str(tmp_path), "--port", "0"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SITEGEN_")}
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=clean)
    assert (done.returncode, words in done.stderr) == (1, True), done.stderr
