"""The site's own layouts and includes, as text. The packaged theme stands behind them."""

from __future__ import annotations

from sitegen.config import Config
from sitegen.content.frontmatter import has_front_matter, read_front_matter
from sitegen.content.sources import read_text, walk
from sitegen.digests import digest_of
from sitegen.errors import Problems
from sitegen.model.content import Layout

FOLDERS = ("_layouts", "_includes")


def read_layouts(config: Config, problems: Problems) -> dict[str, Layout]:
    """Every file in `_layouts/` and `_includes/`, by path."""
    found: dict[str, Layout] = {}
    for folder in FOLDERS:
        for source in walk(config, folder, problems):
            text = read_text(source, problems)
            found[source.path] = _layout(source.path, text or "", problems)
    return found


def _layout(path: str, text: str, problems: Problems) -> Layout:
    """A layout's front matter becomes a comment, so that Jinja counts the lines of the file.

    One that cannot be read is empty: it is there, and whoever names it is not to be told otherwise.
    """
    if not has_front_matter(text):
        return Layout(path, text, digest_of(text))
    front = read_front_matter(text, path, problems)
    if front is None:
        return Layout(path, "", digest_of(text))
    head = "".join(f"{row}\n" for row in text.split("\n")[: front.body_line - 1])
    head = head if "#}" not in head else "\n" * (front.body_line - 1)
    return Layout(path, f"{{#{head}-#}}{front.body}" if head else front.body, digest_of(text), front.values)
