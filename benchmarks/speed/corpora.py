"""The posts that every program gets: so many, with dates, two tags each, and bodies from `benchmarks.corpus`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from benchmarks.corpus import WORDS, bodies

TAGS = WORDS[:50]
FIRST = date(2010, 1, 1)


@dataclass(frozen=True)
class Entry:
    """One post, as any program can be told of it."""

    slug: str
    title: str
    day: date
    tags: tuple[str, ...]
    description: str
    body: str

    @property
    def file(self) -> str:
        """The name of its file, as Jekyll and sitegen want it."""
        return f"{self.day}-{self.slug}.md"

    @property
    def front_matter(self) -> str:
        """YAML that all of them read alike, but for Pelican."""
        return (
            f'---\ntitle: "{self.title}"\ndate: {self.day} 06:00:00\ntags: [{", ".join(self.tags)}]\n'
            f'description: "{self.description}"\n---\n'
        )

    @property
    def text(self) -> str:
        """The whole file."""
        return f"{self.front_matter}\n{self.body}"


@dataclass(frozen=True)
class Corpus:
    """So many posts, with highlighted code or without."""

    posts: int
    code: bool = False

    @property
    def name(self) -> str:
        """As the tables call it."""
        return f"{self.posts:,} posts{' with code' if self.code else ''}"

    def entries(self) -> Iterator[Entry]:
        """The posts, the oldest first, the same in each run."""
        random = Random(2)
        for number, body in enumerate(bodies(self.posts, code=self.code)):
            words = random.sample(WORDS, 9)
            day = FIRST + timedelta(days=number % 5000)
            title = " ".join(words[:5]).capitalize()
            yield Entry(
                f"{'-'.join(words[:4])}-{number}", title, day, (*random.sample(TAGS, 2),), " ".join(words), body
            )
