"""Alerts: the same HTML from both ways to write them, and from both engines."""

import pytest

from sitegen.cli import main
from sitegen.markup import MarkupError, MarkupSettings, render
from sitegen.markup.dialect import Dialect


def alert(kind: str, title: str, inside: str) -> str:
    return (
        f'<div class="alert alert-{kind}" role="note">\n<p class="alert-title"><strong>{title}</strong></p>\n'
        f"{inside}\n</div>"
    )


ROWS = [
    ("> [!NOTE]\n> a *b*", alert("note", "Note", "<p>a <em>b</em></p>")),
    ("> [!tip]\n>\n> a", alert("tip", "Tip", "<p>a</p>")),
    ("> [!IMPORTANT] My *own*\n> a\n> b", alert("important", "My <em>own</em>", "<p>a\nb</p>")),
    ("> [!WARNING] Only this", alert("warning", "Only this", "").replace("\n\n", "\n")),
    ("> [!CAUTION]\n> - a\n> - b", alert("caution", "Caution", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>")),
    ("> [!danger]\n> a", alert("caution", "Danger", "<p>a</p>")),
    ("!!! note\n    a\n\n    b", alert("note", "Note", "<p>a</p>\n<p>b</p>")),
    ('!!! warning "Mind *this*"\n    a', alert("warning", "Mind <em>this</em>", "<p>a</p>")),
    ("!!! unheard of\n\n    a", alert("note", "Unheard", "<p>a</p>").replace("alert-note", "alert-note of")),
    ('!!! tip ""\n    a', alert("tip", "Tip", "<p>a</p>").replace("title", "title unseen", 1)),
    ("!!! note\n\ta", alert("note", "Note", "<p>a</p>")),
    ("# A\n!!! note\n    a", '<h1 id="a">A</h1>\n' + alert("note", "Note", "<p>a</p>")),
    ("!!! note\n    !!! tip\n        a", alert("note", "Note", alert("tip", "Tip", "<p>a</p>"))),
    ("> > [!TIP]\n> > a", f"<blockquote>\n{alert('tip', 'Tip', '<p>a</p>')}\n</blockquote>"),
    ("> [!TIP]\n> > a", alert("tip", "Tip", "<blockquote>\n<p>a</p>\n</blockquote>")),
    ("!!! note\n    a\n> b", alert("note", "Note", "<p>a</p>") + "\n<blockquote>\n<p>b</p>\n</blockquote>"),
    # what is none
    ("> [!NOTE]", "<blockquote>\n<p>[!NOTE]</p>\n</blockquote>"),
    ("> [!NOTHING] a\n> b", "<blockquote>\n<p>[!NOTHING] a\nb</p>\n</blockquote>"),
    ("> a\n> [!NOTE]", "<blockquote>\n<p>a\n[!NOTE]</p>\n</blockquote>"),
    ("!!! note", "<p>!!! note</p>"),
    ("!!! note\na", "<p>!!! note\na</p>"),
    ("!!! 3\n\n    a", "<p>!!! 3</p>\n<pre><code>a\n</code></pre>"),
    ("    !!! note\n        a", "<pre><code>!!! note\n    a\n</code></pre>"),
]


def plain(html: str) -> str:
    """Without the blanks between blocks, which the engines set as they like."""
    return html.replace("\n", "")


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
class TestBothEngines:
    @pytest.mark.parametrize(("markdown", "html"), ROWS)
    def test_they_read(self, markdown, html, engine):
        assert plain(render(markdown, MarkupSettings(engine)).html) == plain(html)

    def test_code_in_them(self, engine):
        for text in ("> [!NOTE]\n> ```python\n> !!! x\n> ```", "!!! note\n    ```python\n    !!! x\n    ```"):
            html = render(text, MarkupSettings(engine)).html
            assert '<code class="language-python">' in html
            assert html.endswith("</code></pre></div>\n</div>")

    def test_they_are_text_in_code(self, engine):
        text = "```\n!!! note\n    a\n> [!NOTE]\n> b\n```"
        assert "alert" not in render(text, MarkupSettings(engine)).html

    def test_they_do_not_begin_a_posts_summary(self, engine):
        done = render("> [!NOTE]\n> Old news.\n\nThe text.", MarkupSettings(engine))
        assert (done.summary, done.words) == ("The text.", 5)

    def test_without_the_extension_they_are_quotes_and_text(self, engine):
        settings = MarkupSettings(engine, dialect=Dialect(extended=False))
        assert render("> [!NOTE]\n> a", settings).html == "<blockquote>\n<p>[!NOTE]\na</p>\n</blockquote>"
        assert render("!!! note\n\n    a\n", settings).html == "<p>!!! note</p>\n<pre><code>a\n</code></pre>"

    def test_they_cannot_be_too_deep(self, engine):
        body = "\n".join("    " * depth + "!!! note" for depth in range(60)) + "\n" + "    " * 60 + "a"
        with pytest.raises(MarkupError, match="more than 30 deep"):
            render(body, MarkupSettings(engine))

    def test_the_authors_own_quotes_in_html(self, engine):
        html = render("</blockquote>\n\n<blockquote>\n\na\n\n> [!TIP]\n> b\n", MarkupSettings(engine)).html
        assert html.count("<div") == html.count("</div>")


def test_a_title_that_a_mark_crosses_stays_a_quote_in_the_compiled_engine():
    html = render("> [!NOTE] a *b\n> c* d", MarkupSettings("commonmark")).html
    assert html == "<blockquote>\n<p>[!NOTE] a <em>b\nc</em> d</p>\n</blockquote>"


def test_attributes_are_added():
    html = render("> [!NOTE]\n> a\n{: .big #x}", MarkupSettings()).html
    assert html.startswith('<div class="alert alert-note big" role="note" id="x">')


@pytest.mark.parametrize(
    ("name", "settings", "found"),
    [
        ("sitegen.toml", "", True),
        ("sitegen.toml", "[markdown]\nextended = false\n", False),
        ("_config.yml", "title: x\n", False),
        ("_config.yml", "markdown: kramdown\nmarkdown.extended: true\n", True),
    ],
)
def test_where_they_are_read(tmp_path, name, settings, found):
    (tmp_path / name).write_text(settings)
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "2026-05-06-a.md").write_text("---\ntitle: A\n---\n> [!NOTE]\n> b\n")
    assert main(["build", "-s", str(tmp_path)]) == 0
    pages = "".join(page.read_text() for page in (tmp_path / "output").rglob("*.html"))
    assert ('role="note"' in pages) is found


def test_they_are_not_taken_for_prose_that_is_indented(tmp_path):
    prose = "    These are words that are in a row, and there are really very many of them here.\n"
    (tmp_path / "_posts").mkdir()
    body = f"!!! note\n\n{prose}\n    ```text\n    x\n    ```\n"
    (tmp_path / "_posts" / "2026-05-06-a.md").write_text(f"---\ntitle: A\n---\n{body}")
    assert main(["check", "-s", str(tmp_path), "--only", "indents", "--strict"]) == 0
