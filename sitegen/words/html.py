"""Words as HTML: values are escaped, and the few tags that catalogs may have become elements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from sitegen.patterns import regex
from sitegen.words.catalogs import TAGS
from sitegen.words.speaking import Words

_TAG = regex(rf"&lt;(/?)({'|'.join(TAGS)})&gt;")


def html_of(words: Words, key: str, values: Mapping[str, Any]) -> Markup:
    """The words of a key as HTML; tags in them are those of `catalogs.TAGS`. Raises `NoSuchWord`."""
    link = f'<a href="{escape(values["a"])}">' if "a" in values else "<a>"

    def literal(text: str) -> str:
        return _TAG.sub(lambda tag: link if tag[0] == "&lt;a&gt;" else f"<{tag[1]}{tag[2]}>", str(escape(text)))

    return Markup(words.filled(key, values, lambda value: str(escape(value)), literal))
