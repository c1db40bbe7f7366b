"""What Jinja says of a layout that it cannot parse, in the words of the layout's author."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from jinja2 import TemplateSyntaxError

from sitegen.errors import did_you_mean

TAGS = (
    "autoescape", "block", "call", "extends", "filter", "for", "from", "if", "import", "include", "macro", "raw", "set",
    "with", "else", "elif", "break", "continue",
)  # fmt: skip
LIQUID_TAGS: Mapping[str, str] = {
    "assign": "{% set x = … %}",
    "capture": "{% set x %}…{% endset %}",
    "case": "{% if x == … %}{% elif x == … %}{% endif %}",
    "comment": "{# … #}",
    "cycle": "{{ loop.cycle('a', 'b') }}",
    "elsif": "{% elif … %}",
    "include_relative": "{% include 'x.html' %}",
    "tablerow": "{% for … %}",
    "unless": "{% if not … %}",
}
LIQUID_FILTERS: Mapping[str, str] = {
    "append": "{{ a ~ b }}",
    "prepend": "{{ b ~ a }}",
    "divided_by": "{{ a // b }}",
    "downcase": "lower",
    "escape_once": "escape",
    "lstrip": "trim",
    "minus": "{{ a - b }}",
    "modulo": "{{ a % b }}",
    "plus": "{{ a + b }}",
    "remove": "replace('x', '')",
    "rstrip": "trim",
    "size": "length",
    "strip": "trim",
    "times": "{{ a * b }}",
    "uniq": "unique",
    "upcase": "upper",
    "url_encode": "urlencode",
}


def explain(
    error: TemplateSyntaxError, text: str, filters: Iterable[str], tests: Iterable[str]
) -> tuple[str, int, str]:
    """Message, line and hint for a syntax error."""
    said = error.message or "this is not Jinja"
    if match := re.search(r"innermost block that needs to be closed is '(\w+)'", said):
        return _unclosed(match.group(1), text, error.lineno)
    if match := re.search(r"unknown tag '([^']*)'", said):
        return _unknown_tag(match.group(1), error.lineno)
    if match := re.search(r"No filter named '([^']*)'", said):
        name = match.group(1)
        instead = LIQUID_FILTERS.get(name)
        hint = f"that is Liquid's; here it is `{instead}`" if instead else did_you_mean(name, filters)
        return f'there is no filter "{name}"', error.lineno, hint
    if match := re.search(r"No test named '([^']*)'", said):
        return f'there is no test "{match.group(1)}"', error.lineno, did_you_mean(match.group(1), tests)
    if said.endswith("got ':'"):
        hint = "what a filter is given stands in brackets: {{ page.date | date('%Y') }}"
        return "a colon that Jinja does not know", error.lineno, hint
    if "end of print statement" in said and "end of template" in said:
        return "a {{ that is not closed by }}", error.lineno, ""
    if "end of statement block" in said and "end of template" in said:
        return "a {% that is not closed by %}", error.lineno, ""
    if "unexpected char" in said and re.search("unexpected char ['\"]['\"]", said):
        return "a quote that is not closed", error.lineno, ""
    said = said.replace("end of print statement", "}}").replace("end of statement block", "%}")
    return said.rstrip("."), error.lineno, ""


def _unclosed(tag: str, text: str, line: int) -> tuple[str, int, str]:
    """At the line where the block begins, not where the file ends."""
    opened: list[int] = []
    for match in re.finditer(rf"\{{%[-+]?\s*(end)?{tag}\b", text):
        if match.group(1) is None:
            opened.append(text.count("\n", 0, match.start()) + 1)
        elif opened:
            opened.pop()
    message = f"a {{% {tag} %}} that is not closed by {{% end{tag} %}}"
    return message, opened[-1] if opened else line, ""


def _unknown_tag(name: str, line: int) -> tuple[str, int, str]:
    bare = name.removeprefix("end")
    if bare in LIQUID_TAGS:
        return f'there is no tag "{name}"', line, f"that is Liquid's; here it is {LIQUID_TAGS[bare]}"
    if name.startswith("end") and bare in TAGS:
        return f"{{% {name} %}} closes what is not open", line, f"is there a {{% {bare} %}} above it?"
    return f'there is no tag "{name}"', line, did_you_mean(name, TAGS)
