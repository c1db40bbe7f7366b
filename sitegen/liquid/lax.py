"""What Liquid makes of a tag or output that is not well written: it takes the part that it understands (`lax_parse`).

Jekyll reads so wherever the strict way fails. Each function gives the expression in good Liquid.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from sitegen.liquid.marks import Mark

LONGEST = 2_000  # signs of an expression that is looked into
_QUOTED = r"\"[^\"]*\"|'[^']*'"
_FRAGMENT = rf"(?:{_QUOTED}|(?:[^\s,|'\"]|{_QUOTED})+)"
_NAME = r"\(?[\w\-.\[\]]\)?"
_LITERAL = re.compile(rf"{_QUOTED}|nil|null|true|false|blank|empty|-?\d+(?:\.\d+)?")
_RANGE = re.compile(r"\(\s*(\S+?)\s*\.\.\s*(\S+?)\s*\)")
_STEP = re.compile(r"\[([^\]]+)\]|([\w-]+)(\?)?")
_OUTPUT = re.compile(rf"({_FRAGMENT})(.*)", re.DOTALL)
_FILTERS = re.compile(r"\|\s*(.*)", re.DOTALL)
_FILTER = re.compile(rf"(?:\s+|{_FRAGMENT}|,)+")
_GIVEN = re.compile(rf"[:,]\s*(?:(\w+)\s*:\s*)?({_FRAGMENT})")
_JOINED = re.compile(rf"\s*((?:{_QUOTED}|(?!\b(?:and|or)\b)[^\s'\"]+|['\"]|\s+)*?)\s*(?:\b(and|or)\b|\Z)")
_COMPARED = re.compile(rf"({_FRAGMENT})\s*([=!<>a-z_]+)?\s*({_FRAGMENT})?")
_OPERATORS = ("==", "!=", "<>", "<", ">", "<=", ">=", "contains")
_ASSIGNED = re.compile(rf"((?:{_NAME})+)\s*=\s*(.*)", re.DOTALL)
_LOOP = re.compile(rf"([\w-]+)\s+in\s+((?:{_FRAGMENT})+)\s*(reversed)?")
_OPTION = re.compile(rf"(limit|offset|cols)\s*:\s*({_FRAGMENT})")


def relaxed(mark: Mark) -> str | None:
    """The expression that a mark is taken for; None if there is nothing to be understood in it."""
    read = _READERS.get(mark.name)
    return read(mark.expression.strip()) if read is not None and len(mark.expression) <= LONGEST else None


def _operand(text: str) -> str:
    """One value: `page.[x]` is `page[x]`, and signs that are nothing in a name part it as a dot does."""
    text = text.strip()
    if _LITERAL.fullmatch(text):
        return text
    if match := _RANGE.fullmatch(text):
        return f"({_operand(match[1])}..{_operand(match[2])})"
    steps = [_step(*found) for found in _STEP.findall(text)]
    return "".join(steps).removeprefix(".") if steps and not steps[0].startswith('["') else "nil"


def _step(inner: str, word: str, asks: str) -> str:
    if inner:
        return f"[{_operand(inner)}]"
    return f'["{word}{asks}"]' if asks or not re.match(r"[A-Za-z_]", word) else f".{word}"


def _output(text: str) -> str | None:
    """A value and its filters: the first thing, then what stands behind each bar."""
    match = _OUTPUT.search(text)
    if match is None:
        return None
    bar = _FILTERS.search(match[2])
    filters = [_filter(part) for part in _FILTER.findall(bar[1])] if bar else []
    return " | ".join([_operand(match[1]), *filter(None, filters)])


def _filter(text: str) -> str:
    """`replace, "a", "b"` is `replace: "a", "b"`; "" for what has no name."""
    match = re.search(r"\w+", text)
    if match is None:
        return ""
    given = [f"{key}: {_operand(value)}" if key else _operand(value) for key, value in _GIVEN.findall(text)]
    return f"{match[0]}: {', '.join(given)}" if given else match[0]


def _condition(text: str) -> str | None:
    """Comparisons joined by `and` and `or`; each is a value, or two with an operator between them."""
    pieces: list[str] = []
    for part, joint in _JOINED.findall(text):
        match = _COMPARED.search(part)
        if match is None:
            break
        left, operator, right = match.groups()
        if operator is not None and operator not in _OPERATORS:
            return None
        pieces.append(f"{_operand(left)} {operator} {_operand(right or '')}" if operator else _operand(left))
        if not joint:
            return " ".join(pieces)
        pieces.append(joint)
    return None


def _assign(text: str) -> str | None:
    match = _ASSIGNED.search(text)
    value = _output(match[2]) if match is not None else None
    return f"{_identifier(match[1])} = {value}" if match is not None and value is not None else None


def _capture(text: str) -> str | None:
    match = re.search(rf"(?:{_NAME})+", text)
    return _identifier(match[0]) if match is not None else None


def _identifier(name: str) -> str:
    """A name to give a value to. One with a dot in it is never found again, whatever it is."""
    return re.sub(r"[^\w-]", "_", name)


def _loop(text: str) -> str | None:
    match = _LOOP.match(text)
    if match is None:
        return None
    name, values, backwards = match.groups()
    options = [f"{option}: {_operand(value)}" for option, value in _OPTION.findall(text)]
    return " ".join([f"{name} in {_operand(values)}", *filter(None, [backwards]), *options])


_READERS: Mapping[str, Callable[[str], str | None]] = {
    "": _output,
    "assign": _assign,
    "capture": _capture,
    "elsif": _condition,
    "for": _loop,
    "if": _condition,
    "tablerow": _loop,
    "unless": _condition,
}
