"""The bodies of one site's documents, each rendered once."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import astuple

from sitegen.config import Config
from sitegen.digests import digest_of
from sitegen.errors import SiteError
from sitegen.marked import problem_at
from sitegen.markup.dialect import Dialect, changed
from sitegen.markup.rendered import Ends, MarkupError, MarkupSettings, Rendered
from sitegen.markup.rendering import fragment, render
from sitegen.model.content import Document


class Bodies:
    """Renders bodies; `remembered` (digest → `Rendered`) may hold what earlier builds made, and is added to."""

    def __init__(self, config: Config, remembered: MutableMapping[str, Rendered] | None = None) -> None:
        baseurl, options = ("", config.extra.get("kramdown")) if config.lenient else (config.baseurl, None)
        dialect = changed(Dialect(extended=config.extended, maths=config.maths), options)
        self.settings = MarkupSettings(config.engine, baseurl, dialect, config.anchors)
        self.remembered: MutableMapping[str, Rendered] = {} if remembered is None else remembered
        self._fragments: dict[str, str] = {}
        self._keys: dict[str, str] = {}

    def key(self, document: Document) -> str:
        """What the rendered body depends on."""
        if document.path not in self._keys:
            self._keys[document.path] = self._key(document)
        return self._keys[document.path]

    def _key(self, document: Document) -> str:
        kind = "html" if document.is_html else "markdown"
        return digest_of(document.body_digest, repr(astuple(self.settings)), document.separator, kind)

    def of(self, document: Document) -> Rendered:
        """The rendered body. Raises `SiteError` where it is more than the engine can take."""
        if document.verbatim:
            return Rendered(document.body, excerpt="", summary="", toc="", words=0, links=(), ends=Ends())
        key = self.key(document)
        found = self.remembered.get(key)
        if found is None:
            try:
                found = render(document.body, self.settings, html=document.is_html, separator=document.separator)
            except MarkupError as error:
                line = document.line_of(error.line) if error.line is not None else None
                problem = problem_at(document.path, document.origin.text, line, error.message)
                raise SiteError([problem]) from error
            self.remembered[key] = found
        return found

    def fragment(self, text: str) -> str:
        """Short Markdown as HTML: a form's intro, `markdownify`."""
        if text not in self._fragments:
            self._fragments[text] = fragment(text, self.settings)
        return self._fragments[text]
