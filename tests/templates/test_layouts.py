"""What layouts may do."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from sitegen.cli import main
from sitegen.config import load_config
from sitegen.content.assemble import assemble
from sitegen.errors import Problem, Problems
from sitegen.markup.bodies import Bodies
from sitegen.templates import Renderer
from sitegen.templates.environment import compiled, named
from tests.outputs.sites import build_site


def rendered(site: Path, layout: str, **files: str) -> str:
    """The page of a post in that layout."""
    texts = {"_posts/2026-01-02-x.md": "---\ntitle: X\n---\n", "_layouts/post.html": layout, **files}
    for path, text in texts.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text)
    assert main(["build", "-s", str(site)]) == 0
    return (site / "output/2026/01/02/x/index.html").read_text()


@pytest.mark.parametrize(
    ("layout", "text"),
    [
        ("{{ 12345.6 | round }}", "12346.0"),
        ('{{ "%d views" | format(123456) }}', "123456 views"),
        ('{{ 20240101 | replace("2024", "x") }}', "x0101"),
        ("{{ page in site.posts }}", "true"),
        ("{{ site.posts[0] == page }}", "true"),
        ('{{ site.posts | map(attribute="title") | jsonify }}', '["X"]'),
        ("{{ page.date | jsonify }}", '"2026-01-02 00:00:00+00:00"'),
        ('{{ "a" | center(5) }}', "  a  "),
        ("{{ {'b': [1]} | tojson(indent=1) }}", '{\n "b": [\n  1\n ]\n}'),
    ],
)
def test_what_is_printed(tmp_path: Path, layout: str, text: str) -> None:
    assert rendered(tmp_path, layout) == text


FRAME = '{% extends "theme/default.html" %}\n'


@pytest.mark.parametrize(
    ("layouts", "line", "hint"),
    [
        ({"default": FRAME + "{% block haed %}x{% endblock %}"}, 2, 'did you mean "head"?'),
        ({"default": FRAME + "{% if 1 %}\n{% block foter %}{% block b %}{% endblock %}{% endblock %}{% endif %}"}, 3,
         'did you mean "footer"?'),
        ({"post": '{% extends "mine.html" %}{% block inner %}{% endblock %}\n{% block inne %}{% endblock %}',
          "mine": FRAME + "{% block main %}{% block inner %}{% endblock %}{% endblock %}"}, 2, 'did you mean "inner"?'),
    ],
)  # fmt: skip
def test_a_block_that_nothing_shows_is_told(tmp_path: Path, layouts: dict[str, str], line: int, hint: str) -> None:
    (told,) = notices(tmp_path, layouts)
    assert (told.path, told.line, told.hint, told.severity) == (
        f"_layouts/{next(iter(layouts))}.html",
        line,
        hint,
        "warning",
    )


@pytest.mark.parametrize(
    "layouts",
    [
        {"default": FRAME + "{% block main %}{% block own %}{% endblock %}{{ super() }}{% endblock %}"},
        {"default": FRAME + "{% block own %}x{% endblock %}{% block main %}{{ self.own() }}{% endblock %}"},
        {"default": "{% block own %}{% endblock %}"},
        {"mine": '{% extends page.frame or "default.html" %}{% block own %}{% endblock %}'},
        {"post": '{% extends "mine.html" %}{% block own %}{% endblock %}', "mine": "{% extends site.frame %}"},
    ],
)
def test_blocks_that_are_shown_are_not(tmp_path: Path, layouts: dict[str, str]) -> None:
    assert notices(tmp_path, layouts) == []


def notices(site: Path, layouts: dict[str, str]) -> list[Problem]:
    """What a look at these layouts tells."""
    for name, text in layouts.items():
        (site / "_layouts").mkdir(exist_ok=True)
        (site / f"_layouts/{name}.html").write_text(text)
    config, problems = load_config(site), Problems()
    made = assemble(config, problems, now=datetime(2026, 6, 1, tzinfo=UTC))
    Renderer(made, Bodies(config)).check(problems)
    return list(problems)


def test_data_goes_before_the_methods_of_a_mapping(tmp_path: Path) -> None:
    data = {"_data/menu.yml": "items: [{name: One}]\npop: 3\n"}
    layout = "{% for x in site.data.menu.items %}{{ x.name }}{% endfor %}{{ site.data.menu.pop }}"
    assert rendered(tmp_path, layout, **data) == "One3"
    assert rendered(tmp_path, "{% for k, v in site.data.menu.items %}{% endfor %}{{ site.data.team.keys() | list }}",
                    **{"_data/team.yml": "a: 1\n", "_data/menu.yml": "items: []\n"}) == "[&#39;a&#39;]"  # fmt: skip


@pytest.mark.parametrize(
    "layout",
    [
        '{{ "x".encode().center(900000000) }}',
        '{{ (1).to_bytes(900000000, "big") }}',
        '{{ "\t".expandtabs(tabsize=900000000) }}',
        "{{ {} | tojson(indent=30000000) }}",
        "{{ page.call.form ~ range }}",
    ],
)
def test_what_is_refused(tmp_path: Path, layout: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_layouts").mkdir()
    (tmp_path / "_posts/2026-01-02-x.md").write_text("---\ntitle: X\n---\n")
    (tmp_path / "_layouts/post.html").write_text(layout)
    assert main(["build", "-s", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("_layouts/post.html:1: ")


def test_the_line_of_a_layout_with_front_matter_is_the_authors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_layouts").mkdir()
    (tmp_path / "_posts/2026-01-02-x.md").write_text("---\ntitle: X\n---\n")
    (tmp_path / "_layouts/post.html").write_text("---\na: 1\n---\n<b>{{ nope }}</b>\n")
    assert main(["build", "-s", str(tmp_path)]) == 1
    assert '_layouts/post.html:4: there is no "nope" here\n    4 | <b>{{ nope }}</b>' in capsys.readouterr().err


def test_html_is_html_whatever_its_letters(tmp_path: Path) -> None:
    rendered(tmp_path, "x", **{"_pages/Up.HTML": "---\nlayout: null\n---\n    <b>*x*</b>\n"})
    assert "<b>*x*</b>" in (tmp_path / "output/Up.html").read_text()


def test_what_a_page_is_laid_out_with_is_parsed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    parse = Environment._parse

    def counted(self: Environment, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed.append(str(filename))
        return parse(self, source, name, filename)

    monkeypatch.setattr(Environment, "_parse", counted)
    compiled().clear()
    named().clear()
    rendered(tmp_path, '{% extends "theme/post.html" %}')
    packaged = [name for name in parsed if name.startswith("theme/")]
    assert len(packaged) == len(set(packaged)) > 3
    parsed.clear()
    rendered(tmp_path / "another", '{% extends "theme/post.html" %}')
    assert not [name for name in parsed if name.startswith("theme/")]


def test_what_was_compiled_for_one_site_is_right_for_another(tmp_path: Path) -> None:
    """Jinja must not have folded what the filters made of these constants into the code."""
    layout = '{{ "/x/" | relative_url }} {{ "2026-05-06" | date("%z") }} {{ "$$x$$" | markdownify }}'
    settings = 'baseurl = "/b"\ntimezone = "Asia/Tokyo"\n[markdown]\nmaths = true\n'
    rendered(tmp_path / "one", layout)
    kept = set(compiled())
    shown = rendered(tmp_path / "two", layout, **{"sitegen.toml": settings})
    assert shown.startswith("/b/x/ +0900 ") and "<math" in shown
    assert set(compiled()) == kept


@pytest.mark.parametrize(("front", "shown"), [("", False), ("date: 2026-05-06", True)])
def test_a_page_laid_out_as_a_post(tmp_path: Path, front: str, shown: bool) -> None:
    """It has a date above its text, or none."""
    site = build_site(tmp_path, {"_pages/about.md": f"---\ntitle: About\nlayout: post\n{front}\n---\nText.\n"})
    assert ('<time class="dt-published" datetime="2026-05-06' in site["about/index.html"]) == shown
    assert "<p>Text.</p>" in site["about/index.html"]
