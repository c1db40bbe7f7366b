"""From a Markdown body to HTML with its excerpt, contents and links.

Nothing heavy is imported until the first body is rendered.
"""

from sitegen.markup.plain import plain_text
from sitegen.markup.portable import portable
from sitegen.markup.rendered import MarkupError, MarkupSettings, Rendered
from sitegen.markup.rendering import fragment, render

__all__ = [
    "MarkupError",
    "MarkupSettings",
    "Rendered",
    "fragment",
    "plain_text",
    "portable",
    "render",
]
