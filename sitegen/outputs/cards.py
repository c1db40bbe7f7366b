"""Social cards: the pictures that show posts where their addresses are shared, drawn by the layout `social_card`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from sitegen.digests import digest_of
from sitegen.drawing.size import HEIGHT, WIDTH
from sitegen.errors import Problem, SiteError
from sitegen.fonts import packaged_font, packaged_font_digest
from sitegen.marked import Malformed
from sitegen.model.cards import LAYOUT
from sitegen.model.content import Document
from sitegen.model.site import Site
from sitegen.outputs.target import Claim, Rendering, Target
from sitegen.templates.environment import find_layout
from sitegen.templates.views import document_view
from sitegen.urls import path_of

if TYPE_CHECKING:
    from sitegen.drawing.description import Card
    from sitegen.drawing.drawings import Drawing

DRAWABLE = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif")


def targets(site: Site) -> Iterator[Target]:
    """One picture for each post and page that has a card."""
    fonts = repr([digest for _, digest in site.card_fonts])
    documents: tuple[Document, ...] = (*site.posts, *site.pages, *site.collected)
    for document in documents:
        address = site.card_of(document)
        if address and site.edition_of(document) is site:
            owner, identity = f"the card of {document.path}", f"card {document.path} {fonts}"
            yield Target(path_of(address), owner, identity, partial(_draft, document), claim=Claim.MADE)


def _draft(document: Document, rendering: Rendering, reads: set[str]) -> Drawing:
    """What is to be drawn; the pictures that it names are read, too."""
    from sitegen.drawing.drawings import Drawing

    lens, site = rendering.lens(reads), rendering.site
    view, extra = document_view(lens, document), _extra(site, reads)
    text = rendering.renderer.render(LAYOUT, lens, view, card=extra)
    card = _read(site, document, text)
    files: dict[str, tuple[str, str]] = {}
    for source in card.sources:
        reads.add(f"copy:{source}")
        asset = site.asset_at(source)
        if asset is None and source == site.config.card_background:
            raise SiteError([])  # it is told where the settings name it
        if asset is None:
            raise _fault(site, document, f'there is no picture "{source}" among the files of the site')
        files[source] = (asset.file, asset.digest)
    fonts = (*site.card_fonts, (packaged_font(), packaged_font_digest()))
    made_of = ([digest for _, digest in fonts], sorted(files.items()))
    return Drawing(
        document.path,
        document.origin.lines.get(("title",)),
        digest_of(text, repr(made_of), str(bool(site.config.card_background))),
        card,
        tuple(file for file, _ in fonts),
        {source: file for source, (file, _) in files.items()},
        bool(site.config.card_background),
    )


def _extra(site: Site, reads: set[str]) -> Mapping[str, Any]:
    """What the layout sees as `card`; a logo that cannot be drawn, such as an SVG, is left out."""
    config = site.config
    reads.add(f"copy:{config.logo}")
    has_logo = config.logo.lower().endswith(DRAWABLE) and site.asset_at(config.logo) is not None
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "colours": config.card_colours,
        "background": config.card_background,
        "logo": config.logo if has_logo else "",
    }


def _read(site: Site, document: Document, text: str) -> Card:
    from sitegen.drawing.description import read_card

    try:
        return read_card(text)
    except Malformed as error:
        raise _fault(site, document, error.message, error.hint) from error


def _fault(site: Site, document: Document, message: str, hint: str = "") -> SiteError:
    layout = find_layout(site, f"{LAYOUT}.html")
    path = layout.path if layout is not None else LAYOUT
    return SiteError([Problem(path, None, f"the card of {document.path}: {message}", hint)])
