"""Runs the Liquid of one body. A tag that is wrong is told and stays text; then the rest is run anew without it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from liquid.ast import Node
from liquid.builtin.content import ContentNode
from liquid.exceptions import LiquidError, LiquidInterrupt, ResourceLimitError, StopRender
from liquid.output import LimitedStringIO
from liquid.parser import get_parser
from liquid.stream import TokenStream
from liquid.token import Token

from sitegen.errors import Problem, did_you_mean
from sitegen.liquid.budgets import OUTPUT_BYTES, RETRIES, TooMuch
from sitegen.liquid.context import Context, WrongTag
from sitegen.liquid.environment import environment
from sitegen.liquid.files import Found, include_file, relative_file
from sitegen.liquid.lexer import tokens
from sitegen.liquid.look import Look
from sitegen.liquid.marks import Mark, Scan
from sitegen.liquid.results import Expansion, Piece, joined
from sitegen.liquid.structure import structured
from sitegen.liquid.vocabulary import assigned
from sitegen.marked import problem_at
from sitegen.model.content import Document


class _Again(Exception):
    """One more tag is text: run anew."""


@dataclass(frozen=True)
class _Parsed:
    """One text: its marks that are run, and its nodes."""

    found: Found
    marks: Sequence[Mark]
    nodes: Sequence[Node]


class Run:
    """One document's Liquid."""

    def __init__(self, look: Look, document: Document) -> None:
        self.look, self.document = look, document
        body = Found(document.path, document.body, document.origin.text, document.body_line, free=False)
        self._texts = {body.text: body}
        self._body = body
        self._parsed: dict[str, _Parsed] = {}
        self._wrong: set[tuple[str, int]] = set()  # text and place of each mark that stays text
        self._problems: dict[tuple[str, int | None, str], Problem] = {}

    def expansion(self) -> Expansion:
        """The body with its Liquid run; as it was, if that would cost too much."""
        for _ in range(RETRIES):
            try:
                text, lines = joined(list(self._pieces()))
                return Expansion(text, lines, tuple(self._problems.values()))
            except _Again:
                continue
            except (TooMuch, ResourceLimitError) as error:
                message = str(error) if isinstance(error, TooMuch) else str(error.message)
                self._tell(self._body, None, f"Liquid: {message}; the text stays as it is")
                break
        else:
            self._tell(self._body, None, f"Liquid: more than {RETRIES} wrong tags; the text stays as it is")
        lines = tuple(range(1, self.document.body.count("\n") + 2))
        return Expansion(self.document.body, lines, tuple(self._problems.values()))

    def _pieces(self) -> Iterator[Piece]:
        """The output of each node at the top."""
        parsed = self._parse(self._body)
        context = Context(environment(), self)
        size = 0
        for node in parsed.nodes:
            buffer = LimitedStringIO(limit=OUTPUT_BYTES - size, newline="")
            try:
                node.render(context, buffer)
            except (LiquidInterrupt, StopRender):
                yield self._piece(node, buffer)
                return
            except (TooMuch, ResourceLimitError):
                raise
            except RecursionError as error:
                raise TooMuch("nested too deeply") from error
            except Exception as error:  # the filters are fed whatever the author writes
                self._demote(error, node.token)
            size += buffer.size
            yield self._piece(node, buffer)

    def _piece(self, node: Node, buffer: LimitedStringIO) -> Piece:
        line = self._body.text.count("\n", 0, node.token.start_index)
        return Piece(buffer.getvalue(), line, isinstance(node, ContentNode))

    def _parse(self, found: Found) -> _Parsed:
        if found.text in self._parsed:
            return self._parsed[found.text]
        names = assigned(found.text) if not found.free else frozenset()
        text_ones = {start for text, start in self._wrong if text == found.text}
        scan = Scan(found.text, names | self._given_elsewhere(found), free=found.free)
        structure = structured(scan.marks(), text_ones)
        for mark, message in structure.wrong:
            self._tell(found, mark.start, message)
        nodes: list[Node] = []
        try:
            nodes = get_parser(environment()).parse(TokenStream(tokens(found.text, structure.marks)))
        except RecursionError as error:
            raise TooMuch("blocks nested too deeply") from error
        except Exception as error:
            self._demote(error, None, structure.marks, found)
        parsed = _Parsed(found, structure.marks, nodes)
        self._parsed[found.text] = parsed
        return parsed

    def _given_elsewhere(self, found: Found) -> frozenset[str]:
        """The names that the body's includes give values to: Jekyll's includes share their variables."""
        if found.free or "include" not in found.text:
            return frozenset()
        names: frozenset[str] = frozenset()
        for mark in Scan(found.text).marks():
            if mark.name in ("include", "include_cached") and (words := mark.expression.split()):
                layout = self.look.include(words[0])
                names |= assigned(layout.text) if layout is not None else frozenset()
        return names

    def include(self, kind: str, name: str, tag: Token, context: Context, buffer: TextIO) -> None:
        """Render a file where an include tag stands."""
        find = relative_file if kind == "include_relative" else include_file
        found, hint = find(self.look, self.document, name)
        if found is None:
            raise WrongTag(f'`{kind}`: there is no file "{name}"', tag, hint)
        found = self._texts.setdefault(found.text, found)  # two files of one text are one
        for node in self._parse(found).nodes:
            node.render(context, buffer)

    def left(self, error: WrongTag, tag: Token) -> str:
        """Tell of a tag that leads to nothing, and give its text."""
        found = self._texts[tag.source]
        marks = self._parsed[found.text].marks
        mark = marks[bisect_right([one.start for one in marks], tag.start_index) - 1]
        self._tell(found, mark.start, _said(error), error.hint)
        return found.text[mark.start : mark.end]

    def unknown_filter(self, name: str, token: Token | None) -> None:
        """Tell of a filter that there is not."""
        hint = did_you_mean(name, environment().filters).split("? ")[0]
        found = self._texts.get(token.source, self._body) if token is not None else self._body
        place = token.start_index if token is not None else None
        self._tell(found, place, f'there is no Liquid filter "{name}"', f"{hint}?" if hint.startswith("did") else "")

    def _demote(
        self, error: Exception, at: Token | None, marks: Sequence[Mark] | None = None, inside: Found | None = None
    ) -> None:
        """Tell what went wrong, let the tag stay text, and begin again."""
        token = error.token if isinstance(error, LiquidError) and error.token is not None else None
        found = inside or (self._texts.get(token.source) if token is not None else None)
        if token is None or token.start_index < 0 or found is None:
            token, found = at, found or self._body
        known = marks if marks is not None else self._parsed[found.text].marks
        place = token.start_index if token is not None else 0
        mark = known[max(0, bisect_right([one.start for one in known], place) - 1)] if known else None
        if mark is None or (found.text, mark.start) in self._wrong:
            raise TooMuch(_said(error)) from error
        hint = error.hint if isinstance(error, WrongTag) else ""
        self._tell(found, mark.start, _said(error), hint)
        self._wrong.add((found.text, mark.start))
        self._parsed.clear()
        raise _Again from error

    def _tell(self, found: Found, place: int | None, message: str, hint: str = "") -> None:
        line = found.first_line + found.text.count("\n", 0, place) if place is not None else None
        problem = problem_at(found.path, found.source, line, message, hint)
        self._problems.setdefault((found.path, line, message), problem)


def _said(error: Exception) -> str:
    """One sentence."""
    if isinstance(error, WrongTag):
        return str(error.message)
    if isinstance(error, LiquidError):
        return f"Liquid: {error.message}"
    return f"Liquid cannot run this: {error} ({type(error).__name__})"
