"""Includes in Jinja: what they are given, and what they hand on."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.importing.layouts.expressions import Unreadable
from sitegen.importing.layouts.filters import chain_value
from sitegen.importing.layouts.operands import value_of
from sitegen.importing.layouts.scope import SPACE, Facts, Scope
from sitegen.importing.layouts.statements import Include, included
from sitegen.importing.layouts.text_filters import shown
from sitegen.importing.layouts.values import Level, Surety, Value, joined, name_of, quoted
from sitegen.importing.layouts.writer import Writer
from sitegen.liquid.marks import Mark


def include(writer: Writer, mark: Mark, facts: Facts) -> Facts:
    """`include` and `include_cached`: `{% with include = {…} %}{% include "x.html" %}{% endwith %}`."""
    found = included(mark.expression)
    scope = writer.scope(mark, facts)
    if found.file is not None and not writer.sharing.has(found.file):
        raise Unreadable(f'there is no include "{found.file}"')
    name = quoted(writer.sharing.named(found.file)) if found.file is not None else _name(found, scope)
    is_plain = found.file is not None and mark.name == "include"
    handed = sorted(writer.sharing.got_from(found.file or "")) if is_plain else []
    codes = _run(writer, found, name, handed, scope)
    given = _given(found, writer, scope)
    writer.tags(mark, *([f"with {', '.join(given)}", *codes, "endwith"] if given else codes))
    for variable in handed:
        writer.learned.learn(variable, Value(variable, "any", Surety.MISSING))
    return facts.forgetting(scope.targets(handed))


def _name(found: Include, scope: Scope) -> str:
    """A name that is put together when the layout runs."""
    parts = [Value(quoted(part)) if isinstance(part, str) else shown(chain_value(part, scope)) for part in found.name]
    return joined(parts, "~", Level.JOINED)


def _given(found: Include, writer: Writer, scope: Scope) -> list[str]:
    """What the file sees beside all that is seen here."""
    pairs = [f"{quoted(key)}: {value_of(operand, scope).code}" for key, operand in found.given.items()]
    given = [f"include = {{{', '.join(pairs)}}}"] if pairs else []
    reads = writer.sharing.read_by(found.file) if found.file is not None else frozenset()
    spaced = sorted(name for name in reads & writer.spaced if name not in scope.facts.loops)
    return [*given, *(f"{name_of(name)} = {scope.target(name)}" for name in spaced)]


def _run(writer: Writer, found: Include, name: str, handed: Sequence[str], scope: Scope) -> list[str]:
    """Run the file: for what it writes, and for the variables that it sets."""
    codes = []
    if handed:
        names = [name_of(variable) for variable in handed]
        codes.append(f"from {name} import {', '.join(names)} with context")
        codes += [f"set {scope.target(one)} = {name_of(one)}" for one in handed if scope.target(one).startswith(SPACE)]
    if not handed or found.file is None or writer.sharing.printed_by(found.file):
        codes.append(f"include {name}")
    return codes
