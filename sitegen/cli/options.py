"""Options that several commands have, and what several of them need."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.config import CONFIG_FILES, MEMORY, SITE_FOLDERS
from sitegen.errors import MissingExtra, Problem, SiteError

_EXTRA = {"sqlalchemy", "rich", "starlette", "uvicorn", "python_multipart"}


def add_source(parser: argparse.ArgumentParser) -> None:
    """`-s SOURCE`: the folder of the site."""
    parser.add_argument(
        "-s",
        "--source",
        type=Path,
        default=Path(),
        metavar="SOURCE",
        help="the folder of the site (default: this one)",
    )


def add_drafts(parser: argparse.ArgumentParser) -> None:
    """`--drafts`, `--future` and `--expired`."""
    parser.add_argument("--drafts", action="store_true", help="build drafts, too")
    parser.add_argument("--future", action="store_true", help="build posts whose date is yet to come, too")
    parser.add_argument("--expired", action="store_true", help="build posts whose `expires` has passed, too")


def is_site(source: Path) -> bool:
    """Whether anything in a folder is a site's."""
    names = (*CONFIG_FILES, *SITE_FOLDERS, MEMORY)
    pages = (file for ending in ("md", "markdown", "html") for file in source.glob(f"*.{ending}"))
    return any((source / name).exists() for name in names) or next(pages, None) is not None


def require_site(source: Path) -> None:
    """Raise `SiteError` for a folder with nothing of a site in it: most likely it is the wrong one."""
    if source.is_dir() and not is_site(source):
        hint = "go to the folder of the site, or name it with -s; sitegen init makes a new one"
        raise SiteError([Problem(str(source.resolve()), None, "this is no site: there is no _posts/ here", hint)])


@contextmanager
def extra_needed(what: str) -> Iterator[None]:
    """Turn a package that is not installed into `MissingExtra`."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in _EXTRA:
            raise
        raise MissingExtra(what, "serve") from error
