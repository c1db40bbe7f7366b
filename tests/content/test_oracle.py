"""The oracle: Jekyll itself reads the same posts, and gives them the same addresses, dates and words."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from sitegen.markup.bodies import Bodies
from sitegen.settings.names import PERMALINK_STYLES
from tests.content.jekyll_rows import CONFIG, every_post, matter
from tests.liquid.sites import run, write

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("jekyll") is None, reason="no Jekyll (Debian: apt-get install jekyll)"),
]

DUMP = """---
---
[{% for p in site.posts %}{
  "path": {{ p.path | jsonify }}, "url": {{ p.url | jsonify }}, "id": {{ p.id | jsonify }},
  "date": {{ p.date | date: "%Y-%m-%dT%H:%M:%S%:z" | jsonify }}, "title": {{ p.title | jsonify }},
  "slug": {{ p.slug | jsonify }}, "categories": {{ p.categories | jsonify }}, "tags": {{ p.tags | jsonify }},
  "excerpt": {{ p.excerpt | jsonify }}, "content": {{ p.content | jsonify }}
}{% unless forloop.last %},{% endunless %}{% endfor %}]
"""


def _theirs(root: Path) -> dict[str, dict[str, Any]]:
    """What Jekyll makes of each post."""
    done = subprocess.run(
        ["jekyll", "build", "-q", "-d", str(root / "_site")],
        cwd=root, env={**os.environ, "TZ": "UTC", "LANG": "C.UTF-8"}, timeout=300, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {post["path"]: post for post in json.loads((root / "_site/dump.json").read_text(encoding="utf-8"))}


def _shown(post: Mapping[str, Any], path: str) -> dict[str, object]:
    """What has to be the same."""
    excerpt = post["excerpt"] if "/excerpt/" in path else ""
    content = post["content"] if path.endswith(".html") else ""
    return {
        "url": unquote(post["url"]),
        "id": unquote(post["id"]),
        "date": post["date"],
        "slug": post["slug"],
        "title": " ".join(str(post["title"]).split()),
        "categories": list(dict.fromkeys(map(str, post["categories"] or ()))),
        "tags": [str(tag) for tag in post["tags"] or ()],
        "excerpt": " ".join(re.sub(r"<[^>]+>", " ", str(excerpt)).split()),
        "content": str(content).replace("\r", "").strip(),
    }


def _ours(root: Path) -> dict[str, dict[str, Any]]:
    site, _ = run(root, {})
    bodies = Bodies(site.config)
    return {
        post.path: {
            "url": post.url, "id": post.id, "date": post.date.isoformat(timespec="seconds"), "title": post.title,
            "slug": post.slug, "categories": post.categories, "tags": post.tags, "content": post.body,
            "excerpt": bodies.of(post).excerpt if "/excerpt/" in post.path else "",
        }
        for post in site.posts
    }  # fmt: skip


def _compare(root: Path, files: Mapping[str, str]) -> None:
    write(root, {**files, "dump.json": DUMP})
    theirs, ours = _theirs(root), _ours(root)
    assert sorted(ours) == sorted(theirs)
    differing = {
        path: [(key, wanted, found[key]) for key, wanted in _shown(theirs[path], path).items() if found[key] != wanted]
        for path in theirs
        if (found := _shown(ours[path], path)) != _shown(theirs[path], path)
    }
    assert differing == {}


def test_each_row(tmp_path: Path) -> None:
    _compare(tmp_path, {"_config.yml": CONFIG, **every_post()})


@pytest.mark.parametrize("style", [*PERMALINK_STYLES, "/:title", "':title'", "articles/:year/:title", "./:title/"])
def test_each_style(tmp_path: Path, style: str) -> None:
    files = {
        "_config.yml": f"permalink: {style}\ntimezone: Asia/Tokyo\n",
        "_posts/2020-02-03-A-b.md": matter("categories: [X, y z]"),
        "_posts/2020-02-04-c.html": matter("date: 2020-02-04 23:00:00 +0000"),
        "_posts/2020-02-05-e.f.md": matter("permalink: /own/:title/"),
        "a/_posts/2020-02-06-g.md": "Text",
    }
    _compare(tmp_path, files)


def test_a_collection_named_posts_has_a_permalink(tmp_path: Path) -> None:
    config = "collections: {posts: {permalink: '/news/:year/:title/', output: true}}\npermalink: pretty\n"
    _compare(tmp_path, {"_config.yml": config, "_posts/2020-02-03-a.md": "Text", "x/_posts/2020-02-04-b.md": "Text"})
