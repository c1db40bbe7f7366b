"""What the default engine makes of kramdown's dialect."""

import pytest

from sitegen.markup import MarkupSettings, fragment, render
from sitegen.markup.dialect import Dialect, changed

SITE = MarkupSettings()


def flat(markdown: str) -> str:
    """The HTML on one line, without blanks between tags."""
    return " ".join(fragment(markdown, SITE).replace("\n", " ").split()).replace("> <", "><")


# What is read, and what it becomes: one row at least for each rule of the dialect.
ROWS = [
    ("para\n- a\n- b", "<p>para</p><ul><li>a</li><li>b</li></ul>"),
    ("- a\n  - b", "<ul><li>a <ul><li>b</li></ul></li></ul>"),
    ("1. a\n  - b\n2. c", "<ol><li>a <ul><li>b</li></ul></li><li>c</li></ol>"),
    ("In\n1986. A year", "<p>In 1986. A year</p>"),
    ("1. a\n\n   b\n\n2. c", "<ol><li><p>a</p><p>b</p></li><li><p>c</p></li></ol>"),
    ("- a\nlazy\n\nafter", "<ul><li>a lazy</li></ul><p>after</p>"),
    ("> - a\n>   - b", "<blockquote><ul><li>a <ul><li>b</li></ul></li></ul></blockquote>"),
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
    # 2-4: by the column of the text; a list of two columns, a fence in an item
    ("-   a\n\n    b\n  - c", "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>"),
    ("1. a\n   - b\n\n     c\n2. d", "<ol><li>a <ul><li><p>b</p><p>c</p></li></ul></li><li>d</li></ol>"),
    ("- a\n\n- b\n- c", "<ul><li><p>a</p></li><li>b</li><li>c</li></ul>"),
    ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
    ("- a\n^\n- b", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
    ("> a\n\n> b", "<blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote>"),
    ("a\n> b", "<p>a</p><blockquote><p>b</p></blockquote>"),
    # 7-11: attribute lists
    ("> a\n{: .x}", '<blockquote class="x"><p>a</p></blockquote>'),
    ("{: .x}\n# A\n\nb", '<h1 id="a" class="x">A</h1><p>b</p>'),
    ("# A\n{: #y}", '<h1 id="y">A</h1>'),
    ("    x\n{: .c}", '<pre class="c"><code>x </code></pre>'),
    ("- {: .c} a", '<ul><li class="c">a</li></ul>'),
    ('{:ref: .c key="v"}\n\na\n{: ref}', '<p class="c" key="v">a</p>'),
    ("[a](/b){: rel='c'} {d}", '<p><a href="/b" rel="c">a</a> {d}</p>'),
    ("a {: .b}", "<p>a {: .b}</p>"),
    # 12: extensions
    ("a\n\n{::comment}\nhidden\n{:/comment}\n\nb {::comment}x{:/} c", "<p>a</p><p>b c</p>"),
    ('{::nomarkdown}\n<b>*a*</b>\n{:/}\n\n{::options toc_levels="2" /}', "<b>*a*</b>"),
    # 13: maths
    ("a $$x_1 < y_1$$ for $5", "<p>a \\(x_1 &lt; y_1\\) for $5</p>"),
    ("a\n\n$$\nx\n$$\n\nb", '<p>a</p><div class="math">\\[x\\]</div><p>b</p>'),
    # 14: tables without a header; a stray `|` is text
    ("a | b", "<p>a | b</p>"),
    ("`a|b` c\nd | e", "<p><code>a|b</code> c d | e</p>"),
    # 16-18
    ("~~a *b*~~", "<p><del>a <em>b</em></del></p>"),
    ("a\\\\\nb\\\nc", "<p>a<br> b<br> c</p>"),
    ("a\n^\n{: .x}\nb", '<p>a</p><p class="x">b</p>'),
    # 22: signs
    ("<<a>> << b >> 1 < 2", "<p>«a» « b » 1 &lt; 2</p>"),
    ("&copy; &nope; &#38; AT&T", "<p>© &amp;nope; &amp; AT&amp;T</p>"),
    # emphasis
    ("a_b_c 2*3*4 __init__ *a*b", "<p>a_b_c 2<em>3</em>4 <strong>init</strong><em>a</em>b</p>"),
    ("**日**本 ***a*** * b *", "<p><strong>日</strong>本 <strong><em>a</em></strong> * b *</p>"),
    # links
    (
        "[a\nb][x\ny] [`c`]\n\n[x y]: </u v> 'T'\n[`c`]: /w\n  \"U\"",
        '<p><a href="/u v" title="T">a b</a><a href="/w" title="U"><code>c</code></a></p>',
    ),
    ('[a](/b(c)) [d [e]](/f "g") [h]', '<p><a href="/b(c)">a</a><a href="/f" title="g">d [e]</a> [h]</p>'),
    (
        "[![a \\* b](/i)](/j) <x@y.z> http://u.v",
        '<p><a href="/j"><img src="/i" alt="a * b"></a><a href="mailto:x@y.z">x@y.z</a> http://u.v</p>',
    ),
    # HTML: closed where nothing closes it, text where nothing opened it
    ("<div>\n*a* <b>x\n</div>\n\n*b*", "<div> *a* <b>x &lt;/div&gt; *b* </b></div>"),
    ("a </b> <b>*c*</b> <code>*d*</code>", "<p>a &lt;/b&gt; <b><em>c</em></b><code>*d*</code></p>"),
    ("<!-- a --> b", "<!-- a --><p>b</p>"),
    ('<p markdown="1">*a*</p>', "<p><em>a</em></p>"),
    ("<script>\nif (a < b) '*c*';\n</script>", "<script> if (a < b) '*c*'; </script>"),
    # fences
    ("```\na", "<p>``` a</p>"),
    (
        "- a\n\n  ```\n  b\n  ```",
        '<ul><li><p>a</p><div class="highlight"><pre tabindex="0"><code>b </code></pre></div></li></ul>',
    ),
    ("term\n\n: a\n: b\n\n  c", "<dl><dt>term</dt><dd><p>a</p></dd><dd>b<p>c</p></dd></dl>"),
    ("Head\n---\na\n---", '<h2 id="head">Head</h2><p>a —</p>'),
    (
        "- [x] a",
        '<ul class="task-list"><li class="task-list-item">'
        '<input type="checkbox" disabled checked aria-label="Done"/> a</li></ul>',
    ),
    # of the same words by other signs
    ("## a ## {#b}", '<h2 id="b">a</h2>'),
    ("# Size ⓟ Ⅷ", '<h1 id="size-ⓟ-ⅷ">Size ⓟ Ⅷ</h1>'),
    ("    a\n    \u00a0b", "<pre><code>a b </code></pre>"),
    ("a\n\n    b\n\u3000c", "<p>a</p><pre><code>b c </code></pre>"),
    ("<a id='x'>[b](c)</a>", '<p><a id="x"><a href="c">b</a></a></p>'),
    ("- a\n  <x>b</x>\n- c\\\n  > d", "<ul><li>a <x>b</x></li><li>c <blockquote><p>d</p></blockquote></li></ul>"),
    ("a\n: {: .x} b", '<dl><dt>a</dt><dd class="x">b</dd></dl>'),
    ("{: .y} a\n: b", '<dl><dt class="y">a</dt><dd>b</dd></dl>'),
]


@pytest.mark.parametrize(("markdown", "html"), ROWS)
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
            '<sup id="fnref:n"><a href="#fn:n" class="footnote-ref" rel="footnote" role="doc-noteref">1</a></sup>'
            in html
        )
        assert '<div class="footnote footnotes" role="doc-endnotes"><ol><li id="fn:n">' in html.replace("\n", "")
        assert '<li id="fn:n"><p>note\u00a0<a href="#fnref:n" class="footnote-backref rev' in html

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


