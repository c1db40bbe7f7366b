"""The kind of `defaults`: front matter for many files at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sitegen.frozen import dataclass
from sitegen.marked import Origin
from sitegen.settings.kinds import Kind, Wrong
from sitegen.shapes import ANYTHING, Key, list_of, one_of, table, usually


@dataclass(frozen=True)
class Default:
    """Front matter for everything below a path: one entry of `defaults`."""

    path: str
    type: str
    values: Mapping[str, Any]
    origin: Origin


def _defaults(value: Any, origin: Origin) -> tuple[Default, ...]:
    if not isinstance(value, list):
        raise Wrong("is not a list", "each entry has a `scope` and `values`")
    return tuple(_default(entry, origin.at(at)) for at, entry in enumerate(value))


def _default(entry: Any, origin: Origin) -> Default:
    scope, values = (entry.get("scope", {}), entry.get("values")) if isinstance(entry, dict) else (None, None)
    if not isinstance(scope, dict) or not isinstance(values, dict):
        raise Wrong("has an entry without `scope` and `values`", 'scope = {path = "_posts/x.md"}, values = {…}', origin)
    path = str(scope.get("path") or "").strip("/")
    return Default(path.removeprefix("./"), str(scope.get("type") or ""), values, origin.at("values"))


_SCOPE = table(
    {
        "path": Key("a file, a folder or a pattern", ANYTHING),
        "type": Key("which kind", usually(one_of(("posts", "pages", "drafts")))),
    },
    strict=False,
)
_ENTRY = table(
    {"scope": Key("which files", _SCOPE), "values": Key("the front matter", {"$ref": "#/$defs/front-matter"})},
    strict=False,
    required=["values"],
)
DEFAULTS = Kind(_defaults, list_of(_ENTRY))
