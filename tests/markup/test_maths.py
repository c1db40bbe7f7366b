"""Formulas as MathML, in both engines."""

import sys
from pathlib import Path

import pytest

from sitegen.cli import main
from sitegen.markup import MarkupError, MarkupSettings, plain_text, portable, render
from sitegen.markup.dialect import Dialect
from sitegen.markup.mathml import UnreadFormula, converted, line_of

X = '<math display="{}" alttext="x^2"><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math>'
INLINE, BLOCK = X.format("inline"), X.format("block")
BOX = f'<div class="math" role="group" tabindex="0" aria-label="Formula">{BLOCK}</div>'


def rendered(text, engine="markdown"):
    return render(text, MarkupSettings(engine, dialect=Dialect(maths=True)))


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
class TestBothEngines:
    @pytest.mark.parametrize(
        ("markdown", "html"),
        [
            ("a $$x^2$$ b", f"<p>a {INLINE} b</p>"),
            ("*a $$x^2$$*", f"<p><em>a {INLINE}</em></p>"),
            ("a\n\n$$\nx^2\n$$\n\nb", f"<p>a</p>\n{BOX}\n<p>b</p>"),
            ("$$x^2$$", BOX),
            ("- a $$x^2$$", f"<ul>\n<li>a {INLINE}</li>\n</ul>"),
            ("$5 and $6, $7-$8", "<p>$5 and $6, $7-$8</p>"),
            ("`$$x$$`", "<p><code>$$x$$</code></p>"),
            ("a $$ b", "<p>a $$ b</p>"),
        ],
    )
    def test_it_reads(self, markdown, html, engine):
        assert rendered(markdown, engine).html == html

    def test_signs_are_escaped(self, engine):
        html = rendered('a $$\\text{<script>"} < y$$', engine).html
        assert 'alttext="\\text{&lt;script&gt;&quot;} &lt; y"' in html
        assert '<mtext>&lt;script&gt;"</mtext><mo>&lt;</mo>' in html

    @pytest.mark.parametrize(
        ("body", "line", "message"),
        [
            ("a\n\nb $$\\foo$$", 3, "the formula `\\foo` cannot be read: there is no command \\foo"),
            ("a\n\n$$\nx\n\\frac{1}\n$$", 4, "the formula `x \\frac{1}` cannot be read: something is missing"),
            ("> $$x^2^3$$", 1, "the formula `x^2^3` cannot be read: double superscripts"),
            ("a $$ $$ b", 1, "the formula `` cannot be read: it is empty"),
            (
                "```\n$$\\foo$$\n```\n\n`$$\\foo$$`\n\n$$\\foo$$",
                7,
                "the formula `\\foo` cannot be read: there is no command \\foo",
            ),
        ],
    )
    def test_what_cannot_be_read(self, body, line, message, engine):
        with pytest.raises(MarkupError) as caught:
            rendered(body, engine)
        assert (caught.value.message, caught.value.line) == (message, line)

    def test_no_latex_elsewhere(self, engine):
        done = rendered("The sum $$\\sum_{i} \\frac{a}{b}$$ is here.", engine)
        assert done.summary == "The sum ∑ i a b is here."
        assert "\\" not in plain_text(done.html)
        assert plain_text(portable(done.html, "https://x.org/")) == done.summary


@pytest.mark.parametrize(
    "formula",
    ["{", "}", "\\", "\\left(", "\\frac\\frac", "\\color", "\\genfrac{}{}{}{9}{a}{b}", "a & b", "{" * 3000, "^"],
)
def test_odd_formulas_are_told_or_shown(formula):
    try:
        assert converted(formula).startswith("<math ")
    except UnreadFormula as error:
        assert "cannot be read" in str(error)


@pytest.mark.parametrize(
    ("formula", "why"),
    [("e^{-t", "{ is not closed"), (r"\frac{k}{\lambda\left(x\right)", "{ is not closed"), ("a}", "} closes nothing")],
)
def test_braces_that_do_not_match_are_told(formula, why):
    with pytest.raises(UnreadFormula, match=why):
        converted(formula)
    assert converted(r"\{a\}").startswith("<math ")


@pytest.mark.parametrize(
    ("formula", "name"),
    [
        (f"\\newcommand{{\\q}}[1]{{{'#1' * 200}}}\\q{{\\q{{{'x' * 200}}}}}", "newcommand"),
        ("\\renewcommand{\\q}{a}", "renewcommand"),
        ("\\def\\q{a}", "def"),
        ("\\href{javascript:alert(1)}{x}", "href"),
    ],
)
def test_neither_macros_nor_links(formula, name):
    with pytest.raises(UnreadFormula, match=f"\\\\{name} is not for formulas"):
        converted(formula)
    assert converted(r"a\\def").startswith("<math ")


def test_a_formula_that_is_too_long():
    with pytest.raises(UnreadFormula, match="more than 5,000 signs"):
        converted("x+" * 3000)


@pytest.mark.parametrize(
    ("formula", "part"),
    [
        ("\\begin{aligned}a&=b\\\\c&=d\\end{aligned}", '<mtd style="text-align: right"><mi>a</mi></mtd>'),
        ("\\begin{gathered}a\\\\b\\end{gathered}", "<mtr><mtd><mi>b</mi></mtd></mtr>"),
        ("\\mathrm{d}x", '<mi mathvariant="normal">d</mi><mi>x</mi>'),
    ],
)
def test_what_the_converter_does_otherwise(formula, part):
    assert part in converted(formula)


def test_the_line_of_a_formula_that_is_not_there():
    assert line_of("x", "y") is None


def site(folder: Path, settings: str, body: str, name: str = "sitegen.toml") -> Path:
    (folder / "_posts").mkdir()
    (folder / name).write_text(settings)
    (folder / "_posts" / "2026-05-06-a.md").write_text(f"---\ntitle: A\n---\n{body}\n")
    return folder


def test_without_the_setting_scripts_find_them(tmp_path):
    assert main(["build", "-s", str(site(tmp_path, "", "a $$x$$"))]) == 0
    assert "a \\(x\\)" in (tmp_path / "output/2026/05/06/a/index.html").read_text()


def test_the_setting(tmp_path):
    assert main(["build", "-s", str(site(tmp_path, "markdown.maths = true\n", "a $$x^2$$"))]) == 0
    assert INLINE in (tmp_path / "output/2026/05/06/a/index.html").read_text()
    assert "&lt;math" in (tmp_path / "output/feed.xml").read_text()


def test_the_line_of_the_post_is_told(tmp_path, capsys):
    assert main(["build", "-s", str(site(tmp_path, "markdown.maths = true\n", "a\n\n$$\\foo$$"))]) == 1
    said = capsys.readouterr().err
    assert "_posts/2026-05-06-a.md:6: the formula `\\foo` cannot be read: there is no command \\foo" in said


@pytest.mark.parametrize(("name", "code"), [("sitegen.toml", 1), ("_config.yml", 0)])
def test_without_the_extra_one_problem_says_so(tmp_path, capsys, monkeypatch, name, code):
    monkeypatch.setitem(sys.modules, "latex2mathml", None)
    settings = "markdown.maths: true\n" if name == "_config.yml" else "markdown.maths = true\n"
    assert main(["build", "-s", str(site(tmp_path, settings, "a $$x$$", name))]) == code
    said = capsys.readouterr()
    assert (said.out + said.err).count("`markdown.maths` cannot be") == 1
    assert code or "\\(x\\)" in next((tmp_path / "output").rglob("a.html")).read_text()
