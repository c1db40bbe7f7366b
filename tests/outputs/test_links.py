"""Every link of every page leads to a file that is there, below any base."""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from tests.outputs.sites import Built, build_site, post

POST = post("[before](/2024/01/01/p1/) ![x](/x%20y.png)", tags="[C++, ünï]", categories="[Big News]")
FILES = {
    **{f"_posts/2024-01-{day:02}-p{day}.md": POST for day in range(1, 8)},
    "_posts/2024-02-01-call.md": post("Come to [us](/join/).", form="{capacity: 2, intro: 'See [about](/about/).'}"),
    "_posts/2024-02-02-other.md": post(form="{closes: 2025-01-01}"),
    "_posts/2024-02-03-third.md": post(form="true", permalink="/flat.html"),
    "_posts/2024-02-04-hosted.md": post(form="{endpoint: https://formspree.io/f/abc}", title="Größe & more", lang="de"),
    "about.md": post("[Home](/) and <a href='/archive/'>all</a>", title="About"),
    "static/x y.png": "png",
}  # fmt: skip
ADDRESSES = ("href", "src", "action", "poster", "formaction", "data-src")


class Links(HTMLParser):
    """The addresses of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ADDRESSES]


def links(site: Built) -> Iterator[tuple[str, str]]:
    for page in sorted(site.files):
        parser = Links()
        if page.endswith(".html"):
            parser.feed(site[page])
        yield from ((page, link) for link in parser.found)


def leads_to(link: str, page: str, baseurl: str, site: Built) -> bool:
    parts = urlsplit(urljoin(f"https://example.org{baseurl}/{page}", link))
    if parts.netloc != "example.org":
        return parts.scheme == "https"
    path = unquote(parts.path)
    if not path.startswith(f"{baseurl}/"):
        return False
    file = path.removeprefix(f"{baseurl}/")
    if file.startswith("f/"):
        return True  # the receiver
    return (file + "index.html" if file.endswith("/") or not file else file) in site


@pytest.mark.parametrize("baseurl", ["", "/blog", "/a/b"])
@pytest.mark.parametrize("url", ["", "https://example.org"])
def test_no_link_is_dead(tmp_path, baseurl, url):
    settings = f'title = "T"\nurl = "{url}"\nbaseurl = "{baseurl}"\npaginate = 3\n'
    site = build_site(tmp_path, {**FILES, "sitegen.toml": settings})
    found = list(links(site))
    assert [(page, link) for page, link in found if not leads_to(link, page, baseurl, site)] == []
    assert len(found) > 300
    assert f"{baseurl}/f/call" in [link for _, link in found]


def test_every_page_is_linked_from_somewhere_and_on_the_sitemap(tmp_path):
    settings = 'title = "T"\nurl = "https://example.org"\nbaseurl = "/blog"\npaginate = 3\n'
    site = build_site(tmp_path, {**FILES, "sitegen.toml": settings})
    linked = {unquote(link).removeprefix("https://example.org").removeprefix("/blog/") for _, link in links(site)}
    pages = {path.removesuffix("index.html") for path in site.files if path.endswith(".html")}
    hidden = {page for page in pages if page.endswith(("thanks/", "waitlist/"))} | {"404.html"}
    assert pages - linked - hidden <= {"categories/", "tags/"} - linked
    located = {
        element.text or ""
        for element in ElementTree.fromstring(site["sitemap.xml"]).iter()
        if element.tag.endswith("loc")
    }
    assert {unquote(url).removeprefix("https://example.org/blog/") for url in located} == pages - hidden
