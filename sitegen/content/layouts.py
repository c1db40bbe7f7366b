"""The site's own layouts and includes, as text. The packaged theme stands behind them."""

from __future__ import annotations

from dataclasses import replace

from sitegen.config import Config
from sitegen.content.frontmatter import has_front_matter, read_front_matter
from sitegen.content.sources import read_text
from sitegen.content.walks import walk
from sitegen.digests import digest_of
from sitegen.errors import Problems
from sitegen.model.content import Layout
from sitegen.patterns import regex

FOLDERS = ("_layouts", "_includes")
# What only the one of them has. Of front matter, which is a comment in `text`, neither sees anything.
_LIQUID = regex(
    r"\{%-?\s*(?:assign|capture|unless|elsif|case|comment|highlight|post_url|link|seo|feed_meta|include_cached|"
    r"increment|decrement|cycle|tablerow|include\s+[^\"'\s])"
    r"|\{[{%][^}]*\|\s*\w+\s*:|\bforloop\.|\{%[^}]*\b(?:contains|limit:|offset:|reversed)\b|[=!]=\s*(?:nil|blank|empty)\b"
)
_JINJA = regex(
    r"\{%-?\s*(?:extends|block|set|macro|import|from|with|call|filter|autoescape|elif|include\s+[\"'])"
    r"|\{[{%][^}]*\|\s*\w+\(|\bloop\.|\{#(?!---|\n)"
)


def read_layouts(config: Config, problems: Problems) -> dict[str, Layout]:
    """Every file in `_layouts/` and `_includes/`, by path; those of a Jekyll site that are Liquid are marked."""
    found: dict[str, Layout] = {}
    for folder in FOLDERS:
        for source in walk(config, folder, problems):
            text = read_text(source, problems)
            found[source.path] = _layout(source.path, text or "", problems)
    return _with_liquid_marked(found) if config.lenient else found


def _with_liquid_marked(layouts: dict[str, Layout]) -> dict[str, Layout]:
    """The layouts, those in Liquid marked. Files that could be either are what the rest of them are."""
    jinja = {path for path, layout in layouts.items() if _JINJA.search(layout.text)}
    liquid = {path for path, layout in layouts.items() if path not in jinja and _LIQUID.search(layout.text)}
    if liquid and not jinja:
        liquid = set(layouts)
    return {path: replace(layout, liquid=path in liquid) for path, layout in layouts.items()}


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
