"""Which marks of a text are run: those that are known, and whose blocks are closed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sitegen.liquid.marks import Mark
from sitegen.liquid.vocabulary import BLOCKS, PARTS, WHOLE


@dataclass(frozen=True)
class Structure:
    """The marks to run, and what is wrong: a mark, and a sentence about it."""

    marks: tuple[Mark, ...]
    wrong: tuple[tuple[Mark, str], ...]


@dataclass
class _Open:
    """A block that is open, and its parts so far."""

    mark: Mark
    runs: bool
    parts: list[Mark] = field(default_factory=list)


def structured(marks: Iterable[Mark], text_ones: Collection[int]) -> Structure:
    """Pair the blocks. A mark that starts at one of `text_ones` stays text, and its block's other parts with it."""
    running: list[Mark] = []
    wrong: list[tuple[Mark, str]] = []
    open_blocks: list[_Open] = []
    dropped: set[int] = set()
    for mark in marks:
        if not mark.known:
            continue
        runs = mark.start not in text_ones
        if mark.name in PARTS:
            _part(mark, open_blocks, wrong, dropped)
        elif mark.name in BLOCKS:
            open_blocks.append(_Open(mark, runs))
        elif mark.name in WHOLE and mark.raw is None:
            wrong += [(mark, f"`{mark.name}` is opened and never closed")] if runs else []
            runs = False
        if not runs:
            dropped.add(mark.start)
        running.append(mark)
    for block in open_blocks:
        wrong += [(block.mark, f"`{block.mark.name}` is opened and never closed")] if block.runs else []
        dropped.update((block.mark.start, *(part.start for part in block.parts)))
    return Structure(tuple(mark for mark in running if mark.start not in dropped), tuple(wrong))


def _part(mark: Mark, open_blocks: list[_Open], wrong: list[tuple[Mark, str]], dropped: set[int]) -> None:
    """A part of the innermost open block; or it ends one further out, and those inside were never closed."""
    at = next((at for at in range(len(open_blocks) - 1, -1, -1) if _fits(mark, open_blocks[at].mark)), -1)
    innermost = at == len(open_blocks) - 1
    if at < 0 or not (innermost or mark.name.startswith("end")):
        wrong.append((mark, f"`{mark.name}` belongs to nothing that is open here"))
        dropped.add(mark.start)
        return
    for block in open_blocks[at + 1 :]:
        wrong += [(block.mark, f"`{block.mark.name}` is opened and never closed")] if block.runs else []
        dropped.update((block.mark.start, *(part.start for part in block.parts)))
    del open_blocks[at + 1 :]
    block = open_blocks[at]
    block.parts.append(mark)
    if mark.name == BLOCKS[block.mark.name].end:
        open_blocks.pop()
        dropped.update(part.start for part in block.parts if not block.runs)


def _fits(part: Mark, block: Mark) -> bool:
    kind = BLOCKS[block.name]
    return part.name == kind.end or part.name in kind.inner
