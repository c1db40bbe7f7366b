"""Liquid's and Jekyll's filters for texts, dates and addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sitegen.importing.layouts.scope import Scope
from sitegen.importing.layouts.values import Level, Surety, Value, joined

Convert = Callable[[Value, Sequence[Value], Scope], Value]
PLAIN = ("plain", "number", "float", "truth")  # no sign in them means anything to HTML


def shown(value: Value) -> Value:
    """The value where Liquid would print it: what is missing is an empty text."""
    return value if value.surety > Surety.MISSING else value.piped('default("")')


def _call(name: str, args: Sequence[Value]) -> str:
    given = ", ".join(arg.or_else('""').code for arg in args)
    return f"{name}({given})" if given else name


def piped(name: str, kind: str | None = None) -> Convert:
    """A filter that Jinja or sitegen has, with the same arguments; it leaves a value of its kind, or of `kind`."""

    def convert(value: Value, args: Sequence[Value], _: Scope) -> Value:
        return value.or_else('""').piped(_call(name, args), kind or ("plain" if value.kind in PLAIN else "text"))

    return convert


def _append(value: Value, args: Sequence[Value], scope: Scope) -> Value:
    return _glued([value, *args[:1]], scope)


def _prepend(value: Value, args: Sequence[Value], scope: Scope) -> Value:
    return _glued([*args[:1], value], scope)


def _glued(values: Sequence[Value], scope: Scope) -> Value:
    kind = "plain" if all(value.kind in PLAIN for value in values) else "text"
    if kind == "text":
        scope.unescape()
    return Value(joined(map(shown, values), "~", Level.JOINED), kind, level=Level.JOINED)


def _replace(value: Value, args: Sequence[Value], scope: Scope, *more: str) -> Value:
    scope.unescape()
    old, new = (*args, Value('""', "plain"), Value('""', "plain"))[:2]
    given = [arg.or_else('""').code for arg in (old, new)]
    kind = "plain" if value.kind in PLAIN and new.kind in PLAIN else "text"
    return value.or_else('""').piped(f"replace({', '.join([*given, *more])})", kind)


def _replaced(*added: Value, first: bool = False) -> Convert:
    """`replace`, with some of what it is given fixed."""
    return lambda value, args, scope: _replace(value, [*args, *added], scope, *(["1"] if first else []))


def _fixed(old: str, new: str) -> Convert:
    return lambda value, args, scope: _replace(value, [Value(old, "plain"), Value(new, "text")], scope)


def _escape(value: Value, args: Sequence[Value], scope: Scope) -> Value:
    """Jinja's `escape` leaves alone what is markup."""
    return value.or_else('""').piped("forceescape" if value.kind == "markup" else "escape", "plain")


def _escape_once(value: Value, args: Sequence[Value], scope: Scope) -> Value:
    scope.note("`escape_once` is `escape` here", "where the text has entities, print it as it is: `| safe`")
    return _escape(value, args, scope)


def _method(name: str) -> Convert:
    """What texts can do themselves."""

    def convert(value: Value, args: Sequence[Value], _: Scope) -> Value:
        text = value if value.there and value.kind in ("text", "plain") else value.or_else('""').piped("string")
        return Value(f"{text.within(Level.ATOM)}.{name}()", "plain" if value.kind in PLAIN else "text")

    return convert


def _as_text(value: Value) -> Value:
    """The value as something that has signs."""
    return value.piped("string") if value.kind in ("number", "float", "truth") else value.or_else('""')


def _truncate(value: Value, args: Sequence[Value], _: Scope) -> Value:
    """Liquid cuts words; Jinja would leave some more signs, too."""
    length, end = args[0].code if args else "50", f", {args[1].code}" if len(args) > 1 else ""
    return _as_text(value).piped(f"truncate({length}, true{end}, leeway=0)", "text")


