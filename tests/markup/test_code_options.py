"""What a fence says beside the language, in both engines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.markup import MarkupSettings, plain_text, render
from sitegen.markup.code_options import NONE, CodeOptions, beyond, options_of
from sitegen.markup.dialect import Dialect
from sitegen.markup.highlighting import code_block
from tests.check.world import POST, post, told, written

ROWS = [
    ("python", NONE),
    ("ruby config/app.rb", NONE),
    ("rust,ignore", NONE),
    ('py title="a b.py"', CodeOptions(title="a b.py")),
    ("py title='a' linenos", CodeOptions(title="a", start=1)),
    ("py title=a.py,linenos=10", CodeOptions(title="a.py", start=10)),
    ("py start=0", CodeOptions(start=0)),
    ('py linenums="1"', CodeOptions(start=1)),
    ("py linenos linenos=false", NONE),
    ("py {2,4-6}", CodeOptions(marked=((2, 2), (4, 6)))),
    ('py hl_lines="1 3-3" {5}', CodeOptions(marked=((5, 5), (1, 1), (3, 3)))),
    ('{.py title="x" #id}', CodeOptions(title="x")),
    ('py title="linenos {3}"', CodeOptions(title="linenos {3}")),
    ("py hl_lines=b", CodeOptions(wrong=('`hl_lines` cannot be "b"',))),
    ("py {0} {5-2}", CodeOptions(wrong=('`hl_lines` cannot be "0"', '`hl_lines` cannot be "5-2"'))),
    ("py linenos=many", CodeOptions(wrong=('`linenos` cannot be "many"',))),
    ("py titel=x", CodeOptions(wrong=('code has no option `titel`; did you mean "title"?',))),
]


@pytest.mark.parametrize(("info", "options"), ROWS)
def test_it_reads(info, options):
    assert options_of(info) == options


def test_what_is_beyond():
    found = list(beyond(options_of("py {2,4-999999,7}"), 5))
    assert found == [
        "there is no line 999999 to be marked: the code has 5 lines",
        "there is no line 7 to be marked: the code has 5 lines",
    ]


CODE = '"""A\n\nb"""\nx = 1\n'


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
class TestBothEngines:
    def html(self, info, engine, code=CODE):
        return render(f"```{info}\n{code}```", MarkupSettings(engine)).html

    def test_a_title(self, engine):
        html = self.html('python title="a <b>"', engine)
        assert html.startswith('<figure class="highlight"><figcaption>a &lt;b&gt;</figcaption><pre tabindex="0"><span>')
        assert html.endswith("</code></pre></figure>")

    def test_numbers_are_no_text(self, engine):
        html = self.html("python linenos=41", engine)
        assert html.count("data-line=") == 4
        assert 'data-line="44"><span class="n">x' in html
        assert plain_text(html) == plain_text(self.html("python", engine))

    def test_lines_that_stand_out(self, engine):
        html = self.html("text {2,4-9}", engine)
        assert '"""A\n<mark class="hll">\n</mark>b"""\n<mark class="hll">x = 1\n</mark></code>' in html

    def test_a_fence_without_a_language(self, engine):
        assert '<pre tabindex="0"><code><mark class="hll">' in self.html("{1}", engine)

    def test_without_the_extension_it_is_a_plain_block(self, engine):
        settings = MarkupSettings(engine, dialect=Dialect(extended=False))
        assert render('```py title="a" {1}\nx\n```', settings).html == render("```py\nx\n```", settings).html


def test_a_title_below_the_block():
    html = render('```py\nx\n```\n{: title="a" .c #d}', MarkupSettings()).html
    assert html.startswith('<figure class="highlight c" id="d"><figcaption>a</figcaption>')
    plain = MarkupSettings(dialect=Dialect(extended=False))
    assert render('```py\nx\n```\n{: title="a"}', plain).html.startswith('<div title="a" class="highlight">')


@given(st.text(alphabet="abcé{}=\",-0123456789 'title hl_lines", max_size=60), st.text(max_size=40))
def test_no_line_is_lost(info, code):
    assert plain_text(code_block(code, "python", options_of(f"{info} linenos {{1}}"))).split() == (
        (options_of(info).title + " " + code).split()
    )


def test_check_tells(tmp_path):
    body = "```py {3}\na\n```\n\n> ```py {1} titel=x\n> a\n> ```\n\n```ruby a.rb\nx\n```"
    assert told(written(tmp_path, {POST: post(body)}), "fences") == [
        f"warning fences {POST}:4: there is no line 3 to be marked: the code has one line",
        f'warning fences {POST}:8: code has no option `titel`; did you mean "title"?',
    ]
