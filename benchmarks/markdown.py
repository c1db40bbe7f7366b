"""The time a body takes: sitegen's engines beside Python-Markdown with the extensions that do the most of it.

    python -m benchmarks.markdown [POSTS] [ROUNDS]

The engines take turns in one process, body after body, so that a busy moment of the machine meets all of them alike;
what counts is the ratio of the medians, not the seconds. Posts of prose are measured, and posts with code, which is
coloured anew each time. sitegen's figures hold all that it makes of a body: heading ids, contents, excerpt, links,
words.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter

from markdown import Markdown

from benchmarks.corpus import bodies
from sitegen.markup import highlighting
from sitegen.markup.rendered import MarkupSettings
from sitegen.markup.rendering import render


def engines() -> dict[str, Callable[[str], object]]:
    """Name → what renders one body."""
    stock = Markdown(extensions=["extra", "toc", "codehilite"])
    return {
        "Python-Markdown with extra, toc, codehilite": lambda body: stock.reset().convert(body),
        "sitegen, default engine": lambda body: render(body, MarkupSettings("markdown", "")),
        "sitegen, commonmark": lambda body: render(body, MarkupSettings("commonmark", "")),
    }


def measure(texts: Sequence[str], rounds: int) -> dict[str, float]:
    """Name → seconds a body: over the bodies the mean of each one's median time."""
    known = engines()
    times: dict[str, list[list[float]]] = {name: [[] for _ in texts] for name in known}
    gc.disable()
    for turn in range(rounds + 1):
        for place, text in enumerate(texts):
            for name, engine in known.items():
                highlighting.forget()
                started = perf_counter()
                engine(text)
                if turn:  # the first round warms up
                    times[name][place].append(perf_counter() - started)
        gc.collect()
    return {name: sum(map(median, each)) / len(each) for name, each in times.items()}


def main() -> None:
    given = [int(text) for text in sys.argv[1:3]]
    posts, rounds = [*given, *(60, 5)[len(given) :]]
    print(f"{posts} posts, {rounds} rounds")
    for corpus, code in (("prose", False), ("code", True)):
        found = measure(list(bodies(posts, code=code)), rounds)
        stock = next(iter(found.values()))
        print(f"{corpus:<46}{'µs a post':>10}{'ratio':>8}")
        for name, seconds in found.items():
            print(f"{name:<46}{seconds * 1e6:>10.0f}{seconds / stock:>8.2f}")


if __name__ == "__main__":
    main()
