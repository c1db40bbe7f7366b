"""Pictures: there, with words, and not too heavy."""

from __future__ import annotations

from pathlib import Path

from sitegen.check.pictures import HEAVY
from tests.check.world import POST, findings, hints, post, told, written


def site(tmp_path: Path, body: str) -> Path:
    return written(tmp_path, {POST: post(body), "static/images/cat.png": "x"})


WELL = (
    "![A cat](/images/cat.png)",
    "![A cat](../../../../images/cat.png)",
    '<img src="/images/cat.png" alt="">',
    '<img srcset="/images/cat.png 1x, /images/cat.png 2x" src="/images/cat.png" alt="A cat">',
    "![A cat](data:image/png;base64,AAAA)",
    "![A cat](https://pictures.example.org/cat.png)",
    '```html\n<img src="/gone.png">\n```',
)
GONE = (
    "![A cat](/images/a.png)",
    '<picture><source srcset="/images/b.png 2x"><img src="/images/cat.png" alt="A cat"></picture>',
    '<video src="https://films.example.org/x.mp4" poster="/images/c.png"></video>',
    '<svg><image href="/images/d.png"/></svg>',
)


def test_what_is_well(tmp_path: Path) -> None:
    assert told(site(tmp_path, "\n\n".join(WELL)), "pictures", "alt", "weight", "mixed") == []


def test_pictures_that_are_not_there(tmp_path: Path) -> None:
    assert told(site(tmp_path, "\n\n".join(GONE)), "pictures") == [
        f"error pictures {POST}:{line}: the picture /images/{name}.png is not there"
        for line, name in zip((4, 6, 8, 10), "abcd", strict=True)
    ]


def test_the_hint_knows_the_file_elsewhere(tmp_path: Path) -> None:
    assert hints(site(tmp_path, "![A cat](/img/cat.png)"), "pictures") == ["is it /images/cat.png?"]


def test_a_picture_of_the_front_matter(tmp_path: Path) -> None:
    layout = (
        '<!doctype html><html lang="en"><title>x</title>'
        '<meta property="og:image" content="{{ page.image | absolute_url }}">{{ content }}'
    )
    files = {
        POST: post("x", image="/gone.png"),
        "_layouts/post.html": layout,
        "sitegen.toml": 'url = "https://a.example"',
    }
    (only,) = findings(written(tmp_path, files), ["pictures"])
    assert only.problem.where == f"{POST}:3"


def test_no_alt_and_an_empty_one_are_two_things(tmp_path: Path) -> None:
    body = '<img src="/images/cat.png">\n\n<img src="/images/cat.png?2" alt="">'
    assert told(site(tmp_path, body), "alt") == [f"warning alt {POST}:4: the picture /images/cat.png has no `alt`"]


def test_markdown_without_words_is_one_note(tmp_path: Path) -> None:
    body = "![](/images/cat.png)\n\n![A cat](/images/cat.png)\n\n![ ](/images/cat.png) and `![](x)`"
    message = "a picture without a word of what it shows, and 1 more below"
    assert told(site(tmp_path, body), "alt") == [f"note alt {POST}:4: {message}"]


def test_words_that_are_the_files_name(tmp_path: Path) -> None:
    found = told(site(tmp_path, "![cat.png](/images/cat.png)"), "alt")
    assert found == [f'note alt {POST}:4: the words for a picture are its file\'s name: "cat.png"']


def test_a_heavy_picture(tmp_path: Path) -> None:
    folder = written(site(tmp_path, "![A cat](/big.jpg)"), {"static/big.jpg": b"x" * (HEAVY + 1)})
    assert told(folder, "weight") == [f"note weight {POST}:4: the picture /big.jpg has 1.5 MB"]


def test_what_an_https_page_fetches_by_http(tmp_path: Path) -> None:
    body = "![A cat](http://pictures.example.org/cat.png) and [a link](http://example.org/)"
    folder = site(tmp_path, body)
    message = "fetched without protection: http://pictures.example.org/cat.png"
    assert told(folder, "mixed") == [f"warning mixed {POST}:4: {message}"]
    written(folder, {"sitegen.toml": 'url = "http://old.example"\n'})
    assert told(folder, "mixed") == []


SHORTCODES = (
    '::figure{src=/images/a.png alt="A cat"}',
    '::figure{\n  src=/images/cat.png\n  alt="A cat"\n  caption="See [it](/gone/)"\n}',
    ":::gallery\n![A cat](/images/cat.png)\n![A cat](/images/b.png)\n:::",
    "::video{src=/images/c.mp4 title=C poster=/images/d.png}",
)


def test_what_shortcodes_are_given(tmp_path: Path) -> None:
    assert told(site(tmp_path, "\n\n".join(SHORTCODES)), "pictures", "links") == [
        f"error pictures {POST}:4: the picture /images/a.png is not there",
        f"error links {POST}:9: the link to /gone/ leads nowhere",
        f"error pictures {POST}:14: the picture /images/b.png is not there",
        f"error links {POST}:17: the film or sound /images/c.mp4 is not there",
        f"error links {POST}:17: the link to /images/c.mp4 leads nowhere",
        f"error pictures {POST}:17: the picture /images/d.png is not there",
    ]


def test_a_picture_of_a_shortcode_and_of_a_layout(tmp_path: Path) -> None:
    """What a layout shows as well does not hide the post's line."""
    layout = {"_layouts/post.html": '<img src="/images/a.png" alt="A">{{ content }}'}
    found = told(written(site(tmp_path, SHORTCODES[0]), layout), "pictures")
    assert [line.split(":")[0] for line in found] == ["error pictures _layouts/post.html", f"error pictures {POST}"]
