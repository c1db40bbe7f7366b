"""Names for those who cannot see: of the boxes in task lists, and of tables that scroll (WCAG 2.4.6, 4.1.2)."""

from __future__ import annotations

import re
from itertools import count

_BOXES = {
    '<input type="checkbox" disabled checked/>': '<input type="checkbox" disabled checked aria-label="Done"/>',
    '<input type="checkbox" disabled/>': '<input type="checkbox" disabled aria-label="Not done"/>',
}
_REGION = re.compile(r'(<div class="table" role="region" tabindex="0" aria-label="Table)(">)')


def labelled(html: str) -> str:
    """The HTML with a label on each box of a task list, and with different names for its tables."""
    for box, named in _BOXES.items():
        html = html.replace(box, named)
    if html.count(' aria-label="Table">') < 2:
        return html
    numbers = count(1)
    return _REGION.sub(lambda match: f"{match[1]} {next(numbers)}{match[2]}", html)
