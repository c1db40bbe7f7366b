"""What pages tell of other languages: to search engines, and to readers who would rather have another one."""

from __future__ import annotations

from typing import Any

from sitegen.languages import direction
from sitegen.model.translations import alternates as model_alternates
from sitegen.model.translations import versions
from sitegen.templates.views import SiteView


def alternates(site: SiteView, page: Any) -> list[dict[str, str]]:
    """The same page in each language that it is in, itself among them: `lang` and `url`; then that for `x-default`.

    Empty where it is in one language only.
    """
    lens = site._lens
    if not lens.site.config.languages:
        return []
    lens.saw(f"versions:{page.url}")
    return [{"lang": lang, "url": url} for lang, url in model_alternates(lens.site, page.url)]


def languages(site: SiteView, page: Any) -> list[dict[str, Any]]:
    """The languages of the site, for readers to choose from: `lang`, `name`, `url`, `dir`, and whether it is `current`.

    `url` leads to the same page in that language, or where there is none to the index.
    """
    lens = site._lens
    whole = lens.site.entire
    if not whole.config.languages:
        return []
    lens.saw(f"versions:{page.url}")
    there = {one.edition: one.url for one in reversed(versions(lens.site, page.url))}
    return [
        {
            "lang": one.lang,
            "name": one.shown,
            "dir": direction(one.lang),
            "current": one.lang == lens.site.config.lang,
            "url": page.url
            if one.lang == lens.site.config.lang
            else there.get(one.lang) or whole.editions[one.lang].config.within("/"),
        }
        for one in whole.config.tongues
    ]
