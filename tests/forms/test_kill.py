"""SIGKILL at any moment: whoever was thanked is in the inbox, once."""

import os
import random
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest

from tests.forms.world import JSON, open_store

RECEIVE = """
import argparse
from sitegen.cli import receive
parser = argparse.ArgumentParser()
receive.arguments(parser)
receive.run(parser.parse_args())
"""
POST = """---
title: A call
date: 2026-05-06
form: true
---
Come.
"""


def start(site: Path) -> tuple[subprocess.Popen[str], str]:
    command = [sys.executable, "-c", RECEIVE, "-s", str(site), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    return process, process.stdout.readline().split()[2]


def send(address: str, name: str, thanked: dict[str, str], first: threading.Event) -> None:
    with httpx.Client(base_url=address, headers=JSON, timeout=10) as client:
        for at in range(100_000):
            body = {"name": f"{name}-{at}", "email": "a@example.org"}
            try:
                answer = client.post("/f/call", data=body)
            except httpx.HTTPError:
                return
            thanked[body["name"]] = answer.json()["id"]
            first.set()


def kill_under_load(site: Path, round_: int, seconds: float) -> dict[str, str]:
    """One life of a receiver: what its visitors were told."""
    process, address = start(site)
    thanked: dict[str, str] = {}
    first = threading.Event()
    threads = [threading.Thread(target=send, args=(address, f"{round_}-{at}", thanked, first)) for at in range(8)]
    for thread in threads:
        thread.start()
    first.wait(30)  # however slow the machine: somebody has been thanked before the end
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    process.wait(30)
    for thread in (*threads, timer):
        thread.join(30)
    assert process.stdout is not None
    process.stdout.close()
    return thanked


@pytest.mark.parametrize("rounds", [2, pytest.param(30, marks=pytest.mark.slow)])
def test_whoever_was_thanked_is_in_the_inbox_once(tmp_path, rounds):
    chance = random.Random(os.environ.get("SITEGEN_SEED", "1"))
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "2026-05-06-call.md").write_text(POST)
    (tmp_path / "sitegen.toml").write_text('[receive]\nrate_limit = "off"\n')
    thanked: dict[str, str] = {}
    for round_ in range(rounds):
        thanked |= kill_under_load(tmp_path, round_, chance.uniform(0.1, 0.8))
    store = open_store(tmp_path / ".sitegen" / "inbox.db")
    stored = {dict(submission.answers)["name"]: submission.id for submission in store.each()}
    count = sum(1 for _ in store.each())
    store.close()
    assert thanked
    assert thanked.items() <= stored.items()
    assert count == len(stored) <= len(thanked) + 8 * rounds
