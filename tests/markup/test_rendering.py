"""What is known about a body: excerpt, summary, words, links."""

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from sitegen.markup import MarkupError, MarkupSettings, plain_text, render
from sitegen.markup.faults import fault

SITE = MarkupSettings()


@pytest.mark.parametrize(
    ("body", "excerpt"),
    [
        ("# H\n\n<!-- c -->\n\nFirst *one*.\n\nSecond.", "<p>First <em>one</em>.</p>"),
        ("One.[^1]\n\n[^1]: note", "<p>One.</p>"),
        ("One.\n\nTwo.\n\n<!--more-->\n\nThree.", "<p>One.</p>\n<p>Two.</p>"),
        ("See [x].\n<!--more-->\nB\n\n[x]: /y", '<p>See <a href="/y">x</a>.</p>'),
        ("```\n<!--more-->\n```\n\nA", None),
        ("One.\n{: #id .c}", '<p class="c">One.</p>'),
        ("![](a.png)\n\nWords.", "<p>Words.</p>"),
        ("* contents\n{:toc}\n\nOne.\n\n# H", "<p>One.</p>"),
        ("[TOC]\n\nOne.\n\n<!--more-->\n\n# H", "<p>One.</p>"),
        ("<div>open\n\nrest", "<div>open\n\nrest\n</div>"),
        ("", ""),
    ],
)
def test_the_excerpt(body, excerpt):
    found = render(body, SITE).excerpt
    assert "&lt;!--more--&gt;" in found if excerpt is None else found == excerpt


def test_jekylls_separator_is_a_blank_line():
    assert render("One.\n\nTwo.", SITE, separator="\n\n").excerpt == "<p>One.</p>"


def test_the_summary_is_cut_at_a_word():
    summary = render("word " * 100, SITE).summary
    assert summary.endswith("word…")
    assert len(summary) <= 200


def test_words():
    assert render("It's *two* <!-- no --> words.\n\n日本", SITE).words == 5


def test_links_and_the_base():
    body = '[a](/x/) ![](/blog/y.png) [b](https://z.org) <img src="/i.png" srcset="/i.png 1x, /j.png 2x"> [c](#d)'
    done = render(body, MarkupSettings(baseurl="/blog"))
    assert done.links == ("/blog/x/", "/blog/y.png", "https://z.org", "/blog/i.png", "#d")
    assert 'srcset="/blog/i.png 1x, /blog/j.png 2x"' in done.html


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
def test_headings_have_ids_which_contents_and_links_find(engine):
    made = render("## One\n\n### Two\n\n## One", MarkupSettings(engine=engine))
    assert [part in made.toc for part in ('href="#one"', 'href="#two"', 'href="#one-1"')] == [True] * 3
    assert made.ends.ids == ("one", "two", "one-1")


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
@pytest.mark.parametrize(
    "own", ["<!-- <h2>old</h2> -->", "<script>\nshow('<h2>new</h2>')\n</script>", "<!-- <h2 class='a'>old</h2> -->"]
)
def test_what_only_looks_like_a_heading_is_left_alone(own, engine):
    made = render(f"{own}\n\n## One", MarkupSettings(engine=engine))
    assert own in made.html and '<h2 id="one">' in made.html


def test_html_is_left_alone():
    done = render("<p>*a*</p>\n<h2 id=x>B</h2>", SITE, html=True)
    assert done.html == "<p>*a*</p>\n<h2 id=x>B</h2>"


@pytest.mark.parametrize(
    ("html", "balanced"),
    [
        ("<div><p>a<ul><li>b", "<div><p>a<ul><li>b</ul></div>"),
        ("a</div></section><b>c</b></i>", "a<b>c</b>"),
        ("<b>x<i>y</b>z</i>", "<b>x<i>y</b>z</i>"),
        ("<svg><path d='a'/></svg><br>", "<svg><path d='a'/></svg><br>"),
        ("<div/>a", "<div/>a</div>"),
        ("<div>x<select></div>y", "<div>x<select></select></div>y"),
        ("<title>x", "<title>x</title>"),
        ("<script>x", "<script>x</script>"),
        ("<script><!--<script>", "<script><!--<script>\n--></script>"),
        ("<script><!--<script></script></script>", "<script><!--<script></script></script>"),
        ("<!-- a", "<!-- a-->"),
        ("<!-->a<!--->b<!-- c --!>d", "<!-->a<!--->b<!-- c --!>d"),
        ("<?x", "<?x>"),
        ("a <plaintext>b", "a &lt;plaintext&gt;b"),
        ('<p>a < b <a href="x>y</a>', '<p>a < b &lt;a href="x&gt;y'),
        ("a <b", "a &lt;b"),
    ],
)
def test_html_ends_what_it_begins(html, balanced):
    assert render(html, SITE, html=True).html == balanced


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
@pytest.mark.parametrize("place", ["", "x "])
@pytest.mark.parametrize(
    "opening",
    [
        "<script>", "<style>", "<textarea>", "<title>", "<plaintext>", "<select>", "<div>", "<b>", "<svg>", "<?x",
        "<!--", "<![CDATA[", '<div class="', "</div>", "<div/>", "<script><!--<script>",
    ],
)  # fmt: skip
def test_a_body_leaves_nothing_open(opening, place, engine):
    assert fault(render(f"{place}{opening}\n\nabc", MarkupSettings(engine)).html) == ""


def test_plain_text():
    assert plain_text("<p>a &amp; <b>b</b></p><script>x</script><!-- y --><p>c") == "a & b c"


def test_the_result_and_the_error_can_be_sent_to_another_process():
    assert pickle.loads(pickle.dumps(render("a", SITE))) == render("a", SITE)
    error = pickle.loads(pickle.dumps(MarkupError("no", 3)))
    assert (error.message, error.line) == ("no", 3)


def test_nothing_leaks_from_one_body_into_the_next():
    render("[x]: /leak\n\n*[HTML]: leak\n\n[^1]: leak\n\n# H", SITE)
    assert render("[x] HTML [^1]\n\n# H", SITE).html == '<p>[x] HTML [^1]</p>\n<h1 id="h">H</h1>'


def test_threads_share_nothing():
    bodies = [f"# {n}\n\n[a][r] *{n}*[^1]\n\n[r]: /{n}\n\n[^1]: {n}" for n in range(60)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda body: render(body, SITE), bodies))
    assert together == [render(body, SITE) for body in bodies]


def test_importing_is_light():
    code = "import sys, sitegen.markup; print(*({'markdown', 'pygments', 'pyromark', 'pymdownx'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not run.stdout.strip()
