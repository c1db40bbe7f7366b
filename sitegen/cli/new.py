"""`sitegen new`: a post to fill in."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.cli.options import add_source
from sitegen.cli.report import shown_path
from sitegen.errors import Problem, SiteError, UsageError

if TYPE_CHECKING:
    from sitegen.config import Config


POST = """---
title: {title}
---

{body}
"""
CALL = """---
title: {title}
form:
  fields:
    name: {{required: true}}
    email: {{type: email, required: true}}
    message: {{type: textarea, label: What would you like to say?}}
  # capacity: 12
  # closes: {closes}
  submit: Count me in
  thanks: I read every answer, and reply within a week.
---

{body}
"""
POST_BODY = "Write here."
CALL_BODY = "Whom are you looking for, and what for? The form stands below these words."


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("title", metavar="TITLE", help="the title of the post, in quotes")
    parser.add_argument("--call", action="store_true", help="a call: the post with an interest form")
    parser.add_argument("--lang", metavar="CODE", default="", help="the language, one of the site's: de")
    add_source(parser)


def run(args: argparse.Namespace) -> int:
    """Write the file and say where it is."""
    from sitegen.config import load_config

    config = load_config(args.source)
    today = datetime.now(UTC).astimezone(config.zone).date()
    path = write_post(config.source, args.title, today, call=args.call, folder=_folder(config, args.lang))
    print(f"{shown_path(path)}: write, then: sitegen serve")
    return 0


def _folder(config: Config, lang: str) -> str:
    """Where posts in a language of the site are. Raises `UsageError` for one that the site is not in."""
    from sitegen.errors import did_you_mean, one_hint

    known = {one.lang.lower(): one.lang for one in config.tongues} or {config.lang.lower(): config.lang}
    if lang and lang.lower() not in known:
        hint = did_you_mean(lang, known.values())
        makes = f"a table [languages.{lang}] in the settings makes it so"
        raise UsageError(f'the site is not in "{lang}"; {one_hint(hint, makes)}')
    return "_posts" if lang.lower() in ("", config.lang.lower()) else f"_posts/{known[lang.lower()]}"


def write_post(source: Path, title: str, day: date, *, call: bool, folder: str = "_posts") -> Path:
    """A new file in the folder; none is ever overwritten. Raises `UsageError` for a title of no words."""
    from sitegen.slugs import slugify

    title = " ".join(title.split())
    slug = slugify(title)[:80].rstrip("-")
    if not slug or any("\ud800" <= sign <= "\udfff" for sign in title):
        raise UsageError("the title has no letter or digit to make an address of")
    path = source / folder / f"{day.isoformat()}-{slug}.md"
    template, body = (CALL, CALL_BODY) if call else (POST, POST_BODY)
    closes = date(day.year + 1, 1, 31).isoformat()
    text = template.format(title=_quoted(title), body=body, closes=closes)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        message, hint = "there is a post of that name already", "edit it, or choose another title"
        raise SiteError([Problem(f"{folder}/{path.name}", None, message, hint)]) from error
    return path


def _quoted(title: str) -> str:
    """The title as YAML reads it back: bare where that is safe."""
    safe = title[0].isalnum() and not any(sign in title for sign in ":#'\"{}[]&*!|>%@`\\,?")
    words = {"yes", "no", "true", "false", "on", "off", "null", "none", "y", "n"}
    if safe and title.lower() not in words and not title[0].isdigit():
        return title
    return json.dumps(title, ensure_ascii=False)
