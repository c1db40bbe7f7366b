"""`where_exp` and `group_by_exp`: their expressions are texts in Liquid, and filters of their own in Jinja."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sitegen.importing.layouts.expressions import (
    Both,
    Comparison,
    Condition,
    Literal,
    Nothing,
    Operand,
    Path,
    Unreadable,
)
from sitegen.importing.layouts.operands import value_of
from sitegen.importing.layouts.scope import Scope
from sitegen.importing.layouts.syntax import chain_of, condition_of
from sitegen.importing.layouts.values import Value, literal

_TESTS = {"==": "equalto", "!=": "equalto", ">": "gt", "<": "lt", ">=": "ge", "<=": "le"}


def chosen(args: Sequence[Value], scope: Scope) -> list[str]:
    """The filters that choose as `where_exp` does: `"p", "p.hidden != true"` → `rejectattr("hidden", "equalto", true)`.

    Raises `Unreadable` where there are none of that kind.
    """
    variable, text = _expression(args)
    return list(_filters(condition_of(text), variable, scope))


def grouped(args: Sequence[Value]) -> list[Value]:
    """What `group_by` is given to do as `group_by_exp` does: `"p", "p.date | date: '%Y'"` → `"date", "%Y"`.

    Raises `Unreadable` for other expressions.
    """
    variable, text = _expression(args)
    chain = chain_of(text)
    by = _attribute(chain.value, variable)
    forms = [arg for filter_ in chain.filters for arg in filter_.args if filter_.name == "date"]
    if by is None or len(chain.filters) > 1 or len(forms) != len(chain.filters):
        raise Unreadable(f"`group_by_exp` with `{text}` has no like in Jinja")
    return [literal(by), *(literal(form.value) for form in forms if isinstance(form, Literal))]


def _expression(args: Sequence[Value]) -> tuple[str, str]:
    """The name of the variable, and the text of the expression."""
    texts = [arg.code[1:-1].replace('\\"', '"').replace("\\\\", "\\") for arg in args if arg.code[:1] in "\"'"]
    if len(texts) != 2:
        raise Unreadable("the expression is not given as a text")
    return texts[0], texts[1]


def _attribute(operand: Operand, variable: str) -> str | None:
    """`size.width`, for `post.size.width` where the variable is `post`."""
    if not isinstance(operand, Path) or operand.root != variable or not operand.steps:
        return None
    names = [step for step in operand.steps if isinstance(step, str)]
    return ".".join(names) if len(names) == len(operand.steps) else None


def _filters(condition: Condition, variable: str, scope: Scope) -> Iterator[str]:
    """A filter for each of the conditions that `and` holds together."""
    while isinstance(condition, Both) and condition.word == "and":
        yield from _filters(condition.left, variable, scope)
        condition = condition.right
    if isinstance(condition, Comparison):
        yield _comparison(condition, variable, scope)
    elif isinstance(condition, Path) and (by := _attribute(condition, variable)):
        yield f"selectattr({literal(by).code})"
    else:
        raise Unreadable("the condition of `where_exp` has no like in Jinja")


def _comparison(condition: Comparison, variable: str, scope: Scope) -> str:
    by, within = _attribute(condition.left, variable), _attribute(condition.right, variable)
    if within and condition.word == "contains":
        return f'selectattr({literal(within).code}, "in", {value_of(condition.left, scope).or_else("[]").code})'
    if condition.word not in _TESTS or not (by or condition.left == Path(variable)):
        raise Unreadable("the condition of `where_exp` has no like in Jinja")
    ending, given = ("attr", [literal(by).code]) if by else ("", [])
    if isinstance(condition.right, Nothing) or condition.right == Literal(None):
        return _call(("select" if condition.word == "!=" else "reject") + ending, given)
    given += [f'"{_TESTS[condition.word]}"', value_of(condition.right, scope).or_else("none").code]
    call = _call(("reject" if condition.word == "!=" else "select") + ending, given)
    # What is missing cannot be compared.
    return f"selectattr({given[0]}) | {call}" if by and condition.word not in ("==", "!=") else call


def _call(name: str, given: Sequence[str]) -> str:
    return f"{name}({', '.join(given)})" if given else name
