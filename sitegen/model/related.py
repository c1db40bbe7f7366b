"""Which posts belong together: by their tags and categories, and the words of title and description."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import nsmallest
from math import log, sqrt

from sitegen.model.content import Post
from sitegen.patterns import regex
from sitegen.slugs import term_slug

TERM = 3  # words that a shared tag or category is worth
COMMON = 100  # posts: a word that more of them share says nothing, and would cost the square of the site's size
LEAST = 0.05  # of the cosine: two posts that share no more than a "with" have nothing in common
_WORD = regex(r"[^\W\d_]{3,}")
_TERM = "#"  # a tag "go" is not the word "go"


def related(posts: Sequence[Post], most: int) -> Mapping[str, tuple[str, ...]]:
    """Path of each post → the paths of those nearest to it, the nearest first; of equals the newer one.

    Each word weighs the more the fewer posts have it (inverse document frequency), and a long description weighs no
    more than a short one (cosine similarity). Bodies are not looked at: to edit one changes no other post's page.
    The posts are in the order of time. Those before and after one, and the parts of its series, are linked as such and
    so left out; a hidden post, or one that is no more than a redirect, is near to none.
    """
    vectors = _vectors([_words(post) for post in posts])
    series = [term_slug(post.series) if post.series else "" for post in posts]
    having: dict[str, list[tuple[int, float]]] = {}
    for place, vector in enumerate(vectors):
        if not posts[place].is_hidden and not posts[place].redirect_to:
            for word, value in vector.items():
                having.setdefault(word, []).append((place, value))
    found: dict[str, tuple[str, ...]] = {}
    for place, vector in enumerate(vectors):
        scores = _scores(vector, having)
        kin = {place - 1, place, place + 1}
        if series[place]:
            kin |= {other for other in scores if series[other] == series[place]}
        near = [other for other, score in scores.items() if score >= LEAST and other not in kin]
        nearest = nsmallest(most, near, key=lambda other: (-scores[other], other))
        found[posts[place].path] = tuple(posts[other].path for other in nearest)
    return found


def _words(post: Post) -> set[str]:
    """What a post is about."""
    terms = {_TERM + name.casefold() for name in (*post.tags, *post.categories)}
    return terms.union(_WORD.findall(f"{post.title} {post.description}".casefold()))


def _vectors(words: Sequence[set[str]]) -> list[dict[str, float]]:
    """The weight of each word of each post that says something. With those that no other post has, the lengths are 1.

    A tag that all posts have was still chosen by their author; a word that they all have says nothing.
    """
    frequency = Counter(word for own in words for word in own)
    rarity = {word: len(words) / count for word, count in frequency.items()}
    weight = {word: TERM * log(1 + rare) if word.startswith(_TERM) else log(rare) for word, rare in rarity.items()}
    telling = {word for word, count in frequency.items() if 1 < count <= COMMON}
    vectors = []
    for own in words:
        length = sqrt(sum(weight[word] ** 2 for word in sorted(own))) or 1.0
        vectors.append({word: weight[word] / length for word in sorted(own & telling)})
    return vectors


def _scores(vector: Mapping[str, float], having: Mapping[str, Sequence[tuple[int, float]]]) -> dict[int, float]:
    """How near each post is that shares a word: the cosine of the angle between their words."""
    scores: dict[int, float] = {}
    known = scores.get
    for word, value in vector.items():
        for other, its in having.get(word, ()):
            scores[other] = known(other, 0.0) + value * its
    return scores
