"""The names that settings choose from, and patterns of addresses."""

from __future__ import annotations

from collections.abc import Mapping

OUTPUT_NAMES = (
    "posts",
    "pages",
    "home",
    "tags",
    "categories",
    "series",
    "authors",
    "archive",
    "years",
    "months",
    "atom",
    "rss",
    "json",
    "sitemap",
    "robots",
    "join",
    "manifest",
    "cards",
    "redirects",
    "pictures",
    "static",
    "404",
    "search",
)
USUAL_OUTPUTS = OUTPUT_NAMES[:-1]  # search wants a program, and so to be asked for
CHECK_NAMES = (
    "build",
    "links",
    "anchors",
    "ids",
    "pictures",
    "alt",
    "weight",
    "svg",
    "forms",
    "titles",
    "descriptions",
    "headings",
    "words",
    "language",
    "mixed",
    "names",
    "dates",
    "indents",
    "fences",
    "alerts",
    "pipes",
    "braces",
    "years",
    "notes",
    "orphans",
    "external",
)
CHANGED_BY = ("front matter", "git")
PICTURE_KINDS = ("avif", "webp")  # the newest first: browsers that know one know those after it
ENGINES = ("markdown", "commonmark")
FEED_CONTENTS = ("full", "excerpt")
MARKDOWN_ENDINGS = (".md", ".markdown", ".mkd", ".mkdn", ".mdown")
PERMALINK = "/:year/:month/:day/:title/"
UNDATED_PERMALINK = "/:title/"
PERMALINK_STYLES: Mapping[str, str] = {  # Jekyll's names, docs/_data/permalinks.yml
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
