"""What the packaged theme costs: a cold build with it beside one with bare layouts, of the same posts and outputs.

    python -m benchmarks.theme [POSTS] [ROUNDS]

Both are `sitegen build` as a process of its own, over an empty memory and an empty output folder. They take turns, and
what counts is the ratio within each turn: by the clock, and by the processor's time, which a busy machine spoils less.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from operator import truediv
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.corpus import WORDS, bodies
from benchmarks.speed.programs import move_aside

SETTINGS = 'title = "Bench"\nurl = "https://bench.example"\nauthor = "Ada"\ndescription = "Posts to be measured."\n'
POSTS = '{% for post in POSTS %}<li><a href="{{ post.url | relative_url }}">{{ post.title }}</a></li>{% endfor %}'
FRAME = "<!doctype html>\n<title>{{ page.title }}</title>\n<h1>{{ page.title }}</h1>\n"
BARE: Mapping[str, str] = {  # layout → what stands below the title
    "post": "{{ content }}",
    "page": "{{ content }}",
    "404": "{{ content }}",
    "home": POSTS.replace("POSTS", "paginator.posts"),
    "term": POSTS.replace("POSTS", "page.posts"),
    "terms": POSTS.replace("POSTS", "page.terms").replace("post.title", "post.name"),
    "archive": "{% for group in page.years %}" + POSTS.replace("POSTS", "group.posts") + "{% endfor %}",
}


def write_site(folder: Path, posts: int, layouts: Mapping[str, str]) -> None:
    """A blog of so many posts, one every third day, with tags and a category each."""
    random, day = Random(1), date(2026, 6, 1)
    tags, categories = WORDS[:40], WORDS[40:48]
    (folder / "_posts").mkdir(parents=True)
    (folder / "_layouts").mkdir()
    (folder / "sitegen.toml").write_text(SETTINGS, encoding="utf-8")
    for number, body in enumerate(bodies(posts)):
        given = f"tags: [{', '.join(random.sample(tags, 3))}]\ncategories: [{random.choice(categories)}]\n"
        text = f"---\ntitle: Post number {number}\n{given}---\n{body}"
        name = f"{day - timedelta(days=3 * number)}-post-{number}.md"
        (folder / "_posts" / name).write_text(text, encoding="utf-8")
    for name, html in layouts.items():
        (folder / f"_layouts/{name}.html").write_text(f"{FRAME}{html}\n", encoding="utf-8")


def cold_build(folder: Path) -> tuple[float, float]:
    """Seconds by the clock, and of the processor."""
    move_aside(folder, ("output", ".sitegen"))
    started, used = perf_counter(), _processor_time()
    subprocess.run([sys.executable, "-m", "sitegen", "build", "-s", str(folder)], check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - started, _processor_time() - used


def _processor_time() -> float:
    """Of all processes that were started and have ended."""
    found = os.times()
    return found.children_user + found.children_system


def measure(posts: int, rounds: int) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """What a build takes with the theme, and with bare layouts, for each round but the first, which warms up."""
    with TemporaryDirectory() as folder:
        themed, bare = Path(folder, "themed"), Path(folder, "bare")
        write_site(themed, posts, {})
        write_site(bare, posts, BARE)
        for turn in range(rounds + 1):
            order = (themed, bare) if turn % 2 else (bare, themed)
            taken = {site: cold_build(site) for site in order}
            if turn:
                yield taken[themed], taken[bare]


def main() -> None:
    given = [int(text) for text in sys.argv[1:3]]
    posts, rounds = [*given, *(1000, 7)[len(given) :]]
    found = list(measure(posts, rounds))
    print(f"{'':<12}{'theme':>8}{'bare':>8}{'ratio':>8}   ({posts} posts, {rounds} rounds; ms a post)")
    for place, name in enumerate(("clock", "processor")):
        themed, bare = ([taken[site][place] * 1000 / posts for taken in found] for site in (0, 1))
        ratios = sorted(map(truediv, themed, bare))
        spread = f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
        print(f"{name:<12}{median(themed):>8.2f}{median(bare):>8.2f}{median(ratios):>8.2f}   ({spread})")


if __name__ == "__main__":
    main()
