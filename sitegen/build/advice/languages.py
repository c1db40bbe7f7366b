"""Languages of pages: whether there is what writes their dates, numbers and plurals."""

from __future__ import annotations

from sitegen.build.outlook import Outlook
from sitegen.errors import MissingExtra, Problems
from sitegen.model.content import Document
from sitegen.words import has_babel, is_english


def advise(outlook: Outlook, problems: Problems) -> None:
    """Tell once, at the first place that asks for a language other than English, that its dates are plain numbers."""
    site, config = outlook.site, outlook.site.config
    documents: tuple[Document, ...] = (*site.posts, *site.pages)
    places = ((config.lang, config.origin), *((one.lang, one.origin) for one in documents))
    lang, origin = next(((lang, origin) for lang, origin in places if lang and not is_english(lang)), ("", None))
    if origin is None or has_babel():
        return
    missing = MissingExtra(f"what writes dates in {lang} as words", "languages")
    problems.note(origin.at("lang").problem("dates are written as 2026-05-31, and counts have two forms", str(missing)))
