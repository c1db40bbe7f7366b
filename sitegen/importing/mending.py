"""Files that only Jekyll can read, written so that everybody can.

What Jekyll lets pass in front matter (a key given twice, a tab, a part that is never closed) is an error under
`sitegen.toml`. The values stay what Jekyll took them for, and the text below is left alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from sitegen.content.data import READERS
from sitegen.content.frontmatter import FrontMatter, read_front_matter
from sitegen.content.sources import Source, read_text
from sitegen.errors import Problem, Problems
from sitegen.importing.matter import yaml_value
from sitegen.marked import Malformed

ANEW = "the front matter is written anew"
REMARK = "Jekyll could not read this front matter either: it is a remark in the file now"


@dataclass(frozen=True)
class Mended:
    """A file's text as it may stand now, and what was wrong with it."""

    text: str
    problems: tuple[Problem, ...]


def mended(source: Source) -> Mended | None:
    """The text of a document, if it has to be another one; None where the file can stay as it is."""
    strict, lenient = Problems(), Problems(lenient=True)
    text = read_text(source, strict)
    if text is not None:
        read_front_matter(text, source.path, strict)
    if not strict.errors:
        return None
    text = read_text(source, lenient)
    if text is None:
        return None  # nobody can read it: the build says so
    front = read_front_matter(text, source.path, lenient) or FrontMatter(body=text)
    told = (replace(problem, line=None, hint=ANEW, severity="note") for problem in strict.errors)
    if not front.values and front.body != text:
        told = (replace(problem, hint=REMARK) for problem in told)
    return Mended(_matter(front, text) + front.body, tuple(told))


def _matter(front: FrontMatter, text: str) -> str:
    """Front matter with the same values; what nobody could read of the old one stays as a remark."""
    rows = [f"{yaml_value(key)}: {yaml_value(value, front.origin.at(key))}" for key, value in front.values.items()]
    if not rows:
        above = text.split("\n")[1 : front.body_line - 2]
        rows = [f"# {row}" for row in above]
    return "".join(f"{row}\n" for row in ("---", *rows, "---"))


def mended_data(source: Source) -> Mended | None:
    """A data file that only Jekyll can read, as JSON; None where it can stay as it is, or where nobody can read it."""
    text = read_text(source, Problems(lenient=True))
    if text is None or source.suffix not in READERS:
        return None
    try:
        found = READERS[source.suffix](text)
    except Malformed:
        return None
    if not found.repeated:
        return None
    keys = ", ".join(f"`{'.'.join(keys)}`" for keys, _ in found.repeated)
    problem = Problem(source.path, None, f"{keys} is given twice", "the file is JSON now", severity="note")
    return Mended(json.dumps(found.value, ensure_ascii=False, indent=2) + "\n", (problem,))
