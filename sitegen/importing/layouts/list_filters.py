"""Liquid's and Jekyll's filters for lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sitegen.importing.layouts.choosing import chosen, grouped
from sitegen.importing.layouts.known import end_of
from sitegen.importing.layouts.scope import Scope
from sitegen.importing.layouts.values import Level, Surety, Value, as_list, literal

Convert = Callable[[Value, Sequence[Value], Scope], Value]
_LISTS = ("array", "documents", "groups", "list", "numbers", "posts", "sorted terms", "texts", "words")


def _items(value: Value) -> Value:
    return value.or_else("[]")


def _kind(value: Value) -> str:
    return value.kind if value.kind in _LISTS else "array"


def _array(value: Value) -> str:
    """A list that others can be added to."""
    whole = _items(as_list(value))
    return (whole if value.kind in ("array", "words") else whole.piped("list")).within(Level.SUM)


def _concat(value: Value, args: Sequence[Value], _: Scope) -> Value:
    added = _array(args[0]) if args else "[]"
    return Value(f"{_array(value)} + {added}", "array", level=Level.SUM)


def _push(value: Value, args: Sequence[Value], _: Scope) -> Value:
    return Value(f"{_array(value)} + [{_given(args)}]", "array", level=Level.SUM)


def _unshift(value: Value, args: Sequence[Value], _: Scope) -> Value:
    return Value(f"[{_given(args)}] + {_array(value)}", "array", level=Level.SUM)


def _given(args: Sequence[Value]) -> str:
    """The first argument; what is missing is nothing."""
    if not args:
        return "none"
    return args[0].code if args[0].surety > Surety.MISSING else args[0].piped("default(none)").code


def _cut(form: str) -> Convert:
    """The list without its first or last items."""

    def convert(value: Value, args: Sequence[Value], _: Scope) -> Value:
        count = args[0].code if args else "1"
        return Value(f"{_items(as_list(value)).within(Level.ATOM)}[{form.format(count)}]", _kind(value))

    return convert


def _join(value: Value, args: Sequence[Value], scope: Scope) -> Value:
    scope.unescape()
    if value.kind in ("text", "plain"):
        return value
    sign = args[0].or_else('""').code if args else '" "'
    return _items(value).piped(f"join({sign})", "plain" if value.kind == "numbers" else "text")


def _map(value: Value, args: Sequence[Value], _: Scope) -> Value:
    return _items(value).piped(f'map(attribute={_given(args)}, default="")', "array", lazy=True)


def _sort(sensitive: bool) -> Convert:
    """Jinja's own order does not mind capitals; a mapping becomes a list of pairs."""

    def convert(value: Value, args: Sequence[Value], _: Scope) -> Value:
        if value.kind == "terms" and not args:
            return value.piped("dictsort(true)" if sensitive else "dictsort", "sorted terms")
        by = [f"attribute={args[0].code}"] if args else []
        given = ", ".join([*by, *(["case_sensitive=true"] if sensitive else [])])
        return _items(value).piped(f"sort({given})" if given else "sort", _kind(value))

    return convert


def _unique(value: Value, args: Sequence[Value], _: Scope) -> Value:
    by = f"attribute={args[0].code}, " if args else ""
    return _items(value).piped(f"unique({by}case_sensitive=true)", _kind(value), lazy=True)


def _split(value: Value, args: Sequence[Value], _: Scope) -> Value:
    if value.code == '""':
        return Value("[]", "array")  # how Liquid is told of an empty list
    given = "" if not args or args[0].code == '" "' else f"({args[0].code})"
    return value.or_else('""').piped(f"split{given}", "words")


def _where(value: Value, args: Sequence[Value], _: Scope) -> Value:
    given = ", ".join(arg.code if arg.surety > Surety.MISSING else arg.piped("default(none)").code for arg in args)
    return _items(value).piped(f"where({given})", _kind(value))


def _grouped(value: Value, args: Sequence[Value], _: Scope) -> Value:
    return _items(value).piped(f"group_by({', '.join(arg.code for arg in args)})", "groups")


def _first(convert: Convert) -> Convert:
    return lambda value, args, scope: end_of(convert(value, args, scope), "first")


def _sample(value: Value, args: Sequence[Value], scope: Scope) -> Value:
    scope.note("`sample` takes the first item", "the same site gives the same pages: nothing is left to chance")
    return end_of(value, "first")


def _sentence(value: Value, args: Sequence[Value], scope: Scope) -> Value:
    scope.note("`array_to_sentence_string` joins by commas", "write the `and` before the last one by hand")
    return _join(value, [literal(", ")], scope)


def _where_exp(value: Value, args: Sequence[Value], scope: Scope) -> Value:
    found = _items(value)
    for call in chosen(args, scope):
        found = found.piped(call, _kind(value), lazy=True)
    return found


LISTS: Mapping[str, Convert] = {
    "array_to_sentence_string": _sentence,
    "compact": lambda value, args, scope: _items(value).piped("select", _kind(value), lazy=True),
    "concat": _concat,
    "find": _first(_where),
    "find_exp": _first(_where_exp),
    "first": lambda value, args, scope: end_of(value, "first"),
    "group_by": _grouped,
    "group_by_exp": lambda value, args, scope: _grouped(value, grouped(args), scope),
    "join": _join,
    "last": lambda value, args, scope: end_of(value, "last"),
    "map": _map,
    "pop": _cut(":-{}"),
    "push": _push,
    "reverse": lambda value, args, scope: _items(value).piped("reverse", _kind(value), lazy=True),
    "sample": _sample,
    "shift": _cut("{}:"),
    "size": lambda value, args, scope: end_of(value, "size"),
    "sort": _sort(True),
    "sort_natural": _sort(False),
    "split": _split,
    "uniq": _unique,
    "unshift": _unshift,
    "where": _where,
    "where_exp": _where_exp,
}
