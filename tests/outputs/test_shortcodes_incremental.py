"""A page is written anew when a shortcode in it has changed, and only then."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.outputs.sites import build_site, post
from tests.pictures.files import png

TEMPLATE = "_includes/shortcodes/say.html"
SITE: dict[str, str | bytes] = {
    "sitegen.toml": 'url = "https://example.org"\noutputs = ["posts", "home", "atom"]\n',
    TEMPLATE: "<b>{{ words }}</b>",
    "_layouts/post.html": "{{ content }}",
    "_posts/2026-01-01-with.md": post("::say{words=Hello}\n\nText."),
    "_posts/2026-01-02-figure.md": post("::figure{src=a.png alt=A}\n\nText."),
    "_posts/a.png": png(3, 2),
    "_posts/2026-01-03-without.md": post("Text."),
}
WITH, FIGURE, FEED = "2026/01/01/with/index.html", "2026/01/02/figure/index.html", "feed.xml"


def written(tmp_path: Path, *edits: Mapping[str, str | bytes]) -> set[str]:
    """What the last edit writes, which has to be what a clean build makes."""
    site = build_site(tmp_path / "site", SITE)
    for edit in edits:
        times = {path: (site.output / path).stat().st_mtime_ns for path in site.files}
        site = build_site(tmp_path / "site", edit)
    clean = build_site(tmp_path / "clean", {path: text for files in (SITE, *edits) for path, text in files.items()})
    made, wanted = ({path: (one.output / path).read_bytes() for path in one.files} for one in (site, clean))
    assert made == wanted
    return {path for path in site.files if times.get(path) != (site.output / path).stat().st_mtime_ns}


@pytest.mark.parametrize(
    ("edit", "anew"),
    [
        ({}, set()),
        ({TEMPLATE: "<i>{{ words }}</i>"}, {WITH, FEED}),
        ({"_includes/shortcodes/figure.html": "<p>{{ src }}{{ alt }}</p>"}, {FIGURE, FEED}),
        ({"_includes/shortcodes/other.html": "x"}, set()),
        ({"_posts/2026-01-01-with.md": post("::say{words=Bye}\n\nText.")}, {WITH, FEED}),
    ],
)
def test_an_edit(tmp_path: Path, edit: dict[str, str], anew: set[str]) -> None:
    assert written(tmp_path, edit) == anew


def test_what_a_template_reads_counts(tmp_path: Path) -> None:
    """Data, an include, the title of another post."""
    template = '{% include "part.html" %}{{ words }}{{ site.data.x }}{{ site.posts[0].title }}'
    first = {TEMPLATE: template, "_includes/part.html": "a", "_data/x.yml": "1"}
    for edit in ({"_data/x.yml": "2"}, {"_includes/part.html": "b"}):
        assert written(tmp_path, first, edit) == {WITH, FEED}
    titled = {"_posts/2026-01-03-without.md": post("Text.", title="Titled")}
    assert WITH in written(tmp_path, first, titled)
    assert FIGURE not in written(tmp_path, first, titled)


def test_a_body_that_is_remembered_is_the_same(tmp_path: Path) -> None:
    """Of a body that is not rendered anew, what is in its shortcodes is known, too."""
    nested = {"_posts/2026-01-01-with.md": post(":::gallery\n![A](a.png)\n\n::say{words=Hi}\n:::")}
    assert written(tmp_path, nested, {"_layouts/post.html": "<p>new</p>{{ content }}"}) >= {WITH, FIGURE}
