"""The manual names everything that there is."""

from __future__ import annotations

from pathlib import Path

from sitegen.liquid.filters import FILTERS, NOT_HERE, SITE_FILTERS
from sitegen.liquid.site_views import SITE
from sitegen.liquid.views import PAGE, POST
from sitegen.liquid.vocabulary import PARTS, TAGS

PAGE_OF_THE_MANUAL = Path(__file__).parents[2] / "docs" / "_pages" / "jekyll.md"


def test_tags_filters_and_values() -> None:
    text = PAGE_OF_THE_MANUAL.read_text(encoding="utf-8")
    tags = TAGS - {part for part in PARTS if part.startswith("end")}
    wanted = (*tags, *FILTERS, *SITE_FILTERS, *NOT_HERE, *SITE, *POST, *PAGE)
    assert [name for name in wanted if f"`{name}`" not in text] == []
