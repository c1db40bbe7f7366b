"""From Liquid's values to Jinja's, filters apart."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.importing.layouts.expressions import Literal, Nothing, Operand, Path, Range
from sitegen.importing.layouts.known import attribute, entry
from sitegen.importing.layouts.scope import Scope
from sitegen.importing.layouts.values import Level, Surety, Value, as_list, as_number, literal, quoted


def value_of(operand: Operand, scope: Scope) -> Value:
    """A value without filters."""
    if isinstance(operand, Literal):
        return literal(operand.value)
    if isinstance(operand, Nothing):
        return Value('""', "plain")
    if isinstance(operand, Range):
        return _range(operand, scope)
    return _path(operand, scope)


def _path(path: Path, scope: Scope) -> Value:
    value = scope.checked(scope.variable(path.root))
    for part in path.steps:
        if isinstance(part, str) and value.kind == "site" and part in scope.collections:
            value = Value(f'({value.code}.pages | where("collection", {quoted(part)}))', "documents")
        elif isinstance(part, str):
            value, hint = attribute(value, part)
            if hint:
                scope.note(f"sitegen has no `{named(path)}`", hint)
        else:
            value = _entry(value, part, scope)
        value = scope.checked(value)
    return value


def named(path: Path) -> str:
    """The path as it is written, as far as that is plain.

    >>> named(Path("site", ("github", "url")))
    'site.github.url'
    """
    return ".".join([path.root, *(part for part in path.steps if isinstance(part, str))])


def _entry(value: Value, part: Operand, scope: Scope) -> Value:
    place = part.value if isinstance(part, Literal) and isinstance(part.value, int) else None
    inside = value_of(part, scope)
    owner = as_list(value)
    code = inside.code if inside.surety > Surety.MISSING else inside.piped('default("")').code
    return entry(owner, code, place)


def _range(operand: Range, scope: Scope) -> Value:
    first, last = (as_number(value_of(one, scope)) for one in (operand.first, operand.last))
    end = str(int(last.code) + 1) if last.code.isdigit() else f"{last.within(Level.SUM)} + 1"
    return Value(f"range({first.code}, {end})", "numbers")


def prefixes(code: str) -> Iterator[str]:
    """The code, and that of everything on the way to it.

    >>> list(prefixes("page.image.path"))
    ['page.image.path', 'page.image', 'page']
    """
    yield code
    while "." in code and not any(sign in code for sign in "[( |"):
        code = code.rpartition(".")[0]
        yield code
