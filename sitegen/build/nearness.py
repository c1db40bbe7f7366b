"""Which posts are near to which, as earlier builds found it: that takes longer than to read the posts.

It depends on all of them, but for their bodies, and so is another one whenever the front matter of any is.
"""

from __future__ import annotations

import json

from sitegen.build.memory import BuildMemory
from sitegen.digests import digest_of
from sitegen.model.site import Site


def recall(site: Site, memory: BuildMemory) -> None:
    """Have the site know what an earlier build found, if its posts are the same."""
    for edition in site.editions.values():
        row = memory.near.get(_key(edition))
        if row is None:
            continue
        try:
            places = json.loads(row)
            paths = [post.path for post in edition.posts]
            edition.recall_near(
                {path: tuple(paths[place] for place in near) for path, near in zip(paths, places, strict=True)}
            )
        except (ValueError, TypeError, IndexError):  # a row that no build has written
            continue


def remember(site: Site, memory: BuildMemory) -> None:
    """Keep what this build found, if anything asked for it."""
    for edition in site.editions.values():
        near = edition.known_near
        if near is not None and memory.near.get(key := _key(edition)) is None:
            places = {post.path: place for place, post in enumerate(edition.posts)}
            memory.near.put(key, json.dumps([[places[path] for path in near[post.path]] for post in edition.posts]))


def _key(edition: Site) -> str:
    """A digest of all that is looked at in the site of one language."""
    return digest_of(str(edition.config.related), *(f"{post.path}\0{post.digest}" for post in edition.posts))
