"""`sitegen schema`: what editors complete and check front matter and settings by."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.cli.options import require_site
from sitegen.errors import Problem, SiteError

if TYPE_CHECKING:
    from sitegen.schemas import OwnNames


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("name", choices=("front-matter", "config"), metavar="NAME", help="front-matter or config")
    parser.add_argument(
        "-s", "--source", type=Path, metavar="SOURCE", help="offer the layouts, forms, tags and authors of this site"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write it there, instead of printing it")


def run(args: argparse.Namespace) -> int:
    """Print the schema, or write it."""
    from sitegen.schemas import NO_NAMES, schema

    own = _own_names(args.source) if args.source is not None else NO_NAMES
    text = json.dumps(schema(args.name, own), indent=2, ensure_ascii=False)
    if args.output is None:
        print(text)
        return 0
    _write(args.output, text + "\n")
    print(f"{args.output}: name it to your editor (the manual says how, under Settings)")
    return 0


def _write(file: Path, text: str) -> None:
    """Write it, and make the folder where it is to stand. Raises `SiteError`."""
    try:
        if not file.parent.suffix:  # `sitegen.toml/x` is a slip, and the folder would stand in the settings' way
            file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        hint = "name a file in a folder that there is, such as .vscode/sitegen.json"
        raise SiteError([Problem(str(file), None, f"the schema cannot be written there: {why}", hint)]) from error


def _own_names(source: Path) -> OwnNames:
    from sitegen.config import load_config
    from sitegen.schemas import own_names

    require_site(source)
    return own_names(load_config(source, patient=True), now=datetime.now(UTC))
