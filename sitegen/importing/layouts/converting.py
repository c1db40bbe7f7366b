"""One file, or all of a theme's, from Liquid to Jinja."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sitegen.errors import Problem
from sitegen.importing.layouts.blocks import BLOCKS
from sitegen.importing.layouts.pieces import Piece, assembled
from sitegen.importing.layouts.scope import SPACE, Facts, Learned
from sitegen.importing.layouts.sharing import Sharing, sharing
from sitegen.importing.layouts.tags import TAGS
from sitegen.importing.layouts.tree import MOST_DEEP, Node, depth, read
from sitegen.importing.layouts.uses import uses_of
from sitegen.importing.layouts.values import name_of
from sitegen.importing.layouts.writer import BLOCK, BLOCK_END, Source, Tables, Writer
from sitegen.marked import problem_at

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?:.*?\r?\n)??(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
ROUNDS = 5  # until all is known of what variables hold


@dataclass(frozen=True)
class Converted:
    """A layout in Jinja. `todo` is what needs a hand, by lines, which are the same in the source and in `text`."""

    text: str
    todo: tuple[Problem, ...]


def convert(
    text: str, path: str, others: Mapping[str, str] | None = None, *, collections: Collection[str] = ()
) -> Converted:
    """A layout or include of Jekyll's (any file of `_layouts/` or `_includes/`, Liquid in it or not) as Jinja.

    `path` is where it stands in the site (`_includes/head.html`); `others` are the sources of all the layouts and
    includes by path, this one too: files share their variables in Liquid, so that some depend on what others do.
    `collections` are the names of the site's: `site.NAME` becomes the pages that have `collection: NAME`.
    The result always compiles. What could not be converted stands in it as a comment, and in `todo`.
    """
    shared = sharing({other: read(_body(source)) for other, source in others.items()}) if others else Sharing()
    return _converted(text, path, shared, collections)


def convert_all(files: Mapping[str, str], *, collections: Collection[str] = ()) -> dict[str, Converted]:
    """All layouts and includes of a theme or a site, by path, as `convert` has each."""
    shared = sharing({path: read(_body(text)) for path, text in files.items()})
    return {path: _converted(text, path, shared, collections) for path, text in files.items()}


def _body(text: str) -> str:
    """The text behind the front matter."""
    match = _FRONT.match(text)
    return text[match.end() :] if match else text


def _converted(text: str, path: str, shared: Sharing, collections: Collection[str]) -> Converted:
    body = _body(text)
    front = text[: len(text) - len(body)]
    source = Source(path, text, body, front.count("\n") + 1)
    nodes = read(body)
    if depth(nodes) > MOST_DEEP:
        return _given_up(source)
    uses = uses_of(nodes, lambda name: (shared.read_by(name), shared.got_from(name)))
    handed = shared.wanted.get(path, frozenset())
    writer = _settled(source, nodes, shared, frozenset(uses.outliving), collections)
    inside = handed if writer.unescaped else handed - uses.sure  # a block would keep what is set in it
    if not inside <= writer.spaced:
        writer = _settled(source, nodes, shared, writer.spaced | inside, collections)
    return Converted(front + assembled(_framed(writer, sorted(handed & writer.spaced))), tuple(writer.todo))


def _given_up(source: Source) -> Converted:
    said = f"more than {MOST_DEEP} blocks inside one another"
    problem = problem_at(source.path, source.whole, source.first_line, said, "all of it is in a comment")
    text = source.whole.removesuffix(source.text) + "{# " + source.text.replace("#}", "# }") + " #}"
    return Converted(text, (replace(problem, severity="note"),))


def _settled(
    source: Source, nodes: tuple[Node, ...], shared: Sharing, spaced: frozenset[str], collections: Collection[str]
) -> Writer:
    """Walk through the file until nothing new is learned of its variables."""
    learned = Learned()
    for _ in range(ROUNDS):
        before = learned.state()
        writer = Writer(source, Tables(BLOCKS, TAGS), shared, learned, spaced, collections)
        writer.body(nodes, Facts())
        if learned.state() == before:
            break
    return writer


def _framed(writer: Writer, handed: Sequence[str]) -> list[Piece]:
    """The pieces, with what has to stand around them. It adds no line but perhaps one at the end."""
    before, after = [], []
    if writer.spaced or writer.counters:
        start = ", ".join(f"{name}=0" for name in sorted(writer.counters))
        before.append(f"set {SPACE} = namespace({start})")
    if writer.unescaped:
        before.append("autoescape false")
        after.append("endautoescape")
    # What this file has not set is what it was before.
    after += [f"set {name_of(name)} = {SPACE}.{name_of(name)} | default({name_of(name)})" for name in handed]
    ends = bool(after) and writer.text.endswith("\n")
    return [
        *(Piece("tag", f" {code} ") for code in before),
        *(_escaped_block(writer.pieces) if writer.unescaped else writer.pieces),
        *(Piece("tag", f" {code} ", framing=True) for code in after),
        *([Piece("text", "\n")] if ends else []),
    ]


def _escaped_block(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, where what packaged layouts put into the block is escaped as they expect it."""
    for piece in pieces:
        if piece.code == BLOCK:
            yield Piece("tag", " endautoescape ", left=piece.left)
        yield piece
        if piece.code.rstrip("\n") == BLOCK_END:
            yield Piece("tag", " autoescape false ", right=piece.right)
