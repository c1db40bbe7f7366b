"""Names for those who cannot see: of the boxes in task lists, of tables and formulas that scroll (WCAG 2.4.6, 4.1.2).

The engines write those of tables, formulas and ways back in English; here they become words of the body's language.
"""

from __future__ import annotations

from html import escape
from itertools import count

from sitegen.markup.dialect import Dialect
from sitegen.patterns import regex

_BOXES = {
    '<input type="checkbox" disabled checked/>': ("disabled checked", "text.done"),
    '<input type="checkbox" disabled/>': ("disabled", "text.not_done"),
}
_TABLE = '<div class="table" role="region" tabindex="0" aria-label="'
_REGION = regex(rf'({_TABLE})Table">')
_FORMULA = ' role="group" tabindex="0" aria-label="Formula"'
_BACK = regex(r'( role="doc-backlink" title=")Jump back to footnote (\d+) in the text(?=")')


def labelled(html: str, dialect: Dialect) -> str:
    """The HTML with a label on each box of a task list, and with different names for its tables."""
    for box, (state, key) in _BOXES.items():
        if box in html:
            html = html.replace(box, f'<input type="checkbox" {state} aria-label="{escape(dialect.word(key))}"/>')
    if ((tables := html.count(f'{_TABLE}Table">')) and dialect.words is not None) or tables > 1:
        name, numbers = escape(dialect.word("text.table")), count(1)
        html = _REGION.sub(lambda match: f'{match[1]}{name}{f" {next(numbers)}" if tables > 1 else ""}">', html)
    if dialect.words is None:
        return html
    if _FORMULA in html:
        html = html.replace(_FORMULA, _FORMULA.replace("Formula", escape(dialect.word("text.formula"))))
    if "doc-backlink" in html:
        back = "text.footnote_back"
        html = _BACK.sub(lambda match: match[1] + escape(dialect.word(back, number=int(match[2]))), html)
    return html
