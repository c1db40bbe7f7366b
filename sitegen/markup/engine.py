"""The default engine: Python-Markdown, brought to kramdown's dialect by the extension in `kramdown`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.markup.dialect import Dialect

if TYPE_CHECKING:
    from markdown import Markdown

_IDLE: list[Markdown] = []  # converters at rest, dear to make; pop and append are atomic: one render at a time has one
_KEPT = 8


def convert(text: str, dialect: Dialect) -> str:
    """The HTML of the text, headings marked. Raises `MarkupError` for what would take too long."""
    try:
        converter = _IDLE.pop()
    except IndexError:
        converter = _new()
    converter.parser.dialect = dialect  # type: ignore[attr-defined]
    html = converter.reset().convert(text)  # after an exception the converter is thrown away
    if len(_IDLE) < _KEPT:
        _IDLE.append(converter)
    return html


def _new() -> Markdown:
    from markdown import Markdown

    from sitegen.markup.kramdown.extension import Kramdown

    return Markdown(extensions=[Kramdown()])
