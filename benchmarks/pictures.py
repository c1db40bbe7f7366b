"""How long smaller pictures take, and how much memory all processes together.

    python -m benchmarks.pictures [COUNT] [KIND…]

With kinds only these are made, which is quicker: `webp`, `avif`, or `jpeg` for none but the pictures' own. The pictures
are a few of 12 megapixels with other bytes at their ends, so that each is another one. A second build tells what it
costs that nothing is to be made.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, sleep

from sitegen.build import build
from sitegen.config import load_config
from tests.pictures.photos import photo, saved

NOW = datetime(2026, 6, 1, tzinfo=UTC)
ON_A_PAGE = 10


def main(count: int = 1000, kinds: Sequence[str] = ()) -> None:
    """Make a site of so many pictures, build it twice, and say what it took."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        _write(site, count, kinds)
        most, first = _watched(site)
        _, second = _watched(site)
        made = sum(1 for _ in (site / "output/assets/pictures").iterdir())
        print(f"{count} pictures of 12 megapixels, {made} made of them: {first:.1f} s, {first / count:.2f} s each")
        print(f"a second build: {second:.2f} s")
        print(f"memory of all processes together, at most: {most / 1e6:.0f} MB")


def _write(site: Path, count: int, kinds: Sequence[str]) -> None:
    (site / "_posts").mkdir()
    others = [kind for kind in kinds if kind != "jpeg"]
    chosen = f"kinds = {others}\n" if kinds else ""
    (site / "sitegen.toml").write_text(f"[images]\nvariants = true\n{chosen}")
    photos = [saved(photo(number, 4000, 3000), quality=90) for number in range(min(3, count))]
    for number in range(count):
        (site / f"_posts/{number}.jpg").write_bytes(photos[number % len(photos)] + number.to_bytes(4, "big"))
    for page, start in enumerate(range(0, count, ON_A_PAGE)):
        shown = "\n\n".join(f"![P]({number}.jpg)" for number in range(start, min(count, start + ON_A_PAGE)))
        (site / f"_posts/2026-05-06-p{page}.md").write_text(f"---\ntitle: P\n---\n{shown}\n")


def _watched(site: Path) -> tuple[int, float]:
    """The most memory, in bytes, that this process and its children had; and the seconds that a build took."""
    ended, most = threading.Event(), [0]

    def watch() -> None:
        while not ended.is_set():
            most[0] = max(most[0], sum(map(_resident, _family(os.getpid()))))
            sleep(0.05)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        started = perf_counter()
        build(load_config(site), now=NOW)
        seconds = perf_counter() - started
    finally:
        ended.set()
        thread.join()
    return most[0], seconds


def _family(process: int) -> list[int]:
    try:
        lines = Path(f"/proc/{process}/task").iterdir()
        children = {int(child) for task in lines for child in (task / "children").read_text().split()}
    except OSError:
        return []
    return [process, *(each for child in children for each in _family(child))]


def _resident(process: int) -> int:
    """The proportional set: what several share counts once."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1000, sys.argv[2:])
