"""`sitegen serve`: the site on this computer, with every save in the browser at once."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from sitegen.cli.left_out import reason_of, show_left_out, where_of
from sitegen.cli.options import NO_INBOX, add_drafts, add_source
from sitegen.cli.report import plural, printable, show_problems, styled
from sitegen.errors import MissingExtra
from sitegen.serve import news

NEEDED = ("starlette", "uvicorn", "watchdog", "sqlalchemy", "python_multipart")
MOST_PATHS = 2  # that are named when a save is told
MOST_FORMS = 3  # that are named when the preview begins


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    add_source(parser)
    parser.add_argument(
        "--host", default="127.0.0.1", help="where to listen (default: 127.0.0.1, for this computer only)"
    )
    parser.add_argument("--port", type=int, help="default: 4000, or the next one that is free")
    add_drafts(parser)
    parser.add_argument("--database", metavar="URL", help="where answers are kept (default: SOURCE/.sitegen/inbox.db)")


def run(args: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    if not all(map(find_spec, NEEDED)):
        raise MissingExtra("the preview server", "serve")
    from sitegen.build import build
    from sitegen.serve.rebuilding import Wanted
    from sitegen.serve.server import Address, PreviewServer

    wanted = Wanted(Path.cwd() / args.source, args.drafts, args.future, args.expired)
    address = Address(args.host, args.port)
    with suppress(KeyboardInterrupt):  # before the server listens to signals
        PreviewServer(wanted, address, tell, build, args.database).run()
    return 0


def tell(what: news.News) -> None:
    """Print what the server has to tell."""
    _WORDS[type(what)](what)
    sys.stdout.flush()


def _serving(what: news.Serving) -> None:
    if what.wanted is not None:
        print(f"Port {what.wanted} is taken, so it is another one this time.")
    note = "; everybody in your network can see it" if what.public else ""
    print(f"{styled('Serving', 'bold', sys.stdout)} {what.url} (Ctrl-C ends it{note})")


def _rebuilt(what: news.Rebuilt) -> None:
    show_problems(what.notices, sys.stderr)
    report = what.report
    if not what.paths:
        posts, calls = plural(len(report.site.posts), "post"), plural(len(report.site.calls), "call")
        what_there_is = f"{posts}, {calls}" if report.site.calls else posts
        built = styled("Built", "bold", sys.stdout)
        print(f"{built} the preview: {what_there_is}, {plural(report.files, 'file')} in {what.seconds:.2f} s")
        show_left_out(what.left_out, report.site.now, sys.stdout)
        return
    _tell_left_out(what)
    done = ["mended"] if what.mended else []
    done += [f"{report.written} written"] if report.written else []
    done += [f"{report.deleted} removed"] if report.deleted else []
    if done or any(map(_is_telling, what.paths)):
        _line(f"{_named(what.paths)}: {', '.join(done) or 'nothing to change'} in {what.seconds * 1000:.0f} ms")


def _tell_left_out(what: news.Rebuilt) -> None:
    """What a save has left out; after a first build that failed it may be much."""
    now = what.report.site.now
    if len(what.left_out) > MOST_PATHS:
        show_left_out(what.left_out, now, sys.stdout)
        return
    for one in what.left_out:
        _line(f"{printable(where_of(one))} is left out: {reason_of(one, now)}")


def _broken(what: news.Broken) -> None:
    stands = "the last good site stays up" if what.stands else "the browser shows the same"
    count = sum(problem.severity == "error" for problem in what.problems)
    _line(f"{_named(what.paths)}: {styled(plural(count, 'problem'), 'error', sys.stdout)}; {stands}")
    sys.stdout.flush()
    show_problems(what.problems, sys.stderr)
    sys.stderr.flush()


def _receiving(what: news.Receiving) -> None:
    named = f" ({printable(', '.join(what.forms))})" if len(what.forms) <= MOST_FORMS else ""
    forms = plural(len(what.forms), "form") + named
    receiving = styled("Receiving", "bold", sys.stdout)
    print(f"{receiving} answers to {forms} in {what.place}: {what.inbox or 'sitegen inbox list'} shows them")
    if what.closed:
        print(NO_INBOX)


def _answered(what: news.Answered) -> None:
    _line(f"an answer to {printable(what.form)} has arrived: sitegen inbox list shows it")


def _remark(what: news.Remark) -> None:
    show_problems([what.problem], sys.stderr)


def _ended(_: news.Ended) -> None:
    print("\nEnded." if sys.stdout.isatty() else "Ended.")  # a terminal has just shown ^C


_WORDS: dict[type, Callable[..., None]] = {
    news.Serving: _serving,
    news.Rebuilt: _rebuilt,
    news.Broken: _broken,
    news.Receiving: _receiving,
    news.Answered: _answered,
    news.Remark: _remark,
    news.Ended: _ended,
}


def _line(text: str) -> None:
    """A line of the log, with the time."""
    print(f"{styled(f'{datetime.now():%H:%M:%S}', 'quiet', sys.stdout)} {text}")


def _named(paths: tuple[str, ...]) -> str:
    """The files that changed, or how many."""
    if not paths:
        return "the first build"
    if len(paths) > MOST_PATHS:
        return f"{printable(paths[0])} and {len(paths) - 1} more"
    return printable(" and ".join(paths))


def _is_telling(path: str) -> bool:
    """Whether its author expects something of a change there; a folder beside the site changes in silence."""
    return "/" not in path or path.startswith(("_", "static/"))
