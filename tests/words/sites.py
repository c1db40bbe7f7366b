"""A small site with every kind of page, in any language; its own words are those of none."""

from pathlib import Path

from sitegen.build.build import build
from sitegen.build.report import BuildReport
from sitegen.config import load_config
from tests.forms.world import NOON

SETTINGS = """title = "Qux"
lang = "{lang}"
url = "https://example.org"
paginate = 2
author = "ada"
outputs = ["posts", "pages", "home", "tags", "categories", "series", "authors", "archive", "years", "months",
  "atom", "rss", "json", "sitemap", "robots", "join", "manifest", "redirects", "static", "404"]
[receive]
url = "https://answers.example.org"
letters = true
sender = "me@example.org"
"""
POSTS = {
    "2026-01-02-eins": "title: Zub\ntags: [zuk]\ncategories: [zok]\nseries: Zorg\n"
    "author: [ada, bob]\nredirect_from: /old/",
    "2026-02-03-zwei": "title: Zab\ntags: [zuk]\nseries: Zorg\nauthor: ada\npinned: true",
    "2026-03-04-drei": "title: Zib\ntags: [zuk]\nauthor: ada\nupdated: 2026-04-01",
    "2026-03-05-zu": "title: Zxu\nform: {closes: 2026-04-01}",
    "2026-03-06-auf": "title: Zxo\nform:\n  capacity: 12\n  closes: 2026-12-31\n  keep: 6 months\n  confirm: true\n"
    "  members: true\n  fields:\n    name: {required: true}\n    email: {required: true}\n"
    "    message:\n    zop: {type: select, label: Zop, options: [Zi, Zo]}",
    "2026-03-07-voll": "title: Zxe\nform: {capacity: 1, waitlist: false}",
}
BODY = """
Zux.[^1]

## Zan
## Zen
## Zin

> [!WARNING]
> Zux.

| Za | Zb |
|---|---|
| zi | zo |

- [x] zix
- [ ] zox

```py
zax = 1
```

[^1]: Zux.
"""


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def site_of(root: Path, lang: str, files: dict[str, str] | None = None) -> Path:
    """The folder of such a site, with some more files."""
    write(root, {"sitegen.toml": SETTINGS.format(lang=lang)})
    write(root, {f"_posts/{name}.md": f"---\n{front}\n---\n{BODY}" for name, front in POSTS.items()})
    write(root, {"_data/authors.yml": "ada: {name: Zada}\nbob: {name: Zbob}\n", **(files or {})})
    return root


def built(root: Path) -> BuildReport:
    """Build it."""
    return build(load_config(root), now=NOON)
