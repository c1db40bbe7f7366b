"""The proof itself, with Jekyll: what it has written of a blog is the same on the site that the blog becomes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sitegen.build.memory import BuildMemory
from sitegen.config import load_config
from sitegen.importing.comparing.compare import Comparison, compare
from sitegen.importing.jekyll import import_site, jekyll_site
from sitegen.importing.rehearsal import rehearse
from tests.importing.blogs import MINIMA, ODD, OWN, Files, jekyll, write
from tests.outputs.sites import NOW

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("jekyll") is None, reason="no Jekyll (Debian: apt-get install jekyll)"),
]

BLOGS: dict[str, tuple[Files, int, list[str]]] = {
    "own": (OWN, 25, ['/2019/06/foreign.html: text: "{% picture /images/heron.svg %}" is only here']),
    "minima": (MINIMA, 4, []),
    "odd": (ODD, 12, []),
}


def differing(found: Comparison) -> list[str]:
    return [f"{one.url}: {one.what}" for one in found.differences]


@pytest.mark.parametrize("name", BLOGS)
def test_imported_and_in_place(tmp_path: Path, name: str) -> None:
    files, pages, differences = BLOGS[name]
    site = jekyll(write(tmp_path / "old", files))
    config = jekyll_site(tmp_path / "old")
    _, imported = import_site(config, tmp_path / "new", now=NOW)
    with BuildMemory.blank() as memory:
        in_place = rehearse(config, memory, now=NOW)
    for rehearsal in (imported, in_place):
        found = compare(rehearsal, site, config.source)
        assert differing(found) == differences
        assert (found.pages, found.same) == (pages, pages - len(differences))


def test_a_changed_site_is_found_out(tmp_path: Path) -> None:
    site = jekyll(write(tmp_path / "old", OWN))
    import_site(jekyll_site(tmp_path / "old"), tmp_path / "new", now=NOW)
    post = tmp_path / "new/_posts/2019-05-06-first-walk.md"
    post.write_text(post.read_text().replace("What's there?", "Who's there?").replace(" a heron", " a stork"))
    (tmp_path / "new/about.md").unlink()
    (tmp_path / "new/_posts/2019-06-13-html.html").rename(tmp_path / "new/_posts/2019-06-13-htm.html")
    with BuildMemory.blank() as memory:
        found = compare(rehearse(load_config(tmp_path / "new"), memory, now=NOW), site, tmp_path / "old")
    assert set(differing(found)) - set(BLOGS["own"][2]) == {
        '/2019/05/first-walk.html: text: "What\'s" is "Who\'s" here (and 1 more)',
        '/2019/05/first-walk.html: heading id "whats-there" is not here',
        "/2019/06/html.html: this page is not here",
        "/2019/06/htm.html: Jekyll had no such page",
        "/about.html: this page is not here",
        '/feed.xml: the entry "https://notes.example/2019/06/html" is not here',
    }
