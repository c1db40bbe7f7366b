"""What is wrong is told with the author's line, its text stays, and nothing takes for ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.errors import MissingExtra
from tests.liquid.sites import JEKYLL, OWN, POST, Memory, body, run, told

LOOP = {"_includes/a.html": "{% include b.html %}", "_includes/b.html": "x{% include a.html %}"}
WRONG = {
    "{% assign x = 1 %}\n{% infobox 12 %}": (5, "there is no Liquid tag `infobox`; its text stays"),
    "{% infobox 12 %}": (4, "there is no Liquid tag `infobox`; its text stays"),
    "a\n\n{% include none.html %}": (6, '`include`: there is no file "none.html"'),
    "{% link none.md %}": (4, '`link`: there is no file "none.md"'),
    "{% post_url 2020-01-01-none %}": (4, '`post_url`: there is no post "2020-01-01-none"'),
    "{% post_url none %}": (4, '`post_url`: "none" is no name of a post'),
    "{% include_relative ../x.md %}": (4, '`include_relative`: there is no file "../x.md"'),
    "a\n{% if site.url %} b": (5, "`if` is opened and never closed"),
    "a\n{% raw %} b": (5, "`raw` is opened and never closed"),
    "{% endif %}": (4, "`endif` belongs to nothing that is open here"),
    "a\n{% for %}{% endfor %}": (5, "Liquid: "),
    "{% highlight %}\n{% endhighlight %}": (4, "`highlight` wants a language, as in: highlight ruby linenos"),
}


@pytest.mark.parametrize("text", WRONG)
def test_wrong_tags(tmp_path: Path, text: str) -> None:
    line, message = WRONG[text]
    after, problems = told(tmp_path / "jekyll", text)
    assert len(problems) == 1
    assert problems[0].startswith(f"{POST}:{line} warning: {message}")
    assert after == text.replace("{% assign x = 1 %}", "")
    assert f"{POST}:{line} error: {message}" in told(tmp_path / "own", "{{ site.url }}" + text, OWN)[1][0]


def test_strict(tmp_path: Path) -> None:
    _, problems = run(tmp_path, {**JEKYLL, POST: "{% link x %}"}, strict=True)
    assert [problem.severity for problem in problems] == ["error"]


def test_the_rest_still_runs(tmp_path: Path) -> None:
    after, problems = told(tmp_path, "{% include no.html %}{% if x %}{{ page.title }}{% for %}{% endfor %}")
    assert after == "{% include no.html %}{% if x %}All{% for %}{% endfor %}"
    assert len(problems) == 3


def test_in_an_include(tmp_path: Path) -> None:
    files = {**JEKYLL, "_includes/a.html": "x\n{% include none.html %}\n{% if %}"}
    after, problems = told(tmp_path, "{% include a.html %}", files)
    assert after == "x\n{% include none.html %}\n{% if %}"
    assert {problem.rsplit(" warning", 1)[0] for problem in problems} == {"_includes/a.html:2", "_includes/a.html:3"}


def test_an_unknown_filter_lets_the_value_pass(tmp_path: Path) -> None:
    after, problems = told(tmp_path, "\n{{ page.title | upcse | downcase }}")
    assert after == "\nall"
    assert problems == [f'{POST}:5 warning: there is no Liquid filter "upcse"']


@pytest.mark.parametrize(
    "text",
    [
        "{% for i in (1..1000000000) reversed %}{% endfor %}",
        "{% for i in (1..9000) %}{% for j in (1..9000) %}{% endfor %}{% endfor %}",
        "{% assign a = '0123456789' %}{% for i in (1..99) %}{% assign a = a | append: a %}{% endfor %}",
        "{% assign a = '1111111111' %}{% for i in (1..9) %}{% assign a = a | replace: '1', a %}{% endfor %}",
        "{% for i in (1..9000) %}{{ site.x }}" + "x" * 1000 + "{% endfor %}",
        "{% assign r = (1..999999999) | join %}",
        "{% assign n = 9 %}{% for i in (1..99) %}{% assign n = n | times: n %}{% endfor %}",
    ],
)
def test_budgets(tmp_path: Path, text: str) -> None:
    after, problems = told(tmp_path, text)
    assert after == text
    assert len(problems) == 1


def test_includes_in_a_circle(tmp_path: Path) -> None:
    after, problems = told(tmp_path, "{% include a.html %}", {**JEKYLL, **LOOP})
    assert "x{% include a.html %}" in after or "{% include b.html %}" in after
    assert "circle" in problems[0]


def test_many_wrong_tags(tmp_path: Path) -> None:
    text = "".join(f"{{% assign {number} %}}" for number in range(60))
    after, problems = told(tmp_path, text)
    assert after == text
    assert "wrong tags" in problems[0]


def test_many_that_lead_nowhere(tmp_path: Path) -> None:
    text = "".join(f"{{% include {number}.html %}}\n" for number in range(60))
    after, problems = told(tmp_path, text + "{{ page.title }}")
    assert after == text + "All"
    assert len(problems) == 60


@pytest.mark.parametrize("sign", ["{%", "{{", "{% raw %}", "{% if x %}", "`", "{{ site.url }}`", "{%{%-"])
def test_many_signs(tmp_path: Path, sign: str) -> None:
    told(tmp_path, sign * 3000)


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.liquid.expansion.find_spec", lambda name: None)
    assert body(tmp_path / "a", "{{ other }}") == "{{ other }}"
    after, problems = told(tmp_path / "b", "{{ page.title }}")
    assert after == "{{ page.title }}"
    assert len(problems) == 1
    assert "sitegen[jekyll]" in problems[0]
    with pytest.raises(MissingExtra, match="Liquid in posts needs"):
        told(tmp_path / "c", "{{ page.title }}", OWN)


def test_problems_are_remembered(tmp_path: Path) -> None:
    files = {**JEKYLL, POST: "{% include none.html %}"}
    memory = Memory()
    first = list(run(tmp_path, files, memory)[1])
    made = memory.made
    assert list(run(tmp_path, files, memory)[1]) == first
    assert memory.made == made == 1


def test_lines_after_liquid_are_the_authors(tmp_path: Path) -> None:
    text = "---\ntitle: x\n---\na{% comment %}\n\n{% endcomment %}\n{% for i in (1..3) %}x\n{% endfor %}\nlast"
    document = run(tmp_path, {**JEKYLL, POST: text})[0].documents[POST]
    lines = document.body.split("\n")
    assert document.line_of(lines.index("last") + 1) == 9
    assert document.line_of(1) == 4


def test_two_includes_of_one_text(tmp_path: Path) -> None:
    files = {**JEKYLL, "_includes/a.html": "{% link no %}", "_includes/b.html": "{% link no %}"}
    after, problems = told(tmp_path, "{% include a.html %}{% if %}{% endif %}{% include b.html %}", files)
    assert after == "{% link no %}{% if %}{% endif %}{% link no %}"
    assert len(problems) == 2
