"""sitegen beside its peers, or beside an earlier sitegen.

    python -m benchmarks.speed [--posts 1000] [--code] [--rounds 7] [--write]
    python -m benchmarks.speed --against REVISION

The first is `make bench`: it lays the same site out for each program, and lets them take turns at building it cold,
with nothing changed, and with one post edited. The second takes a minute, and shows a regression: the same of this
checkout and of a revision of it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.speed.corpora import Corpus
from benchmarks.speed.earlier import earlier
from benchmarks.speed.peers import peers
from benchmarks.speed.programs import Program
from benchmarks.speed.programs.own import sitegen
from benchmarks.speed.report import Figures, figures, table, write
from benchmarks.speed.series import lay_out, peak, series

PEERS = Path(".bench").resolve()
CORPORA = (Corpus(1_000), Corpus(1_000, code=True), Corpus(10_000))
OURS = (sitegen("commonmark"), sitegen("markdown"), sitegen("commonmark", theme=True))


def measured(programs: Sequence[Program], corpus: Corpus, rounds: int, base: str) -> Figures:
    """The figures of one series, and a build more of each for the memory."""
    with TemporaryDirectory(prefix="sitegen-bench-") as folder:
        places = lay_out(programs, corpus, Path(folder))
        taken = []
        for one in series(programs, places, rounds):
            taken.append(one)
            print(
                f"\r{one.round}/{rounds} {one.program}, {one.scene}: {one.seconds:.2f} s\033[K", end="", file=sys.stderr
            )
        print("\r\033[K", end="", file=sys.stderr)
        known = {one.program for one in taken}
        memory = {one.name: peak(one, places[one.name]) for one in programs if one.name in known}
    return figures(corpus.name, base, taken, memory)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description="sitegen beside its peers")
    parser.add_argument("--posts", type=int, help="one corpus of so many posts, instead of the three")
    parser.add_argument("--code", action="store_true", help="posts with highlighted code, with --posts")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--against", metavar="REVISION", help="an earlier sitegen instead of the peers")
    parser.add_argument("--write", action="store_true", help="write the tables and the plot that the manual shows")
    asked = parser.parse_args()
    corpora = (Corpus(asked.posts, asked.code),) if asked.posts else CORPORA
    if asked.against:
        with earlier(asked.against) as before:
            print(table(measured([before, OURS[0]], Corpus(asked.posts or 300, asked.code), asked.rounds, before.name)))
        return
    programs = [*OURS, *peers(PEERS, lambda text: print(text, file=sys.stderr))]
    base = "Hugo" if any(one.name == "Hugo" for one in programs) else OURS[0].name
    found = [measured(programs, corpus, asked.rounds, base) for corpus in corpora]
    for one in found:
        print(table(one))
    if asked.write:
        write(found)


if __name__ == "__main__":
    main()
