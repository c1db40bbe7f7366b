"""`sitegen explain`: why a page is as it is."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sitegen.cli.columns import Row, show_rows
from sitegen.cli.left_out import how_to_build, reason_of
from sitegen.cli.options import add_source, require_site
from sitegen.cli.report import plural, printable, say_waiting, show_problems, shown_path, styled
from sitegen.model.given import Given

if TYPE_CHECKING:
    from pathlib import Path

    from sitegen.explain import Explanation, Value
    from sitegen.marked import Origin

MOST_SHOWN = 10  # posts of a list


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("what", metavar="POST|URL", help="a file, an address, or a word of a post's name or title")
    add_source(parser)
    parser.add_argument("--json", action="store_true", help="for programs")


def run(args: argparse.Namespace) -> int:
    """Show everything about it."""
    from sitegen.config import load_config
    from sitegen.explain import explain

    require_site(args.source)
    config = load_config(args.source, patient=True)
    now = datetime.now(UTC)
    found = explain(config, args.what, now=now, waiting=say_waiting)
    if args.json:
        print(json.dumps(found.as_json(), indent=2))
    else:
        _show(found, config.output, now)
    return 0


def _show(found: Explanation, output: Path, now: datetime) -> None:
    print(styled(printable(found.title), "bold", sys.stdout))
    print(", ".join(part for part in (printable(found.path if found.path != found.title else ""), found.kind) if part))
    print(f"\n{_status(found, now)}")
    show_problems(found.problems, sys.stdout)
    _section("Values", (_value(value, found.path) for value in found.values))
    _section("Files", ((file.what, shown_path(output / file.path), "") for file in found.files))
    others = (item for item in found.addresses.items() if item[0] != "canonical" or not found.published)
    _section("Addresses", ((name, address, "") for name, address in others))
    layouts = ((one.name, one.path, "of the packaged theme" if one.packaged else "") for one in found.layouts)
    _section("Layouts", layouts)
    _section("Lists", ((one.name, _standing(one.stands, one.detail), one.url) for one in found.lists))
    _section(f"Shows {plural(len(found.shows), 'post')}", _shown(found.shows))


def _section(head: str, rows: Iterable[Row]) -> None:
    listed = list(rows)
    if listed:
        print(f"\n{styled(head, 'bold', sys.stdout)}")
        show_rows(listed, sys.stdout, prose=head in ("Values", "Lists"))


def _status(found: Explanation, now: datetime) -> str:
    """Whether it is published; if not, why."""
    if (one := found.left_out) is not None:
        place = f" ({_place(one.origin, found.path)})" if one.origin.line is not None else ""
        why = "; ".join(filter(None, (f"{reason_of(one, now)}{place}", how_to_build(one))))
        return f"{styled('Not published', 'warning', sys.stdout)}: {why}"
    if found.broken or found.errors:
        what = "it cannot be read" if found.broken else f"it has {plural(found.errors, 'problem')}"
        return f"{styled('Not published', 'error', sys.stdout)}: {what}"
    if found.unwritten:
        return f"{styled('Not published', 'warning', sys.stdout)}: {printable(found.unwritten)}"
    if found.elsewhere:
        what = f"{plural(found.elsewhere, 'problem')} elsewhere: sitegen build lists them"
        return f"{styled('Not published', 'warning', sys.stdout)}, because of {what}"
    return f"{styled('Published', 'good', sys.stdout)} at {printable(found.addresses.get('canonical', found.url))}"


def _value(value: Value, path: str) -> Row:
    who = value.note or "; ".join(_who(given, path, value.name) for given in value.given)
    text = _moment(value.text) if value.name in ("date", "updated", "expires") else value.text
    return (value.name, text, who) if text else (value.name, "", "none")


def _moment(text: str) -> str:
    """ISO 8601 for people: the offset stands apart. The date of a page is whatever its author wrote."""
    return re.sub(r"(?<=:\d\d)(?=[+-]\d\d:\d\d$)", " ", text)


def _who(given: Given, path: str, name: str) -> str:
    """Who gave a value, in words."""
    place = _place(given.at, path)
    if given.by == "defaults":
        number = int(given.at.keys[given.at.keys.index("defaults") + 1]) + 1
        return f"default {number}, {place}"
    return {
        "front matter": f"front matter, {place}",
        "configuration": place,
        "file name": "the file's name",
        "folders": "the folders above",
        "git": "its last commit" if name == "updated" else "its first commit",
        "file": "the file's time",
        "sitegen": "the default",
    }[given.by]


def _place(origin: Origin, path: str) -> str:
    """The line of the file itself, or the path and line of another one."""
    if origin.path == path:
        return f"line {origin.line}"
    return origin.path if origin.line is None else f"{origin.path}:{origin.line}"


def _standing(stands: bool, detail: str) -> str:
    if stands:
        return detail or "yes"
    return f"no: {detail}" if detail else "no"


def _shown(paths: Sequence[str]) -> Iterator[Row]:
    yield from ((path, "", "") for path in paths[:MOST_SHOWN])
    if len(paths) > MOST_SHOWN:
        yield f"and {len(paths) - MOST_SHOWN} more", "", ""
