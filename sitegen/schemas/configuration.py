"""The schema of `sitegen.toml`, from the rows of `settings.SETTINGS`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sitegen.config import GROUPS, Config
from sitegen.settings import SETTINGS, Setting
from sitegen.shapes import Shape, either, one_of

_GROUP_DOCS = {
    "assets": "Names, sizes and copies of what is published.",
    "budget": "How heavy a page may be with all that it loads.",
    "markdown": "How Markdown is read.",
    "feed": "The feeds.",
    "images": "Pictures: their sizes, and the smaller ones made of them.",
    "forms": "Where forms post, and the forms that posts may share.",
    "receive": "The receiver of the forms' answers.",
    "cards": "Social cards: the pictures of posts where their addresses are shared.",
    "check": "What `sitegen check` looks at.",
}


def configuration() -> Shape:
    """Settings and tables of them; nothing else may stand there but in `extra`."""
    properties: dict[str, Any] = {name: _group(name) for name in GROUPS}
    for setting in SETTINGS:
        group, _, name = setting.name.rpartition(".")
        inner = properties[group]["properties"] if group else properties
        inner[name] = _described(setting)
    engine = properties["markdown"]["properties"]["engine"]
    properties["markdown"] = either(properties["markdown"], engine)  # `markdown = "…"`, as Jekyll writes it
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _group(name: str) -> dict[str, Any]:
    named = either({"$ref": "#/$defs/form"}, one_of((True,)))
    others = named if name == "forms" else False
    return {"description": _GROUP_DOCS[name], "type": "object", "properties": {}, "additionalProperties": others}


def _described(setting: Setting) -> Shape:
    """The shape with its sentence, and the default, where its value tells it."""
    usual = getattr(Config(Path(), Path()), setting.attribute)
    default = {} if setting.default else {"default": list(usual) if isinstance(usual, tuple) else usual}
    return {"description": setting.doc, **default, **setting.kind.shape}
