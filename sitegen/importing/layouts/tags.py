"""Liquid's and Jekyll's single tags in Jinja."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sitegen.importing.layouts.expressions import Unreadable
from sitegen.importing.layouts.filters import chain_value
from sitegen.importing.layouts.including import include
from sitegen.importing.layouts.operands import value_of
from sitegen.importing.layouts.pieces import Piece
from sitegen.importing.layouts.scope import SPACE, Facts
from sitegen.importing.layouts.statements import assignment, captured, cycled
from sitegen.importing.layouts.text_filters import shown
from sitegen.importing.layouts.values import as_list, name_of, quoted
from sitegen.importing.layouts.writer import Writer
from sitegen.liquid.marks import Mark

Convert = Callable[[Writer, Mark, Facts], Facts]


def _assign(writer: Writer, mark: Mark, facts: Facts) -> Facts:
    name, chain = assignment(mark.expression)
    scope = writer.scope(mark, facts)
    value = as_list(chain_value(chain, scope))
    writer.learned.learn(name, value)
    writer.tags(mark, f"set {scope.target(name)} = {value.code}")
    return facts.forgetting([scope.target(name)]).giving(name)


def _comment(writer: Writer, mark: Mark, facts: Facts) -> Facts:
    missing = writer.text.count("\n", mark.start, mark.end) - (mark.raw or "").count("\n")
    writer.comment((mark.raw or "") + "\n" * missing, mark.left, mark.right)
    return facts


def _raw(writer: Writer, mark: Mark, facts: Facts) -> Facts:
    if mark.expression.strip():
        raise Unreadable("`raw` takes nothing")
    if mark.raw:
        breaks = writer.text.count("\n", mark.start, mark.end) - mark.raw.count("\n")
        before = [Piece("comment", "\n" * breaks)] if breaks else []
        writer.several(mark, [*before, Piece("raw", mark.raw)])
    return facts


def _leave(writer: Writer, mark: Mark, facts: Facts) -> Facts:
    """`break` and `continue`."""
    if not writer.rounds:
        raise Unreadable(f"`{mark.name}` outside of a loop")
    writer.tags(mark, mark.name)
    return facts


def _cycle(writer: Writer, mark: Mark, facts: Facts) -> Facts:
    """Jinja's goes by the number of the round, Liquid's by how often it was come by."""
    if not writer.rounds:
        raise Unreadable("`cycle` outside of a loop")
    values = [shown(value_of(one, writer.scope(mark, facts))) for one in cycled(mark.expression)]
    if any(value.kind not in ("plain", "number") for value in values):
        writer.unescape()
    writer.several(mark, [Piece("print", f" loop.cycle({', '.join(value.code for value in values)}) ")])
    return facts


def _count(writer: Writer, mark: Mark, facts: Facts) -> Facts:
    """`increment` shows the number and then counts, `decrement` the other way round."""
    name = f"{name_of(captured(mark.expression))}_count"
    writer.counters.add(name)
    shows = Piece("print", f" {SPACE}.{name} ")
    sign = "+" if mark.name == "increment" else "-"
    counts = Piece("tag", f" set {SPACE}.{name} = {SPACE}.{name} {sign} 1 ")
    writer.several(mark, [shows, counts] if sign == "+" else [counts, shows])
    return facts


def _link(writer: Writer, mark: Mark, facts: Facts) -> Facts:
    """`link`: the address of the page or post from that file; of any other file its own."""
    path = mark.expression.strip().lstrip("/")
    if not path or "{" in path:
        raise Unreadable("`link` with a path that is not known beforehand")
    if not path.endswith((".md", ".markdown", ".html")):
        writer.several(mark, [Piece("print", f" {quoted('/' + path)} | relative_url ")])
        return facts
    documents = "posts" if "_posts/" in path else "pages"
    _address(writer, mark, f"for it in site.{documents} if it.path == {quoted(path)}")
    return facts


def _post_url(writer: Writer, mark: Mark, facts: Facts) -> Facts:
    """`post_url`: the same by a post's name, which has no ending."""
    name = mark.expression.strip()
    if not name or "{" in name:
        raise Unreadable("`post_url` with a name that is not known beforehand")
    _address(writer, mark, f"for it in site.posts if {quoted(f'_posts/{name}.')} in it.path")
    return facts


def _address(writer: Writer, mark: Mark, loop: str) -> None:
    shows = Piece("print", " it.url | relative_url ")
    writer.several(mark, [Piece("tag", f" {loop} "), shows, Piece("tag", " endfor ")])


def _seo(writer: Writer, mark: Mark, facts: Facts) -> Facts:
    """jekyll-seo-tag."""
    writer.tags(mark, 'include "theme/seo.html"')
    return facts


def _feed(writer: Writer, mark: Mark, facts: Facts) -> Facts:
    """jekyll-feed's link."""
    link = (
        '<link rel="alternate" type="{{ feed.type }}" title="{{ site.title | escape }}"'
        ' href="{{ feed.url | absolute_url }}">'
    )
    pieces = [Piece("tag", " for feed in site.feeds "), Piece("jinja", link), Piece("tag", " endfor ")]
    writer.several(mark, pieces)
    return facts


TAGS: Mapping[str, Convert] = {
    "assign": _assign,
    "break": _leave,
    "comment": _comment,
    "continue": _leave,
    "cycle": _cycle,
    "decrement": _count,
    "feed_meta": _feed,
    "include": include,
    "include_cached": include,
    "increment": _count,
    "link": _link,
    "post_url": _post_url,
    "raw": _raw,
    "seo": _seo,
}
