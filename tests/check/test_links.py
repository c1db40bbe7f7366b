"""Links: which lead nowhere, where that is told, and what was meant."""

from __future__ import annotations

from pathlib import Path

from sitegen.cli import main
from tests.check.world import POST, findings, hints, post, told, written

OTHER = {
    "_posts/2019-01-02-other.md": post("## A part\n\nText.", "Another"),
    "static/x.pdf": "x",
    "_pages/about.md": "Hi",
}


def linked(tmp_path: Path, *addresses: str, **files: str) -> Path:
    """A site whose post links to the addresses, one on each line from the fourth."""
    body = "\n".join(f"[words]({address})" for address in addresses)
    return written(tmp_path, {**OTHER, POST: post(body), **files})


WELL = (
    "/2019/01/02/other/",
    "/2019/01/02/other",
    "/2019/01/02/other/index.html",
    "/2019/01/02/other/?a=b#a-part",
    "../../../../2019/01/02/other/",
    "/",
    "/about/",
    "/x.pdf",
    "/x%2Epdf",
    "/feed.xml",
    "/archive/",
    "#top",
    "#",
    "mailto:ada@example.org",
    "tel:+123",
    "https://elsewhere.example.org/x",
    "//elsewhere.example.org/x",
)
BROKEN = {
    "/2020/01/02/other/": "is it /2019/01/02/other/?",
    "/About/": "capitals count: write /about/",
    "/about.html": "write /about/",
    "/x.pdf/": "write /x.pdf",
    "/abuot/": "is it /about/?",
    "/2019/01/02/": "there is a folder /2019/01/02/, but no index.html in it",
    "other/": "from /2026/05/06/a/ that is /2026/05/06/a/other/; is it /2019/01/02/other/?",
    "www.example.org": "an address elsewhere begins with its scheme: https://www.example.org",
    "ada@example.org": "an e-mail address begins with mailto: mailto:ada@example.org",
    "/nothing/like/it/at/all.txt": "",
}


def test_what_leads_somewhere(tmp_path: Path) -> None:
    assert told(linked(tmp_path, *WELL), "links", "anchors") == []


def test_what_leads_nowhere(tmp_path: Path) -> None:
    site = linked(tmp_path, *BROKEN)
    assert told(site, "links") == [
        f"error links {POST}:{line}: the link to {address} leads nowhere" for line, address in enumerate(BROKEN, 4)
    ]
    assert hints(site, "links") == list(BROKEN.values())


def test_words_and_address_that_have_changed_places(tmp_path: Path) -> None:
    written(tmp_path, {POST: post("[https://example.org/a](<A fine page>)")})
    assert hints(tmp_path, "links") == ["the words and the address have changed places: [words](address)"]


def test_every_line_is_told_and_code_is_not(tmp_path: Path) -> None:
    body = "[a](/no/)\n\n```text\n[b](/no/)\n```\n\n[c](/no/) and [d](/no/x)"
    found = told(written(tmp_path, {POST: post(body)}), "links")
    assert [line.partition(": ")[0].rpartition(":")[2] for line in found] == ["4", "10", "10"]


def test_the_line_of_a_definition_and_of_html(tmp_path: Path) -> None:
    body = 'See [this][1].\n\n<p><a href="/caf%C3%A9/">x</a></p>\n\n[1]: /gone/ "A title"'
    found = told(written(tmp_path, {POST: post(body)}), "links")
    assert [line.split(" the")[0] for line in found] == [f"error links {POST}:6:", f"error links {POST}:8:"]


def test_a_link_of_a_layout_is_told_there_once(tmp_path: Path) -> None:
    footer = '<footer>\n<a href="{{ "/imprint/" | relative_url }}">Imprint</a>\n</footer>\n'
    site = written(tmp_path, {**OTHER, POST: post("x"), "_includes/footer.html": footer})
    assert told(site, "links") == ["error links _includes/footer.html:2: the link to /imprint/ leads nowhere"]


def test_the_same_link_in_a_post_and_in_a_layout(tmp_path: Path) -> None:
    footer = '<footer><a href="/no/">No</a></footer>\n'
    site = written(tmp_path, {POST: post("[x](/no/)"), "_includes/footer.html": footer})
    assert [one.problem.where for one in findings(site, ["links"])] == ["_includes/footer.html:1", f"{POST}:4"]


def test_a_link_of_the_menu_is_told_in_the_configuration(tmp_path: Path) -> None:
    config = 'title = "x"\nmenu = [{title = "Gone", url = "/gone/"}]\n'
    site = written(tmp_path, {POST: post("x"), "sitegen.toml": config})
    assert told(site) == ['error build sitegen.toml:2: `menu`: "Gone" leads to /gone/, which is not in the site']


