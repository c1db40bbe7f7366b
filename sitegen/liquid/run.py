"""Runs the Liquid of one body. A tag that is wrong is told and stays text; then the rest is run anew without it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NoReturn, TextIO

from liquid.ast import Node
from liquid.builtin.content import ContentNode
from liquid.exceptions import LiquidError, LiquidInterrupt, ResourceLimitError, StopRender
from liquid.output import LimitedStringIO
from liquid.token import Token

from sitegen.errors import Problem, did_you_mean
from sitegen.liquid.budgets import OUTPUT_BYTES, RETRIES, TooMuch
from sitegen.liquid.context import Context, WrongTag
from sitegen.liquid.environment import environment
from sitegen.liquid.files import Found, include_file, relative_file
from sitegen.liquid.look import Look
from sitegen.liquid.marks import Mark, Scan
from sitegen.liquid.parsing import Parsed, Unreadable, parse, said
from sitegen.liquid.results import Expansion, Piece, joined
from sitegen.liquid.vocabulary import assigned, included
from sitegen.marked import problem_at
from sitegen.model.content import Document


class _Again(Exception):
    """One more tag is text: run anew."""


class Run:
    """One document's Liquid. `includes` are those that were read before, by path and text: documents share them."""

    def __init__(self, look: Look, document: Document, includes: dict[tuple[str, str], Parsed]) -> None:
        self.look, self.document, self.includes = look, document, includes
        body = Found(document.path, document.body, document.origin.text, document.body_line, free=False)
        self._texts = {body.text: body}
        self._body = body
        self._parsed: dict[str, Parsed] = {}
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
            except (_Again, TooMuch, ResourceLimitError):
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

    def _parse(self, found: Found) -> Parsed:
        if found.text in self._parsed:
            return self._parsed[found.text]
        text_ones = {start for text, start in self._wrong if text == found.text}
        shared = found.free and not text_ones
        parsed = self.includes.get((found.path, found.text)) if shared else None
        if parsed is None:
            names = frozenset[str]() if found.free else assigned(found.text) | self._given_elsewhere(found)
            parsed = self._read(found, Scan(found.text, names, free=found.free).marks(), text_ones)
        if shared:
            self.includes[found.path, found.text] = parsed
        for wrong in parsed.wrong:
            self._tell(found, *wrong)
        self._parsed[found.text] = parsed
        return parsed

    def _read(self, found: Found, marks: Iterable[Mark], text_ones: Collection[int]) -> Parsed:
        try:
            return parse(found.text, marks, text_ones)
        except Unreadable as error:
            self._demote(error.reason, None, error.marks, found)

    def _given_elsewhere(self, found: Found) -> frozenset[str]:
        """The names that the body's includes, and theirs, give values to: Jekyll's includes share their variables."""
        names: set[str] = set()
        todo, seen = [found.text] if not found.free else [], set[str]()
        while todo:
            for name in set(included(todo.pop())) - seen:
                seen.add(name)
                if (layout := self.look.include(name)) is not None:
                    names |= assigned(layout.text)
                    todo.append(layout.text)
        return frozenset(names)

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
        self._tell(found, mark.start, said(error), error.hint)
        return found.text[mark.start : mark.end]

    def unknown_filter(self, name: str, token: Token | None) -> None:
        """Tell of a filter that there is not."""
        hint = did_you_mean(name, environment().filters)
        found = self._texts.get(token.source, self._body) if token is not None else self._body
        place = token.start_index if token is not None else None
        self._tell(found, place, f'there is no Liquid filter "{name}"', hint)

    def _demote(
        self, error: Exception, at: Token | None, marks: Sequence[Mark] | None = None, inside: Found | None = None
    ) -> NoReturn:
        """Tell what went wrong, let the tag stay text, and begin again."""
        token = error.token if isinstance(error, LiquidError) and error.token is not None else None
        found = inside or (self._texts.get(token.source) if token is not None else None)
        if token is None or token.start_index < 0 or found is None:
            token, found = at, found or self._body
        known = marks if marks is not None else self._parsed[found.text].marks
        place = token.start_index if token is not None else 0
        mark = known[max(0, bisect_right([one.start for one in known], place) - 1)] if known else None
        if mark is None or (found.text, mark.start) in self._wrong:
            raise TooMuch(said(error)) from error
        hint = error.hint if isinstance(error, WrongTag) else ""
        self._tell(found, mark.start, said(error), hint)
        self._wrong.add((found.text, mark.start))
        self._parsed.clear()
        raise _Again from error

    def _tell(self, found: Found, place: int | None, message: str, hint: str = "") -> None:
        line = found.first_line + found.text.count("\n", 0, place) if place is not None else None
        problem = problem_at(found.path, found.source, line, message, hint)
        self._problems.setdefault((found.path, line, message), problem)
