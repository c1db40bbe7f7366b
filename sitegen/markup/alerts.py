"""Alerts: GitHub's `> [!NOTE]` and Python-Markdown's `!!! note`, of which both engines make the same HTML.

The default engine reads them in `kramdown.alerts`. The compiled one knows quotes only: `quoted` writes the one form as
the other before it reads, and `dressed` makes alerts of the quotes that it has written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape

from sitegen.markup.cuts import whole
from sitegen.markup.lines import text_lines
from sitegen.patterns import regex

# What an alert may be called, and which of the five that are told apart it is.
KINDS: Mapping[str, str] = {
    **dict.fromkeys(["note", "info", "abstract", "summary", "example", "question", "quote", "seealso", "todo"], "note"),
    **dict.fromkeys(["tip", "hint", "success"], "tip"),
    "important": "important",
    **dict.fromkeys(["warning", "attention"], "warning"),
    **dict.fromkeys(["caution", "danger", "error", "failure", "bug"], "caution"),
}
OPENING = r'!!![ \t]+([A-Za-z][\w-]*)((?:[ \t]+[A-Za-z][\w-]*)*)(?:[ \t]+"([^"\n]*)")?[ \t]*\n'
MARK = '<div class="alert alert-'  # how each begins in HTML

_SIGN = "\x02"  # stands in no body (`budgets.readable`): before and behind the words of an alert that was rewritten
_OPENING = regex(rf" {{0,3}}{OPENING}")
_ENDED = regex(r"\s*$| {0,3}(?:#{1,6}[ \t]|`{3}|~{3}|</)")  # a line that no text goes on from
_INDENT = regex(" {4}| {0,3}\t")
_QUOTES = regex(
    r'<(?:(?P<empty>blockquote class="markdown-alert-(\w+)">\n</blockquote>)'
    r'|blockquote class="markdown-alert-(?P<plain>\w+)">\n'
    rf"|blockquote>\n<p>(?:\[!(?P<word>[A-Za-z]+)\](?!</p>\n</blockquote>) ?|{_SIGN}(?P<words>[^{_SIGN}]+){_SIGN})"
    r"(?P<title>[^\n]*?)(?P<end>\n|</p>\n)"
    r"|blockquote\b[^>]*>|(?P<close>/blockquote>))"
)


def classes(word: str, more: str = "") -> str:
    """The classes of an alert: its kind's, and those that its author gives it. What nobody knows is a note."""
    return " ".join(("alert", f"alert-{KINDS.get(word.lower(), 'note')}", *more.split()))


def title_classes(shown: bool) -> str:
    """The classes of the paragraph with the title; one that is not shown is still read aloud."""
    return "alert-title" if shown else "alert-title unseen"


def quoted(text: str, name_of: Callable[[str], str]) -> str:
    """The text with each `!!! note` and what is indented below it as a quote; `name_of` is `Dialect.alert`."""
    if "!!!" not in text:
        return text
    lines = text.split("\n")
    done: list[str] = []
    at = 0
    for number, line in text_lines(text):
        match = _OPENING.fullmatch(line + "\n")
        if not match or number < at or (number > at and not _ENDED.match(lines[number - 1])):
            continue
        if (end := _end(lines, number + 1)) > number + 1:
            done += [*lines[at:number], *_quote(match, lines[number + 1 : end], name_of), ""]
            at = end
    return "\n".join([*done, *lines[at:]])


def _end(lines: Sequence[str], start: int) -> int:
    """The line after the last indented one from here; `start` if there is none."""
    end = start
    for at in range(start, len(lines)):
        if _INDENT.match(lines[at]) and lines[at].strip():
            end = at + 1
        elif lines[at].strip():
            break
    return end


def _quote(match: re.Match[str], body: Sequence[str], name_of: Callable[[str], str]) -> list[str]:
    word, more, title = match.groups()
    shown = name_of(word) if title is None else title
    inside = quoted("\n".join(_INDENT.sub("", line, count=1) for line in body), name_of)
    return [f"> {_SIGN}{word}{more}{_SIGN}{shown}", ">", *(f"> {line}" for line in inside.split("\n"))]


def dressed(html: str, name_of: Callable[[str], str]) -> str:
    """The HTML of the compiled engine with alerts in place of the quotes that are some."""
    if "<blockquote" not in html:
        return html
    ends: list[str] = []

    def replaced(match: re.Match[str]) -> str:
        if match["close"]:
            return ends.pop() if ends else match[0]
        if match["empty"]:
            return f"<blockquote>\n<p>[!{match[2].upper()}]</p>\n</blockquote>"
        head = _head(match, name_of)
        ends.append("</div>" if head else "</blockquote>")
        return head or match[0]

    return _QUOTES.sub(replaced, html)


def _head(match: re.Match[str], name_of: Callable[[str], str]) -> str:
    """What begins the alert that a quote is; "" if it is none."""
    word, _, more = (match["words"] or match["plain"] or match["word"] or "").partition(" ")
    title = (match["title"] or "").removesuffix("<br />").strip()
    known = match["words"] or word.lower() in KINDS
    if not known or whole(title).html != title:
        return ""
    rest = "<p>" if match["end"] == "\n" else ""
    shown = bool(title) or not match["words"]
    text = title or escape(name_of(word))
    heading = f'<p class="{title_classes(shown)}"><strong>{text}</strong></p>\n'
    return f'<div class="{classes(word, more)}" role="note">\n{heading}{rest}'
