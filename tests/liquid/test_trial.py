"""Where Liquid runs, and where braces are text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build.trees import made
from tests.liquid.sites import JEKYLL, OWN, POST, body, run, write

IN_CODE = (
    "```\n{{ page.title }}\n```",
    "~~~ html\n{% if x %}\n~~~",
    "text\n\n    {{ page.title }}\n\n    {% include x.html %}",
    "a `{{ page.title }}` b ``{% link x %}``",
    "<pre>\n{{ page.title }}\n</pre>",
    "> ```\n> {% include x.html %}\n> ```",
    "1. x\n   ```\n   {{ site.url }}\n   ```",
)
OUTSIDE = (
    "{{ page.title }}",
    "- a\n\n    {{ page.title }}",
    "a\n    {{ page.title }}",
    "a `b` {{ page.title }} `c`",
    "```\nx\n```\n{{ page.title }}",
    "<pre>x</pre>{{ page.title }}",
)


@pytest.mark.parametrize("text", IN_CODE)
@pytest.mark.parametrize("site", [JEKYLL, OWN], ids=["jekyll", "own"])
def test_code_alone_is_left(tmp_path: Path, text: str, site: dict[str, str]) -> None:
    assert body(tmp_path, text, site) == text


@pytest.mark.parametrize("text", OUTSIDE)
def test_outside_code(tmp_path: Path, text: str) -> None:
    assert "All" in body(tmp_path, text, OWN)


@pytest.mark.parametrize("text", ["{{ user.name }}", "{{'x' | translate}}", "{%sql| select %}", "{ { page.title } }"])
def test_other_languages(tmp_path: Path, text: str) -> None:
    assert body(tmp_path, text, OWN) == text


def test_raw_in_code_counts_where_jekyll_wrote_it(tmp_path: Path) -> None:
    text = "```\n{% raw %}{{ x }}{% endraw %}\n```"
    assert body(tmp_path / "a", text) == "```\n{{ x }}\n```"
    assert body(tmp_path / "b", text, OWN) == text


def test_switches(tmp_path: Path) -> None:
    assert body(tmp_path / "a", "{{ page.title }}", {}) == "{{ page.title }}"
    assert body(tmp_path / "b", "{{ page.title }}", {"_config.yml": "liquid: false"}) == "{{ page.title }}"


@pytest.mark.parametrize(
    ("site", "front", "runs"),
    [
        (JEKYLL, "render_with_liquid: false", False),
        (JEKYLL, "liquid: false", False),
        ({}, "liquid: true", True),
        ({}, "title: x", False),
        (OWN, "render_with_liquid: true", True),
    ],
)
def test_front_matter(tmp_path: Path, site: dict[str, str], front: str, runs: bool) -> None:
    read, _ = run(tmp_path, {**site, POST: f"---\n{front}\n---\n{{{{ page.slug }}}}"})
    assert read.documents[POST].body == ("all" if runs else "{{ page.slug }}")


def test_pages(tmp_path: Path) -> None:
    files = {**JEKYLL, POST: "*x*", "about.html": "---\ntitle: A\n---\n{{ page.title }} {{ site.posts[0].content }}"}
    assert run(tmp_path, files)[0].documents["about.html"].body == "A <p><em>x</em></p>"


def test_an_index_page_has_a_paginator(tmp_path: Path) -> None:
    text = "---\n---\n{% for p in paginator.posts %}{{ p.title }}{% endfor %} {{ paginator.next_page_path }}"
    files = {"_config.yml": "paginate: 1\n", POST: "", "_posts/2020-01-01-b.md": "", "index.html": text}
    assert run(tmp_path, files)[0].documents["index.html"].body == "All /page2/"


def test_an_include_may_be_what_no_layout_could_read(tmp_path: Path) -> None:
    write(
        tmp_path, {**JEKYLL, POST: "{% include a.html %}", "_includes/a.html": "{% assign x = 'y' %}{{ x | upcase }}"}
    )
    made(tmp_path)
    assert "<p>Y</p>" in (tmp_path / "output/2021/03/04/all.html").read_text(encoding="utf-8")
