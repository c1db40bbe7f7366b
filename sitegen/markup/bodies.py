"""The bodies of one site's documents, each rendered once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import astuple

from sitegen.config import Config
from sitegen.digests import digest_of
from sitegen.errors import Problem, SiteError
from sitegen.marked import problem_at
from sitegen.markup.dialect import Dialect, changed
from sitegen.markup.faults import fault
from sitegen.markup.rendered import Ends, MarkupError, MarkupSettings, Rendered, Shortcode
from sitegen.markup.rendering import fragment, render
from sitegen.markup.shortcodes import filled
from sitegen.model.content import Document


class Bodies:
    """Renders bodies; `remembered` (digest → `Rendered`) may hold what earlier builds made, and is added to."""

    def __init__(self, config: Config, remembered: MutableMapping[str, Rendered] | None = None) -> None:
        baseurl, options = ("", config.extra.get("kramdown")) if config.lenient else (config.baseurl, None)
        dialect = changed(Dialect(extended=config.extended, maths=config.maths), options)
        self.settings = MarkupSettings(config.engine, baseurl, dialect, config.anchors, config.shortcodes)
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
                problem = problem_at(document.path, document.origin.text, line, error.message, error.hint)
                raise SiteError([problem]) from error
            self.remembered[key] = found
        return found

    def filled(self, document: Document, make: Callable[[Shortcode, str], str]) -> str:
        """The HTML of the body with what `make` makes of each shortcode and of the HTML in it.

        Raises `SiteError` with what is wrong with any of them.
        """
        body = self.of(document)
        problems: list[Problem] = []

        def made(shortcode: Shortcode, inner: str) -> str:
            try:
                html = make(shortcode, inner)
            except SiteError as error:
                problems.extend(error.problems)
                return ""
            for message, hint in _faults(shortcode, inner, html):
                line = document.line_of(shortcode.line)
                problems.append(problem_at(document.path, document.origin.text, line, message, hint))
            return html

        html = filled(body, made)
        if problems:
            raise SiteError(problems)
        return html

    def fragment(self, text: str) -> str:
        """Short Markdown as HTML: a form's intro, `markdownify`."""
        if text not in self._fragments:
            self._fragments[text] = fragment(text, self.settings)
        return self._fragments[text]


def _faults(shortcode: Shortcode, inner: str, html: str) -> Iterator[tuple[str, str]]:
    """What would break the page around a shortcode, with a hint: in what it wraps, or else in what it makes."""
    if wrong := fault(inner):
        yield f"within `:::{shortcode.name}`: {wrong}", "what is opened there is closed there"
    elif wrong := fault(html):
        message = f'what the shortcode "{shortcode.name}" makes would break the page: {wrong}'
        yield message, f"look into its template, shortcodes/{shortcode.name}.html"
