"""Liquid's blocks in Jinja: choices, captured text, and (see `loops.py`) loops."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from sitegen.importing.layouts.conditions import negated, test_of
from sitegen.importing.layouts.expressions import Operand, Unreadable
from sitegen.importing.layouts.loops import write_loop
from sitegen.importing.layouts.operands import value_of
from sitegen.importing.layouts.pieces import Piece
from sitegen.importing.layouts.scope import Facts
from sitegen.importing.layouts.statements import captured, wanted
from sitegen.importing.layouts.syntax import condition_of
from sitegen.importing.layouts.tree import Block, Part, Text
from sitegen.importing.layouts.values import Level, Value
from sitegen.importing.layouts.writer import Writer

Convert = Callable[[Writer, Block, Facts], Facts]
_LANGUAGE = re.compile(r"\s*([\w.+#-]+)\s*(.*?)\s*", re.DOTALL)


def _choice(writer: Writer, block: Block, facts: Facts) -> Facts:
    """`if` and `unless`."""
    ends: list[Facts] = []
    for part in block.parts:
        if part.mark.name == "else":
            writer.tags(part.mark, "else")
            ends.append(writer.body(part.body, facts))
            break
        scope = writer.scope(part.mark, facts)
        condition = condition_of(part.mark.expression)
        test = negated(condition, scope) if part.mark.name == "unless" else test_of(condition, scope)
        writer.tags(part.mark, f"{'if' if part is block.parts[0] else 'elif'} {test.code}")
        ends.append(writer.body(part.body, facts.knowing(test.holds)))
        facts = facts.knowing(test.fails)
    else:
        ends.append(facts)
    writer.tags(block.end, "endif")
    return ends[0].meeting(ends[1:])


def _case(writer: Writer, block: Block, facts: Facts) -> Facts:
    """`case`: what stands before the first `when` is never shown."""
    head, *parts = block.parts
    if not parts:
        raise Unreadable("`case` without `when`")
    value = value_of(_operand(head.mark.expression), writer.scope(head.mark, facts))
    between = writer.text[head.mark.end : parts[0].mark.start]
    text = writer.text[head.mark.start + 2 : head.mark.end - 2].strip("-")
    writer.comment(text + (between if between.strip() else ""), head.mark.left, True)
    if not between.strip() and between:
        writer.pieces.append(Piece("text", between))
    ends = [] if parts[-1].mark.name == "else" else [facts]
    word = "if"
    for part in parts:
        code = "else" if part.mark.name == "else" and word == "elif" else f"{word} {_when(part, value, writer, facts)}"
        writer.tags(part.mark, code)
        ends.append(writer.body(part.body, facts))
        word = "elif"
    writer.tags(block.end, "endif")
    return ends[0].meeting(ends[1:])


def _operand(expression: str) -> Operand:
    condition = condition_of(expression)
    if not isinstance(condition, Operand):
        raise Unreadable("`case` wants one value")
    return condition


def _when(part: Part, value: Value, writer: Writer, facts: Facts) -> str:
    if part.mark.name == "else":
        return "true"
    asked = [value_of(one, writer.scope(part.mark, facts)) for one in wanted(part.mark.expression)]
    if len(asked) == 1:
        return f"{value.within(Level.SUM)} == {asked[0].within(Level.SUM)}"
    return f"{value.within(Level.SUM)} in [{', '.join(one.code for one in asked)}]"


def _capture(writer: Writer, block: Block, facts: Facts) -> Facts:
    """`capture`: within, every blank counts."""
    (part,) = block.parts
    name = captured(part.mark.expression)
    scope = writer.scope(part.mark, facts)
    facts = _enclosed(writer, block, f"set {scope.target(name)}", "endset", facts)
    writer.learned.learn(name, Value(name, "text"))
    return facts.forgetting([scope.target(name)]).giving(name)


def _enclosed(writer: Writer, block: Block, opening: str, closing: str, facts: Facts) -> Facts:
    writer.tags(block.parts[0].mark, opening)
    at = len(writer.pieces) - 1
    writer.pieces[at] = _exact(writer.pieces[at], right=True)
    writer.exact += 1
    facts = writer.body(block.parts[0].body, facts)
    writer.exact -= 1
    writer.tags(block.end, closing)
    writer.pieces[-1] = _exact(writer.pieces[-1], left=True)
    return facts


def _exact(piece: Piece, *, left: bool = False, right: bool = False) -> Piece:
    return Piece(piece.kind, piece.code, piece.left, piece.right, piece.exact_left or left, piece.exact_right or right)


def _highlight(writer: Writer, block: Block, facts: Facts) -> Facts:
    """`highlight`: a fence of Markdown does the same."""
    (part,) = block.parts
    match = _LANGUAGE.fullmatch(part.mark.expression)
    if match is None:
        raise Unreadable("`highlight` wants a language")
    if match[2]:
        writer.note(part.mark, f"`{match[2]}` of `highlight` is left out", "the block is a fence of Markdown now")
    body = part.body
    if not (body and isinstance(body[0], Text) and re.match(r"\r?\n", body[0].text)):
        raise Unreadable("`highlight` on one line")
    fence = "````"
    opened = Part(part.mark, (Text(f"{fence}{match[1]}"), *body, Text(fence)))
    return _enclosed(writer, Block((opened,), block.end), "filter markdownify", "endfilter", facts)


BLOCKS: Mapping[str, Convert] = {
    "capture": _capture,
    "case": _case,
    "for": write_loop,
    "highlight": _highlight,
    "if": _choice,
    "unless": _choice,
}
