"""A Jekyll site, edited anywhere in its tree: an incremental build equals a clean one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build.trees import fresh_copy, made, tree
from tests.content.jekyll_sites import CONFIG, EVERYTHING, doc

SETTINGS = "title: T\nurl: https://example.org\ncollections: {recipes: {output: true}, people: {output: false}}\n"
LAYOUT = (
    "{% for p in site.people or [] %}{{ p.title }}{% endfor %}{% for f in site.static_files %}{{ f.path }}{% endfor %}"
)
NAMES = (
    "index.html", "about.md", "feed.xml", "css/main.css", "css/print.css", "pages/one.md", "assets/picture.png",
    "_posts/2020-01-02-first.md", "_posts/2020-01-06-plain.text", "blog/_posts/2020-02-01-there.md",
    "_private/page.md", "_recipes/soup.md", "_recipes/notes.txt", "_people/al.md", "values.txt",
)  # fmt: skip
SITE = {
    **{name: EVERYTHING[name] for name in NAMES},
    CONFIG: SETTINGS,
    "_layouts/list.html": LAYOUT,
    "list.md": doc(layout="list"),
}
EDITS: dict[str, dict[str, str | None]] = {
    "a page in a folder": {"pages/one.md": doc("Other.", title="One")},
    "its address": {"pages/one.md": doc(permalink="/two/")},
    "a page that goes": {"pages/one.md": None},
    "a page that comes": {"pages/three.md": doc(title="Three")},
    "a redirect that comes": {"_posts/2020-01-02-first.md": doc(redirect_from="[/old/, /older/]")},
    "a redirect of a page": {"pages/one.md": doc(redirect_from="/old/", permalink="/two/")},
    "a page that leads elsewhere": {"pages/one.md": doc(redirect_to="/about.html")},
    "a file": {"css/print.css": "a { color: blue }\n"},
    "a file that becomes a page": {"css/print.css": doc("a {}")},
    "a page that becomes a file": {"css/main.css": "a {}\n"},
    "a file that goes": {"css/print.css": None, "assets/picture.png": None},
    "a document of a collection": {"_recipes/soup.md": doc(title="Stew")},
    "one without a page": {"_people/al.md": doc(title="Albert"), "_people/bo.md": doc(title="Bo")},
    "posts in a new folder": {"new/_posts/2020-05-05-x.md": doc()},
    "the style of addresses": {CONFIG: f"{SETTINGS}permalink: pretty\n"},
    "what is excluded": {CONFIG: f"{SETTINGS}exclude: [pages, assets]\n"},
    "what is included": {CONFIG: f"{SETTINGS}include: [_private, .hidden]\n"},
    "the collections": {CONFIG: "title: T\ncollections: [recipes]\n"},
    "what Markdown ends in": {CONFIG: f"{SETTINGS}markdown_ext: text\n"},
}


def write(root: Path, files: dict[str, str | None] | dict[str, str | bytes]) -> None:
    for path, content in files.items():
        file = root / path
        if content is None:
            file.unlink()
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.mark.parametrize("edit", EDITS)
def test_incremental_equals_clean(tmp_path: Path, edit: str) -> None:
    root = tmp_path / "site"
    write(root, SITE)
    made(root)
    before = tree(root / "output")
    write(root, EDITS[edit])
    notices, after = made(root).notices, tree(root / "output")
    clean = fresh_copy(root, tmp_path / "clean")
    assert made(clean).notices == notices
    assert after == tree(clean / "output")
    assert after != before
    assert made(root).written == 0
