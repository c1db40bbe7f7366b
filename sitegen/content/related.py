"""The related posts that an author names: `related: [a-slug, /an/address/]`, or `related: false` for none."""

from __future__ import annotations

from sitegen.content.documents import Reader, Written
from sitegen.errors import Problems, did_you_mean
from sitegen.marked import items_of
from sitegen.model.content import Post, given_of
from sitegen.model.names import called, plain_name
from sitegen.model.site import Site

_HINT = "write `related: [a-slug, /an/address/]`, or `related: false`"


def related_of(reader: Reader, written: Written) -> tuple[str, ...] | None:
    """The names of posts as they are written; None where sitegen may choose."""
    value = written.values.get("related")
    if value is None or value is True:
        return None
    if value is False:
        return ()
    items = items_of(value, written.origin("related"))
    if not all(isinstance(item, str | int | float) for item, _ in items):
        reader.wrong(written, "related", "is neither false nor a list of posts", _HINT)
        return None
    return tuple(place.written(item) for item, place in items)


def check_related(site: Site, problems: Problems) -> None:
    """Each name has to mean one other post. One that is not published yet may be named already."""
    waiting = {name for one in site.left_out for name in called(one.path)}
    for post in site.posts:
        for at, name in enumerate(post.related or ()):
            wrong, hint = _wrong(site, post, name)
            if wrong and waiting.isdisjoint((name, plain_name(name).rsplit("/", 1)[-1])):
                place = items_of(post.front["related"], given_of(post, "related")[0].at)[at][1]
                problems.tolerate(place.problem(f"`related`: {wrong}", hint))


def _wrong(site: Site, post: Post, name: str) -> tuple[str, str]:
    """What is wrong with a name, and a hint; "" where nothing is."""
    found = site.edition_of(post).called(name)
    if not found:
        slugs = (other.slug for other in site.posts if other is not post)
        return f'there is no post "{name}"', did_you_mean(name, slugs)
    if len(found) > 1:
        return f'"{name}" may be {" or ".join(found)}', "write the path"
    return ('"' + name + '" is this post itself', "take it out") if found == (post.path,) else ("", "")
