"""The site as a receiver wants it: with posts to come, and with those that have expired."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sitegen.config import load_config
from sitegen.content.assemble import assemble
from sitegen.content.history import History, read_history
from sitegen.errors import Problems
from sitegen.forms.receiver.exported import unpack
from sitegen.model.site import Site


def load_site(
    source: Path,
    now: datetime,
    *,
    url: str | None = None,
    baseurl: str | None = None,
    history: Callable[[Path], History] | None = None,
) -> Site:
    """The site from its sources. Raises `SiteError` with all that is wrong: a form left out would lose people.

    Posts to come are in it, since their day may come before anything else changes; and expired ones: a page that a
    visitor has still open, or that no build has taken away yet, must not lose its answers. What ends them is `closes`.
    `url` and `baseurl` go before the settings, and `history` before what git knows of the posts.
    """
    config = load_config(source, url=url, baseurl=baseurl)
    problems = Problems(lenient=config.lenient)
    all_posts = replace(config, future=True, expired=True, limit_posts=0)
    site = assemble(all_posts, problems, now=now, history=history or read_history)
    problems.refuse()
    return replace(site, config=config)


def load_exported(file: Path, now: datetime) -> Site:
    """The site from a file that `build --forms` wrote. Raises `SiteError`.

    It is read in a folder of its own, which is there as long as the site: its style sheets are read when needed.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="sitegen-forms-", ignore_cleanup_errors=True)))
        told = unpack(file, folder)
        site = load_site(folder, now, url=told.url, baseurl=told.baseurl, history=lambda _: told.history)
        weakref.finalize(site, stack.pop_all().close)
    return site
