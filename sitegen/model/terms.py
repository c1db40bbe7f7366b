"""Tags and categories, and what else groups posts by words that their authors choose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter

from sitegen.model.content import Post
from sitegen.model.listings import Listing
from sitegen.slugs import term_slug

TAXONOMIES = ("tags", "categories")


def terms_of(posts: Iterable[Post], output: str) -> Iterator[Listing]:
    """The tags or the categories, in order of names."""
    for slug, name, members in grouped(posts, attrgetter(output)):
        yield Listing(output, slug, name, f"/{output}/{slug}/", tuple(post.path for post in members))


def grouped(
    posts: Iterable[Post], words_of: Callable[[Post], Iterable[str]]
) -> Sequence[tuple[str, str, Sequence[Post]]]:
    """Slug, name and posts of each word, in order of names. Spellings with one slug are one."""
    names: dict[str, str] = {}
    members: dict[str, dict[str, Post]] = {}  # by the slug
    of_word: dict[str, dict[str, Post]] = {}  # the same ones
    for post in posts:
        for word in words_of(post):
            if word not in of_word:
                slug = term_slug(word)
                names[slug] = min(names.get(slug, word), word)
                of_word[word] = members.setdefault(slug, {})
            of_word[word][post.path] = post
    groups = ((slug, name, tuple(members[slug].values())) for slug, name in names.items())
    return sorted(groups, key=lambda group: (group[1].casefold(), group[0]))
