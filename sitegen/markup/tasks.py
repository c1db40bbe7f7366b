"""The boxes of task lists, with words for those who cannot see them (WCAG 4.1.2)."""

from __future__ import annotations

_LABELS = {
    '<input type="checkbox" disabled checked/>': '<input type="checkbox" disabled checked aria-label="Done"/>',
    '<input type="checkbox" disabled/>': '<input type="checkbox" disabled aria-label="Not done"/>',
}


def labelled(html: str) -> str:
    """The HTML with a label on each box that an engine made of `[ ]` or `[x]`."""
    for box, named in _LABELS.items():
        html = html.replace(box, named)
    return html
