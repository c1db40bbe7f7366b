"""What a database says when something fails, in words for whoever runs the receiver.

SQLite has names for its errors, PostgreSQL has SQLSTATE (its manual, appendix A). What fails before there is a
connection has neither: there the text decides, and a server that speaks another language is quoted.
"""

from __future__ import annotations

import re

_SQLITE = {  # the name of SQLite's error begins so: what it means
    "SQLITE_BUSY": "is locked by another program",
    "SQLITE_LOCKED": "is locked by another program",
    "SQLITE_FULL": "cannot grow: the disk is full",
    "SQLITE_READONLY": "is read-only",
    "SQLITE_NOTADB": "is not an inbox: the file is no SQLite database",
    "SQLITE_CORRUPT": "is damaged: move the file away and restore it from a backup",
    "SQLITE_CANTOPEN": "cannot be opened: look at the folder and who may write in it",
    "SQLITE_IOERR": "cannot be read or written: look at the disk",
    "SQLITE_PERM": "may not be opened",
    "SQLITE_AUTH": "may not be opened",
}

_POSTGRESQL = {  # the SQLSTATE begins so; the first that fits counts
    "08": "cannot be reached: the connection to the server broke",
    "25006": "is read-only",
    "28": "lets nobody in with this name and password",
    "3D000": "does not exist: create the database on the server",
    "40P01": "is locked by another program",
    "42501": "may not be used: grant this user the rights to the tables",
    "42P01": "lacks tables of an inbox: `sitegen inbox migrate` makes them",
    "42703": "lacks columns of an inbox: `sitegen inbox migrate` adds them",
    "53100": "cannot grow: the server's disk is full",
    "53300": "has no connection left: the server allows no more of them",
    "53": "cannot be used: the server is out of resources",
    "55P03": "is locked by another program",
    "57014": "took too long to answer",
    "57P": "cannot be reached: the server is starting or stopping",
    "58": "cannot be read or written: look at the server's disk",
    "XX001": "is damaged: look at the server's log",
    "XX002": "is damaged: look at the server's log",
}

_CONNECTING = (  # what the text of a connection that was not made has in it
    (r"password|authentication|pg_hba", "lets nobody in with this name and password"),
    (r'role ".*" does not exist', "lets nobody in with this name and password"),
    (r'database ".*" does not exist', "does not exist: create the database on the server"),
    (r"too many (clients|connections)|connection slots", "has no connection left: the server allows no more of them"),
    (r"the database system is", "cannot be reached: the server is starting or stopping"),
    (r"could not translate host|resolve host|name or service", "cannot be reached: there is no server of that name"),
    (r"timeout|timed out", "cannot be reached: the server does not answer"),
    (r"certificate|SSL|TLS", "cannot be reached safely: look at the server's certificate and at `sslmode`"),
    (
        r"connection refused|no such file|no route|unreachable|closed|lost|terminated|reset",
        "cannot be reached: the server is not running, or not at that address",
    ),
)


def explain(error: BaseException) -> str:
    """What goes behind the name of the database: "is read-only"."""
    origin = getattr(error, "orig", None) or error
    for code, meanings in ((getattr(origin, "sqlite_errorname", None), _SQLITE), (_state(origin), _POSTGRESQL)):
        for start, meaning in meanings.items():
            if code and code.startswith(start):
                return meaning
    text = getattr(origin, "strerror", None) or str(origin) or type(origin).__name__
    if type(origin).__module__.startswith("psycopg"):
        for words, meaning in _CONNECTING:
            if re.search(words, text, re.I):
                return meaning
    return f"cannot be used: {text.strip().splitlines()[0]}"


def _state(origin: BaseException) -> str | None:
    return getattr(origin, "sqlstate", None)
