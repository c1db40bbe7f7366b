"""Front matter that the configuration gives to many files: its `defaults`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from typing import Any

from sitegen.config import Config
from sitegen.content.frontmatter import FrontMatter
from sitegen.marked import Origin, items_of
from sitegen.settings.defaults import Default


def with_defaults(
    config: Config, path: str, kind: str, front: FrontMatter
) -> tuple[Mapping[str, Any], Mapping[str, Origin]]:
    """Front matter over the defaults, and where the values of that default stand which gives a value.

    The more specific scope wins, then the later one. `kind` is the type in the scope: posts, pages, drafts. On a Jekyll
    site an empty key does not overrule a default, unless it is a page's (there Jekyll looks at the defaults only for
    keys that are not there: page.rb, `default_proc`), and categories are added to those of the defaults.
    """
    if not config.defaults:
        return front.values, {}
    jekyll = config.lenient
    nothing_counts = not jekyll or kind == "pages"
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    fitting = (item for item in config.defaults if item.type in ("", kind) and fits(config, item.path, path))
    for default in _in_order(fitting, jekyll=jekyll):
        values = _merged(values, default.values, jekyll=jekyll)
        origins |= dict.fromkeys(default.values, default.origin)
    own = {
        key: value for key, value in front.values.items() if value is not None or nothing_counts or key not in values
    }
    merged = _merged(values, own, jekyll=jekyll) | {key: value for key, value in own.items() if value is None}
    if jekyll and "categories" in own and "categories" in values:
        below = _names(values["categories"], origins["categories"].at("categories"))
        merged["categories"] = [*below, *_names(own["categories"], front.origin.at("categories"))]
    return merged, {key: origin for key, origin in origins.items() if key not in own}


def fits(config: Config, scope: str, path: str) -> bool:
    """Whether a file is in a scope: a folder, a pattern, or the file itself; for Jekyll whatever begins so."""
    if "*" in scope:
        return fnmatch(path, scope) or fnmatch(path, scope + "/*")
    inside = not scope or path == scope or path.startswith(scope + "/") or path.rsplit(".", 1)[0] == scope
    return inside or (config.lenient and path.startswith(scope))


def _in_order(defaults: Iterable[Default], *, jekyll: bool) -> list[Default]:
    """The defaults, the strongest last. Jekyll compares each with the strongest so far (frontmatter_defaults.rb)."""
    if not jekyll:
        return sorted(defaults, key=_strength)
    ordered: list[Default] = []
    strongest = (0, False)
    for default in defaults:
        wins = _strength(default) >= strongest
        ordered.insert(len(ordered) if wins else 0, default)
        strongest = max(strongest, _strength(default))
    return ordered


def _strength(default: Default) -> tuple[int, bool]:
    return len(default.path), bool(default.type)


def _merged(under: Mapping[str, Any], over: Mapping[str, Any], *, jekyll: bool) -> dict[str, Any]:
    """Two mappings, the second one winning, mappings within merged likewise; for Jekyll nothing wins over something."""
    result = dict(under)
    for key, value in over.items():
        below = result.get(key)
        if isinstance(below, Mapping) and isinstance(value, Mapping):
            result[key] = _merged(below, value, jekyll=jekyll)
        elif value is not None or key not in result or not jekyll:
            result[key] = value
    return result


def _names(value: Any, origin: Origin) -> list[Any]:
    """Categories as their author wrote them."""
    if isinstance(value, str):
        return value.split()
    items = items_of([] if value is None else value, origin)
    return [place.written(item) if isinstance(item, int | float) else item for item, place in items]
