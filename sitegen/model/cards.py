"""Which posts and pages have a card, a picture that is drawn of them, and its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen import __version__
from sitegen.digests import digest_of
from sitegen.model.content import Document, Post

if TYPE_CHECKING:
    from sitegen.model.site import Site

LAYOUT = "social_card"


def has_card(site: Site, document: Document) -> bool:
    """Whether there is one: where the settings ask for it, and the front matter has no `image` and no `card: false`."""
    if "cards" not in site.config.outputs:
        return False
    kind = "posts" if isinstance(document, Post) else "pages"
    wanted = kind in site.config.cards_for and document.front.get("card") is not False
    shown = document.is_shown and not document.redirect_to and document.layout is not None
    return wanted and shown and not document.front.get("image")


def made_of(site: Site) -> str:
    """What all cards have in common, as a digest: settings, fonts, pictures, the site's own layout."""
    config = site.config
    own = site.layouts.get(f"_layouts/{LAYOUT}.html")
    settings = (config.title, config.url, config.lang, config.author, config.timezone, config.logo, config.extra)
    cards = (config.card_colours, config.card_background, [digest for _, digest in site.card_fonts])
    pictures = [asset.digest for asset in site.assets if asset.url in (config.logo, config.card_background)]
    return digest_of(__version__, repr((settings, cards, pictures)), own.digest if own is not None else "")


def address_of(site: Site, document: Document) -> str:
    """The card's address: another one whenever what it shows may be another, so that nobody keeps an old picture."""
    date = document.date.isoformat() if document.date is not None else ""
    authors = [one.name for one in site.authors_of(document)] if isinstance(document, Post) else []
    shown = (document.url, document.title, date, document.lang, document.digest, *authors)
    name = digest_of(site.card_base, *shown)[:16]
    return f"/cards/{name}.{'jpg' if site.config.card_background else 'png'}"
