"""What stands in Jekyll's own tags: names, `key="value"`, and outputs inside of them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from liquid.builtin.expressions import FilteredExpression, tokenize
from liquid.expression import Expression
from liquid.stream import TokenStream
from liquid.token import Token

from sitegen.liquid.context import Context, WrongTag
from sitegen.liquid.values import text_of

_OUTPUT = re.compile(r"\{\{-?(.*?)-?\}\}", re.DOTALL)
_FIRST = re.compile(r"((?:\{\{.*?\}\}|[^\s{}]+)+)\s*(.*)", re.DOTALL)
_PAIR = re.compile(r"""([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([\w.\-\[\]'"]+))\s*,?\s*""")


def parsed(environment: object, text: str, token: Token) -> Expression:
    """An expression with its filters."""
    return FilteredExpression.parse(environment, TokenStream(tokenize(text, token)))  # type: ignore[arg-type]


def first_and_rest(token: Token) -> tuple[str, str]:
    """The name that a tag begins with, and what follows."""
    match = _FIRST.match(token.value.strip())
    if match is None:
        raise WrongTag("a name is missing here", token)
    return match[1], match[2].strip()


def filled(text: str, context: Context, token: Token) -> str:
    """The text with its outputs run: `{% link {{ page.doc }} %}`."""
    return _OUTPUT.sub(lambda match: text_of(parsed(context.env, match[1].strip(), token).evaluate(context)), text)


def pairs(environment: object, text: str, token: Token) -> Mapping[str, str | Expression]:
    """`a="text" b=page.title`: text as it is, the rest to be looked up."""
    found: dict[str, str | Expression] = {}
    at = 0
    while at < len(text):
        match = _PAIR.match(text, at)
        if match is None:
            raise WrongTag(f'this is no `name="value"`: {text[at : at + 40]}', token)
        name, double, single, path = match.groups()
        quoted = double if double is not None else single
        if quoted is not None:
            found[name] = re.sub(r"\\([\"'])", r"\1", quoted)
        else:
            found[name] = parsed(environment, path, token)
        at = match.end()
    return found
