"""What shortcodes become: the packaged ones, a site's own, and what is told of those that are wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from sitegen.config import Config
from sitegen.errors import SiteError
from sitegen.markup.bodies import Bodies
from sitegen.model.site import Site
from sitegen.templates import Renderer
from sitegen.templates.players import player
from sitegen.templates.shortcodes import names
from sitegen.templates.views import Refused
from tests.outputs.sites import Built, build_site, post
from tests.pictures.files import png

POST = "_posts/2026-05-06-x.md"
PAGE = "2026/05/06/x/index.html"
BESIDE = {"_posts/a.png": png(3, 2), "_posts/b.png": png(3, 2)}
SHOWN = 'width="3" height="2"'
FIRST, LATER = 'fetchpriority="high"', 'decoding="async" loading="lazy"'
TAKEN = {
    "figure": {"src", "alt", "caption", "link", "width", "height"},
    "gallery": {"inner", "caption"},
    "video": {"src", "title", "poster", "captions", "caption", "width", "height"},
    "audio": {"src", "title", "caption"},
    "embed": {"url", "title", "caption"},
    "form": {"call"},
}


def body_of(html: str) -> str:
    """What is in the element of the body, without line ends between tags."""
    found = re.search(
        r'<div class="e-content">(.*?)</div>\s*(?:<footer|<section class="invitation"|</article>)', html, re.S
    )
    assert found
    return re.sub(r">\s*\n\s*", ">", re.sub(r"\s*\n\s*<", "<", found[1])).strip()


def built(folder: Path, body: str, files: Mapping[str, str | bytes] | None = None, settings: str = "") -> Built:
    return build_site(folder, {POST: post(body, title="X"), "sitegen.toml": settings, **(files or {})})


def shown(folder: Path, body: str, files: Mapping[str, str | bytes] | None = None, settings: str = "") -> str:
    return body_of(built(folder, body, files, settings)[PAGE])


def told(folder: Path, body: str, files: Mapping[str, str | bytes] | None = None) -> list[str]:
    with pytest.raises(SiteError) as caught:
        built(folder, body, files)
    return [f"{problem.where}: {problem.message} ({problem.hint})" for problem in caught.value.problems]


def own(**templates: str) -> dict[str, str]:
    return {f"_includes/shortcodes/{name}.html": text for name, text in templates.items()}


# The packaged ones


def test_what_the_packaged_ones_take(tmp_path: Path) -> None:
    site = Site(Config(tmp_path, tmp_path))
    shortcodes = Renderer(site, Bodies(site.config)).shortcodes
    assert {name: set(shortcodes.taken(name)) for name in names(site)} == TAKEN


def test_a_figure(tmp_path: Path) -> None:
    found = shown(
        tmp_path, '::figure{src=/a.jpg alt="A < B" caption="*C*" width=3 height=2}', settings="baseurl = '/b'"
    )
    picture = f'<img src="/b/a.jpg" alt="A &lt; B" {SHOWN} {FIRST}>'
    assert found == f"<figure>{picture}<figcaption><p><em>C</em></p></figcaption></figure>"


@pytest.mark.parametrize("alt", ['alt=""', "alt"])
def test_a_figure_that_only_decorates(tmp_path: Path, alt: str) -> None:
    found = shown(tmp_path, f"::figure{{src=a.png {alt}}}", BESIDE)
    assert found == f'<figure><img src="/2026/05/06/x/a.png" alt="" {SHOWN} {FIRST}></figure>'


def test_a_figure_that_is_a_link(tmp_path: Path) -> None:
    found = shown(tmp_path, "::figure{src=a.png alt=A link=/b/}", BESIDE)
    picture = f'<img src="/2026/05/06/x/a.png" alt="A" {SHOWN} {FIRST}>'
    assert found == f'<figure><a href="/b/">{picture}</a></figure>'
    assert "words in `alt`" in told(tmp_path, "::figure{src=a.png alt link=/b/}")[0]


def test_a_gallery(tmp_path: Path) -> None:
    found = shown(tmp_path, ":::gallery{caption=C}\n![A](a.png)\n[![B](b.png)](c.png)\n:::", BESIDE)
    at = "/2026/05/06/x"
    first = f'<img src="{at}/a.png" alt="A" {SHOWN} {FIRST}>'
    later = f'<a href="c.png"><img src="{at}/b.png" alt="B" {SHOWN} {LATER}></a>'
    caption = "<figcaption><p>C</p></figcaption>"
    assert found == f'<figure class="gallery"><div><p>{first}{later}</p></div>{caption}</figure>'


def test_film_and_sound(tmp_path: Path) -> None:
    film = shown(tmp_path, "::video{src=/a.mp4 title=A poster=/a.jpg captions=/a.vtt}")
    assert re.findall(r'(?:src|poster|href|preload|srclang|aria-label)="([^"]*)"', film) == [
        "/a.mp4", "none", "A", "/a.jpg", "/a.vtt", "en", "/a.mp4",
    ]  # fmt: skip
    sound = shown(tmp_path, "::audio{src=/a.mp3 title=A}")
    assert sound == (
        '<figure class="embed"><audio src="/a.mp3" controls preload="none" aria-label="A">'
        '<a href="/a.mp3">A</a></audio>'
        "<figcaption>A</figcaption></figure>"
    )


def test_an_embed_is_a_link(tmp_path: Path) -> None:
    site = built(tmp_path, '::embed{url="https://youtu.be/abcdefghijk" title="A film"}')
    player = 'data-player="https://www.youtube-nocookie.com/embed/'
    assert f'<a class="film" href="https://youtu.be/abcdefghijk" {player}' in site[PAGE]
    assert "<iframe" not in site[PAGE]
    assert re.search(r'src="/assets/embed\.[0-9a-f]{8}\.js"', site[PAGE])
    assert "embed.js" not in site["index.html"]
    assert "assets/embed.js" in site


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://www.youtube.com/watch?v=abcdefghijk&t=1m", "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1"),
        ("https://youtu.be/abcdefghijk?t=90", "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1&start=90"),
        ("https://m.youtube.com/shorts/abc-_fghijk", "https://www.youtube-nocookie.com/embed/abc-_fghijk?autoplay=1"),
        ("https://www.youtube.com/@somebody", "https://www.youtube.com/@somebody"),
        ("https://www.youtube.com/watch?v=a/../b", "https://www.youtube.com/watch?v=a/../b"),
        ("https://youtube.com.example.org/watch?v=abcdefghijk", "https://youtube.com.example.org/watch?v=abcdefghijk"),
        ("https://vimeo.com/123456", "https://player.vimeo.com/video/123456?autoplay=1&dnt=1"),
        ("https://vimeo.com/123456/0a1b", "https://player.vimeo.com/video/123456?autoplay=1&dnt=1&h=0a1b"),
        ("https://tube.example.org/w/kkGMgK9ZtnKfYAgnEtQxbv", "https://tube.example.org/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv?autoplay=1"),
        ("https://wiki.example.org/w/index", "https://wiki.example.org/w/index"),
        ("https://example.org/map?x=1", "https://example.org/map?x=1"),
    ],
)  # fmt: skip
def test_players(url: str, address: str) -> None:
    assert player(url) == address


@pytest.mark.parametrize(
    "url", ["http://example.org/", "javascript:alert(1)", "//example.org/", "/a", "", "https://", "https://[", True]
)
def test_what_cannot_be_in_a_frame(url: str) -> None:
    with pytest.raises(Refused):
        player(url)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://[::1", "is no address"),
        ("https://x:99999999/", "is no address"),
        ('https://youtube.com/watch?v=a"b', "is no address"),
        ("https://ex ample.org", "is no address"),
        ("http://x.org/", 'https:// is wanted, not "http://x.org/"$'),
        (True, "https:// is wanted$"),
    ],
)
def test_what_is_wrong_with_an_address_is_said(url: object, words: str) -> None:
    with pytest.raises(Refused, match=words):
        player(url)


@pytest.mark.parametrize(
    "body",
    [
        '::figure{src="javascript:alert(1)" alt=x}',
        '::figure{src=x.jpg alt=x link=" java\nscript:alert(1)"}',
        '::figure{src=x.jpg alt=x link="JavaScript&#58;alert(1)"}',
        '::video{src="vbscript:x" title=x}',
        '::audio{src="data:text/html,x" title=x}',
        '::embed{url="javascript:alert(1)" title=x}',
    ],
)
def test_no_address_runs_a_script(tmp_path: Path, body: str) -> None:
    assert told(tmp_path, body)[0].startswith(f"{POST}:4: the shortcode")


def test_attributes_are_text(tmp_path: Path) -> None:
    body = "::figure{src=\"a.png?x={{ site.title }}\" alt='\"><script>' caption='<b>c</b> {{ 7 * 7 }}'}"
    found = shown(tmp_path, body, BESIDE)
    assert 'src="/2026/05/06/x/a.png?x={{ site.title }}" alt="&quot;&gt;&lt;script&gt;"' in found
    assert "<b>c</b> {{ 7 * 7 }}" in found  # a caption is Markdown, in which braces are text


# Forms


def test_a_form_stands_where_it_is_asked_for(tmp_path: Path) -> None:
    site = build_site(tmp_path, {POST: post("A\n\n::form\n\nB", form="true")})
    text = body_of(site[PAGE])
    assert text.index("<p>A</p>") < text.index('<form class="interest"') < text.index("<p>B</p>")
    assert site[PAGE].count("<form") == site[PAGE].count('id="join"') == 1
    assert site["join/x/index.html"].count("<form") == 1
    assert "assets/join." in site[PAGE]


def test_a_call_without_the_shortcode_is_as_ever(tmp_path: Path) -> None:
    site = build_site(tmp_path, {POST: post("A", form="true")})
    assert site[PAGE].index("<p>A</p>") < site[PAGE].index('<section class="invitation" id="join"')
    assert site[PAGE].count("<form") == 1


def test_the_form_of_another_call(tmp_path: Path) -> None:
    other = {"_posts/2026-05-05-other.md": post("O", form="true", title="Other")}
    site = build_site(tmp_path, {POST: post('::form{call="other"}', form="true"), **other})
    assert site[PAGE].count("<form") == 2
    assert [site[PAGE].count(f'id="{name}"') for name in ("join", "join-other", "f-other-email", "f-x-email")] == [
        1
    ] * 4
    assert "Join in: Other" in site[PAGE]
    page = build_site(tmp_path, {POST: "", "about.md": post("::form{call=other}", title="About"), **other})
    assert page["about/index.html"].count("<form") == 1
    assert "assets/join." in page["about/index.html"]


def test_a_form_without_a_call_is_told(tmp_path: Path) -> None:
    assert "there is no call here" in told(tmp_path, "::form")[0]
    assert 'there is no call "y"' in told(tmp_path, "::form{call=y}")[0]


# Feeds


def test_in_feeds(tmp_path: Path) -> None:
    body = "::figure{src=/a.jpg alt=A}\n\n::embed{url=https://example.com/ title=E}\n\n::form\n\nText."
    site = build_site(
        tmp_path,
        {POST: post(body, title="X", form="true"), "sitegen.toml": 'url = "https://example.org"\nbaseurl = "/b"'},
    )
    for feed in ("feed.xml", "rss.xml", "feed.json"):
        text = site[feed].replace("&lt;", "<").replace("&gt;", ">").replace('\\"', '"')
        assert '<img src="https://example.org/b/a.jpg" alt="A"' in text
        assert '<p><a href="https://example.com/">E</a></p>' in text
        assert text.count('<a href="https://example.org/b/join/x/">Join: X</a>') == 1
        assert not re.search("<form|<section|<script|data-player|<h2", text)


def test_a_call_without_a_name_is_the_posts_own(tmp_path: Path) -> None:
    site = build_site(tmp_path, {POST: post('::form{call=""}', form="true")})
    assert site[PAGE].count("<form ") == 1


def test_a_feed_of_excerpts_invites_at_the_end(tmp_path: Path) -> None:
    settings = 'url = "https://example.org"\nfeed.content = "excerpt"'
    site = build_site(tmp_path, {POST: post("::form\n\nText.", title="X", form="true"), "sitegen.toml": settings})
    assert "&lt;p&gt;Text.&lt;/p&gt;&lt;p&gt;&lt;a href" in site["feed.xml"]


# A site's own


def test_one_of_ones_own(tmp_path: Path) -> None:
    files = own(
        note='<aside class="{{ kind | default("note") }}">{{ inner }}</aside>', name="{{ page.title }}{{ x or '' }}"
    )
    assert shown(tmp_path, ":::note\nA *b*\n\n::name\n:::", files) == (
        '<aside class="note"><p>A <em>b</em></p>X</aside>'
    )


def test_ones_own_goes_before_the_packaged_one(tmp_path: Path) -> None:
    assert shown(tmp_path, "::figure{src=a}", own(figure="<p>{{ src }}</p>")) == "<p>a</p>"


def test_a_template_may_refuse(tmp_path: Path) -> None:
    files = own(stars="{% if n not in ['1', '2'] %}{{ refuse('one or two stars, not ' ~ n) }}{% endif %}")
    assert told(tmp_path, "A\n\n::stars{n=3}", files) == [
        f'{POST}:6: the shortcode "stars": one or two stars, not 3 ()'
    ]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            "::figur{src=a}",
            'there is no shortcode "figur" (did you mean "figure"? _includes/shortcodes/figur.html would',
        ),
        ("::figure{src=a}", 'the shortcode "figure" needs `alt` (it takes alt, caption, height, link, src, width)'),
        ("::figure{src=a alt=b capton=c}", 'the shortcode "figure" takes no `capton` (did you mean "caption"?)'),
        ("::figure{src=a alt=b page=c}", 'the shortcode "figure" takes no `page`'),
        ("::gallery{inner=c}", 'the shortcode "gallery" takes no `inner`'),
        ("::gallery", 'the shortcode "gallery" needs text (write it between :::gallery and a line :::)'),
        (":::figure{src=a alt=b}\n:::", 'the shortcode "figure" takes no text (write it as ::figure, without'),
        (
            "::open",
            'what the shortcode "open" makes would break the page: <div> is not closed (look into its template, ',
        ),
        (":::box\n</b></div>\n\nA\n:::", "what the shortcode"),
        ("::again", 'the shortcode "again": it shows the text that it stands in'),
        ("::figure{src=a", "`::figure` has attributes that no } closes"),
    ],
)
def test_what_is_wrong_is_told_at_the_posts_line(tmp_path: Path, body: str, words: str) -> None:
    files = own(open="<div>{{ page.title }}", box="<div>{{ inner }}", again="{{ page.content }}")
    (first, *more) = told(tmp_path, f"A\n\n{body}\n\nB", files)
    assert first.startswith(f"{POST}:6: {words}")
    assert more == []


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    assert [line.split(" ")[0] for line in told(tmp_path, "::a\n\n::b\n\n:::gallery\n::c\n:::")] == [
        f"{POST}:4:", f"{POST}:6:", f"{POST}:9:",
    ]  # fmt: skip


def test_what_one_breaks_is_not_told_of_the_one_around_it(tmp_path: Path) -> None:
    (found,) = told(tmp_path, ":::gallery\n::open\n:::", own(open="<div>"))
    assert found.startswith(f'{POST}:5: what the shortcode "open" makes would break the page')


def test_what_is_wrong_with_a_template_is_told_at_its_line_and_the_posts(tmp_path: Path) -> None:
    files = own(a="\n{{ page.titel }}", b="{{ x.y.z() }}", c="{% if %}")
    found = told(tmp_path, "::a\n\n::b{x=1}", files)
    assert found[0].startswith('_includes/shortcodes/a.html:2: there is no "titel" in a post (did you mean "title"?')
    assert found[0].endswith(f"in the shortcode at {POST}:4)")
    assert found[1].startswith("_includes/shortcodes/b.html:1:")
    assert found[1].endswith(f"in the shortcode at {POST}:6)")
    assert found[2].startswith("_includes/shortcodes/c.html:1:")


def test_two_posts_that_show_each_other(tmp_path: Path) -> None:
    files = own(other="{% for p in site.posts if p.path != page.path %}{{ p.content }}{% endfor %}")
    other = {"_posts/2026-05-05-y.md": post("::other")}
    assert "it shows the text that it stands in" in told(tmp_path, "::other", {**files, **other})[0]


@pytest.mark.parametrize(
    "template",
    [
        '{% include "shortcodes/x.html" %}',
        "{% for a in range(9000) %}{% for b in range(9000) %}{% endfor %}{% endfor %}",
    ],
)
def test_what_does_not_end_is_told(tmp_path: Path, template: str) -> None:
    (found,) = told(tmp_path, "::x\n\n::x\n\n::x", own(x=template))
    assert found.startswith("_includes/shortcodes/x.html:1: the layout")


def test_what_is_far_too_much_is_told_at_the_shortcode(tmp_path: Path) -> None:
    files = own(much="{% for a in range(600) %}{{ 'x' * 1000 }}{% endfor %}", twice="{{ inner }}{{ inner }}")
    message = "the shortcodes make more than 2 MB (show less, or on several pages)"
    assert told(tmp_path, "::much\n\n" * 9, files) == [f'{POST}:10: with "much" {message}']
    assert told(tmp_path, ":::twice\n" * 29 + "words\n" + ":::\n" * 29, files) == [f'{POST}:17: with "twice" {message}']


@pytest.mark.parametrize("page", [POST, "_pages/about.md"])
def test_a_form_stands_once(tmp_path: Path, page: str) -> None:
    body = "::form{call=x}\n\n::form{call=y}\n\n:::gallery\n::form{call=x}\n:::\n"
    files = {"_posts/2026-05-05-y.md": post(form=True), POST: post(form=True, title="X"), page: post(body, form="true")}
    if page != POST:
        files[page] = f"---\ntitle: About\n---\n{body}"
    with pytest.raises(SiteError) as error:
        build_site(tmp_path, files)
    assert [(one.path, one.message) for one in error.value.problems if one.severity == "error"] == [
        (page, 'the form "x" stands here twice: the first is in line 4')
    ]


def test_a_form_of_the_sites_own_stands_as_often_as_it_likes(tmp_path: Path) -> None:
    assert shown(tmp_path, "::form\n\n::form", own(form="<b>f</b>")) == "<b>f</b><b>f</b>"


def test_a_template_in_a_sandbox(tmp_path: Path) -> None:
    assert "is unsafe" in told(tmp_path, "::x{a=1}", own(x="{{ ''.__class__ }}{{ a.__class__ }}"))[0]


def test_addresses_that_lead_nowhere_are_told_by_the_build(tmp_path: Path) -> None:
    body = "::figure{\nsrc=/a.jpg\nalt=A\nlink=/gone/}\n\n::video{src=/c.mp4 title=C poster=/d.jpg}"
    body += "\n\n::say{src=e.jpg link=f.pdf}"
    files = {**own(say="{{ src }}{{ link }}"), "static/c.mp4": "", "static/b/a.jpg": ""}
    site = built(tmp_path, body, files, 'url = "https://example.org"\nbaseurl = "/b"')
    assert [notice for notice in site.notices if POST in notice] == [
        f"{POST}:5: the file /b/a.jpg is not there",
        f"{POST}:7: the link to /b/gone/ leads nowhere",
        f"{POST}:9: the file /b/d.jpg is not there",
    ]


def test_a_picture_that_is_not_beside_the_post_is_an_error(tmp_path: Path) -> None:
    found = told(tmp_path, "::figure{src=a.png alt=A}")[0]
    assert found == f"{POST}:4: the file a.png is not there (put it at _posts/a.png)"


# Where there are none


def test_jekylls_sites_have_none_unless_they_say_so(tmp_path: Path) -> None:
    files = {POST: post("::figure{src=a alt=b}", title="X"), "_config.yml": "permalink: pretty\n"}
    page = "2026/05/06/x/index.html"
    assert "<p>::figure{src=a alt=b}</p>" in build_site(tmp_path, files)[page]
    files["_config.yml"] += "shortcodes: true\n"
    assert '<img src="a" alt="b"' in build_site(tmp_path, files)[page]


def test_the_setting(tmp_path: Path) -> None:
    assert shown(tmp_path, "::figure{src=a}", settings="shortcodes = false") == "<p>::figure{src=a}</p>"


def test_html_pages_have_none(tmp_path: Path) -> None:
    site = build_site(tmp_path, {"_posts/2026-05-06-x.html": post("<p>\n::figure\n</p>", title="X")})
    assert "\n::figure\n" in site[PAGE]
