"""What the fence of a code block says of it beside the language: a title, line numbers, lines that stand out.

```` ```python title="app.py" linenos=10 hl_lines="2 4-6" ````; `{2,4-6}` is short for `hl_lines`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from sitegen.errors import did_you_mean
from sitegen.frozen import dataclass
from sitegen.patterns import regex

_OPTION = regex(r"""(?<![^\s,{])([\w-]+)=(?:"([^"]*)"|'([^']*)'|([^\s,}"']+))""")
_BRACES = regex(r"\{([\d\s,-]+)\}")
_NUMBERED = regex(r"(?<![^\s,{])linenos(?![^\s,}])")
_SPAN = regex(r"(\d{1,6})(?:-(\d{1,6}))?")
_NUMBER = regex(r"\d{1,6}")
_SWITCHES = {"true": 1, "table": 1, "inline": 1, "false": None}
_NAMES = {
    "title": "title",
    "linenos": "start",
    "start": "start",
    "linenostart": "start",
    "linenums": "start",
    "hl_lines": "marked",
    "mark_lines": "marked",
}


@dataclass(frozen=True)
class CodeOptions:
    """`start` is the number of the first line, None for a block without numbers.

    `marked` are the first and last of lines that stand out, counted from 1 whatever their numbers; `wrong` says in
    words what nobody can read.
    """

    title: str = ""
    start: int | None = None
    marked: tuple[tuple[int, int], ...] = ()
    wrong: tuple[str, ...] = ()

    def is_marked(self, line: int) -> bool:
        """Whether the line stands out."""
        return any(first <= line <= last for first, last in self.marked)


NONE = CodeOptions()


def options_of(info: str) -> CodeOptions:
    """What a fence's info string says; what cannot be read changes nothing.

    >>> options_of('python title="app.py" linenos {2,4-6}')
    CodeOptions(title='app.py', start=1, marked=((2, 2), (4, 6)), wrong=())
    >>> options_of("ruby config/app.rb") == NONE
    True
    """
    if not ("=" in info or "{" in info or "linenos" in info):
        return NONE
    bare = _OPTION.sub(" ", info)
    found = replace(NONE, start=1) if _NUMBERED.search(bare) else NONE
    for braces in _BRACES.findall(bare):
        found = _with(found, "hl_lines", braces)
    for name, *values in _OPTION.findall(info):
        found = _with(found, name, next(filter(None, values), ""))
    return found


def beyond(options: CodeOptions, lines: int) -> Iterator[str]:
    """What a block of so many lines has nothing for, in words."""
    for first, last in options.marked:
        if last > lines:
            many = f"{lines} lines" if lines != 1 else "one line"
            yield f"there is no line {last if first <= lines else first} to be marked: the code has {many}"


def _with(options: CodeOptions, name: str, value: str) -> CodeOptions:
    """The options with one more."""
    kind = _NAMES.get(name.lower())
    if kind == "title":
        return replace(options, title=" ".join(unescape(value).split()))
    if kind == "start" and value.lower() in _SWITCHES:
        return replace(options, start=_SWITCHES[value.lower()])
    if kind == "start" and _NUMBER.fullmatch(value):
        return replace(options, start=int(value))
    if kind == "marked" and (spans := _spans(value)):
        return replace(options, marked=(*options.marked, *spans))
    hint = did_you_mean(name, _NAMES)
    said = f'`{name}` cannot be "{value}"' if kind else f"code has no option `{name}`; {hint[:1].lower()}{hint[1:]}"
    return replace(options, wrong=(*options.wrong, said))


def _spans(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of lines; none where a word is no number from 1, or ends before it begins."""
    matches = [_SPAN.fullmatch(word) for word in text.replace(",", " ").split()]
    spans = tuple((int(match[1]), int(match[2] or match[1])) for match in matches if match)
    whole = len(spans) == len(matches) and all(0 < first <= last for first, last in spans)
    return spans if whole else ()
