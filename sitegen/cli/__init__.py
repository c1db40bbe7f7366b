"""The command line: one module for each command, and the only room that prints.

A command's module has `arguments(parser)` and `run(args) -> exit code`; it is imported when its command is chosen, and
imports what is heavy only when it runs. `commands.COMMANDS` is the table of all.
"""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.errors import Problem


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
    if argv is None:
        gc.freeze()  # what is left goes with the process: Python need not look through it for cycles
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
    from sitegen.cli.commands import parser  # here, so that Ctrl-C is heeded meanwhile

    top = parser()
    args = top.parse_args(argv)
    if args.command is None:
        top.print_help()
        return 0
    try:
        return int(args.run(args))
    except BrokenPipeError:
        raise
    except Exception as error:
        return _failed(error, args.command)


def _failed(error: Exception, command: str) -> int:
    """Tell why the command has not done it; the exit code."""
    from sitegen.cli.report import show_problems, summary
    from sitegen.errors import SiteError, SitegenError, UsageError

    if isinstance(error, SiteError):
        show_problems(error.problems, sys.stderr)
        if command == "build" and sys.stderr.isatty():
            print(f"Nothing was written: {summary(error.problems)}.", file=sys.stderr)
    elif isinstance(error, SitegenError):
        print(f"sitegen: {error}", file=sys.stderr)
    elif isinstance(error, OSError):
        show_problems([_disk_problem(error)], sys.stderr)
    elif os.environ.get("SITEGEN_DEBUG"):
        raise error
    else:
        print(_bug(error), file=sys.stderr)
    return 2 if isinstance(error, UsageError) else 1


def _disk_problem(error: OSError) -> Problem:
    """What the system refused, where no stage has said so in better words."""
    from pathlib import Path

    from sitegen.errors import Problem

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