def _slice(value: Value, args: Sequence[Value], _: Scope) -> Value:
    """One sign or item from a place, or several; places below 0 count from the end."""
    start = args[0].code if args else "0"
    length = args[1].code if len(args) > 1 else "1"
    if start.lstrip("-").isdigit() and length.isdigit():
        end = str(int(start) + int(length))
        start, end = start.removesuffix("0") if start == "0" else start, "" if end == "0" else end
    else:
        end = f"{start} + {length}"
    owner = _as_text(value)
    kind = "plain" if value.kind in PLAIN else value.kind
    return Value(f"{owner.within(Level.ATOM)}[{start}:{end}]", kind)


def _date(value: Value, args: Sequence[Value], _: Scope) -> Value:
    form = args[0] if args else Value('"%Y-%m-%d %H:%M:%S %z"', "plain")
    kind = "plain" if form.kind == "plain" else "text"
    return shown(value).piped(f"date({form.or_else(chr(34) + '%Y-%m-%d' + chr(34)).code})", kind)


def _dated(name: str) -> Convert:
    return lambda value, args, scope: shown(value).piped(_call(name, args), "plain")


def _addressed(name: str) -> Convert:
    """A filter for addresses: nothing has none."""

    def convert(value: Value, args: Sequence[Value], _: Scope) -> Value:
        there = value if value.surety > Surety.MISSING else value.piped("default(none)")
        return there.piped(name, "plain")

    return convert


def _default(value: Value, args: Sequence[Value], _: Scope) -> Value:
    other = args[0] if args else Value('""', "plain")
    kind = (
        value.kind if value.kind == other.kind else "text" if {value.kind, other.kind} <= {"plain", "text"} else "any"
    )
    found = value.piped(f"default({other.code}, true)", kind)
    return Value(found.code, kind, Surety.THERE if value.there else other.surety, found.level)


def _json(value: Value, args: Sequence[Value], _: Scope) -> Value:
    known = value if value.surety > Surety.MISSING else value.piped("default(none)")
    return known.piped("jsonify", "plain")


def _slug(value: Value, args: Sequence[Value], _: Scope) -> Value:
    mode = args[0].code if args else '"default"'
    kind = "plain" if mode in ('"default"', '"ascii"', '"latin"') else "text"
    return value.or_else('""').piped(f"slugify({mode})", kind)


TEXTS: Mapping[str, Convert] = {
    "absolute_url": _addressed("absolute_url"),
    "append": _append,
    "capitalize": piped("capitalize"),
    "cgi_escape": piped("cgi_escape", "plain"),
    "date": _date,
    "date_to_long_string": _dated("date_to_long_string"),
    "date_to_rfc822": _dated("date_to_rfc822"),
    "date_to_string": _dated("date_to_string"),
    "date_to_xmlschema": _dated("date_to_xmlschema"),
    "default": _default,
    "downcase": piped("lower"),
    "escape": _escape,
    "escape_once": _escape_once,
    "jsonify": _json,
    "lstrip": _method("lstrip"),
    "markdownify": piped("markdownify", "markup"),
    "newline_to_br": _fixed(r'"\n"', r'"<br />\n"'),
    "normalize_whitespace": lambda value, args, scope: value.or_else('""').piped('split | join(" ")', "text"),
    "number_of_words": lambda value, args, scope: value.or_else('""').piped("number_of_words", "number"),
    "prepend": _prepend,
    "relative_url": _addressed("relative_url"),
    "remove": _replaced(Value('""', "plain")),
    "remove_first": _replaced(Value('""', "plain"), first=True),
    "replace": _replaced(),
    "replace_first": _replaced(first=True),
    "rstrip": _method("rstrip"),
    "slice": _slice,
    "slugify": _slug,
    "strip": piped("trim"),
    "strip_html": piped("strip_html", "text"),
    "strip_index": _fixed('"/index.html"', '"/"'),
    "strip_newlines": _fixed(r'"\n"', '""'),
    "truncate": _truncate,
    "truncatewords": piped("truncatewords", "text"),
    "upcase": piped("upper"),
    "uri_escape": piped("uri_escape", "plain"),
    "url_encode": piped("cgi_escape", "plain"),
    "xml_escape": piped("xml_escape", "plain"),
}
