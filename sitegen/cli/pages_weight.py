"""How heavy the pages are, for the terminal and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sitegen.config import Config

if TYPE_CHECKING:
    from sitegen.build.weighing import PageWeight

MOST_SHOWN = 20


def weight_lines(pages: Sequence[PageWeight], style: str | None, config: Config) -> Iterator[str]:
    """One line on the heaviest page where there is a budget; as a "table" the heaviest pages; as "json" all."""
    if style == "json":
        yield json.dumps([_facts(page) for page in pages], ensure_ascii=False, indent=2)
    elif style == "table":
        yield from _table(pages)
    elif pages and config.budget_page:
        from sitegen.build.budget import kilobytes

        top = pages[0]
        yield f"The heaviest page is {top.url}: {kilobytes(top.total)} of {kilobytes(config.budget_page)}"


def _table(pages: Sequence[PageWeight]) -> Iterator[str]:
    from sitegen.build.weighing import GROUPS

    names = ("page", *GROUPS, "files")
    yield "".join(f"{name:>9}" for name in names) + "  (kB as sent)"
    for page in pages[:MOST_SHOWN]:
        sizes = (page.total, *(page.of(group) for group in GROUPS))
        yield "".join(f"{size / 1000:>9.1f}" for size in sizes) + f"{len(page.parts):>9}  {page.url}"
    if len(pages) > MOST_SHOWN:
        yield f"and {len(pages) - MOST_SHOWN} lighter ones"


def _facts(page: PageWeight) -> dict[str, Any]:
    parts = [{"path": part.path, "group": part.group, "bytes": part.size} for part in page.parts]
    return {"url": page.url, "bytes": page.total, "files": parts}
