"""Mail server and webhook down, hanging, refusing or cut off for simulated days, the sender killed in between.

    python -m tests.forms.outage --rounds 100 --database sqlite
    python -m tests.forms.outage --rounds 100 --database postgresql
    python -m tests.forms.outage --rounds 0 --database sqlite           (nothing goes wrong: none may come twice)

In each round answers arrive, something else is wrong, and the sender is killed by SIGKILL. Then all is well again, and
whatever was to be told has to have arrived, under the number that it had from the beginning.
"""

import argparse
import asyncio
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from sqlalchemy import URL

from sitegen.forms.inbox.database import parse_database
from sitegen.forms.inbox.store import Entry, Store
from sitegen.forms.notices import Delivery, Notice
from tests.forms.fast_sender import fast_clock
from tests.forms.postgres import running
from tests.forms.sending.post import free_port, hooked

ROOT = Path(__file__).parents[2]
SPEED = 2500.0  # simulated seconds in a real one: a hundred rounds are about five days
ANSWERS = 3  # in a round
HANG = 6.0  # real seconds: longer than the sender is patient
MAIL_FAULTS = ("451 later", "452 full", "lost", "cut", "hang", "sender", "rude goodbye")
HOOK_FAULTS = ("500", "302", "429", "lost", "cut", "hang")


@dataclass
class Arrived:
    """What arrived under which number, and for whom; how often something was made to go wrong."""

    mails: Counter[tuple[str, str]] = field(default_factory=Counter)
    hooks: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Figures:
    """How it ended. `missing` never arrived; `strange` arrived under a number or for somebody that was never meant."""

    rounds: int
    days: float
    notices: int
    missing: int
    strange: int
    doubled: int
    replayed: int
    faults: int
    kills: int

    def __str__(self) -> str:
        told = f"{self.rounds} rounds, {self.days:.1f} simulated days, {self.kills} kills, {self.faults} faults: "
        told += f"{self.notices} to be told, {self.missing} missing, {self.strange} under a strange number, "
        return told + f"{self.doubled} came more than once, {self.replayed} were given up and sent anew"


class Moods:
    """What goes wrong next: chosen by chance, and nothing at all when `well`."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.well = chance, False
        self.arrived = Arrived()

    def next(self, faults: tuple[str, ...]) -> str:
        if self.well or self.chance.random() < 0.3:
            return ""
        mood = self.chance.choice(faults)
        self.arrived.faults[mood] += 1
        return mood


class Letters:
    """The handler of a mail server that has moods."""

    def __init__(self, moods: Moods) -> None:
        self._moods, self._goodbye = moods, False

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        session.mood = self._moods.next(MAIL_FAULTS)
        envelope.mail_from = address
        return "550 not from you" if session.mood == "sender" else "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        mood: str = session.mood
        if mood[:1] == "4":
            return mood
        if mood != "lost":
            letter = message_from_bytes(envelope.content, policy=policy.default)
            self._moods.arrived.mails[letter["Message-ID"].strip("<>").partition("@")[0], envelope.rcpt_tos[0]] += 1
        if mood in ("lost", "cut"):
            server.transport.abort()
        if mood == "hang":
            await asyncio.sleep(HANG)
        return "250 OK"

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        return "451 no" if getattr(session, "mood", "") == "rude goodbye" else "221 Bye"


@contextmanager
def mail_server(moods: Moods) -> Iterator[str]:
    controller = Controller(Letters(moods), hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop()


@contextmanager
def hook_server(moods: Moods) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            mood = moods.next(HOOK_FAULTS)
            if mood in ("", "cut", "hang"):
                moods.arrived.hooks[self.headers["webhook-id"], "hook"] += 1
            if mood == "hang":
                time.sleep(HANG)
            if mood in ("lost", "cut"):
                self.close_connection = True
                return
            self.send_response(int(mood) if mood.isdigit() else 204)
            if mood == "429":
                self.send_header("Retry-After", "900")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: Any) -> None:  # who hangs up is one of us
            pass

    with hooked(Quiet(("127.0.0.1", 0), Handler)) as address:
        yield address


@contextmanager
def nobody() -> Iterator[int]:
    """A port where nobody listens."""
    yield free_port()


@contextmanager
def silence() -> Iterator[int]:
    """A port where somebody listens, and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield int(listener.getsockname()[1])


