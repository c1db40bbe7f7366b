"""Shortcodes as Hugo has them, `{{< name >}}` and `{{% name %}}`, which are text here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sitegen.check.look import Look
from sitegen.check.paragraphs import place_of, written_lines
from sitegen.errors import Problem

_OPENING = re.compile(r"\{\{([<%])[ \t]*([A-Za-z][\w./-]{0,60})")
_LINK = "link to the address that the page has: [words](/about/)"
_CODE = "put the code between ```"
_OTHERWISE: Mapping[str, str] = {  # what has no shortcode of its name: https://gohugo.io/shortcodes/
    "ref": _LINK,
    "relref": _LINK,
    "highlight": _CODE,
    **dict.fromkeys(("youtube", "vimeo", "instagram", "x", "tweet"), 'write ::embed{url="…" title="…"}'),
}


def check(look: Look) -> Iterator[Problem]:
    """A note on each line of text with one, for each name once."""
    for document in look.markdown:
        if not _OPENING.search(document.body):
            continue
        for number, line in written_lines(document.body):
            for sign, name in dict.fromkeys(_OPENING.findall(line)):
                closing = {"<": ">", "%": "%"}[sign]
                message = f"{{{{{sign} {name} … {closing}}}}} is a shortcode of Hugo's, and stays text here"
                yield place_of(document, number).problem("note", message, _hint(name))


def _hint(name: str) -> str:
    how = _OTHERWISE.get(name, f"write ::{name}{{…}}, if there is one of that name")
    return f"{how}; the manual has more of it under Shortcodes"
