"""What an author may call a post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import unquote

from sitegen.model.beside import folder_of, is_bundle
from sitegen.model.content import Post
from sitegen.patterns import regex

_DAY = regex(r"\d{2,4}-\d{1,2}-\d{1,2}-")


def by_name(posts: Sequence[Post]) -> Mapping[str, tuple[str, ...]]:
    """What an author may call a post → the paths of all that are called so."""
    found: dict[str, list[str]] = {}
    for post in posts:
        for name in {*called(post.path), post.slug, plain_name(post.url)}:
            found.setdefault(name, []).append(post.path)
    return {name: tuple(paths) for name, paths in found.items()}


def called(path: str) -> set[str]:
    """What the source of a post may be called: its path, and the name of its file or folder, with and without a day."""
    stem = (folder_of(path) if is_bundle(path) else path.rsplit(".", 1)[0]).rsplit("/", 1)[-1]
    return {path, stem, without_day(stem)}


def without_day(stem: str) -> str:
    """The name of a file without the day that it begins with."""
    return stem[match.end() :] if (match := _DAY.match(stem)) else stem


def plain_name(name: str) -> str:
    """A name as `by_name` has it: an address without its last slash, with every letter as itself."""
    return unquote(name).rstrip("/")
