"""One interleaved series: every program in every round, so that whatever else the machine does meets all of them."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

from benchmarks.speed.corpora import Corpus
from benchmarks.speed.programs import Program

LONGEST = 60.0  # seconds; a program that takes longer is left out of the series
SETTLED = 0.2  # seconds after an edit: no program has to tell two moments apart that a file system cannot


@dataclass(frozen=True)
class Taken:
    """One build: seconds by the clock."""

    program: str
    scene: str
    round: int
    seconds: float


def _cold(program: Program, folder: Path, turn: int) -> None:
    program.forget(folder)


def _unchanged(program: Program, folder: Path, turn: int) -> None:
    """Nothing is done to it."""


def _edited(program: Program, folder: Path, turn: int) -> None:
    """One more paragraph in the post in the middle."""
    posts = sorted((folder / program.posts).glob("*.md"))
    with posts[len(posts) // 2].open("a", encoding="utf-8") as file:
        file.write(f"\nAnd one more line, number {turn}.\n")
    sleep(SETTLED)


SCENES: dict[str, Callable[[Program, Path, int], None]] = {"cold": _cold, "unchanged": _unchanged, "edited": _edited}


def lay_out(programs: Sequence[Program], corpus: Corpus, folder: Path) -> dict[str, Path]:
    """The site of each, in a folder of its own: program → folder."""
    places = {program.name: folder / str(number) for number, program in enumerate(programs)}
    for program in programs:
        program.lay_out(places[program.name], corpus.entries())
    sleep(SETTLED)
    return places


def series(
    programs: Sequence[Program], places: dict[str, Path], rounds: int, scenes: Sequence[str] = tuple(SCENES)
) -> Iterator[Taken]:
    """Every scene of every program, round by round; which is first changes. The first round warms up and is not told.

    Each scene but the cold one finds what the one before it has left.
    """
    slow: set[str] = set()
    for turn in range(rounds + 1):
        shift = turn % len(programs)
        for program in (*programs[shift:], *programs[:shift]):
            for scene in scenes:
                if program.name in slow:
                    continue
                SCENES[scene](program, places[program.name], turn)
                seconds = build(program, places[program.name])
                if seconds > LONGEST:
                    slow.add(program.name)
                elif turn:
                    yield Taken(program.name, scene, turn, seconds)


def build(program: Program, folder: Path) -> float:
    """Seconds by the clock from start to exit. Raises `RuntimeError` if it fails, with what it printed."""
    started = perf_counter()
    with suppress(subprocess.TimeoutExpired):
        done = subprocess.run(program.command, cwd=folder, capture_output=True, text=True, timeout=LONGEST * 6)
        if done.returncode:
            raise RuntimeError(f"{program.name} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return perf_counter() - started


def peak(program: Program, folder: Path) -> float:
    """MiB that all processes of a cold build have at most, looked at every 5 ms; what they share counts once."""
    program.forget(folder)
    running = subprocess.Popen(program.command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most, done = 0, threading.Event()

    def look() -> None:
        nonlocal most
        while not done.wait(0.005):
            most = max(most, sum(map(_share, _family(running.pid))))

    looking = threading.Thread(target=look)
    looking.start()
    running.wait()
    done.set()
    looking.join()
    return most / 1024


def _family(pid: int) -> Iterator[int]:
    """The process and all that it has started."""
    yield pid
    with suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):
            for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split():
                yield from _family(int(child))


def _share(pid: int) -> int:
    """KiB of a process, what it shares with n others by one n-th (Linux)."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
