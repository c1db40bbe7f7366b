"""Front matter: the YAML between two lines of `---` at the top of a file, read with the line of every key.

python-frontmatter splits the file; our handler teaches it what its own YAML reader does not do: a closing `...`,
dates and words as written, and places for problems.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, replace
from functools import cache
from typing import Any

from sitegen.errors import Problems
from sitegen.frozen import dataclass
from sitegen.marked import NOWHERE, Malformed, Marked, Origin, problem_at, read_yaml
from sitegen.patterns import regex
from sitegen.plain import read_plain

_OPENING = regex(r"\A---[ \t]*$", re.MULTILINE)
_BOUNDARY = regex(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_BLANK_LINES = regex(r"\A(?:[ \t]*\n)+")
_NEARLY_CLOSED = regex(r"^[ \t]*(?:-{2,}|[–—]+|\.{2,4}|\+\+\+)[ \t]*$", re.MULTILINE)
_NEARLY_OPENED = regex(
    r"\A\s*(-{2,}[^\n]*|[–—]+|\+{3}|;{3})[ \t]*\n"  # any first line but a good one …
    r"(?:[ \t]*\"?[\w-]+\"?[ \t]*[:=].*\n)+"  # … lines with keys …
    r"[ \t]*(?:-{2,}|[–—]+|\+{3}|;{3})[ \t]*$",  # … and something to close them
    re.MULTILINE,
)
_TABS = regex(r"^[ \t]*\t[ \t]*|(?<=:)\t+", re.MULTILINE)


@dataclass(frozen=True)
class FrontMatter:
    """What stands above a body. `body_line` is the line of the file where the body begins."""

    values: Mapping[str, Any] = field(default_factory=dict)
    origin: Origin = NOWHERE
    body: str = ""
    body_line: int = 1

    def trimmed(self) -> FrontMatter:
        """The same without blank lines above the body: no XML declaration may stand below any."""
        body = _BLANK_LINES.sub("", self.body) if self.body_line > 1 else self.body  # else there is no front matter
        dropped = self.body.count("\n") - body.count("\n")
        return replace(self, body=body, body_line=self.body_line + dropped)


def has_front_matter(text: str) -> bool:
    """Whether the first line opens front matter."""
    return _OPENING.match(text) is not None


def read_front_matter(text: str, path: str, problems: Problems) -> FrontMatter | None:
    """The front matter and the body of a file; None, and a problem, if it cannot be read.

    On a Jekyll site what cannot be read counts as none, as there: the body is published, and the problem a warning.
    """
    if not has_front_matter(text):
        _check_opening(text, path, problems)
        return FrontMatter(origin=Origin(path, text), body=text)
    if (plain := _plain(text, path)) is not None:
        return plain
    try:
        matter, body = _split(text)
    except ValueError:
        problems.tolerate(problem_at(path, text, 1, "the front matter is opened by --- and never closed", _end(text)))
        return FrontMatter(origin=Origin(path, text), body=text) if problems.lenient else None
    body_line = text.count("\n", 0, len(text) - len(body)) + 1
    try:
        marked = _mapping(_load(matter, path, text, problems), text)
    except Malformed as error:
        bare = FrontMatter(origin=Origin(path, text), body=body, body_line=body_line) if problems.lenient else None
        hints = (error.hint, "published as if it had no front matter" if bare else "")
        problems.tolerate(problem_at(path, text, error.line, error.message, "; ".join(filter(None, hints))))
        return bare
    origin = Origin(path, text.removesuffix(body), marked.lines, marked.words, rest=body)
    for keys, line in marked.repeated:
        problems.tolerate(problem_at(path, text, line, f"`{'.'.join(keys)}` is given twice", "remove one of them"))
    return FrontMatter(marked.value or {}, origin, body, body_line)


def _plain(text: str, path: str) -> FrontMatter | None:
    """The same, without a parser, of a file that is written as nearly all are; None for others."""
    end = text.find("\n---\n", 3)
    marked = read_plain(text[4:end], 1) if end > 3 and text[3] == "\n" else None
    if marked is None:
        return None
    head, body = text[: end + 5], text[end + 5 :]
    origin = Origin(path, head, marked.lines, marked.words, rest=body)
    return FrontMatter(marked.value, origin, body, head.count("\n") + 1)


def _check_opening(text: str, path: str, problems: Problems) -> None:
    """What looks like front matter, and would be shown to readers as text."""
    match = _NEARLY_OPENED.match(text)
    if match is None:
        return
    line = text.count("\n", 0, match.start(1)) + 1
    hint = "the first line of the file has to be --- and nothing else"
    if match.group(1) in ("+++", ";;;"):
        hint = "front matter is YAML between two lines of ---: `title: …` in place of `title = …`"
    problems.tolerate(problem_at(path, text, line, "this is not read as front matter", hint))


def _end(text: str) -> str:
    """A hint where the front matter may have been meant to end."""
    match = _NEARLY_CLOSED.search(text, 3)
    if match is None:
        return "write a line of --- below the last `key: value`"
    return f"line {text.count(chr(10), 0, match.end()) + 1} is `{match.group()}`; it has to be --- and nothing else"


@cache
def _handler() -> Any:
    """python-frontmatter's YAML handler with our boundary and our reader (lazily: the import takes 65 ms)."""
    from frontmatter.default_handlers import YAMLHandler

    class Handler(YAMLHandler):
        FM_BOUNDARY = _BOUNDARY

        def load(self, fm: str, **kwargs: object) -> Any:
            return read_yaml(fm, offset=1, loose=bool(kwargs.get("loose")))

    return Handler()


def _split(text: str) -> tuple[str, str]:
    """The YAML and the body. ValueError if the front matter is never closed."""
    matter, body = _handler().split(text)
    return matter.removeprefix("\n"), body.removeprefix("\n")


def _mapping(marked: Marked, text: str) -> Marked:
    """The same, if it is `key: value`. Raises `Malformed`."""
    if marked.value is None or isinstance(marked.value, dict):
        return marked
    kind = "a list" if isinstance(marked.value, list) else "a text"
    line = marked.lines.get((), 2)
    tight = re.match(r"([\w-]+):(\S.*)", text.split("\n")[line - 1])
    hint = f"write a blank after the colon: {tight[1]}: {tight[2]}" if tight else "write `key: value` on each line"
    raise Malformed(f"the front matter is {kind}, not `key: value`", line, hint)


def _load(matter: str, path: str, text: str, problems: Problems) -> Marked:
    """Read the YAML; on a Jekyll site with tabs as blanks, as Ruby's reader takes them."""
    try:
        marked: Marked = _handler().load(matter, loose=problems.lenient)
        return marked
    except Malformed as error:
        if not problems.lenient or "\t" not in matter:
            raise
        untabbed = _TABS.sub(lambda match: match.group().replace("\t", "  "), matter)
        marked = _handler().load(untabbed, loose=True)
        problems.tolerate(problem_at(path, text, error.line, error.message, error.hint))
        return marked
