"""A frozen dataclass that is made late is what `dataclasses` makes at once."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, astuple, field, fields, replace
from functools import cached_property
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

import pytest

from sitegen import frozen
from sitegen.dimensions import Dimensions

Item = TypeVar("Item")


def family(dataclass: Callable[..., Any]) -> Any:
    """The same classes, made by either."""

    @dataclass(frozen=True)
    class Base:
        """What others are below."""

        name: str
        front: dict[str, Any] = field(default_factory=dict, repr=False)
        note: str = ""
        place: Any = field(default=None, compare=False)

        @cached_property
        def slug(self) -> str:
            """Kept with the instance."""
            return self.name.lower()

    @dataclass(frozen=True)
    class Below(Base):
        """One more, another default, and a check."""

        name: str = "Nobody"
        more: tuple[int, ...] = ()

        def __post_init__(self) -> None:
            if self.name == "":
                raise ValueError("no name")

    class Plain(Base):
        """No dataclass."""

    @dataclass(frozen=True)
    class Empty:
        """No fields."""

    @dataclass(frozen=True)
    class One(Generic[Item]):
        """One field, of any kind."""

        item: Item

    @dataclass(frozen=True, order=True)
    class Ordered:
        """Which is the first."""

        path: str
        line: int

    @dataclass(frozen=True)
    class Own:
        """With what it has itself."""

        number: int

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Own) and self.number % 10 == other.number % 10

        def __hash__(self) -> int:
            return self.number % 10

        def __repr__(self) -> str:
            return f"<{self.number}>"

    @dataclass(frozen=True)
    class Same:
        """It compares by some digits, and so has no hash of its own."""

        number: int

        def __eq__(self, other: object) -> bool:
            return True

    return SimpleNamespace(**{name: kind for name, kind in locals().items() if isinstance(kind, type)})


OURS, THEIRS = family(frozen.dataclass), family(dataclasses.dataclass)


def outcome(ask: Callable[[Any], Any], of: Any) -> Any:
    """What comes of it, whether a value or an error."""
    try:
        return ask(of)
    except Exception as error:
        return type(error), str(error)


def changed(value: Any, name: str) -> Any:
    setattr(value, name, 1)
    return vars(value)


def without(value: Any, name: str) -> Any:
    delattr(value, name)
    return vars(value)


def repeated() -> Callable[[Any], str]:
    """An instance that has itself in it."""

    def ask(of: Any) -> str:
        within: list[Any] = []
        within.append(of.One(within))
        return repr(of.One(within)) + repr(within[0])

    return ask


ASKED: dict[str, Callable[[Any], Any]] = {
    "a default": lambda of: astuple(of.Base("A")),
    "by place and by name": lambda of: asdict(of.Base("A", {"b": 1}, place=3, note="n")),
    "one below": lambda of: [astuple(of.Below()), astuple(of.Below("B", more=(1,)))],
    "a check": lambda of: of.Below(""),
    "too few": lambda of: of.Base(),
    "too many": lambda of: of.Base(1, 2, 3, 4, 5),
    "no such": lambda of: of.Base("A", nme=1),
    "its own": lambda of: of.Base("A").front is of.Base("A").front,
    "no fields": lambda of: (of.Empty() == of.Empty(), repr(of.Empty()), hash(of.Empty())),
    "a kind": lambda of: (of.One[int](3).item, repr(of.One(3)), hash(of.One(3))),
    "words": lambda of: (repr(of.Base("A", {1: 2}, place=2)), repr(of.Below()), repr(of.Plain("A")), repr(of.Own(12))),
    "itself within": repeated(),
    "the same": lambda of: (of.Base("A", place=1) == of.Base("A", place=2), of.Base("A") == of.Base("B")),
    "another class": lambda of: (of.Base("A") == of.Plain("A"), of.Base("A") == "A", of.Base("A") != of.Below("A")),
    "hash": lambda of: hash(of.Ordered("a", 1)),
    "no hash": lambda of: hash(of.Base("A")),
    "its own ways": lambda of: (of.Own(12) == of.Own(2), hash(of.Own(12)), of.Same(1) == 3, hash(of.Same(1))),
    "order": lambda of: [repr(one) for one in sorted([of.Ordered("b", 1), of.Ordered("a", 2), of.Ordered("a", 1)])],
    "each order": lambda of: [of.Ordered("a", 1) <= of.Ordered("a", 1), of.Ordered("a", 1) > of.Ordered("a", 1)],
    "no order": lambda of: of.Base("A") < of.Base("B"),
    "another order": lambda of: of.Ordered("a", 1) < "a",
    "set": lambda of: changed(of.Base("A"), "name"),
    "set what is none": lambda of: changed(of.Base("A"), "other"),
    "set on one below": lambda of: changed(of.Plain("A"), "other"),
    "set a field on one below": lambda of: changed(of.Plain("A"), "note"),
    "delete": lambda of: without(of.Base("A"), "name"),
    "delete on one below": lambda of: without(of.Plain("A"), "other"),
    "kept": lambda of: (of.Base("A").slug, of.Below("B").slug),
    "replaced": lambda of: astuple(replace(of.Below("A", note="n"), more=(3,))),
    "replaced wrongly": lambda of: replace(of.Base("A"), no=1),
    "copied": lambda of: astuple(copy.deepcopy(of.Below("A", {"a": [1]}))),
    "matched": lambda of: (of.Base.__match_args__, of.Below.__match_args__),
    "fields": lambda of: [(one.name, one.repr, one.compare) for one in fields(of.Below)],
    "what it is": lambda of: (of.Base.__doc__, of.Base.note, hasattr(of.Base, "front")),
}


@pytest.mark.parametrize("name", ASKED)
def test_it_is_the_same(name: str) -> None:
    assert outcome(ASKED[name], OURS) == outcome(ASKED[name], THEIRS)


def test_an_instance_from_elsewhere_is_whole_before_one_is_made_here() -> None:
    program = (
        "import pickle, sys; one, other = pickle.loads(sys.stdin.buffer.read())\n"
        "assert one == other and hash(one) == hash(other) and len({one, other}) == 1 and one is not other\n"
        "print(repr(one), type(one)(*vars(other).values()) == one)"
    )
    one, other = Dimensions("png", 1, 2), Dimensions("png", 1, 2)
    run = subprocess.run(
        [sys.executable, "-c", program], input=pickle.dumps((one, other)), capture_output=True, check=True
    )
    assert run.stdout.decode() == f"{one!r} True\n"


def test_the_class_stays_as_it_was_named() -> None:
    assert pickle.loads(pickle.dumps(Module("A"))) == Module("A")


@frozen.dataclass(frozen=True)
class Module:
    """At the head of a module."""

    name: str


def test_what_changes_is_no_such_class() -> None:
    with pytest.raises(AssertionError):
        frozen.dataclass(frozen=False)
