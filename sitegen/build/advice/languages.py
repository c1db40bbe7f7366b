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
    asking = next((one for one in (config, *documents) if one.lang and not is_english(one.lang)), None)
    if asking is None or has_babel():
        return
    missing = MissingExtra(f"what writes dates in {asking.lang} as words", "languages")
    message = "dates are written as 2026-05-31, and counts have two forms"
    problems.note(asking.origin.at("lang").problem(message, str(missing)))