# What `kramdown:` in Jekyll's configuration may say, and what it makes of a text.
CHOICES = [
    ({"smart_quotes": "apos,apos,quot,quot"}, '"a" isn\'t', '<p>"a" isn\'t</p>'),
    ({"smart_quotes": ["laquo", "raquo", "8222", "8220"]}, "'a' \"b\"", "<p>«a» „b“</p>"),
    ({"auto_ids": False}, "# a", "<h1>a</h1>"),
    ({"parse_block_html": True}, "<div>\n*a*\n</div>", "<div><p><em>a</em></p></div>"),
    ({"parse_block_html": "true"}, "<table>\n<td>*a*</td>\n</table>", "<table><td>*a*</td></table>"),
    ({"parse_span_html": "false"}, "<b>*a*</b> *c*", "<p><b>*a*</b><em>c</em></p>"),
    (
        {"toc_levels": "2..3"},
        "1. x\n{:toc}\n\n# A\n\n## B\n\n#### C",
        '<ol><li><a href="#b">B</a></li></ol><h1 id="a">A</h1><h2 id="b">B</h2><h4 id="c">C</h4>',
    ),
]


class TestChoices:
    def html(self, options, markdown):
        return render(markdown, MarkupSettings(dialect=changed(Dialect(), options))).html

    @pytest.mark.parametrize(("options", "markdown", "html"), CHOICES)
    def test_they_hold(self, options, markdown, html):
        assert " ".join(self.html(options, markdown).split()).replace("> <", "><") == html

    @pytest.mark.parametrize(
        "options", [None, ["auto_ids"], {"smart_quotes": "no,such", "auto_ids": "perhaps", "footnote_nr": -1}]
    )
    def test_what_kramdown_would_not_understand(self, options):
        assert changed(Dialect(), options) == Dialect()

    def test_the_compiled_engine_knows_the_levels_of_the_contents(self):
        settings = MarkupSettings("commonmark", dialect=changed(Dialect(), {"toc_levels": "2,3"}))
        html = render("1. x\n{:toc}\n\n# A\n\n## B\n\n### C\n\n#### D", settings).html
        assert html.startswith('<ol><li><a href="#b">B</a><ol><li><a href="#c">C</a></li></ol></li></ol>')

    def test_the_first_footnote(self):
        html = flat('{::options footnote_nr="5" /}\na[^x]\n\n[^x]: b')
        assert (">5</a></sup>" in html, '<ol start="5">' in html, "footnote 5 in" in html) == (True, True, True)

    def test_options_in_the_text(self):
        assert flat('{::options auto_ids="false" /}\n\n# a') == "<h1>a</h1>"

    def test_the_place_of_the_footnotes(self):
        html = flat("a[^1]\n\n* notes\n{:footnotes}\n\nend\n\n[^1]: b")
        assert html.endswith("</ol></div><p>end</p>")
        assert "notes</li>" not in html
