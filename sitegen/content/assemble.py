"""The whole site from its folder."""

from __future__ import annotations

from datetime import UTC, datetime

from sitegen.config import Config
from sitegen.content.data import read_data
from sitegen.content.layouts import read_layouts
from sitegen.content.pages import read_pages
from sitegen.content.posts import hold_back, read_posts
from sitegen.content.sources import Source, digest_of_file, walk
from sitegen.dates import in_zone
from sitegen.errors import Problem, Problems, RefusedAddress
from sitegen.forms.description import FormReader
from sitegen.model.content import Asset, Post
from sitegen.model.site import Site
from sitegen.urls import url_from


def assemble(config: Config, problems: Problems, *, now: datetime, epoch: datetime | None = None) -> Site:
    """Read everything. What is wrong goes to `problems`, and is left out of the site.

    `epoch` (SOURCE_DATE_EPOCH) is the time of the site where it is given.
    """
    for problem in config.problems:
        problems.add(problem)
    forms = FormReader(config.zone, problems.add, config.forms, config.endpoint)
    forms.check_named()
    posts = hold_back(read_posts(config, problems, forms), config, now, problems)
    posts.sort(key=lambda post: (post.date, post.path), reverse=True)
    _check_form_ids(posts, problems)
    pages = read_pages(config, problems)
    return Site(
        config=config,
        posts=tuple(posts),
        pages=tuple(pages),
        assets=tuple(
            asset for source in walk(config, "static", problems, hidden=True) if (asset := _asset(source, problems))
        ),
        data=read_data(config, problems),
        layouts=read_layouts(config, problems),
        now=now,
        time=in_zone(epoch or _newest(posts), config.zone),
    )


def _newest(posts: list[Post]) -> datetime:
    moments = [moment for post in posts for moment in (post.date, post.updated) if moment is not None]
    return max(moments, default=datetime.fromtimestamp(0, UTC))


def _check_form_ids(posts: list[Post], problems: Problems) -> None:
    """Two different forms with one id would share an inbox without their author knowing."""
    seen: dict[str, Post] = {}
    for post in sorted(posts, key=lambda post: post.path):
        if post.form is None:
            continue
        first = seen.setdefault(post.form.id, post)
        named = isinstance(post.front.get("form"), str) and post.front.get("form") == first.front.get("form")
        if first is not post and not named:
            message = f'the form "{post.form.id}" is that of {first.path}, too'
            problems.add(post.origin.at("form").problem(message, "give one of the posts another `slug`"))


def _asset(source: Source, problems: Problems) -> Asset | None:
    digest = digest_of_file(source, problems)
    if digest is None:
        return None
    name = source.path.removeprefix("static/")
    try:
        url = url_from(name.replace("%", "%25"))
    except RefusedAddress as error:
        problems.add(Problem(source.path, None, f"the file's name: {error}", "rename the file"))
        return None
    return Asset(source.path, url, str(source.file), digest)
