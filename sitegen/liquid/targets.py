"""What `link` and `post_url` lead to."""

from __future__ import annotations

import re

from liquid.token import Token

from sitegen.errors import nearest
from sitegen.liquid.context import Context, WrongTag
from sitegen.liquid.look import Look
from sitegen.model.content import Post
from sitegen.urls import relative_url

_NAME = re.compile(r"(.+/)?(\d+-\d+-\d+)-(.*)", re.DOTALL)


def linked(context: Context, path: str, token: Token) -> str:
    """The address of a post, page or other file by its path from the site's folder."""
    look = context.look
    look.reads.update(("posts", "pages", "assets"))
    wanted = path.removeprefix("/")
    if wanted in look.site.documents and _has_page(look, wanted):
        return relative_url(look.document(wanted).url, look.config.baseurl)
    if wanted in look.assets_by_path:
        return relative_url(look.assets_by_path[wanted].url, look.config.baseurl)
    raise WrongTag(f'`link`: there is no file "{path}"', token, _near(wanted, list(look.site.documents)))


def _has_page(look: Look, path: str) -> bool:
    """Whether a document is published by itself: those of a collection may stand in lists only."""
    document = look.site.documents[path]
    return isinstance(document, Post) or not document.collection or document in look.site.collected


def posted(context: Context, name: str, token: Token) -> str:
    """The address of a post by the name of its file, without the ending; folders may go before it."""
    look = context.look
    look.reads.update(("posts", "meta:*"))
    match = _NAME.fullmatch(name.removeprefix("/"))
    if match is None:
        hint = "it is the name of a post's file without the ending: 2026-05-06-title"
        raise WrongTag(f'`post_url`: "{name}" is no name of a post', token, hint)
    folder, day, slug = match.groups(default="")
    found = _by_name(context, folder, f"{day}-{slug}") or _by_day(context, day, slug)
    if found is None:
        near = _near(f"{day}-{slug}", list(look.posts_by_name))
        raise WrongTag(f'`post_url`: there is no post "{name}"', token, near)
    return relative_url(found.url, look.config.baseurl)


def _by_name(context: Context, folder: str, name: str) -> Post | None:
    """The post of that name, in the folder where one is named (`_posts/x/` or `x/_posts/`)."""
    found = context.look.posts_by_name.get(name, [])
    folders = (f"_posts/{folder}", f"{folder}_posts/")
    inside = [post for post in found if post.path.rsplit("/", 1)[0] + "/" in folders]
    return next(iter(inside or ([] if folder else found)), None)


def _by_day(context: Context, day: str, slug: str) -> Post | None:
    """The post of that day and slug, whatever its file is called (post_url.rb, `deprecated_equality`)."""
    year, month, date = (int(part) for part in day.split("-"))
    same = (post for post in context.look.site.posts if post.slug == slug)
    return next(
        (post for post in same if (post.date.year, post.date.month, post.date.day) == (year, month, date)), None
    )


def _near(name: str, names: list[str]) -> str:
    near = nearest(name, names[:5000], 0.8)
    return f'did you mean "{near}"?' if near else ""
