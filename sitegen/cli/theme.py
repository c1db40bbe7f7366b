"""`sitegen theme`: what the look is made of, and a copy of any of it to change."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.cli.options import add_source, require_site
from sitegen.cli.report import styled
from sitegen.errors import Problem, SiteError, UsageError, did_you_mean

if TYPE_CHECKING:
    from sitegen.templates.overrides import ThemeFile


_STATES = {
    "packaged": ("", "quiet"),
    "same": ("yours, the same as the packaged one", "note"),
    "changed": ("yours, changed", "bold"),
    "own": ("yours alone", "bold"),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own commands. Without one it lists."""
    add_source(parser)
    commands = parser.add_subparsers(dest="action", metavar="ACTION")
    commands.add_parser("list", help="every file, and whether the packaged one or yours counts")
    ejecting = commands.add_parser("eject", help="copy files of the theme into the site, to change them there")
    comparing = commands.add_parser("diff", help="what your copies changed")
    ejecting.add_argument("files", nargs="+", metavar="FILE", help="such as post.html, style.css or en.yml")
    comparing.add_argument("files", nargs="*", metavar="FILE", help="default: every file that you changed")
    for command in commands.choices.values():
        command.add_argument(
            "-s", "--source", type=Path, metavar="SOURCE", default=argparse.SUPPRESS, help="the folder of the site"
        )


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    from sitegen.templates.overrides import theme_files

    require_site(args.source)
    files = theme_files(args.source)
    action = args.action or "list"
    if action == "list":
        _list(files)
    elif action == "eject":
        _eject(args.source, [*dict.fromkeys(_named(args.files, files))])
    else:
        chosen = _named(args.files, files) if args.files else [file for file in files if file.state == "changed"]
        _compare(args.source, chosen)
    return 0


def _list(files: Iterable[ThemeFile]) -> None:
    folder = ""
    for file in files:
        if (above := file.place.removesuffix(file.name)) != folder:
            print(f"{'' if not folder else chr(10)}{styled(above, 'bold', sys.stdout)}")
            folder = above
        words, style = _STATES[file.state]
        print(f"  {file.name:<25}{styled(words, style, sys.stdout)}".rstrip())
    print("\nsitegen theme eject FILE copies one into your site, where it goes before the packaged one.")


def _named(names: Iterable[str], files: Iterable[ThemeFile]) -> list[ThemeFile]:
    """The packaged files of those names, with or without their folder. Raises `UsageError`."""
    packaged = {file.name: file for file in files if file.packaged is not None}
    places = {file.place: file for file in packaged.values()}
    found = []
    for name in names:
        file = places.get(name) or packaged.get(name) or packaged.get(f"{name}.html")
        if file is None:
            hint = did_you_mean(name, packaged) or "sitegen theme list shows all"
            raise UsageError(f'the theme has no file "{name}"; {hint}')
        found.append(file)
    return found


def _eject(source: Path, files: list[ThemeFile]) -> None:
    """Copy them; nothing is overwritten, and if one is there already, none is copied."""
    there = [file for file in files if os.path.lexists(source / file.place)]
    if there:
        hint = f"sitegen theme diff {there[0].name} shows what is changed"
        raise SiteError([Problem(file.place, None, "this file is yours already", hint) for file in there])
    for file in files:
        assert file.packaged is not None
        place = source / file.place
        if not place.parent.resolve().is_relative_to(source.resolve()):
            raise SiteError([Problem(file.place, None, "the folder is a link that leads out of the site")])
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as copy:
            copy.write(file.packaged.read_bytes())
        print(f"{place}: change it; it goes before the packaged one")


def _compare(source: Path, files: Iterable[ThemeFile]) -> None:
    from sitegen.templates.overrides import stands_on

    changed = [file for file in files if file.state == "changed"]
    if not changed:
        print("Nothing is changed: every file is as the theme has it.")
    for file in changed:
        if stands_on(file, source) and file.is_words:
            print(f"{file.place}: goes before the packaged words one by one; what it lacks is as the theme has it")
        elif stands_on(file, source):
            print(f"{file.place}: extends theme/{file.name}, so that all else in it is yours")
        else:
            sys.stdout.writelines(_difference(source, file))


def _difference(source: Path, file: ThemeFile) -> Iterator[str]:
    assert file.packaged is not None
    packaged, own = (
        path.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
        for path in (file.packaged, source / file.place)
    )
    return unified_diff(packaged, own, f"theme/{file.name}", file.place)