def test_a_link_that_a_layout_computes_is_told_of_the_page(tmp_path: Path) -> None:
    layout = '<!doctype html><html lang="en"><title>x</title><a href="/{{ page.slug }}/no/">x</a>{{ content }}'
    site = written(tmp_path, {POST: post("x"), "_layouts/post.html": layout})
    assert told(site, "links") == [f"error links {POST}: the link to /a/no/ leads nowhere"]


def test_below_a_base(tmp_path: Path) -> None:
    footer = '<footer><a href="/about/">About</a> <a href="/blog/about/">About</a> <a href="/else/">x</a></footer>'
    files = {
        **OTHER,
        POST: post("[a](/about/) [b](/blog/about/) [c](/nowhere/)"),
        "_includes/footer.html": footer,
        "sitegen.toml": 'url = "https://ada.example"\nbaseurl = "/blog"\n',
    }
    site = written(tmp_path, files)
    assert told(site, "links") == [
        "error links _includes/footer.html:1: the link to /about/ leads nowhere",
        f"error links {POST}:4: the link to /blog/nowhere/ leads nowhere",
    ]
    assert hints(site, "links")[0] == "the site lives below /blog: write /blog/about/"


def test_links_with_the_sites_own_host(tmp_path: Path) -> None:
    body = "[a](https://ada.example/about/) [b](http://ADA.example/no/) [c](//ada.example/no/)"
    site = written(tmp_path, {**OTHER, POST: post(body), "sitegen.toml": 'url = "https://ada.example"\n'})
    assert [line.split(" links ")[0] for line in told(site, "links")] == ["warning", "warning"]


def test_what_is_left_out_is_named(tmp_path: Path) -> None:
    later = {"_posts/2027-01-02-later.md": post("x", "Later"), "_drafts/idea.md": post("x", "Idea", date="2026-01-01")}
    gone = {"_posts/2026-01-02-gone.md": post("x", "Gone", expires="2026-02-03")}
    site = linked(tmp_path, "/2026/01/02/gone/", "/2027/01/02/later/", "/2026/01/01/idea/", **later, **gone)
    assert hints(site, "links") == [
        "that is _posts/2026-01-02-gone.md, which expired on 2026-02-03",
        "that is _posts/2027-01-02-later.md, held back until 2027-01-02 00:00",
        "that is _drafts/idea.md, which is not published: draft",
    ]


def test_a_redirect_counts(tmp_path: Path) -> None:
    files = {"_posts/2026-01-01-b.md": post("x", "B", redirect_from="/old/")}
    assert told(linked(tmp_path, "/old/", **files), "links") == []


def test_files_that_pages_need(tmp_path: Path) -> None:
    head = '<script src="/a.js"></script>\n<link rel="stylesheet" href="/a.css">'
    body = f'{head}\n<video src="/a.mp4" poster="/x.pdf"></video>'
    found = told(written(tmp_path, {**OTHER, POST: post(body)}), "links")
    assert [line.partition(": ")[2] for line in found] == [
        "the script /a.js is not there",
        "the style sheet /a.css is not there",
        "the film or sound /a.mp4 is not there",
    ]


def test_pages_that_are_copied_have_their_own_lines(tmp_path: Path) -> None:
    page = '<!doctype html>\n<html lang="en"><title>x</title>\n<a href="/no/">x</a>\n<a href="x.html">me</a>'
    site = written(tmp_path, {POST: post("x"), "static/old/x.html": page})
    (only,) = findings(site, ["links"])
    assert (only.problem.where, only.problem.excerpt) == ("static/old/x.html:3", '<a href="/no/">x</a>')


def test_foreign_files_of_the_output_count_and_stale_pages_do_not(tmp_path: Path) -> None:
    site = linked(tmp_path, "/old/", "/foreign.txt", **{"_pages/old.md": "Old"})
    assert main(["build", "-s", str(site)]) == 0
    (site / "output/foreign.txt").write_text("x")
    (site / "_pages/old.md").unlink()
    assert told(site, "links") == [f"error links {POST}:4: the link to /old/ leads nowhere"]


def test_a_link_without_an_address(tmp_path: Path) -> None:
    site = written(tmp_path, {POST: post("Some [words]().")})
    assert told(site, "links") == [f'warning links {POST}:4: the link "words" has no address']


def test_an_address_that_is_none(tmp_path: Path) -> None:
    site = written(tmp_path, {POST: post("[a](http://[) and [b](http:///x)")})
    assert {line.partition(" leads")[2] for line in told(site, "links")} == {" nowhere"}


def test_the_lines_are_right_after_liquid(tmp_path: Path) -> None:
    body = "{% assign a = 1 %}\n{% include note.html %}\n\n[x]({{ site.baseurl }}/gone/)"
    files = {"_config.yml": "title: x\n", "_includes/note.html": "One\n\ntwo.\n", POST: post(body)}
    (only,) = findings(written(tmp_path, files), ["links"])
    assert only.problem.where == f"{POST}:7"
