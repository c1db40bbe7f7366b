"""The bodies of one site's documents, each rendered once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import astuple, replace
from types import MappingProxyType
from typing import Protocol

from sitegen.config import Config
from sitegen.digests import digest_of
from sitegen.errors import Problem, SiteError
from sitegen.markup.dialect import Dialect, changed
from sitegen.markup.dressing import ShownAs, dressed
from sitegen.markup.faults import fault
from sitegen.markup.highlighting import unknown
from sitegen.markup.rendered import Ends, MarkupError, MarkupSettings, Rendered, Shortcode
from sitegen.markup.rendering import fragment, render
from sitegen.markup.shortcodes import filled
from sitegen.model.content import Document, problem_in
from sitegen.words import Catalog, is_english, words_digest, words_in

MOST_HELD = 500  # bodies that are at hand; the others are what earlier builds left, or are rendered again
MOST_MADE = 2_000_000  # signs, of all that the shortcodes of one body make, those within others anew


class Remembered(Protocol):
    """Bodies that earlier builds rendered, by key."""

    def get(self, key: str) -> Rendered | None:
        """The body, or None."""
        ...

    def put(self, key: str, body: Rendered) -> None:
        """Keep a body for later builds."""
        ...

    def block(self, key: str) -> str | None:
        """A block of code in colour, or None."""
        ...

    def put_blocks(self, blocks: Mapping[str, str]) -> None:
        """Keep blocks of code in colour, by key."""
        ...


class Bodies:
    """Renders bodies, but for those that earlier builds left."""

    def __init__(
        self,
        config: Config,
        remembered: Remembered | None = None,
        catalogs: Mapping[str, Catalog] = MappingProxyType({}),
    ) -> None:
        baseurl, options = ("", config.extra.get("kramdown")) if config.lenient else (config.baseurl, None)
        dialect = changed(Dialect(extended=config.extended, maths=config.maths), options)
        self.settings = MarkupSettings(config.engine, baseurl, dialect, config.anchors, config.shortcodes)
        self._remembered, self._lang, self._catalogs = remembered, config.lang or "en", catalogs
        self._chosen: dict[tuple[str, str], MarkupSettings] = {}
        self._ways: dict[tuple[str, bool, str, str], str] = {}
        self._rendered: dict[str, Rendered] = {}
        self._fragments: dict[str, str] = {}
        self._keys: dict[str, str] = {}

    def apart(self) -> Bodies:
        """The same, with what is rendered already, and with nothing that earlier builds left."""
        made = copy(self)
        made._remembered, made._keys = None, {}
        return made

    def key(self, document: Document) -> str:
        """What the rendered body depends on."""
        if document.path not in self._keys:
            self._keys[document.path] = self._key(document)
        return self._keys[document.path]

    def _key(self, document: Document) -> str:
        way = document.engine, document.is_html, document.separator, document.lang
        if way not in self._ways:
            self._ways[way] = self._way(*way)
        return document.body_digest + self._ways[way]

    def _way(self, engine: str, html: bool, separator: str, lang: str) -> str:
        """What the rendered body depends on, but for its text. The words of the language are not read for it."""
        words, kind = words_digest(lang or self._lang, self._catalogs), "html" if html else "markdown"
        return digest_of(repr(astuple(self._with(engine))), separator, kind, words)

    def _with(self, engine: str) -> MarkupSettings:
        """The settings with an engine, or with the site's."""
        return replace(self.settings, engine=engine or self.settings.engine)

    def _settings(self, lang: str = "", engine: str = "") -> MarkupSettings:
        """The settings with an engine and the words of a language, or with the site's; None are those of English, as it
        is packaged.
        """
        chosen = (lang or self._lang, engine)
        if chosen not in self._chosen:
            plain = is_english(chosen[0]) and not self._catalogs
            words = None if plain else words_in(chosen[0], self._catalogs)
            self._chosen[chosen] = replace(self._with(engine), dialect=replace(self.settings.dialect, words=words))
        return self._chosen[chosen]

    def of(self, document: Document) -> Rendered:
        """The rendered body. Raises `SiteError` where it is more than the engine can take."""
        if document.verbatim:
            return Rendered(document.body, excerpt="", summary="", toc="", words=0, links=(), ends=Ends())
        key = self.key(document)
        if key in self._rendered:
            return self._rendered[key]
        found = self._remembered.get(key) if self._remembered is not None else None
        return self.keep(document, self.make(document)) if found is None else self._held(key, found)

    def keep(self, document: Document, body: Rendered) -> Rendered:
        """Keep what was made of a body, here or elsewhere, for later builds too."""
        key, bare = self.key(document), replace(body, coloured={}) if body.coloured else body
        if self._remembered is not None:
            self._remembered.put(key, bare)
            self._remembered.put_blocks(body.coloured)
        return self._held(key, bare)

    def _held(self, key: str, body: Rendered) -> Rendered:
        """The body, which is at hand now in the place of the one that has been so for longest."""
        if len(self._rendered) >= MOST_HELD and self._remembered is not None:
            del self._rendered[next(iter(self._rendered))]
        self._rendered[key] = body
        return body

    def task(self, document: Document) -> tuple[str, MarkupSettings, bool, str]:
        """All that the rendered body depends on: see `rendering.render`."""
        return document.body, self._settings(document.lang, document.engine), document.is_html, document.separator

    def make(self, document: Document) -> Rendered:
        """The body rendered anew, which is kept nowhere. Raises as `of`."""
        body, settings, html, separator = self.task(document)
        known = self._remembered.block if self._remembered is not None else unknown
        try:
            return render(body, settings, html=html, separator=separator, known=known)
        except MarkupError as error:
            raise SiteError([problem_in(document, error.line, error.message, error.hint)]) from error

    def filled(self, document: Document, make: Callable[[Shortcode, str], str]) -> str:
        """The HTML of the body with what `make` makes of each shortcode and of the HTML in it.

        Raises `SiteError` with what is wrong with any of them.
        """
        body = self.of(document)
        problems: list[Problem] = []
        signs = 0

        def made(shortcode: Shortcode, inner: str) -> str:
            nonlocal signs
            if signs > MOST_MADE:
                return ""
            try:
                html = make(shortcode, inner)
            except SiteError as error:
                problems.extend(error.problems)
                return ""
            signs += len(html)
            if signs > MOST_MADE:
                message = f'with "{shortcode.name}" the shortcodes make more than {MOST_MADE // 1_000_000} MB'
                problems.append(problem_in(document, shortcode.line, message, "show less, or on several pages"))
            return html

        html = filled(body, made)
        if problems:
            raise SiteError(problems)
        return html

    def dressed(self, html: str, address: Callable[[str], str], picture: ShownAs, *, captions: bool) -> str:
        """The HTML with every address changed by `address`, and each `<img>` by `picture` (see `dressing`)."""
        return dressed(html, address, picture, captions=captions)

    def fragment(self, text: str) -> str:
        """Short Markdown as HTML: a form's intro, `markdownify`."""
        if text not in self._fragments:
            self._fragments[text] = fragment(text, self._settings())
        return self._fragments[text]

    def fault(self, html: str) -> str:
        """What in the HTML would break the page around it, in words; "" for nothing."""
        return fault(html)
