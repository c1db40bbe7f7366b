"""The command line: one module for each command, and the only room that prints.

A command's module has `NAME`, `HELP`, `arguments(parser)` and `run(args) -> exit code`; it imports what is heavy
only when it runs.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from sitegen import __version__
from sitegen.errors import Problem, SiteError, SitegenError, UsageError

COMMANDS = ("init", "new", "build", "serve", "inbox", "receive")


class _Parser(argparse.ArgumentParser):
    """argparse with one line for what is wrong and one for where to look."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"sitegen: {message}\n{self.prog} --help tells more\n")


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = _Parser(
        prog="sitegen",
        description="Write a post, gather a group: Markdown posts to a static site with interest forms.",
    )
    top.add_argument("--version", action="version", version=f"sitegen {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    for name in COMMANDS:
        module = import_module(f"sitegen.cli.{name}")
        command = commands.add_parser(module.NAME, help=module.HELP, description=module.HELP)
        module.arguments(command)
        command.set_defaults(run=module.run)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code: 0, 1 for problems of the site, 2 for a wrong command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(argv)
        sys.stdout.flush()
    except BrokenPipeError:  # `sitegen inbox list | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def _run(argv: Sequence[str] | None) -> int:
    from sitegen.cli.report import show_problems

    top = parser()
    args = top.parse_args(argv)
    if args.command is None:
        top.print_help()
        return 0
    try:
        return int(args.run(args))
    except SiteError as error:
        show_problems(error.problems, sys.stderr)
        return 1
    except UsageError as error:
        print(f"sitegen: {error}", file=sys.stderr)
        return 2
    except SitegenError as error:
        print(f"sitegen: {error}", file=sys.stderr)
        return 1
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except OSError as error:
        show_problems([Problem(str(error.filename or "sitegen"), None, error.strerror or str(error))], sys.stderr)
        return 1
    except Exception as error:
        if os.environ.get("SITEGEN_DEBUG"):
            raise
        print(f"sitegen: a bug in sitegen, not in your site: {type(error).__name__}: {error}", file=sys.stderr)
        print("SITEGEN_DEBUG=1 shows where; please report it", file=sys.stderr)
        return 1
