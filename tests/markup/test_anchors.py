"""A link to each heading, in the page and nowhere else."""

import pytest

from sitegen.cli import main
from sitegen.markup import MarkupSettings, portable, render

LINK = '<a class="anchor" href="#{}" aria-label="Link to this section"></a>'


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
class TestBothEngines:
    def done(self, text, engine):
        return render(text, MarkupSettings(engine, anchors=True))

    def test_the_second_to_fourth_level(self, engine):
        html = self.done("# A\n\n## B *c*\n\n#### D\n\n##### E", engine).html
        assert f'<h2 id="b-c">B <em>c</em>{LINK.format("b-c")}</h2>' in html
        assert f'<h4 id="d">D{LINK.format("d")}</h4>' in html
        assert html.count('class="anchor"') == 2

    def test_a_heading_with_a_link_or_a_footnote(self, engine):
        html = self.done("## [a](/b) c[^1]\n\n[^1]: d", engine).html
        assert f"</sup>{LINK.format('a-c')}</h2>" in html
        assert '<a href="/b">a</a>' in html

    def test_odd_headings(self, engine):
        html = self.done('## !!!\n\n## {#x&amp;y}\n\n## Größe {#"}', engine).html
        assert "<h2>!!!</h2>" in html
        assert html.count("<a ") == html.count("</a>")

    def test_the_authors_own(self, engine):
        html = self.done('<h2 id="x">A</h2>\n\n<a href="/b"><h3 id="y">C</h3></a>', engine).html
        assert html.count('class="anchor"') == 1
        assert f"A{LINK.format('x')}</h2>" in html

    def test_nothing_else_has_them(self, engine):
        text = "## A\n\nOne.\n\n<!--more-->\n\n## B\n\n[TOC]"
        done, plain = self.done(text, engine), render(text, MarkupSettings(engine))
        assert done.html != plain.html
        assert (done.excerpt, done.summary, done.toc, done.words, done.links) == (
            plain.excerpt,
            plain.summary,
            plain.toc,
            plain.words,
            plain.links,
        )
        assert done.toc in done.html
        assert portable(done.html, "https://x.org/a/") == portable(plain.html, "https://x.org/a/")


def test_html_is_left_alone():
    assert render('<h2 id="x">A</h2>', MarkupSettings(anchors=True), html=True).html == '<h2 id="x">A</h2>'


@pytest.mark.parametrize(
    ("name", "settings", "found"),
    [
        ("sitegen.toml", "", True),
        ("sitegen.toml", "markdown.anchors = false\n", False),
        ("_config.yml", "title: x\n", False),
        ("_config.yml", "markdown.anchors: true\n", True),
    ],
)
def test_where_they_are(tmp_path, name, settings, found):
    (tmp_path / name).write_text(settings)
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "2026-05-06-a.md").write_text("---\ntitle: A\n---\n## B\n\n## C\n")
    assert main(["build", "-s", str(tmp_path)]) == 0
    assert main(["check", "-s", str(tmp_path), "--only", "links,anchors,ids,words,headings", "--strict"]) == 0
    (post,) = (page for page in (tmp_path / "output").rglob("*/a*") if page.suffix == ".html" or page.is_dir())
    text = (post / "index.html" if post.is_dir() else post).read_text()
    assert ("#b" in text.partition("e-content")[2]) is found
    assert "Link to this section" not in (tmp_path / "output" / "feed.xml").read_text()
