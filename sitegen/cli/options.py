"""Options that several commands have, and what several of them need."""

from __future__ import annotations

import argparse
from contextlib import contextmanager

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any

    from sitegen.config import Config

_EXTRA = {"alembic", "sqlalchemy", "rich", "starlette", "uvicorn", "python_multipart"}

DATABASE = "SITEGEN_DATABASE"  # names the inbox where no option does: others can see the words of a command
NO_INBOX = "The inbox is not on the web: `sitegen inbox password` makes what turns it on."


def as_path(text: str) -> Path:
    """The path of that name, for argparse; `pathlib` comes in when there is one."""
    from pathlib import Path

    return Path(text)


def add_source(parser: argparse.ArgumentParser, kind: Callable[[str], Any] = as_path) -> None:
    """`-s SOURCE`: the folder of the site."""
    parser.add_argument(
        "-s",
        "--source",
        type=kind,
        default=".",
        metavar="SOURCE",
        help="the folder of the site (default: this one)",
    )


def add_drafts(parser: argparse.ArgumentParser) -> None:
    """`--drafts`, `--future` and `--expired`."""
    parser.add_argument("--drafts", action="store_true", help="build drafts, too")
    parser.add_argument("--future", action="store_true", help="build posts whose date is yet to come, too")
    parser.add_argument("--expired", action="store_true", help="build posts whose `expires` has passed, too")


def add_building(parser: argparse.ArgumentParser) -> None:
    """What a whole build may be told in place of the settings; see `load_for_building`."""
    add_drafts(parser)
    parser.add_argument("--url", metavar="URL", help="scheme and host of the published site, instead of the setting")
    parser.add_argument("--baseurl", metavar="PATH", help="the path below the host, instead of the setting")
    parser.add_argument("--strict", action="store_true", help="warnings are errors")


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """`--jobs N` and `--executor ADDRESS`."""
    who = parser.add_mutually_exclusive_group()
    help_ = "how many processes render at a time, where there is enough to do (default: as many as there are CPUs)"
    who.add_argument("-j", "--jobs", type=_number, metavar="N", help=help_)
    who.add_argument("--executor", metavar="dask:tcp://HOST:PORT", help="let the workers of a Dask cluster render")


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 1024:
        raise argparse.ArgumentTypeError(f'"{text}" is no number from 1 to 1024')
    return int(text)


def load_for_building(args: argparse.Namespace, output: Path | None = None, *, strict: bool = False) -> Config:
    """The configuration with what `add_building` asks for; its problems are told with those of the build.

    Whether warnings are errors is for the command to say. Raises `SiteError` where there is nothing to build.
    """
    from sitegen.config import load_config

    return load_config(
        as_path(args.source),
        output,
        strict=strict,
        drafts=args.drafts,
        future=args.future,
        expired=args.expired,
        url=args.url,
        baseurl=args.baseurl,
        patient=True,
    )


def is_site(source: Path) -> bool:
    """Whether anything in a folder is a site's."""
    from sitegen.config import CONFIG_FILES, MEMORY, SITE_FOLDERS

    names = (*CONFIG_FILES, *SITE_FOLDERS, MEMORY)
    pages = (file for ending in ("md", "markdown", "html") for file in source.glob(f"*.{ending}"))
    return any((source / name).exists() for name in names) or next(pages, None) is not None


def require_site(source: Path) -> None:
    """Raise `SiteError` for a folder with nothing of a site in it: most likely it is the wrong one."""
    from sitegen.errors import Problem, SiteError

    if source.is_dir() and not is_site(source):
        hint = "go to the folder of the site, or name it with -s; sitegen init makes a new one"
        raise SiteError([Problem(str(source.resolve()), None, "this is no site: there is no _posts/ here", hint)])


@contextmanager
def extra_needed(what: str) -> Iterator[None]:
    """Turn a package that is not installed into `MissingExtra`."""
    from sitegen.errors import MissingExtra

    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in _EXTRA:
            raise
        raise MissingExtra(what, "serve") from error


def shown_inbox(source: Path, database: str | None) -> str:
    """Where answers are kept, as a person would name it: no passwords. Raises `UsageError` for what is none."""
    from sitegen.cli.report import shown_path
    from sitegen.config import MEMORY
    from sitegen.forms.inbox.database import name_of, parse_database

    return name_of(parse_database(database)) if database else shown_path(source.resolve() / MEMORY / "inbox.db")
