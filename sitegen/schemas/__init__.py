"""JSON Schemas (draft 2020-12) of what authors write, for their editors: generated from the tables that read it.

No keyword is used that draft 7 has in another meaning, since many editors know no more than that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sitegen.content.documents import FRONT_MATTER_KEYS
from sitegen.forms.reading.keys import FORM_KEYS
from sitegen.schemas.configuration import configuration
from sitegen.schemas.own import NO_NAMES, OwnNames, own_names
from sitegen.shapes import Shape, list_of, one_of, table, usually

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
SCHEMAS = ("front-matter", "config")

__all__ = ["NO_NAMES", "SCHEMAS", "OwnNames", "own_names", "schema"]


def schema(name: str, own: OwnNames = NO_NAMES) -> Mapping[str, Any]:
    """One of `SCHEMAS`. `own` are the names of one site, which editors offer then."""
    front = _front_matter(own)
    form = table(FORM_KEYS)
    if name == "front-matter":
        return {"$schema": _DRAFT, "title": "Front matter of posts and pages", **front, "$defs": {"form": form}}
    title = "sitegen.toml"
    return {"$schema": _DRAFT, "title": title, **configuration(), "$defs": {"front-matter": front, "form": form}}


def _front_matter(own: OwnNames) -> Shape:
    """Any key may stand there. A layout or a form that the site has not is refused, as a build does it."""
    properties = dict(table(FRONT_MATTER_KEYS, strict=False)["properties"])
    if own.layouts:
        doc = properties["layout"]["description"]
        properties["layout"] = {"description": doc, **one_of((*own.layouts, "none", None, False))}
        forms = one_of((True, False, None, *own.forms))
        doc = properties["form"]["description"]
        properties["form"] = {"description": doc, "anyOf": [forms, {"$ref": "#/$defs/form"}]}
    given = {"tags": own.tags, "categories": own.categories, "author": own.authors, "authors": own.authors}
    for key, names in given.items():
        if names:
            offered = usually(one_of(names))
            known = [offered] if key in ("author", "authors") else properties[key]["anyOf"]
            properties[key] = {"description": properties[key]["description"], "anyOf": [list_of(offered), *known]}
    return {"type": "object", "properties": properties}
