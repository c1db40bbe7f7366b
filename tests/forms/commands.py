"""The commands as processes, and a site with one call for them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bad_input.trial import command

CALL = "---\ntitle: A call\ndate: 2026-05-06\nform: true\n---\nCome.\n"
NO_LIMIT = '[receive]\nrate_limit = "off"\n'


def make_site(site: Path, settings: str = NO_LIMIT) -> Path:
    """A site with a call whose form is `call`."""
    (site / "_posts").mkdir(parents=True)
    (site / "_posts" / "2026-05-06-call.md").write_text(CALL)
    (site / "sitegen.toml").write_text(settings)
    return site


def sitegen(*words: object) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself."""
    command = [sys.executable, "-m", "sitegen", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def typed(*words: object) -> subprocess.CompletedProcess[str]:
    """The same in this process, for a test that is not about processes."""
    done = command(*(given := [str(word) for word in words]))
    return subprocess.CompletedProcess(given, done.code, done.out, done.err)


def receive(site: Path, *more: object) -> list[str]:
    """The command for a receiver of that site, at any port."""
    return [sys.executable, "-m", "sitegen", "receive", "-s", str(site), "--port", "0", *map(str, more)]


@contextmanager
def running(command: Sequence[str], log: int = subprocess.PIPE) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A receiver, and its address. It is killed in the end, as a test that fails must not wait for ever.

    Who does not read its `log` may not let it grow: use `DEVNULL`.
    """
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().split()[2]
        finally:
            process.kill()
