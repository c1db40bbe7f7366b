"""Regular expressions that wait for their first use are those of `re`."""

from __future__ import annotations

import copy
import pickle
import pkgutil
import re
from importlib import import_module

import pytest

import sitegen
from sitegen.patterns import regex


@pytest.mark.parametrize("name", [name for name in dir(re.Pattern) if not name.startswith("_")])
def test_it_has_what_a_pattern_has(name: str) -> None:
    found, same = getattr(regex("(a)(?P<b>b)?", re.IGNORECASE), name), getattr(re.compile("(a)(?P<b>b)?", re.I), name)
    if not callable(same):
        assert found == same
    elif name.startswith("sub"):
        assert found("-", "xAbx") == same("-", "xAbx")
    else:
        assert repr(found("xAbx")).split(" at ")[0] == repr(same("xAbx")).split(" at ")[0]


def test_it_goes_on_as_it_began() -> None:
    word = regex(rb"\w+")
    assert word.pattern == rb"\w+"
    assert [word.findall(b"a bc"), word.sub(b"-", b"a bc"), word.findall(b"d")] == [[b"a", b"bc"], b"- -", [b"d"]]


@pytest.mark.parametrize("used", [False, True])
def test_it_goes_to_other_processes(used: bool) -> None:
    word = regex("A+", re.IGNORECASE)
    assert not used or word.match("aa")
    for other in (pickle.loads(pickle.dumps(word)), copy.copy(word), copy.deepcopy(word)):
        assert other.fullmatch("aAa")
        assert (other.pattern, other.flags) == ("A+", word.flags)


def test_what_is_wrong_shows_when_it_is_used() -> None:
    wrong = regex("(")
    with pytest.raises(re.error):
        wrong.match("")


def test_what_there_is_not_is_not_there() -> None:
    with pytest.raises(AttributeError, match="serch"):
        regex("a").serch  # type: ignore[attr-defined] # noqa: B018


def regexes() -> dict[str, re.Pattern[str]]:
    """Those of sitegen at the heads of modules, by where they are."""
    modules = (one.name for one in pkgutil.walk_packages(sitegen.__path__, "sitegen."))
    found: dict[str, re.Pattern[str]] = {}
    for module in (import_module(name) for name in modules if "__main__" not in name and ".migrations" not in name):
        for name, value in vars(module).items():
            several = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
            for at, one in enumerate(several):
                if type(one).__module__ == "sitegen.patterns":
                    found[f"{module.__name__}.{name}[{at}]"] = one
    return found


def test_all_of_sitegens_can_be_compiled() -> None:
    found = regexes()
    assert len(found) > 100
    for where, one in found.items():
        assert one.groups >= 0, where
