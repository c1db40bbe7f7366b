"""What is known at one place of a layout: of its variables, and of what has been asked for above."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from sitegen.importing.layouts.known import ROOTS
from sitegen.importing.layouts.values import Surety, Value, name_of

SPACE = "ns"  # the namespace of variables that have to outlive a loop


@dataclass(frozen=True)
class Facts:
    """What holds at a place: `present` is code whose value is something; `given` are the variables that surely have
    a value by now; `loops` are the variables of the loops around the place.
    """

    present: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    loops: Mapping[str, Value] = field(default_factory=dict)

    def knowing(self, present: Iterable[str]) -> Facts:
        """The facts where these are something, too."""
        return replace(self, present=self.present | frozenset(present))

    def forgetting(self, roots: Iterable[str]) -> Facts:
        """The facts after these variables may have got other values."""
        lost = tuple(f"{root}{sign}" for root in roots for sign in (".", "[", " "))
        kept = frozenset(code for code in self.present if not f"{code} ".startswith(lost))
        return replace(self, present=kept)

    def giving(self, name: str) -> Facts:
        """The facts after a variable was given a value."""
        return replace(self, given=self.given | {name})

    def looping(self, variable: str, value: Value) -> Facts:
        """The facts within a loop."""
        return replace(self, loops={**self.loops, variable: value, "forloop": ROOTS["forloop"]})

    def meeting(self, others: Iterable[Facts]) -> Facts:
        """What holds after one of several ways was taken, this one among them."""
        found = self
        for other in others:
            found = replace(found, present=found.present & other.present, given=found.given & other.given)
        return found


@dataclass
class Learned:
    """What a file's variables were found to be, wherever they are set; it grows while the file is walked through."""

    kinds: dict[str, str] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)  # those that some value is not surely there for

    def learn(self, name: str, value: Value) -> None:
        """A variable is given a value somewhere."""
        known = self.kinds.get(name, value.kind)
        self.kinds[name] = value.kind if known == value.kind else _both(known, value.kind)
        if not value.there:
            self.doubtful.add(name)

    def state(self) -> tuple[object, ...]:
        """To see whether anything was learned."""
        return (tuple(sorted(self.kinds.items())), frozenset(self.doubtful))


def _both(one: str, other: str) -> str:
    """The kind of what may be of either kind."""
    for kinds, common in (
        (("number", "float"), "float"),
        (("plain", "number", "float"), "plain"),
        (("plain", "text", "markup", "number", "float"), "text"),
        (("array", "words"), "array"),
        (("words", "texts"), "texts"),
        (("array", "words", "texts", "list", "posts", "documents"), "list"),
    ):
        if one in kinds and other in kinds:
            return common
    return "any"


@dataclass(frozen=True)
class Scope:
    """A place: the facts there, and what the file has in common.

    `spaced` are the variables in the namespace, `collections` the names of Jekyll's. `note` tells of what wants a hand;
    `unescape` that something is printed or changed which Jinja would escape.
    """

    facts: Facts
    learned: Learned
    spaced: frozenset[str]
    collections: Collection[str]
    note: Callable[[str, str], None]
    unescape: Callable[[], None]

    def at(self, facts: Facts) -> Scope:
        """The same file, at another place."""
        return replace(self, facts=facts)

    def variable(self, name: str) -> Value:
        """What a name stands for here."""
        if name in self.facts.loops:
            return self.facts.loops[name]
        if name in self.learned.kinds and (name in self.facts.given or name not in ROOTS):
            sure = name in self.facts.given and name not in self.learned.doubtful
            return Value(self.target(name), self.learned.kinds[name], Surety.THERE if sure else Surety.MISSING)
        return ROOTS.get(name, Value(name_of(name), "post" if name == "post" else "any", Surety.MISSING))

    def target(self, name: str) -> str:
        """What a variable is called where it is set."""
        return f"{SPACE}.{name_of(name)}" if name in self.spaced else name_of(name)

    def targets(self, names: Iterable[str]) -> list[str]:
        """The same of several."""
        return [self.target(name) for name in names]

    def checked(self, value: Value) -> Value:
        """The value, surely there if it has been asked for above."""
        return replace(value, surety=Surety.THERE) if value.code in self.facts.present else value
