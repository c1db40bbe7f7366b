"""What becomes of a layout of Jekyll's: how it reads, where its lines are, what is left to do."""

from __future__ import annotations

import re

import pytest

from sitegen.importing.layouts import convert, convert_all
from tests.importing.layout_trial import Trial, folded, rows, trial

PATH = "_includes/x.html"


def bare(text: str) -> str:
    """A file without what stands around it where something is printed unescaped."""
    return re.sub(r"\A{% autoescape false %}|{% endautoescape %}\n?\Z", "", text)


@pytest.mark.parametrize(
    ("liquid", "expected"), [pair for heading, pairs in rows("becomes.txt").items() for pair in pairs]
)
def test_how_it_reads(liquid: str, expected: str) -> None:
    found = convert(liquid, PATH, {PATH: liquid, "_includes/a.html": ""})
    assert (bare(found.text), found.todo) == (expected, ())


def test_what_nobody_escaped_is_printed_as_it_is() -> None:
    text = "---\nlayout: default\n---\n<h1>{{ page.title }}</h1>\n"
    expected = "---\nlayout: default\n---\n{% autoescape false %}<h1>{{ page.title }}</h1>\n{% endautoescape %}\n"
    assert convert(text, "_layouts/post.html").text == expected
    escaped = "<a href='{{ page.url | relative_url }}'>{{ page.title | escape }}</a> {{ content }}\n"
    assert convert(escaped, "_layouts/post.html").text == escaped


def test_the_frame_takes_the_packaged_pages_too() -> None:
    text = "<body>{{ content }}</body>{% if page.x %}{{ content }}{% endif %}"
    expected = "<body>{% block main %}{{ content }}{% endblock %}</body>{% if page.x %}{{ content }}{% endif %}"
    assert convert(text, "_layouts/default.html").text == expected
    assert convert(text, "_layouts/page.html").text == text


