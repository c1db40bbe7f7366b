"""What `sitegen build` does where not all is as it was: the whole build, what is told of it, and its seal."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TextIO
from zoneinfo import TZPATH

from sitegen import seal
from sitegen.build import BuildReport, build
from sitegen.build.build import source_date_epoch
from sitegen.build.memory import libraries
from sitegen.cli.bar import Bar
from sitegen.cli.build import look
from sitegen.cli.executors import hired
from sitegen.cli.left_out import show_left_out, until
from sitegen.cli.options import load_for_building, require_site
from sitegen.cli.pages_weight import weight_lines
from sitegen.cli.report import Script, plural, printable, say, say_waiting, show_problems, shown_path, styled
from sitegen.config import Config
from sitegen.content.due import changes_at
from sitegen.content.entries import is_left_out
from sitegen.content.repository import files_of_git
from sitegen.errors import Problem, SiteError, UsageError
from sitegen.fonts import packaged_font

_BEGINNING = datetime.fromtimestamp(0, UTC)


def build_whole(args: argparse.Namespace, now: int, view: seal.View | None) -> int:
    """Build at a moment, in nanoseconds since 1970, and tell of it. Raises `SiteError`, `UsageError`."""
    source = Path(args.source)
    require_site(source)
    view = view or look(args)
    if view is not None:
        seal.remove(view)
    config = load_for_building(args, None if args.output is None else Path(args.output), strict=args.strict)
    forms = None if args.forms is None else Path(args.forms)
    if forms is not None:  # it holds posts to come: nobody is to find it on the site
        _check_outside("--forms", forms, config.output)
    _check_timings_file(args.timings, config.output)
    with hired(args.jobs, args.executor) as crew:
        report = build(
            config,
            now=_BEGINNING + timedelta(microseconds=now // 1000),
            epoch=source_date_epoch(),
            clean=args.clean,
            weighing=args.weight is not None,
            crew=crew,
            waiting=say_waiting,
            progress=Bar(sys.stderr).show,
        )
    say(_told(report, config, args.weight), report.seconds)
    if args.timings is not None:
        _show_timings(args.timings, report, sys.stderr if args.weight == "json" else sys.stdout)
    if forms is not None:
        _write_forms_file(args, forms)
    if view is not None and _may_be_sealed(report):
        again = _told(report, config, None, again=True)
        seal.write(view, again, report.left, report.foreign, _elsewhere(report), now, _end(report))
    return 0


def _told(report: BuildReport, config: Config, weight: str | None, *, again: bool = False) -> list[tuple[str, str]]:
    """What is told of a build, or of the next one if it finds nothing to do; "" stands for the seconds."""
    site, notices, rest = report.site, Script(), Script()
    show_problems(report.notices, notices)
    written = 0 if again else report.written
    where = "err" if weight == "json" else "out"
    head = f"{styled('Built', 'bold', rest)} {printable(shown_path(config.output))}/: {_outcome(report, written)} in "
    show_left_out(site.left_out, site.now, rest)
    weights = "".join(f"{line}\n" for line in weight_lines(report.weights, weight, config))
    told = [("err", notices.getvalue()), (where, head), (where, " s\n"), (where, rest.getvalue()), ("out", weights)]
    told = [one for one in told if one[1]]
    told.insert(told.index((where, head)) + 1, (where, ""))
    return told


def _outcome(report: BuildReport, written: int) -> str:
    """What the site has, and how much of it was written."""
    site = report.site
    parts = [f"{written} written", f"{report.files - written} unchanged"]
    if report.deleted:
        parts.append(f"{report.deleted} removed")
    what = [plural(len(site.posts), "post"), *([plural(len(site.calls), "call")] if site.calls else [])]
    return f"{', '.join(what)}, {plural(report.files, 'file')} ({', '.join(parts)})"


def _may_be_sealed(report: BuildReport) -> bool:
    """Whether a seal can tell of all that the site depends on: not of what git knows and was too slow to say, or has
    elsewhere; nor of folders that it does not look at, if pages may show what is in them.
    """
    config, by_git = report.site.config, report.site.by_git
    led = by_git is not None and any(name in os.environ for name in ("GIT_DIR", "GIT_COMMON_DIR"))
    apart = not config.lenient or all(is_left_out(config, name, folder=True) for name in seal.APART)
    shown = config.liquid and any((config.source / name).exists() for name in seal.APART if name != ".git")
    return bool(report.left) and apart and not shown and not led and by_git is not False


def _elsewhere(report: BuildReport) -> Iterator[str]:
    """Files outside of the site that the build depends on."""
    yield from libraries()
    if report.site.by_git is not None:
        yield from files_of_git(report.site.config.source)
    yield from (os.path.join(folder, report.site.config.timezone) for folder in TZPATH)
    for font in (packaged_font(), *(file for file, _ in report.site.card_fonts)):
        yield from filter(None, (font, "-Bold.".join(font.rsplit("-Regular.", 1))))


def _end(report: BuildReport) -> int:
    """The moment from which on a build may come out otherwise, or use other words, in nanoseconds."""
    site = report.site
    moments = [one for one in (changes_at(site), until(site.left_out, site.now)) if one is not None]
    return (min(moments) - _BEGINNING) // timedelta(microseconds=1) * 1000 if moments else seal.NEVER


def _show_timings(way: str, report: BuildReport, told: TextIO) -> None:
    """As a table, or in a file."""
    from sitegen.cli.timings import timing_lines, write_page

    if way == "table":
        for line in timing_lines(report.timings):
            print(line, file=told)
        return
    write_page(Path(way), report.timings, f"{_outcome(report, report.written)} in {report.seconds:.2f} s")
    print(f"Wrote {shown_path(Path(way))}: where the time went", file=told)


def _check_timings_file(way: str | None, output: Path) -> None:
    """Raises `UsageError` for what is no name of a page (`--timings posts` is a slip), and for the site's own pages."""
    if way is None or way == "table":
        return
    from sitegen.cli.timings import is_page

    file = Path(way)
    if not way.endswith(".html"):
        raise UsageError(f'--timings: "{way}" is no name of a page; it ends in .html')
    _check_outside("--timings", file, output)
    if not file.parent.is_dir():
        raise UsageError(f"--timings: there is no folder {file.parent}")
    if file.exists() and not is_page(file):
        raise UsageError(f"--timings: {way} is something else already; name another file")


def _check_outside(option: str, file: Path, output: Path) -> None:
    """Raises `UsageError` for a file that would be published with the site."""
    if file.resolve().is_relative_to(output.resolve()):
        raise UsageError(f"{option}: {file} would be published with the site; write it outside of {shown_path(output)}")


def _write_forms_file(args: argparse.Namespace, file: Path) -> None:
    """Replace the file whole, so that a receiver never reads half of it. Raises `SiteError`."""
    from sitegen.forms.receiver.exported import pack
    from sitegen.forms.receiver.loading import load_site

    site = load_site(Path(args.source), datetime.now(UTC), url=args.url, baseurl=args.baseurl)
    staged = file.with_name(f".{file.name}.new")
    try:
        data = pack(site, args.url, args.baseurl)
        file.parent.mkdir(parents=True, exist_ok=True)
        staged.write_bytes(data)
        os.replace(staged, file)
    except OSError as error:
        staged.unlink(missing_ok=True)
        raise SiteError(
            [Problem(str(file), None, f"cannot be written: {error.strerror}", "name another --forms")]
        ) from error
    print(f"Wrote {shown_path(file)} for `sitegen receive --forms`: {plural(len(site.calls), 'call')}")
