"""From Liquid's conditions to Jinja's.

Liquid takes everything but `nil` and `false` for true, Jinja also takes "", 0 and an empty list for false. A layout
that asks for a value means something to show: so `{% if page.tags %}` stays what it is, and `empty`, `blank` and `nil`
are asked for by `not`. Where a value is compared with one of its own kind, the meaning is the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sitegen.importing.layouts.expressions import Both, Comparison, Condition, Literal, Nothing, Operand, Path
from sitegen.importing.layouts.operands import prefixes, value_of
from sitegen.importing.layouts.scope import SPACE, Scope
from sitegen.importing.layouts.values import Level, Surety, Value

_NUMBERS = ("number", "float")


@dataclass(frozen=True)
class Test:
    """A condition in Jinja, and its `opposite` where that is no `not (…)`; and the code that is something for sure
    where it holds, and where it fails.
    """

    value: Value
    holds: frozenset[str] = frozenset()
    fails: frozenset[str] = frozenset()
    opposite: str = ""

    @property
    def code(self) -> str:
        """All of it."""
        return self.value.code


def test_of(condition: Condition, scope: Scope) -> Test:
    """The condition in Jinja."""
    if isinstance(condition, Both):
        return _both(condition, scope)
    if isinstance(condition, Comparison):
        return _comparison(condition, scope)
    value = value_of(condition, scope)
    if value.code == "site.baseurl":  # mostly "", and true all the same
        return Test(Value("site.baseurl is defined", "truth", level=Level.FILTERED))
    return Test(value, _known(value))


def negated(condition: Condition, scope: Scope) -> Test:
    """What `unless` asks for."""
    test = test_of(condition, scope)
    value = Value(test.opposite, "truth", level=test.value.level) if test.opposite else _not(test.value)
    return Test(value, test.fails, test.holds)


def _not(value: Value) -> Value:
    return Value(f"not {value.within(Level.NOT)}", "truth", level=Level.NOT)


def _known(*values: Value) -> frozenset[str]:
    return frozenset(code for value in values for code in prefixes(value.code))


def _both(condition: Both, scope: Scope) -> Test:
    left = test_of(condition.left, scope)
    is_and = condition.word == "and"
    right = test_of(condition.right, scope.at(scope.facts.knowing(left.holds if is_and else left.fails)))
    level = Level.AND if is_and else Level.OR
    code = f"{left.value.within(level)} {condition.word} {right.value.within(level)}"
    value = Value(code, "truth", level=level)
    if is_and:
        return Test(value, left.holds | right.holds, left.fails & right.fails)
    return Test(value, left.holds & right.holds, left.fails | right.fails)


def _comparison(condition: Comparison, scope: Scope) -> Test:
    left, right, word = condition.left, condition.right, condition.word
    if _is_nothing(left) and word in ("==", "!="):
        left, right = right, left
    if _is_nothing(right) and word in ("==", "!="):
        return _emptiness(left, right, word, scope)
    if word == "contains":
        return _contains(value_of(left, scope), value_of(right, scope))
    if word in ("==", "!="):
        return _equality(left, right, word, scope)
    return _order(condition, scope)


def _is_nothing(operand: Operand) -> bool:
    return isinstance(operand, Nothing) or operand == Literal(None)


def _emptiness(left: Operand, right: Operand, word: str, scope: Scope) -> Test:
    """`== nil` is true of `false` neither in Liquid nor here; `== empty` is asked by `not`."""
    if isinstance(left, Path) and left.steps[-2:] == ("first", Literal(0)):
        # How many a theme finds out whether it has a list of names, or a mapping of them: a text has no entries.
        found = value_of(replace(left, steps=left.steps[:-2]), scope)
        test = f"{found.within(Level.FILTERED)} is {'not ' if word == '==' else ''}mapping"
        return Test(Value(test, "truth", level=Level.FILTERED))
    value = value_of(left, scope)
    known = _known(value)
    # What sitegen knows of a page or a site is "" where Jekyll has nothing.
    has_none = value.kind == "any" or "." not in value.code.removeprefix(f"{SPACE}.")
    if isinstance(right, Literal) and has_none and value.code not in scope.facts.present:
        asked = value if value.surety > Surety.MISSING else value.piped("default(none)")
        tests = [f"{asked.within(Level.FILTERED)} is {word}none" for word in ("", "not ")]
        code, opposite = tests if word == "==" else reversed(tests)
        found = Value(code, "truth", level=Level.FILTERED)
        facts = (frozenset(), known) if word == "==" else (known, frozenset())
        return Test(found, *facts, opposite)
    return Test(value, known) if word == "!=" else Test(_not(value), frozenset(), known, value.within(Level.NOT))


def _equality(left: Operand, right: Operand, word: str, scope: Scope) -> Test:
    values = value_of(left, scope), value_of(right, scope)
    codes = [value.within(Level.SUM) for value in values]
    found = Value(f" {word} ".join(codes), "truth", level=Level.COMPARISON)
    opposite = (" != " if word == "==" else " == ").join(codes)
    if any(isinstance(one, Literal) and one.value not in ("", False, 0) for one in (left, right)):
        same = _known(*(value for value, one in zip(values, (left, right), strict=True) if isinstance(one, Path)))
        return Test(found, *((same, frozenset()) if word == "==" else (frozenset(), same)), opposite)
    return _with_size(Test(found, opposite=opposite), left, word, right, scope)


def _contains(left: Value, right: Value) -> Test:
    part, whole = right.within(Level.SUM), left.or_else("[]").within(Level.SUM)
    code = f"{part} in {whole}"
    if right.there:
        return Test(Value(code, "truth", level=Level.COMPARISON), _known(left), opposite=f"{part} not in {whole}")
    return Test(Value(f"{right.within(Level.AND)} and {code}", "truth", level=Level.AND), _known(left, right))


def _order(condition: Comparison, scope: Scope) -> Test:
    """Jinja cannot compare what is missing; in Liquid it is neither more nor less."""
    left, right = value_of(condition.left, scope), value_of(condition.right, scope)
    code = f"{left.within(Level.SUM)} {condition.word} {right.within(Level.SUM)}"
    asked = [_asked(one, other) for one, other in ((left, right), (right, left)) if not one.there]
    value = Value(" and ".join([*asked, code]), "truth", level=Level.AND if asked else Level.COMPARISON)
    return _with_size(Test(value, _known(left, right)), condition.left, condition.word, condition.right, scope)


def _asked(value: Value, other: Value) -> str:
    if other.kind in _NUMBERS:
        return f"{value.within(Level.FILTERED)} is number"
    return value.within(Level.AND)


def _with_size(test: Test, left: Operand, word: str, right: Operand, scope: Scope) -> Test:
    """The test; if it compares the size of something with a number, then it tells whether that has items."""
    sized = isinstance(left, Path) and len(left.steps) > 0 and left.steps[-1] == "size"
    if not (sized and isinstance(left, Path) and isinstance(right, Literal) and isinstance(right.value, int)):
        return test
    known = _known(value_of(replace(left, steps=left.steps[:-1]), scope))
    number = right.value
    if {">": number >= 0, ">=": number > 0, "==": number > 0, "!=": number == 0}.get(word, False):
        return replace(test, holds=test.holds | known)
    if {"<": number == 1, "<=": number == 0, "==": number == 0}.get(word, False):
        return replace(test, fails=test.fails | known)
    return test
