"""Problems as HTML."""

import os

import pytest

from sitegen.errors import Problem
from sitegen.serve.overlay import lines_around, problems_html, problems_page, summary
from tests.serve.conftest import write

ROWS = "\n".join(f"row {number}" for number in range(1, 11)) + "\n"


@pytest.mark.parametrize(
    ("line", "numbers"), [(5, range(2, 9)), (1, range(1, 5)), (10, range(7, 11)), (12, range(9, 11)), (99, ())]
)
def test_three_lines_before_and_after(tmp_path, line, numbers):
    write(tmp_path, {"a.md": ROWS})
    assert lines_around(tmp_path, "a.md", line) == [(number, f"row {number}") for number in numbers]


def test_any_line_ends_and_bytes_are_read(tmp_path):
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfone\r\ntw\xff\rthree")
    assert lines_around(tmp_path, "a.md", 2) == [(1, "one"), (2, "tw\ufffd"), (3, "three")]


def test_what_is_no_file_of_the_site_is_not_read(tmp_path):
    site = write(tmp_path / "site", {"a.md": "a"})
    write(tmp_path, {"secret": "secret"})
    (site / "link").symlink_to(tmp_path / "secret")
    os.mkfifo(site / "pipe")
    for path in ("../secret", str(tmp_path / "secret"), "link", "pipe", "_posts", "", "a\0", "absent"):
        assert lines_around(site, path, 1) == []


def test_everything_is_escaped(tmp_path):
    write(tmp_path, {"<i>.md": "<b>bold</b>\x1b[31m & more"})
    html = problems_html([Problem("<i>.md", 1, "<script>", "<hint>", "")], tmp_path, stands=True)
    assert "<i>" not in html and "<b>" not in html and "<script>" not in html and "<hint>" not in html
    assert "&lt;b&gt;bold&lt;/b&gt;␛[31m &amp; more" in html


def test_every_problem_is_shown_errors_first(tmp_path):
    problems = [Problem("a", 1, "one", severity="warning"), Problem("b", 2, "two"), Problem("c", None, "three")]
    html = problems_html(problems, tmp_path, stands=False)
    assert "2 problems" in html and html.index("two") < html.index("three") < html.index("one")
    assert summary(problems) == "a:1: one\nb:2: two\nc: three"


def test_what_is_wrong_with_one_line_stands_together(tmp_path):
    write(tmp_path, {"a.html": "{{ x }}"})
    html = problems_html([Problem("a.html", 1, f"post {number}", "hint") for number in range(9)], tmp_path, stands=True)
    assert (html.count("<li"), html.count("<h2>"), html.count("<pre"), html.count("→")) == (1, 3, 1, 0)
    assert "9 problems" in html and "and 6 more of this line" in html and html.count('class="hint"') == 1


def test_no_more_are_shown_than_anybody_reads(tmp_path):
    html = problems_html([Problem(f"{number}.md", 1, "no") for number in range(1000)], tmp_path, stands=True)
    assert "1000 problems" in html and html.count("<h2>") == 40 and "and 960 more places" in html


def test_the_line_that_a_problem_brings_serves_where_its_file_cannot_be_read(tmp_path):
    html = problems_html([Problem("theme/post.html", 7, "no", "", "{{ x }}")], tmp_path, stands=True)
    assert '<mark class="row" data-line="7">{{ x }}' in html


def test_a_page_of_its_own_is_whole(tmp_path):
    page = problems_page(problems_html([Problem("a", 1, "one")], tmp_path, stands=False))
    assert page.startswith("<!doctype html>") and page.count("<h1") == 1 and 'lang="en"' in page