@dataclass
class Outage:
    """An inbox, the time there, and the two programs that letters and webhooks go to."""

    url: URL
    moods: Moods
    begin: float = field(default_factory=time.time)
    kills: int = 0

    def __post_init__(self) -> None:
        self.clock = fast_clock(self.begin, SPEED)
        self.store = Store(self.url, clock=self.clock)

    def answer(self, number: int) -> None:
        """Somebody sends an answer, of which three are told: the author, the visitor, a program."""
        notices = Notice("answer", "mail", "me@example.org"), Notice("answer", "webhook", "hook")
        answers = ("name", f"N{number}"), ("email", f"n{number}@example.org")
        self.store.accept(Entry("call", None, answers, self.clock(), notices=notices, letters=True))

    @contextmanager
    def sending(self, smtp: str, hook: str) -> Iterator[None]:
        """A sender, which is killed in the end."""
        address = self.url.render_as_string(hide_password=False)
        words = [address, smtp, hook, str(self.begin), str(SPEED)]
        command = [sys.executable, "-m", "tests.forms.fast_sender", *words]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            try:
                assert process.stdout is not None and process.stdout.readline()
                yield
            finally:
                process.kill()

    def round(self, number: int, mails: str, hooks: str) -> None:
        """Answers, something wrong, and a kill."""
        chance = self.moods.chance
        with ExitStack() as stack:
            if (wrong := chance.choice([nobody, silence, None, None, None])) is not None:
                mails = f"smtp://127.0.0.1:{stack.enter_context(wrong())}"
            if (wrong := chance.choice([nobody, silence, None, None, None])) is not None:
                hooks = f"http://127.0.0.1:{stack.enter_context(wrong())}/"
            stack.enter_context(self.sending(mails, hooks))
            for at in range(ANSWERS):
                self.answer(number * ANSWERS + at)
            threading.Event().wait(chance.uniform(0.05, 1))
        self.kills += 1

    def deliveries(self) -> list[Delivery]:
        return [one for submission in self.store.each() for one in self.store.deliveries_of(submission)]

    def replay(self) -> int:
        """Send anew what was given up, as an author does."""
        return sum(self.store.replay(submission.id) for submission in self.store.each())

    def wait(self, seconds: float = 600) -> None:
        """Until nothing waits any more."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and (self.store.next_due("mail") or self.store.next_due("webhook")):
            threading.Event().wait(0.2)


def suffer(url: URL, rounds: int, chance: random.Random) -> Figures:
    """So many rounds, and what has arrived in the end. Without rounds all is well from the beginning."""
    moods = Moods(chance)
    outage = Outage(url, moods)
    with closing(outage.store), mail_server(moods) as mails, hook_server(moods) as hooks:
        for number in range(rounds):
            outage.round(number, mails, hooks)
        moods.well = True
        replayed = outage.replay()
        with outage.sending(mails, hooks):
            for number in range(rounds * ANSWERS, rounds * ANSWERS + 20):
                outage.answer(number)
            outage.wait()
        return figures(outage, rounds, replayed)


def figures(outage: Outage, rounds: int, replayed: int) -> Figures:
    arrived = outage.moods.arrived
    deliveries = outage.deliveries()
    meant = {(one.id, one.notice.target) for one in deliveries}
    came = arrived.mails + arrived.hooks
    return Figures(
        rounds=rounds,
        days=(time.time() - outage.begin) * SPEED / 86_400,
        notices=len(deliveries),
        missing=len(meant - set(came)) + sum(one.state != "sent" for one in deliveries),
        strange=len(set(came) - meant),
        doubled=sum(times > 1 for times in came.values()),
        replayed=replayed,
        faults=sum(arrived.faults.values()),
        kills=outage.kills,
    )


def main() -> int:
    """Run it, and print how it ended; 1 if anything is missing, or came twice though nothing was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    args = parser.parse_args()
    chance = random.Random(os.environ.get("SITEGEN_SEED", "1"))
    with ExitStack() as stack:
        if args.database == "sqlite":
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            url = parse_database(str(Path(folder) / "inbox.db"))
        else:
            url = stack.enter_context(running("fsync=on")).url()
        found = suffer(url, args.rounds, chance)
    sys.stdout.write(f"{args.database}, {found}\n")
    return 1 if found.missing or found.strange or (found.doubled and not args.rounds) else 0


if __name__ == "__main__":
    sys.exit(main())
