"""What a file with front matter becomes, by its ending (Jekyll's converters, and its renderer.rb `output_ext`)."""

from __future__ import annotations

import os
import re

from sitegen.config import Config
from sitegen.content.sources import Source
from sitegen.frozen import dataclass
from sitegen.model.content import PAGE_ENDINGS
from sitegen.patterns import regex

STYLES = (".scss", ".sass")  # of these sitegen makes nothing
_ENDING = regex(r"\.[A-Za-z][A-Za-z0-9]{0,9}$")
_WHOLE = regex(r"(?>\s+|<!--.*?-->|\{%.*?%\})*+<(?:!doctype|html)\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Format:
    """`verbatim`: the body is neither Markdown nor HTML. `ending` is that of the file which is published."""

    verbatim: bool
    ending: str

    @property
    def is_shown(self) -> bool:
        """Whether it is a page for browsers."""
        return self.ending in PAGE_ENDINGS


def format_of(config: Config, source: Source, permalink: str = "") -> Format:
    """The format of a file; the ending of its own permalink, if there is one, goes before the file's."""
    written = os.path.splitext(source.path)[1]
    ending, verbatim, suffix = written, True, source.suffix
    if suffix in config.markdown_endings:
        ending, verbatim = ".html", False
    elif suffix in (".html", ".htm"):
        ending, verbatim = written if config.lenient else ".html", False
    own = _ENDING.search(permalink)
    return Format(verbatim, own.group() if own else ending)


def is_whole(body: str) -> bool:
    """Whether the body is a whole HTML document, which wants no layout around it."""
    return _WHOLE.match(body) is not None
