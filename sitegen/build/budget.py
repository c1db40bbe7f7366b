"""Pages against the budget of the site."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence

from sitegen.build.weighing import GROUPS, PageWeight, Part
from sitegen.config import Config
from sitegen.errors import Problem, Problems
from sitegen.model.site import Site

MOST_TOLD = 10  # pages, the heaviest
LIMITS = ("page", *GROUPS, "requests")


def check_budget(site: Site, pages: Sequence[PageWeight], problems: Problems) -> None:
    """Tell of each page over the budget, of very many only the heaviest."""
    config = site.config
    tell = problems.add if config.budget_fail else problems.warn
    over = [(page, words) for page in pages if (words := list(_over(config, page)))]
    for page, words in over[:MOST_TOLD]:
        place = page.owner if page.owner in site.documents else config.file
        tell(Problem(place, None, f"the page {page.url} {'; it '.join(words)}: {composition(page.parts)}"))
    if (more := len(over) - MOST_TOLD) > 0:
        tell(Problem(config.file, None, f"{more} more pages are over the budget", "sitegen build --weight"))


def _over(config: Config, page: PageWeight) -> Iterator[str]:
    if 0 < config.budget_page < page.total:
        yield "weighs {} of {}".format(*_compared(page.total, config.budget_page))
    for group in GROUPS:
        if 0 < _limit(config, group) < page.of(group):
            found, limit = _compared(page.of(group), _limit(config, group))
            yield f"has {found} of {group}, of {limit}"
    if 0 < config.budget_requests < len(page.parts):
        yield f"loads {len(page.parts)} files of {config.budget_requests}"


def _compared(size: int, limit: int) -> tuple[str, str]:
    """Two weights in words that tell them apart."""
    found, most = kilobytes(size), kilobytes(limit)
    return (found, most) if found != most else (f"{size} bytes", f"{limit} bytes")


def _limit(config: Config, name: str) -> int:
    return int(getattr(config, f"budget_{name}"))


def composition(parts: Iterable[Part]) -> str:
    """What makes the weight, the heaviest group first, with its heaviest file if there are several."""
    groups: dict[str, list[Part]] = {}
    for part in parts:
        groups.setdefault(part.group, []).append(part)
    ranked = sorted(groups.items(), key=lambda item: -sum(part.size for part in item[1]))
    return ", ".join(_group(name, found) for name, found in ranked)


def _group(name: str, parts: Sequence[Part]) -> str:
    top = max(parts, key=lambda part: part.size)
    most = f" ({posixpath.basename(top.path)} {kilobytes(top.size)})" if len(parts) > 1 else ""
    return f"{name} {kilobytes(sum(part.size for part in parts))}{most}"


def kilobytes(size: int) -> str:
    """A weight in words.

    >>> kilobytes(950), kilobytes(9_500), kilobytes(312_400), kilobytes(2_000_000)
    ('1.0 kB', '9.5 kB', '312 kB', '2000 kB')
    """
    return f"{size / 1000:.1f} kB" if size < 10_000 else f"{size / 1000:.0f} kB"
