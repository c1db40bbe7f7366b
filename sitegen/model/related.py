"""Which posts belong together: by their tags and categories, and the words of title and description."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest
from math import log, sqrt

from sitegen.model.content import Post

MOST = 5  # that a post has
TERM = 3  # words that a shared tag or category is worth
COMMON = 100  # posts: a word that more of them share says nothing, and would cost the square of the site's size
_WORD = re.compile(r"[^\W\d_]{3,}")


def related(posts: Sequence[Post]) -> Mapping[str, tuple[str, ...]]:
    """Path of each post → the paths of those nearest to it, the nearest first; of equals the newer one.

    Each word weighs the more the fewer posts have it (inverse document frequency), and a long description weighs no
    more than a short one (cosine similarity). Bodies are not looked at: to edit one changes no other post's page.
    """
    vectors = _vectors([tuple(_words(post)) for post in posts])
    having: dict[str, list[tuple[int, float]]] = {}
    for place, vector in enumerate(vectors):
        for word, value in vector.items():
            having.setdefault(word, []).append((place, value))
    found: dict[str, tuple[str, ...]] = {}
    for place, vector in enumerate(vectors):
        scores = _scores(vector, having)
        scores.pop(place, None)
        near = nsmallest(MOST, scores, key=lambda other: (-scores[other], other))
        found[posts[place].path] = tuple(posts[other].path for other in near)
    return found


def _vectors(words: Sequence[Sequence[tuple[str, int]]]) -> list[dict[str, float]]:
    """The weight of each word of each post, without the words that say nothing; the lengths are 1."""
    frequency = Counter(word for own in words for word, _ in own)
    weight = {word: log(len(words) / count) for word, count in frequency.items() if 1 < count <= COMMON}
    vectors = [{word: times * weight[word] for word, times in own if word in weight} for own in words]
    lengths = [sqrt(sum(value * value for value in vector.values())) or 1.0 for vector in vectors]
    return [
        {word: value / length for word, value in vector.items()}
        for vector, length in zip(vectors, lengths, strict=True)
    ]


def _scores(vector: Mapping[str, float], having: Mapping[str, Sequence[tuple[int, float]]]) -> dict[int, float]:
    """How near each other post is: the cosine of the angle between their words."""
    scores: dict[int, float] = {}
    known = scores.get
    for word, value in vector.items():
        for other, its in having[word]:
            scores[other] = known(other, 0.0) + value * its
    return scores


def _words(post: Post) -> Iterator[tuple[str, int]]:
    """Each word of a post with its count. Terms are words of their own: a tag "go" is not the word "go"."""
    for term in dict.fromkeys((*post.tags, *post.categories)):
        yield f"#{term.casefold()}", TERM
    text = f"{post.title} {post.description}".casefold()
    yield from ((word, 1) for word in dict.fromkeys(_WORD.findall(text)))
