"""Kinds of values: what reads one, side by side with its shape.

Here are those that any setting may be of; the other modules of this room have those of one setting each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from types import MappingProxyType
from typing import Any

from sitegen import shapes
from sitegen.dates import zone_named
from sitegen.errors import MissingExtra, did_you_mean
from sitegen.forms import endpoints, periods
from sitegen.frozen import dataclass
from sitegen.languages import PATTERN, language_hint, language_of
from sitegen.marked import Origin
from sitegen.shapes import Shape
from sitegen.urls import is_web_address

Check = Callable[[Any, Origin], Any]


class Wrong(ValueError):
    """A value is not what its setting wants: what is wrong, a hint, and the place if it is inside the value.

    `meant` is what goes for it where nobody can mean anything else: then it is a warning. `others` are what else is
    wrong in the same value.
    """

    others: Sequence[Wrong] = ()

    def __init__(self, message: str, hint: str = "", place: Origin | None = None, meant: str = "") -> None:
        super().__init__(message)
        self.hint, self.place, self.meant = hint, place, meant


class Lacking(Wrong):
    """A value needs an extra that is not there: `without` tells how it is else."""

    def __init__(self, message: str, missing: MissingExtra, without: str, place: Origin | None = None) -> None:
        super().__init__(f"{message}: {missing}", f"without it, {without}", place)
        self.extra = missing.extra


@dataclass(frozen=True)
class Kind:
    """`check` makes of a value what `Config` has, or raises `Wrong`; `shape` is what it lets through, for the schema of
    `sitegen.toml`.
    """

    check: Check
    shape: Shape = field(default_factory=dict)


def each(items: Iterable[Any], origin: Origin, check: Check) -> tuple[Any, ...]:
    """What a check makes of each item of a list. Raises `Wrong` for all that are wrong, each at its place."""
    found: list[Any] = []
    wrong: list[Wrong] = []
    for at, item in enumerate(items):
        try:
            found.append(check(item, origin.at(at)))
        except Wrong as error:
            error.place = error.place or origin.at(at)
            wrong.append(error)
    if wrong:
        wrong[0].others = wrong[1:]
        raise wrong[0]
    return tuple(found)


def text(value: Any, origin: Origin) -> str:
    """Text, or what counts as such without quotes. Raises `Wrong`."""
    if value is None:
        return ""
    if isinstance(value, str | int | float):
        return origin.written(value)
    raise Wrong("is not text", "put it in quotes")


TEXT = Kind(text, shapes.TEXT)


def truth(value: Any, _: Origin) -> bool:
    """Yes or no. Raises `Wrong`."""
    if isinstance(value, bool):
        return value
    raise Wrong("is neither true nor false", "write true or false, without quotes")


TRUTH = Kind(truth, shapes.TRUTH)


def up_to(most: int, nought: str) -> Kind:
    """A whole number that is not negative; `nought` says what 0 means."""

    def check(value: Any, _: Origin) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
            return value
        raise Wrong(f"is not a whole number (0 to {most}; 0 means {nought})")

    return Kind(check, shapes.whole(0, most))


COUNT = up_to(100_000, "all")


def words(value: Any, origin: Origin) -> tuple[str, ...]:
    """A list of words; a single one may stand alone. Raises `Wrong`."""
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str | int | float) for item in items):
        raise Wrong("is not a list of words", 'write it as ["one", "two"]')
    return tuple(origin.at(at).written(item) for at, item in enumerate(items))


WORDS = Kind(words, shapes.either(shapes.list_of(shapes.TEXT), {"type": "string"}))


def one_of(*known: str) -> Kind:
    """One of these words."""

    def check(value: Any, origin: Origin) -> str:
        name = text(value, origin)
        if name not in known:
            raise Wrong(f'is "{name}", which there is not', did_you_mean(name, known))
        return name

    return Kind(check, shapes.one_of(known))


def some_of(*known: str) -> Kind:
    """Any number of these words, each once."""

    def one(name: str, _: Origin) -> str:
        if name not in known:
            raise Wrong(f'has "{name}", which there is not', did_you_mean(name, known))
        return name

    def check(value: Any, origin: Origin) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each(words(value, origin), origin, one)))

    return Kind(check, shapes.one_or_more(shapes.one_of(known)))


def _table(value: Any, _: Origin) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Wrong("is not a table")
    return MappingProxyType(value)


TABLE = Kind(_table, shapes.TABLE)


def web_address(value: Any, origin: Origin) -> str:
    """Scheme and host of a site or service, without a slash at the end. Raises `Wrong`."""
    address = text(value, origin).rstrip("/")
    if address and not is_web_address(address):
        raise Wrong(f'is no web address: "{address}"', "write it with its scheme: https://example.org")
    return address


WEB_ADDRESS = Kind(web_address, shapes.WEB_ADDRESS)


def _endpoint(value: Any, origin: Origin) -> str:
    endpoint = text(value, origin).rstrip("/")
    if endpoint and not endpoints.is_endpoint(endpoint):
        raise Wrong(f'is no web address: "{endpoint}"', endpoints.HINT)
    return endpoint


ENDPOINT = Kind(_endpoint, endpoints.ENDPOINT)


def _period(value: Any, origin: Origin) -> int | None:
    """Days; None for ever."""
    try:
        return periods.parse_period(text(value, origin))
    except ValueError as error:
        raise Wrong(f"is wrong: {error}", periods.HINT) from error


PERIOD = Kind(_period, shapes.string(f"^{periods.PERIOD}$", examples=["6 months", "90 days"]))


def _language(value: Any, origin: Origin) -> str:
    name = text(value, origin)
    tag = language_of(name)
    if tag != name or not name:
        raise Wrong(f'is no language: "{name}"', language_hint(name), meant=tag)
    return tag


LANGUAGE = Kind(_language, shapes.string(f"^({PATTERN})$", examples=["en", "pt-BR"]))


def _zone(value: Any, origin: Origin) -> str:
    name = text(value, origin)
    try:
        zone_named(name)
    except ValueError as error:
        raise Wrong(f"is wrong: {error}", "write a name such as Europe/Berlin") from error
    return name


ZONE = Kind(_zone, shapes.string("^[^/]", examples=["UTC", "America/Chicago", "Europe/Berlin"]))
