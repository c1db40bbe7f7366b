"""Liquid's filters for numbers, which are operators in Jinja."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sitegen.importing.layouts.scope import Scope
from sitegen.importing.layouts.values import Level, Value, as_number

Convert = Callable[[Value, Sequence[Value], Scope], Value]
_ZERO = Value("0", "number")


def _kind(*values: Value) -> str:
    return "float" if any(value.kind == "float" for value in values) else "number"


def _operator(sign: str, level: Level) -> Convert:
    def convert(value: Value, args: Sequence[Value], _: Scope) -> Value:
        left, right = as_number(value), as_number(args[0] if args else _ZERO)
        right_code = right.within(Level(level + 1))
        return Value(f"{left.within(level)} {sign} {right_code}", _kind(left, right), level=level)

    return convert


def _divided(value: Value, args: Sequence[Value], scope: Scope) -> Value:
    """Whole numbers give a whole one."""
    sign = "/" if _kind(value, *args) == "float" else "//"
    return _operator(sign, Level.PRODUCT)(value, args, scope)


def _chosen(name: str) -> Convert:
    def convert(value: Value, args: Sequence[Value], _: Scope) -> Value:
        one, other = as_number(value), as_number(args[0] if args else _ZERO)
        return Value(f"[{one.code}, {other.code}]", _kind(one, other)).piped(name)

    return convert


def _rounded(how: str) -> Convert:
    """To a whole number; `round` may have a number of digits."""

    def convert(value: Value, args: Sequence[Value], _: Scope) -> Value:
        number = as_number(value)
        if args:
            return number.piped(f"round({args[0].code})", "float")
        return number.piped(how).piped("int", "number")

    return convert


NUMBERS = {
    "abs": lambda value, args, scope: as_number(value).piped("abs"),
    "at_least": _chosen("max"),
    "at_most": _chosen("min"),
    "ceil": _rounded('round(0, "ceil")'),
    "divided_by": _divided,
    "floor": _rounded('round(0, "floor")'),
    "minus": _operator("-", Level.SUM),
    "modulo": _operator("%", Level.PRODUCT),
    "plus": _operator("+", Level.SUM),
    "round": _rounded("round"),
    "times": _operator("*", Level.PRODUCT),
    "to_integer": lambda value, args, scope: value.or_else("0").piped("int", "number"),
}
