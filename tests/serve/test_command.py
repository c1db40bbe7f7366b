"""`sitegen serve` as its user meets it: a process, its words, and how it ends."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import closing

import httpx
import pytest

from sitegen.cli.serve import tell
from sitegen.serve.news import Receiving
from sitegen.web.listening import listen
from tests.serve.conftest import LONG, write


class Command:
    """A running `sitegen serve`."""

    def __init__(self, source, *options: str) -> None:
        command = [sys.executable, "-W", "error", "-m", "sitegen", "serve", "-s", str(source), *options]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, "TERM": "dumb"}
        )
        self._watchdog = threading.Timer(LONG, self.process.kill)  # a line that never comes ends the test
        self._watchdog.start()
        self.said: list[str] = []

    def until(self, words: str) -> str:
        """The first line with these words."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.rstrip("\n"))
            if words in line:
                return self.said[-1]
        raise AssertionError("\n".join(["it never said so, but:", *self.said]))

    def end(self, kind: int = signal.SIGINT) -> int:
        """End it by a signal; the exit code."""
        self.process.send_signal(kind)
        rest, _ = self.process.communicate(timeout=LONG)
        self._watchdog.cancel()
        self.said += rest.splitlines()
        return self.process.returncode


def test_it_says_where_the_site_is_and_what_happens(site):
    command = Command(site, "--port", "0")
    assert command.until("Built").startswith("Built the preview: 2 posts, 1 call, ")
    url = command.until("Serving").split()[1]
    assert "Receiving answers to 1 form (call) in .sitegen/inbox.db" in command.until("Receiving")
    assert httpx.get(f"{url}long/", trust_env=False).status_code == 200
    write(site, {"_posts/long.md": "---\ntitle: Long\ndate: 2026-01-03\n---\nBrief.\n"})
    assert "_posts/long.md: " in command.until(" written in ")
    write(site, {"_posts/long.md": "---\ntitle: a: b\n---\n"})
    assert "_posts/long.md: 1 problem; the last good site stays up" in command.until("1 problem")
    command.until("_posts/long.md:2: ")
    httpx.post(f"{url}f/call", data={"name": "Ada", "email": "ada@example.org"}, trust_env=False)
    assert "an answer to call has arrived" in command.until("has arrived")
    assert command.end() == 0
    assert "Ada" not in "\n".join(command.said) and "Traceback" not in "\n".join(command.said)
    assert command.said[-1] == "Ended."


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_though_pages_are_open(site, kind):
    command = Command(site, "--port", "0")
    url = command.until("Serving").split()[1]
    with httpx.stream("GET", f"{url}_sitegen/events", trust_env=False, timeout=LONG) as events:
        assert next(events.iter_lines()) == "retry: 400"
        assert command.end(kind) == 0
    assert "Traceback" not in "\n".join(command.said)


def test_it_keeps_running_when_the_first_build_fails(site):
    write(site, {"_posts/bad.md": "---\ntitle: a: b\n---\n"})
    command = Command(site, "--port", "0")
    command.until("_posts/bad.md:2: ")
    command.until("Serving")
    (site / "_posts/bad.md").unlink()
    command.until("mended")
    assert command.end() == 0


def test_a_taken_port_that_was_asked_for_is_an_error(site):
    with closing(listen("127.0.0.1", 0)) as taken:
        command = Command(site, "--port", str(taken.getsockname()[1]))
        assert "is taken" in command.until("sitegen: ")
        assert command.process.wait(LONG) == 1
        command.end()


def test_a_folder_that_is_not_there_is_an_error(tmp_path):
    command = Command(tmp_path / "nothing")
    assert "there is no such folder" in command.until("nothing")
    assert command.process.wait(LONG) == 1
    command.end()


@pytest.mark.parametrize(("forms", "words"), [("abc", "to 3 forms (a, b, c) in box"), ("abcd", "to 4 forms in box")])
def test_many_forms_are_counted_and_not_named(capsys, forms, words):
    tell(Receiving(tuple(forms), "box"))
    assert words in capsys.readouterr().out


def test_an_inbox_that_no_key_opens_is_told(capsys):
    tell(Receiving(("a",), "box", closed=True))
    assert "`sitegen inbox password` makes what turns it on" in capsys.readouterr().out
