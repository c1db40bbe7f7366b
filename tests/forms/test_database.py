"""Addresses of databases, and what is said when one cannot be used."""

import subprocess
import sys

import pytest

from sitegen.errors import UsageError
from sitegen.forms.inbox.database import name_of, parse_database
from sitegen.forms.inbox.failures import explain


@pytest.mark.parametrize(
    ("text", "driver", "name"),
    [
        ("sqlite:////tmp/x.db", "sqlite", "/tmp/x.db"),
        ("x.db", "sqlite", "x.db"),
        ("postgresql+psycopg://ada@db:5433/inbox", "postgresql+psycopg", "postgresql://ada@db:5433/inbox"),
        ("postgresql://ada:hush@db/inbox", "postgresql+psycopg", "postgresql://ada@db/inbox"),
        ("postgres://ada:hu%40sh@db/inbox", "postgresql+psycopg", "postgresql://ada@db/inbox"),
        (
            "postgresql:///inbox?host=/run&password=hush&sslmode=require",
            "postgresql+psycopg",
            "postgresql:///inbox?host=%2Frun",
        ),
    ],
)
def test_an_address_and_how_errors_name_it(text, driver, name):
    url = parse_database(text)
    assert (url.drivername, name_of(url)) == (driver, name)


@pytest.mark.parametrize(
    "text",
    [
        "://",
        "nonsense://x/y",
        "mysql://ada:hush@db/inbox",
        "postgresql+asyncpg://ada:hush@db/inbox",
        "postgresql://ada:hush@db:port/inbox",
        "postgresql://ada:x@hush@db/inbox",
        "postgresql:/ada:hush@db/inbox",
        "postgresql//ada:hush@db/inbox",
        "postgres+psycopg:ada:hush@db/inbox",
    ],
)
def test_what_is_no_address_is_refused_and_no_password_shown(text):
    with pytest.raises(UsageError) as error:
        parse_database(text)
    assert "hush" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ('FATAL: password authentication failed for user "ada"', "nobody in"),
        ('FATAL: role "ada" does not exist', "nobody in"),
        ('FATAL: database "inbox" does not exist', "create the database"),
        ("FATAL: sorry, too many clients already", "no connection left"),
        ("FATAL: the database system is starting up", "starting or stopping"),
        ("[Errno -2] Name or service not known", "no server of that name"),
        ("connection timeout expired", "does not answer"),
        ("Connection refused\n\tIs the server running on that host?", "is not running"),
        ("certificate verify failed", "certificate"),
        ("FATAL: irgendetwas\nmehr", "cannot be used: FATAL: irgendetwas"),
    ],
)
def test_why_there_is_no_connection(text, meaning):
    from psycopg import OperationalError

    assert meaning in explain(OperationalError(text))


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        ("DiskFull", "disk is full"),
        ("ReadOnlySqlTransaction", "read-only"),
        ("LockNotAvailable", "locked"),
        ("DeadlockDetected", "locked"),
        ("QueryCanceled", "too long"),
        ("AdminShutdown", "starting or stopping"),
        ("InsufficientPrivilege", "grant"),
        ("UndefinedTable", "inbox migrate"),
        ("OutOfMemory", "out of resources"),
        ("DataCorrupted", "damaged"),
    ],
)
def test_what_postgresql_says(error, meaning):
    from psycopg import errors

    assert meaning in explain(getattr(errors, error)())


def test_a_driver_that_is_not_installed_is_named(tmp_path):
    code = "import sys; sys.modules['psycopg'] = None; from sitegen.cli import main; sys.exit(main(sys.argv[1:]))"
    words = ["inbox", "list", "-s", str(tmp_path), "--database", "postgresql://nowhere.invalid/x"]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, "sitegen[postgres]" in done.stderr, "Traceback" in done.stderr) == (1, True, False)
