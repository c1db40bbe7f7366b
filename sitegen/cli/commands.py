"""What there is to ask sitegen for: a table, and a parser that imports the module of the chosen row alone."""

from __future__ import annotations

import argparse
import os
from importlib import import_module

from sitegen import __version__

TYPE_CHECKING = False  # as in `typing`, which takes its time
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, NoReturn

COMMANDS = {
    "init": "make a new site that builds: configuration, a post, a call, a workflow for GitHub Pages",
    "new": "write a new post, or a call",
    "build": "build the site",
    "serve": "build, watch and show the site on this computer, and receive what its forms send",
    "check": "check the site: links, anchors, pictures, forms, titles, Markdown that surprises",
    "explain": "why a post or page is as it is: where its values come from, and what it is part of",
    "inbox": "the answers to your calls: read, mark, note, reply to, export and delete them",
    "receive": "take the answers to your calls: the receiver alone, for production",
    "theme": "the theme's files: list them, copy one to change it, or see what you changed",
    "import": "make a site of one that Jekyll builds, or say what a build takes over of it as it is",
    "schema": "JSON Schemas of front matter and of the configuration, for editors",
}
MODULES = {"import": "import_"}  # of those whose name no module can have


class Parser(argparse.ArgumentParser):
    """argparse with one line for what is wrong and one for where to look, and with the word that was meant."""

    def _get_formatter(self) -> argparse.HelpFormatter:
        """argparse asks for one at each argument, and `shutil`, which is large, for the width of the terminal."""
        return argparse.HelpFormatter(self.prog, width=_columns() - 2)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            from sitegen.errors import did_you_mean

            hint = did_you_mean(str(value), map(str, action.choices))
            raise argparse.ArgumentError(action, f'there is no "{value}"{"; " if hint else ""}{hint}')

    def parse_args(  # type: ignore[override] # typeshed has overloads, for namespaces of other classes
        self, args: Any = None, namespace: Any = None
    ) -> argparse.Namespace:
        """As argparse has it, but for what is said of words that are unknown."""
        found: argparse.Namespace = self.known_alone(*self.parse_known_args(args, namespace))
        return found

    def known_alone(self, found: Any, unknown: Sequence[str]) -> Any:
        """What was found; the end where some words are unknown. What follows an option may be its value."""
        if unknown:
            options = [word.split("=")[0] for word in unknown if word.startswith("-")]
            self.error("\nsitegen: ".join(map(self._no_option, options)) or f'"{unknown[0]}" is one word too many')
        return found

    def _no_option(self, word: str) -> str:
        from sitegen.errors import nearest

        near = nearest(word, (known for known in self._option_string_actions if known.startswith("--")))
        return f'there is no option "{word}"' + (f'; did you mean "{near}"?' if near else "")

    def error(self, message: str) -> NoReturn:
        """Say it, and end."""
        self.exit(2, f"sitegen: {message}\n{self.prog} --help tells more\n")


class Later:
    """A parser for argparse's list of commands, which is made, and filled by `fill`, if it is the chosen one."""

    def __init__(self, *, fill: Callable[[Parser], None], **settings: Any) -> None:
        self._fill, self._settings = fill, settings

    def made(self) -> Parser:
        """The parser."""
        parser = Parser(**self._settings)
        self._fill(parser)
        return parser

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse has it, but that nothing is left: the parser of the command says best what is wrong."""
        parser = self.made()
        return parser.known_alone(*parser.parse_known_args(args, namespace)), []


def add_commands(parser: argparse.ArgumentParser, **settings: Any) -> Any:
    """What has `add_parser`, for `Later` ones."""
    return parser.add_subparsers(parser_class=Later, **settings)


def _columns() -> int:
    """As `shutil.get_terminal_size` has them."""
    try:
        columns = int(os.environ["COLUMNS"])
    except (KeyError, ValueError):
        columns = 0
    if columns <= 0:
        try:
            columns = os.get_terminal_size(1).columns
        except (AttributeError, ValueError, OSError):
            columns = 0
    return columns or 80


def parser() -> Parser:
    """The whole command line."""
    top = Parser(
        prog="sitegen",
        description="Write a post, gather a group: Markdown posts to a static site with interest forms.",
    )
    top.add_argument("--version", action="version", version=f"sitegen {__version__}")
    commands = add_commands(top, dest="command", metavar="COMMAND", prog="sitegen")
    for name, words in COMMANDS.items():
        commands.add_parser(name, help=words, description=words, fill=_filling(name))
    return top


def _filling(name: str) -> Callable[[Parser], None]:
    def fill(command: Parser) -> None:
        module = module_of("sitegen.cli", name, MODULES)
        module.arguments(command)
        command.set_defaults(run=module.run)

    return fill


def module_of(package: str, name: str, others: Mapping[str, str]) -> Any:
    """The module of a command, with `arguments(parser)` and `run(args)`."""
    return import_module(f"{package}.{others.get(name, name)}")
