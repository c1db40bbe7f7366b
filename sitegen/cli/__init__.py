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
from keyword import iskeyword
from pathlib import Path
from typing import Any, NoReturn

from sitegen import __version__
from sitegen.errors import Problem, SiteError, SitegenError, UsageError, did_you_mean

COMMANDS = ("init", "new", "build", "serve", "check", "explain", "inbox", "receive", "theme", "import", "schema")


class _Parser(argparse.ArgumentParser):
    """argparse with one line for what is wrong and one for where to look, and with the word that was meant."""

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            hint = did_you_mean(str(value), map(str, action.choices))
            raise argparse.ArgumentError(action, f'there is no "{value}"{"; " if hint else ""}{hint}')

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
        module = import_module(f"sitegen.cli.{name}{'_' if iskeyword(name) else ''}")
        command = commands.add_parser(module.NAME, help=module.HELP, description=module.HELP)
        module.arguments(command)
        command.set_defaults(run=module.run)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code: 0, 1 for problems of the site, 2 for a wrong command line."""
    if argv is None:
        _settle_streams()
        _settle_encoding()
    try:
        code = _run(argv)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except OSError as error:  # the streams themselves: `sitegen inbox list | head`, or a full disk behind `> file`
        _drop_streams()
        if not isinstance(error, BrokenPipeError):
            print(f"sitegen: cannot print: {error.strerror}", file=sys.stderr)
        return 1
    return code


def _settle_streams() -> None:
    """Streams that never fail for a sign they cannot show, also where a shell has closed them (`>&-`)."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _settle_encoding() -> None:
    """Begin anew where file names are not UTF-8 (the C locale): a site is the same in every locale."""
    if sys.getfilesystemencoding().lower() not in ("utf-8", "utf8") and not sys.flags.utf8_mode:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def _drop_streams() -> None:
    """Python writes what is left at exit, and would fail again."""
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(null, stream.fileno())


def _run(argv: Sequence[str] | None) -> int:
    from sitegen.cli.report import show_problems, summary

    top = parser()
    args = top.parse_args(argv)
    if args.command is None:
        top.print_help()
        return 0
    try:
        return int(args.run(args))
    except BrokenPipeError:
        raise
    except SiteError as error:
        show_problems(error.problems, sys.stderr)
        if args.command == "build" and sys.stderr.isatty():
            print(f"Nothing was written: {summary(error.problems)}.", file=sys.stderr)
        return 1
    except UsageError as error:
        print(f"sitegen: {error}", file=sys.stderr)
        return 2
    except SitegenError as error:
        print(f"sitegen: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        show_problems([_disk_problem(error)], sys.stderr)
        return 1
    except Exception as error:
        if os.environ.get("SITEGEN_DEBUG"):
            raise
        print(_bug(error), file=sys.stderr)
        return 1


def _disk_problem(error: OSError) -> Problem:
    """What the system refused, where no stage has said so in better words."""
    try:
        Path.cwd()
    except OSError:
        return Problem(".", None, "this folder does not exist any more", "cd somewhere else")
    return Problem(str(error.filename or "sitegen"), None, error.strerror or str(error))


def _bug(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "sitegen: there is not enough memory for this"
    what = f"{type(error).__name__}: {error}"
    return f"sitegen: a bug in sitegen, not in your site: {what}\nSITEGEN_DEBUG=1 shows where; please report it"
