"""What search engines and social networks are told of a page: JSON-LD in schema.org's words, and its picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sitegen.templates.other_languages import alternates, languages
from sitegen.templates.views import Attributes, AuthorView, DocumentView, SeriesView, SiteView
from sitegen.templates.views.pictures import shared
from sitegen.urls import absolute_url

LONGEST_HEADLINE = 110  # signs, as Google asks
_TYPES = {
    "home": "Blog",
    "post": "BlogPosting",
    "page": "WebPage",
    "call": "WebPage",
    "author": "ProfilePage",
    "series": "CreativeWorkSeries",
}


def structured_data(site: SiteView, page: Any) -> dict[str, Any] | None:
    """The JSON-LD of a page (schema.org), or None where the site has no `url`: its addresses would have no host."""
    if not site.url:
        return None
    about = _about(site, page)
    crumbs = list(_crumbs(site, page))
    graph = [about, _breadcrumbs(site, crumbs)] if len(crumbs) > 1 else [about]
    return {"@context": "https://schema.org", "@graph": graph}


def picture(site: SiteView, page: Any) -> dict[str, Any] | None:
    """The picture of a page: its front matter's `image`, else its card, or else the site's.

    A text, or a mapping with `path`. The result has `url` (whole), and `width`, `height`, `alt` and `type` where
    they are given. Where no size is, a picture of the site has its own, or is a smaller one that was made of it.
    """
    given = _get(page, "image") or _card(page) or site.image
    found = given if isinstance(given, Mapping) else {"path": given}
    path = found.get("path") or found.get("src") or found.get("url")
    if not isinstance(path, str) or not path:
        return None
    more = {key: found[key] for key in ("width", "height", "alt", "type") if found.get(key)}
    if not {"width", "height"} & more.keys():
        path, sizes = shared(site._lens, path)
        more = {**sizes, **more}
    return {"url": _whole(site, path), **more}


def _card(page: Any) -> Mapping[str, Any] | None:
    """The card of a post or a page; other pages have none."""
    return page.card if isinstance(page, DocumentView) else None


def _about(site: SiteView, page: Any) -> dict[str, Any]:
    url = _whole(site, page.url)
    found = {
        "@type": _TYPES.get(page.kind, "CollectionPage"),
        "@id": f"{url}#{page.kind.replace(' ', '-')}",
        "url": url,
        "name": page.title or site.title,
        "description": page.description or site.description,
        "inLanguage": _get(page, "lang") or site.lang,
        **(_post(site, page) if page.kind == "post" else {}),
    }
    if page.kind in ("home", "post"):
        found["publisher"] = _publisher(site)
    if page.kind == "home":
        found["author"] = _people(site, page)
    else:
        found["isPartOf"] = {"@type": "Blog", "@id": _whole(site, site.home) + "#home", "name": site.title}
    if page.kind == "post" and page.series:
        found["isPartOf"] = [found["isPartOf"], _series(site, page.series)]
        found["position"] = page.series.part
    if page.kind == "author":
        found["mainEntity"] = _filled({**_person(site, page.authors[0]), "description": page.description})
    return _filled(found)


def _series(site: SiteView, series: SeriesView) -> dict[str, Any]:
    url = _whole(site, series.url)
    page = {"@id": f"{url}#series", "url": url} if series.url else {}
    return {"@type": "CreativeWorkSeries", "name": series.name, **page}


def _post(site: SiteView, page: Any) -> dict[str, Any]:
    image = picture(site, page)
    return {
        "headline": page.title[:LONGEST_HEADLINE],
        "datePublished": page.date.isoformat(timespec="seconds"),
        "dateModified": (page.updated or page.date).isoformat(timespec="seconds"),
        "expires": page.expires.isoformat(timespec="seconds") if page.expires else None,
        "author": _people(site, page),
        "mainEntityOfPage": {"@type": "WebPage", "@id": _whole(site, page.url)},
        "image": _image(image) if image else None,
        "articleSection": list(page.categories),
        "keywords": list(page.tags),
        "wordCount": page.words,
    }


def _image(image: Mapping[str, Any]) -> dict[str, Any]:
    """A picture in schema.org's words, where a width is a distance and has its unit."""
    sizes = {key: f"{image[key]} px" for key in ("width", "height") if key in image}
    caption = {"caption": image["alt"]} if "alt" in image else {}
    return {"@type": "ImageObject", "url": image["url"], **sizes, **caption}


def _people(site: SiteView, page: Any) -> list[dict[str, Any]]:
    """The authors; the site itself, where there are none."""
    return [_person(site, author) for author in page.authors] or [_publisher(site)]


def _person(site: SiteView, author: AuthorView) -> dict[str, Any]:
    """An author as search engines know people; the addresses that the settings give are the site's author's."""
    is_owner = site.author in {author.key, author.name} - {""}
    elsewhere = author.elsewhere or (site.social if is_owner else ())
    return _filled(
        {
            "@type": "Person",
            "name": author.name,
            "url": _whole(site, author.url or author.website) if author.url or author.website else "",
            "image": _whole(site, author.picture) if author.picture else "",
            "sameAs": [_whole(site, address) for address in elsewhere if not address.startswith("mailto:")],
        }
    )


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _publisher(site: SiteView) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": "Organization", "name": site.title or site.author, "url": _whole(site, site.home)}
    if site.logo:
        found["logo"] = {"@type": "ImageObject", "url": _whole(site, site.logo)}
    return found


def _crumbs(site: SiteView, page: Any) -> Iterator[tuple[str, str]]:
    """The way from the first page to this one: name and address of each."""
    yield site.title or site.words(_get(page, "lang") or "").text("site.home"), site.home
    above = _get(page, "overview")
    if isinstance(above, Attributes):  # front matter may have such a key, too
        yield above.title, above.url
    if page.kind == "month" and page.year.url:
        yield page.year.title, page.year.url
    if page.url != site.home:
        yield page.title or page.url, page.url


def _breadcrumbs(site: SiteView, crumbs: list[tuple[str, str]]) -> dict[str, Any]:
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": _whole(site, url)}
        for place, (name, url) in enumerate(crumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _whole(site: SiteView, url: str) -> str:
    return absolute_url(url, site.url, site.baseurl)


def _get(page: Any, name: str) -> Any:
    try:
        return page[name]
    except KeyError:
        return None


PAGE_FILTERS: Mapping[str, Callable[[SiteView, Any], Any]] = {
    "structured_data": structured_data,
    "picture": picture,
    "alternates": alternates,
    "languages": languages,
}
