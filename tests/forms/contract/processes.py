"""The two programs that take answers, `receive` and `serve`, as real processes on sites made for them."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import httpx

from sitegen.forms.inbox.database import parse_database
from sitegen.forms.inbox.store import Filter, Store
from sitegen.forms.submission import Submission

COMMANDS = ("receive", "serve")
FORMS: Mapping[str, tuple[int, str]] = {  # kind → how many of them a site has, and what stands behind `form:`
    "plain": (400, "true"),
    "typed": (20, "{fields: {name: {required: true}, age: number, word: {max_length: 5}, day: date, site: url}}"),
    "note": (20, "{fields: [note]}"),
    "two": (8, "{capacity: 2}"),
    "ten": (22, "{capacity: 10}"),
    "closed": (8, "{closes: 2020-01-31}"),
}
OPEN = """outputs = ["join"]
url = "https://example.org"
[receive]
url = "https://in.example.org"
rate_limit = "off"
"""
_SAID = {"receive": "Receiving at ", "serve": "Serving "}


@dataclass
class Program:
    """A program that runs: where it answers, where it keeps what it was sent, and what it logs."""

    command: str
    address: str
    pid: int
    database: str
    log: Path
    _used: dict[str, count[int]] = field(default_factory=dict)

    @property
    def own(self) -> str:
        """What stands before the path of the site's own pages: `serve` has them itself."""
        return "https://example.org" if self.command == "receive" else ""

    def fresh(self, kind: str = "plain") -> str:
        """The id of a form that nobody has used."""
        number = next(self._used.setdefault(kind, count(1)))
        assert number <= FORMS[kind][0], f"make more forms of the kind {kind}"
        return f"{kind}-{number}"

    def inbox(self, form: str) -> list[Submission]:
        """What is stored of a form."""
        with closing(Store(parse_database(self.database))) as store:
            return list(store.each(Filter(form)))

    def client(self, **headers: str) -> httpx.Client:
        """Somebody who asks."""
        # To read the certificates of the web would take longer than a whole test: no `verify`.
        return httpx.Client(base_url=self.address, headers=headers, trust_env=False, verify=False, timeout=60)


def write_site(folder: Path, config: str = OPEN, forms: Mapping[str, tuple[int, str]] = FORMS) -> Path:
    """A site with so many calls of each kind: `_posts/2026-05-06-KIND-NUMBER.md`."""
    (folder / "_posts").mkdir(parents=True)
    (folder / "sitegen.toml").write_text(config)
    for kind, (many, form) in forms.items():
        for number in range(1, many + 1):
            post = f"---\ntitle: Call {kind} {number}\ndate: 2026-05-06\nform: {form}\n---\nCome.\n"
            (folder / "_posts" / f"2026-05-06-{kind}-{number}.md").write_text(post)
    return folder


@contextmanager
def running(command: str, site: Path, database: str = "", port: int = 0) -> Iterator[Program]:
    """The program on that site, ready to take answers, until the end of the block."""
    words = [sys.executable, "-m", "sitegen", command, "-s", str(site), "--port", str(port)]
    words += ["--database", database] if database else []
    log = site / f"{command}.log"
    with (
        log.open("w") as errors,
        subprocess.Popen(words, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8") as process,
    ):
        try:
            address = _address(command, process)
            # `serve` tells of every answer: if nobody read it, it would stand still.
            threading.Thread(target=process.communicate, daemon=True).start()
            where = database or str(site / ".sitegen" / "inbox.db")
            yield Program(command, address.rstrip("/"), process.pid, where, log)
        finally:
            process.kill()


def _address(command: str, process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    address = ""
    for line in process.stdout:
        if line.startswith(_SAID[command]):
            address = line.removeprefix(_SAID[command]).split()[0]
        if address and (command == "receive" or line.startswith("Receiving answers")):
            return address
    raise AssertionError(f"{command} has ended: {process.wait(10)}")
