"""What the default engine makes of kramdown's dialect."""

import pytest

from sitegen.markup import MarkupSettings, fragment, render

SITE = MarkupSettings()


def flat(markdown: str) -> str:
    """The HTML on one line, without blanks between tags."""
    return " ".join(fragment(markdown, SITE).replace("\n", " ").split()).replace("> <", "><")


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("para\n- a\n- b", "<p>para</p><ul><li>a</li><li>b</li></ul>"),
        ("- a\n  - b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("1. a\n  - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("In\n1986. A year", "<p>In 1986. A year</p>"),
        ("1. a\n\n   b\n\n2. c", "<ol><li><p>a</p><p>b</p></li><li><p>c</p></li></ol>"),
        ("- a\nlazy\n\nafter", "<ul><li>a lazy</li></ul><p>after</p>"),
        ("> - a\n>   - b", "<blockquote><ul><li>a<ul><li>b</li></ul></li></ul></blockquote>"),
        ("a\n\n    - code", "<p>a</p><pre><code>- code </code></pre>"),
        ("<div>\n- a\n\n- b\n</div>", "<div> - a - b </div>"),
        ("<pre>\n```\n- x\n</pre>", "<pre> ``` - x </pre>"),
        ("- a\n- b\n{: .x}", '<ul class="x"><li>a</li><li>b</li></ul>'),
        ("para\n{: .x #y}", '<p class="x" id="y">para</p>'),
        ("*a*{: .x} {b}", '<p><em class="x">a</em> {b}</p>'),
        ("`a`{b}", "<p><code>a</code>{b}</p>"),
        ("- a\n\n\t> b\n\t> c", "<ul><li><p>a</p><blockquote><p>b c</p></blockquote></li></ul>"),
        ("#tag", "<p>#tag</p>"),
        ("~~a~~ H~2~O", "<p><del>a</del> H~2~O</p>"),
        ("a  \nb", "<p>a<br> b</p>"),
        ("\\<b>", "<p>&lt;b&gt;</p>"),
        ('"Hi" it\'s a--b... \\"raw\\"', '<p>“Hi” it’s a–b… "raw"</p>'),
        ('"*em*" the \'80s `"c"`', '<p>“<em>em</em>” the ’80s <code>"c"</code></p>'),
        ("{{ site.title }} {% raw %}", "<p>{{ site.title }} {% raw %}</p>"),
        ('<div markdown="1">\n*a*\n</div>', "<div><p><em>a</em></p></div>"),
        ("term\n: what", "<dl><dt>term</dt><dd>what</dd></dl>"),
        ("HTML\n\n*[HTML]: Hyper", '<p><abbr title="Hyper">HTML</abbr></p>'),
        (
            "- [x] a",
            '<ul class="task-list"><li class="task-list-item">'
            '<input type="checkbox" disabled checked aria-label="Done"/> a</li></ul>',
        ),
    ],
)
def test_it_reads(markdown, html):
    assert flat(markdown) == html


def test_a_table_scrolls_by_the_keyboard():
    html = flat("a | b\n--|--\n1 | {y}")
    assert 'class="table" role="region" tabindex="0"' in html
    assert "<td>{y}</td>" in html


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
class TestBothEngines:
    def html(self, markdown, engine):
        return render(markdown, MarkupSettings(engine)).html

    def test_code_is_coloured(self, engine):
        html = self.html("```python\nx = 1\n```", engine)
        assert html.startswith('<div class="highlight"><pre tabindex="0"><span></span><code class="language-python">')
        assert '<span class="mi">1</span>' in html

    def test_an_unknown_language_is_plain(self, engine):
        assert '<code class="language-nope">x &lt; 1\n</code>' in self.html("```nope,ignore\nx < 1\n```", engine)

    def test_a_fence_without_language_scrolls(self, engine):
        assert '<div class="highlight"><pre tabindex="0"><code>x\n</code></pre></div>' in self.html(
            "```\nx\n```", engine
        )

    def test_indented_code_wraps(self, engine):
        assert self.html("a\n\n    x\n", engine).endswith("<pre><code>x\n</code></pre>")

    def test_tabs_in_code_stay(self, engine):
        assert "\n\tx" in self.html("```\na:\n\tx\n```", engine)

    def test_heading_ids_are_kramdowns(self, engine):
        html = self.html("## Größe  2\n\n## A & b\n\n## !!!\n\n## A & b\n\n## X {#own .c}\n\n## The set {a, b}", engine)
        for part in ('id="größe--2"', 'id="a--b"', 'id="a--b-1"', "<h2>!!!</h2>", 'id="own"', 'class="c"', "{a, b}"):
            assert part in html

    def test_footnotes_look_the_same(self, engine):
        html = self.html("a[^n]\n\n[^n]: note", engine)
        assert (
            '<sup id="fnref:n" role="doc-noteref"><a href="#fn:n" class="footnote-ref" rel="footnote">1</a></sup>'
            in html
        )
        assert '<div class="footnote footnotes" role="doc-endnotes">' in html
        assert '<li id="fn:n" role="doc-endnote"><p>note\u00a0<a href="#fnref:n" class="footnote-backref rev' in html

    @pytest.mark.parametrize("place", ["[TOC]", "* TOC\n{:toc}"])
    def test_contents(self, engine, place):
        done = render(f"{place}\n\n# A\n\n## B *c*\n\n# D", MarkupSettings(engine))
        assert done.toc == (
            '<ul><li><a href="#a">A</a><ul><li><a href="#b-c">B <em>c</em></a></li></ul></li>'
            '<li><a href="#d">D</a></li></ul>'
        )
        assert done.html.startswith(done.toc)

    def test_contents_in_code_are_text(self, engine):
        assert "[TOC]" in self.html("```\n[TOC]\n```\n\n# A", engine)
