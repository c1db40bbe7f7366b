"""The whole site from its folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sitegen.config import Config
from sitegen.content.assets import read_assets
from sitegen.content.authors import check_writers, read_authors
from sitegen.content.calls import check_form_ids
from sitegen.content.cards import check_background, read_fonts
from sitegen.content.catalogs import read_catalogs
from sitegen.content.data import read_data
from sitegen.content.due import due, newest
from sitegen.content.foreign import check_foreign
from sitegen.content.history import SLOW, History, read_history
from sitegen.content.layouts import read_layouts
from sitegen.content.pages import read_pages
from sitegen.content.posts import read_posts
from sitegen.content.readings import Shelf, digest_with
from sitegen.content.related import check_related
from sitegen.content.series import check_parts
from sitegen.content.translations import check_translations
from sitegen.content.tree import read_tree
from sitegen.dates import in_zone
from sitegen.errors import Problems
from sitegen.model.content import Asset, LeftOut, Page, Post
from sitegen.model.site import Site


def assemble(
    config: Config,
    problems: Problems,
    *,
    now: datetime,
    epoch: datetime | None = None,
    history: Callable[[Path], History] = read_history,
    shelf: Shelf | None = None,
) -> Site:
    """Read everything, but for what earlier builds have on the `shelf`. What is wrong goes to `problems`, and is left
    out of the site.

    `epoch` (SOURCE_DATE_EPOCH) is the time of the site where it is given; `history` is asked, if need be, when the
    posts in a folder came to be.
    """
    for problem in config.problems:
        problems.add(problem)
    if config.forms:
        _check_forms(config, problems)
    told: list[History] = []

    def ask(folder: Path) -> History:
        told.append(history(folder))
        return told[-1]

    read, held_back = read_posts(config, problems, ask, shelf)
    check_form_ids(config, read, problems)
    posts, waiting = due(config, read, now)
    posts.sort(key=lambda post: (post.date, post.path), reverse=True)
    posts, older = _limited(posts, config)
    tree = read_tree(config, problems)
    pages, hidden = read_pages(config, tree.documents, problems, shelf)
    collections, collected, uncollected = _collected(config, problems, now, shelf)
    files = read_assets(config, tree.files, problems, digest_with(shelf))
    data = read_data(config, problems)
    site = Site(
        config=config,
        posts=tuple(posts),
        pages=tuple(pages),
        assets=tuple(sorted((*files, *collected), key=lambda one: one.path)),
        collections=collections,
        data=data.values,
        authors=read_authors(data, problems),
        catalogs=read_catalogs(data, problems),
        layouts=read_layouts(config, problems),
        card_fonts=read_fonts(config, problems),
        left_out=tuple(sorted((*held_back, *waiting, *older, *hidden, *uncollected), key=lambda one: one.path)),
        by_git=all(one.lack != SLOW for one in told) if told else None,
        now=now,
        time=in_zone(epoch or newest(posts), config.zone),
    )
    for check in (check_parts, check_writers, check_related, check_translations, check_foreign, check_background):
        check(site, problems)
    return site


def _collected(
    config: Config, problems: Problems, now: datetime, shelf: Shelf | None
) -> tuple[Mapping[str, tuple[Page, ...]], Sequence[Asset], Sequence[LeftOut]]:
    """What Jekyll's collections hold: documents by label, other files, and what is left out."""
    if not config.collections:
        return {}, (), ()
    from sitegen.content.collections import read_collections

    found = read_collections(config, problems, now, shelf)
    return found.documents, found.assets, found.left_out


def _check_forms(config: Config, problems: Problems) -> None:
    """Those of the configuration, whether a post uses them or not."""
    from sitegen.forms.reading.forms import FormReader

    FormReader(config.zone, problems.add, config.forms, config.endpoint, config.keep).check_named()


def _limited(posts: list[Post], config: Config) -> tuple[list[Post], list[LeftOut]]:
    """The newest, where the configuration wants no more than so many, and the others."""
    count = config.limit_posts or len(posts)
    origin = config.origin.at("limit_posts")
    return posts[:count], [LeftOut(post.path, "too many", origin) for post in posts[count:]]
