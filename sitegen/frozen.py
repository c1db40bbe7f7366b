"""Frozen dataclasses, of which an import takes a tenth of the time.

For each one `dataclasses` writes six functions and has Python compile them, used or not. Here all but the constructor
are closures, and the constructor is written for the first instance. Type checkers see what `dataclasses` has.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import MISSING, FrozenInstanceError, fields
from operator import attrgetter, eq, ge, gt, le, lt
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, frozen: bool, order: bool = False) -> Callable[[type], type]:
        """As `dataclasses` has it, for classes whose constructor takes all fields, in their order."""
        assert frozen, "what changes is a dataclass of `dataclasses`"
        return lambda cls: _made(cls, order)


def _made(cls: type[Any], order: bool) -> type[Any]:
    """The class, with what it does not have itself."""
    cls = dataclasses.dataclass(init=False, repr=False, eq=False)(cls)
    own = cls.__dict__
    for name, method in _methods(cls, order).items():
        if own.get(name) is None:  # as Python leaves `__hash__` beside an `__eq__`
            setattr(cls, name, method)
    return cls


def _methods(cls: type[Any], order: bool) -> dict[str, Callable[..., Any]]:
    known = fields(cls)
    assert all(one.init and not one.kw_only for one in known), f"{cls.__qualname__}: what is not offered here"
    key = _key([one.name for one in known if one.compare])
    return {
        "__init__": _first_constructor(cls),
        "__repr__": _repr([one.name for one in known if one.repr]),
        "__hash__": lambda self: hash(key(self)),
        **{f"__{each.__name__}__": _comparison(each, key) for each in ((eq, lt, le, gt, ge) if order else (eq,))},
        **_refusals(cls, {one.name for one in known}),
    }


def _key(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What of an instance is compared."""
    return attrgetter(*names) if len(names) > 1 else lambda self: tuple(getattr(self, name) for name in names)


def _comparison(compare: Callable[[Any, Any], Any], key: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda self, other: compare(key(self), key(other)) if other.__class__ is self.__class__ else NotImplemented


def _repr(names: Sequence[str]) -> Callable[[Any], str]:
    return recursive_repr()(
        lambda self: f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"
    )


def _refusals(cls: type[Any], names: set[str]) -> dict[str, Callable[..., None]]:
    """Nothing is set or deleted, but what a class below, that is no dataclass, has beside the fields."""

    def set_(self: Any, name: str, value: Any) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def delete(self: Any, name: str) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    return {"__setattr__": set_, "__delattr__": delete}


def _first_constructor(cls: Any) -> Callable[..., None]:
    def construct(self: Any, *args: Any, **given: Any) -> None:
        cls.__init__ = _constructor(cls)
        cls.__init__(self, *args, **given)

    return construct


def _constructor(cls: type[Any]) -> Callable[..., None]:
    """As `dataclasses` writes it: a parameter for each field, which is set past `__setattr__`."""
    names: dict[str, Any] = {"_set": object.__setattr__, "_unset": MISSING}
    parameters, rows = ["self"], ["pass"]
    for one in fields(cls):
        parameter = value = one.name
        if one.default is not MISSING:
            names[f"_default_{one.name}"] = one.default
            parameter += f"=_default_{one.name}"
        elif one.default_factory is not MISSING:
            names[f"_new_{one.name}"] = one.default_factory
            parameter += "=_unset"
            value = f"_new_{one.name}() if {one.name} is _unset else {one.name}"
        parameters.append(parameter)
        rows.append(f"_set(self, {one.name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        rows.append("self.__post_init__()")
    exec(f"def __init__({', '.join(parameters)}):\n " + "\n ".join(rows), names)
    constructor: Callable[..., None] = names["__init__"]
    constructor.__qualname__ = f"{cls.__qualname__}.__init__"
    return constructor
