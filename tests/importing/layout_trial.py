"""One small site, on which a layout of Jekyll's is run as it is, by Liquid, and converted, by Jinja."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sitegen.config import load_config
from sitegen.content.assemble import assemble
from sitegen.errors import Problem, Problems
from sitegen.importing.layouts import convert_all
from sitegen.liquid import expanded
from sitegen.markup.bodies import Bodies
from sitegen.model.content import Document, Layout, Page, Post
from sitegen.model.site import Site
from sitegen.templates.renderer import Renderer
from sitegen.templates.views import DocumentView, Lens, PostView
from tests.liquid.sites import Memory

Doc = TypeVar("Doc", Post, Page)
NOW = datetime(2026, 6, 1, tzinfo=UTC)
POST = "_posts/2021-03-04-reed.md"
PAGE = "about.md"
SITE: Mapping[str, str] = {
    "sitegen.toml": """\
title = "Reeds & <em>rushes</em>"
description = "By the water"
url = "https://reeds.example"
baseurl = "/notes"
liquid = true
author = "Ann"

[extra]
email = "ann@reeds.example"
tagline = "<b>wet</b> feet"
shown = true
hidden = false
columns = 3
ratio = 1.5
colours = ["green", "brown", "grey"]
empty_list = []

[extra.nested]
deep = "water"
list = [{name = "one", rank = 2}, {name = "two"}, {name = "three", rank = 1}]

[extra.links]
forge = "https://forge.example"
mail = "mailto:ann@reeds.example"
""",
    "_data/birds.yml": "- {name: Heron, colour: grey, wades: true}\n- {name: Rail, colour: brown}\n",
    "_data/people.yml": "ann: {name: Ann, site: 'https://ann.example'}\nbob: {name: Bob}\n",
    POST: """\
---
title: Reed & <i>sedge</i>
tags: [wet, tall grass]
categories: [plants]
mood: fine
author: ann
toc: true
rank: 3
sub-title: on stems
nothing:
image: {path: /img/reed.jpg, width: 300}
---
Reeds stand *in* water.

And they bend.
""",
    "_posts/2021-02-03-heron.md": """\
---
title: Heron
tags: [wet]
categories: [birds]
hidden: true
rank: 1
---
A heron.
""",
    "_posts/2020-01-02-stone.md": "---\ntitle: stone\ncategories: [plants]\ndescription: It lies\n---\nA stone.\n",
    PAGE: "---\ntitle: About\nrank: 7\n---\nAbout it.\n",
    "map.md": "---\ntitle: Map\n---\nThe map.\n",
}


@dataclass(frozen=True)
class Trial:
    """The site, read once."""

    site: Site
    bodies: Bodies

    def liquid(self, files: Mapping[str, str], name: str, path: str = POST) -> str:
        """What Liquid makes of an include, on the page of a document."""
        layouts = {place: Layout(place, text, text) for place, text in files.items()}
        body = f"{{% include {name} %}}"
        posts = tuple(_with_body(post, body) if post.path == path else post for post in self.site.posts)
        pages = tuple(_with_body(page, body) if page.path == path else page for page in self.site.pages)
        problems = Problems()
        site = replace(self.site, layouts=layouts, posts=posts, pages=pages)
        made = expanded(site, self.bodies, Memory(), problems)
        assert [problem.message for problem in problems] == []
        return made.documents[path].body

    def jinja(self, files: Mapping[str, str], name: str, path: str = POST) -> str:
        """What Jinja makes of the same include, converted."""
        converted = {place: found.text for place, found in convert_all(files).items()}
        layouts = {place: Layout(place, text, text) for place, text in converted.items()}
        layouts["_layouts/trial.html"] = Layout("_layouts/trial.html", f'{{% include "{name}" %}}', "")
        site = replace(self.site, layouts=layouts)
        renderer = Renderer(site, self.bodies)
        lens = renderer.begin()
        return renderer.render("trial", lens, view(lens, site.documents[path]))


def _with_body(document: Doc, body: str) -> Doc:
    return replace(document, manuscript=document.manuscript.but(body=body))


def view(lens: Lens, document: Document) -> DocumentView:
    """`page`."""
    return PostView(lens, document) if isinstance(document, Post) else DocumentView(lens, document)


def trial(root: Path) -> Trial:
    """Write the site and read it."""
    for name, text in SITE.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    config = load_config(root)
    problems = Problems()
    site = assemble(config, problems, now=NOW)
    problems.refuse()
    return Trial(site, Bodies(config))


def rows(name: str) -> dict[str, list[list[str]]]:
    """The paragraphs of a file beside this one, each a list of lines, by the heading above them."""
    found: dict[str, list[list[str]]] = {}
    text = (Path(__file__).parent / "layouts" / name).read_text(encoding="utf-8")
    heading = ""
    for paragraph in text.strip().split("\n\n"):
        lines = [line.replace("\\n", "\n") for line in paragraph.split("\n")]
        if lines[0].startswith("# "):
            heading, *lines = lines
        found.setdefault(heading.removeprefix("# "), []).extend([lines] if lines else [])
    return found


def folded(text: str) -> str:
    """The text with one blank wherever it has any."""
    return " ".join(text.split())


def todo(text: str, path: str = "_includes/x.html") -> tuple[Problem, ...]:
    """What needs a hand in one file."""
    return convert_all({path: text})[path].todo
