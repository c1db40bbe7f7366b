"""Footnotes as they are numbered and listed. Source: kramdown/converter/html.rb, `footnote_content`."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from sitegen.markup.budgets import REPEATS
from sitegen.markup.kramdown.document import Footnote
from sitegen.markup.kramdown.nodes import RAW, Node, is_paragraph, last_child
from sitegen.markup.rendered import MarkupError

OPENING = '<div class="footnote footnotes" role="doc-endnotes">\n'
ENDING = "</ol>\n</div>\n"


class Notes:
    """The notes of a document by name; they are numbered as the references to them come."""

    def __init__(self, notes: dict[str, Footnote], first: int = 1) -> None:
        self._notes = notes
        self._before = first - 1  # what is added to a note's place
        self._order: list[str] = []

    def reference(self, name: str) -> str:
        """The raised number that leads to the note."""
        note = self._notes[name]
        if not note.number:
            self._order.append(name)
            note.number = len(self._order)
        again = f":{note.references}" if note.references else ""
        note.references += 1
        if note.references > REPEATS:
            raise MarkupError(f"more than {REPEATS} references to the footnote [^{name}]")
        return reference(name, note.number + self._before, again)

    def waiting(self) -> Iterator[str]:
        """The names of the notes as they are numbered, then of those without a reference: no word is lost."""
        at = 0
        names = list(self._notes)
        while at < len(self._order) or names:
            if at == len(self._order):
                name = names.pop(0)
                if self._notes[name].number:
                    continue
                self._order.append(name)
                self._notes[name].number = len(self._order)
            at += 1
            yield self._order[at - 1]

    def opening(self, name: str) -> str:
        """The tag of the note's item."""
        start = f' start="{self._before + 1}"' if self._before else ""
        return (f"{OPENING}<ol{start}>\n" if self._notes[name].number == 1 else "") + f'<li id="fn:{escape(name)}">'

    def item(self, name: str) -> Node:
        """The note with the ways back at the end of its last paragraph."""
        note = self._notes[name]
        back = Node(RAW)
        back.text = "".join(
            back_link(name, note.number + self._before, f":{at}" if at else "", f"<sup>{at + 1}</sup>" if at else "")
            for at in range(note.references)
        )
        if not back.text:
            return note.content
        last = last_child(note.content)
        if last is None or not is_paragraph(last):
            last = Node("p")
            note.content.append(last)
            back.text = back.text.removeprefix("\u00a0")
        last.append(back)
        return note.content

    def end(self) -> str:
        """What closes the list, if there is one."""
        return ENDING if self._order else ""


def reference(name: str, number: int, again: str) -> str:
    """A reference to a note; `again` tells the second (`:1`) and later ones from the first."""
    name = escape(name)
    link = f'<a href="#fn:{name}" class="footnote-ref" rel="footnote" role="doc-noteref">{number}</a>'
    return f'<sup id="fnref:{name}{again}">{link}</sup>'


def back_link(name: str, number: int, again: str = "", mark: str = "") -> str:
    """The way back from a note to what refers to it."""
    return (
        f'\u00a0<a href="#fnref:{escape(name)}{again}" class="footnote-backref reversefootnote" role="doc-backlink"'
        f' title="Jump back to footnote {number} in the text">↩{mark}</a>'
    )