def test_a_variable_that_outlives_its_loop_has_a_namespace() -> None:
    text = "{% assign n = 0 %}{% for x in y %}{% assign n = n | plus: 1 %}{% assign t = x %}{{ t }}{% endfor %}{{ n }}"
    assert convert(text, PATH).text == (
        "{% set ns = namespace() %}{% autoescape false %}{% set ns.n = 0 %}{% for x in y | default([], true) %}"
        "{% set ns.n = ns.n + 1 %}{% set t = x %}{{ t }}{% endfor %}{{ ns.n }}{% endautoescape %}"
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return trial(tmp_path_factory.mktemp("reeds"))


@pytest.mark.parametrize(
    "files",
    [
        # an include sets what its includer reads; with text of its own, in a loop, on one way only, through another
        {"x": "{% include base.html %}{{ base }}", "base": "{% assign base = site.url | append: site.baseurl %}\n"},
        {"x": "{% include a.html %}{{ v }}", "a": "<i>{{ page.mood }}</i>{% assign v = 'set' %}"},
        {"x": "{% include a.html n=2 %}{{ v }}{% include a.html n=3 %}{{ v }}", "a": "{% assign v = include.n %}"},
        {"x": "{% for t in page.tags %}{% include a.html %}{% endfor %}{{ v }}", "a": "{% assign v = t %}"},
        {"x": "{% assign v = 1 %}{% include a.html %}{{ v }}", "a": "{% if page.lost %}{% assign v = 2 %}{% endif %}x"},
        {"x": "{% include a.html %}{{ v }}", "a": "{% include b.html %}", "b": "{% assign v = 'deep' %}"},
        {"x": "{% include a.html %}{% include b.html %}", "a": "{% assign v = 'next' %}", "b": "{{ v }}"},
        # an include reads what its includer has set, in a namespace too
        {"x": "{% assign v = 'mine' %}{% include a.html %}", "a": "{{ v }}{{ include.none }}"},
        {"x": "{% for t in page.tags %}{% assign v = t %}{% endfor %}{% include a.html %}", "a": "{{ v }}"},
        {"x": "{% for t in page.tags %}{% include a.html %}{% endfor %}", "a": "{{ t }};"},
        # what it is given goes on to its own includes
        {"x": "{% include a.html v='x' %}", "a": "{% include b.html w=include.v %}", "b": "{{ include.w }}"},
        {"x": "{% include a.html b=false p=page.lost %}", "a": "{{ include.b }}{{ include.p | upcase }}"},
        {"x": "{% capture c %}{% include a.html %}{% endcapture %}[{{ c }}]", "a": "<b>{{ page.title }}</b>"},
    ],
)
def test_variables_that_files_share(site: Trial, files: dict[str, str]) -> None:
    paths = {f"_includes/{name}.html": text for name, text in files.items()}
    assert folded(site.jinja(paths, "x.html")) == folded(site.liquid(paths, "x.html"))


def test_an_include_of_a_layouts_name_is_the_include() -> None:
    files = {"_layouts/post.html": "{% include post.html %}", "_includes/post.html": "x"}
    assert convert_all(files)["_layouts/post.html"].text == '{% include "_includes/post.html" %}'


def test_collections() -> None:
    text = "{% for r in site.recipes %}{{ r.title | escape }}{% endfor %}"
    expected = '{% for r in (site.pages | where("collection", "recipes")) %}{{ r.title | escape }}{% endfor %}'
    assert convert(text, PATH, collections=["recipes"]).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "---\nlayout: x\n---\n\n{{ page.title }}\n{% include a.html\n  x='1'\n  y='2' %}\nM1",
        "{{ page.lost\n  | upcase\n}}\nM1{% assign a =\n'x' | append:\n'y' %}M2",
        "{% comment %}\na\n{% endcomment %}\nM1{% case x %}\n\n{% when 1 %}\nM2\n{% endcase %}\nM3",
        "{% raw\n%}\nM1{{\n{% endraw %}M2{% avatar\nx %}M3",
        "a\r\n{% if\r\n x %}\r\nM1\r\n{% endif %}\r\n{{ page.title }}\r\nM2",
        "{% for x in y %}{% continue %}\n{% else\n%}M1\n{% increment\nn %}\nM2{% seo\n%}\n{% feed_meta\n%}M3",
    ],
)
def test_lines_stay_where_they_are(text: str) -> None:
    marks = [
        {mark: at for at, row in enumerate(one.split("\n")) for mark in re.findall(r"M\d", row)}
        for one in (text, convert(text, PATH).text)
    ]
    assert marks[0] == marks[1]


@pytest.mark.parametrize("lines", [lines for found in rows("left.txt").values() for lines in found])
def test_what_is_left_to_do(lines: list[str]) -> None:
    text, kept, *problems = lines
    found = convert(text, PATH, {PATH: text})
    assert bare(found.text) == kept
    assert [f"{problem.line}: {problem.message}" for problem in found.todo] == problems


def test_a_todo_shows_its_line() -> None:
    (problem,) = convert("---\nlayout: x\n---\na\n  {% avatar ann %}\n", "_layouts/post.html").todo
    assert (problem.where, problem.excerpt, problem.severity) == ("_layouts/post.html:5", "  {% avatar ann %}", "note")


def test_too_deep_is_a_comment() -> None:
    deep = "{% if a %}" * 30 + "x" + "{% endif %}" * 30
    found = convert(deep, PATH)
    assert found.text.startswith("{# {% if a %}") and [problem.line for problem in found.todo] == [1]


def test_the_frame_escapes_what_packaged_layouts_put_into_it() -> None:
    """`{{ site.banner }}` prints HTML as it is; the macros of the packaged archive are to be escaped all the same."""
    text = convert("<body>{{ site.banner }}{{ content }}</body>\n", "_layouts/default.html").text
    assert "{% endautoescape %}{% block main %}{{ content }}{% endblock %}{% autoescape false %}" in text
