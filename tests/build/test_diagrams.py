"""Diagrams: where the script that draws them is asked for, and what is told where it is not there."""

from pathlib import Path

import pytest

from sitegen.cli import main

FENCE = "Text.\n\n```mermaid\ngraph LR\n  a --> b\n```"
SET = 'title = "x"\nmarkdown.mermaid = "/lib/mermaid.min.js"\n'
PAGES = ("2026/05/06/a/index.html", "2026/05/07/b/index.html", "index.html")


def built(folder: Path, settings: str, capsys: pytest.CaptureFixture[str], *, script: bool = False) -> str:
    """What is said when the site is built."""
    (folder / "_posts").mkdir(exist_ok=True)
    (folder / "sitegen.toml").write_text(settings)
    (folder / "_posts" / "2026-05-06-a.md").write_text(f"---\ntitle: A\n---\n{FENCE}\n")
    (folder / "_posts" / "2026-05-07-b.md").write_text(f"---\ntitle: B\n---\n````text\n{FENCE}\n````\n")
    if script:
        (folder / "static/lib").mkdir(parents=True)
        (folder / "static/lib/mermaid.min.js").write_text("// Mermaid\n")
    assert main(["build", "-s", str(folder)]) == 0
    said = capsys.readouterr()
    return said.out + said.err


def drawn(folder: Path) -> list[bool]:
    pages = [(folder / "output" / page).read_text() for page in PAGES]
    assert ['src="/lib/mermaid.min.' in page for page in pages] == ["/diagrams." in page for page in pages]
    return ["/diagrams." in page for page in pages]


def test_only_a_page_with_a_diagram_asks_for_the_script(tmp_path, capsys):
    assert "diagram" not in built(tmp_path, SET, capsys, script=True)
    assert drawn(tmp_path) == [True, False, False]


def test_without_the_setting_it_is_text_and_that_is_told_once(tmp_path, capsys):
    said = built(tmp_path, "", capsys)
    assert "_posts/2026-05-06-a.md:6: notice: the diagram is shown as text" in said
    assert said.count("shown as text") == 1
    assert drawn(tmp_path) == [False, False, False]
    assert '<code class="language-mermaid">' in (tmp_path / "output" / PAGES[0]).read_text()


def test_a_script_that_is_not_there(tmp_path, capsys):
    said = built(tmp_path, SET, capsys)
    assert "sitegen.toml:2: warning: `markdown.mermaid`: no file is published at /lib/mermaid.min.js" in said
    assert drawn(tmp_path) == [False, False, False]


def test_it_is_noticed_when_the_script_comes(tmp_path, capsys):
    built(tmp_path, SET, capsys)
    built(tmp_path, SET, capsys, script=True)
    assert drawn(tmp_path) == [True, False, False]


@pytest.mark.parametrize("value", ["https://cdn.example/mermaid.min.js", "/../x.js", "/assets/mermaid", "true"])
def test_nothing_but_a_file_of_the_site(tmp_path, capsys, value):
    (tmp_path / "sitegen.toml").write_text(f'markdown.mermaid = "{value}"\n')
    assert main(["build", "-s", str(tmp_path)]) == 1
    assert "sitegen.toml:1: `markdown.mermaid` is" in capsys.readouterr().err


def test_on_a_site_from_jekyll_nothing_is_said_or_done(tmp_path, capsys):
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_config.yml").write_text("mermaid:\n  version: 9\n")
    (tmp_path / "_posts" / "2026-05-06-a.md").write_text(f"---\ntitle: A\n---\n{FENCE}\n")
    assert main(["build", "-s", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert "diagram" not in said.out + said.err
    assert "/diagrams." not in (tmp_path / "output/2026/05/06/a.html").read_text()


def test_a_check_tells_what_a_build_tells(tmp_path, capsys):
    built(tmp_path, "", capsys)
    main(["check", "-s", str(tmp_path), "--only", "build"])
    said = capsys.readouterr().err
    assert said.count("the diagram is shown as text") == 1 and "_posts/2026-05-06-a.md:6" in said
    assert "`url` is not set" in said


def test_the_script_of_a_site_from_jekyll_is_where_that_site_has_it(tmp_path, capsys):
    (tmp_path / "_posts").mkdir()
    (tmp_path / "static/lib").mkdir(parents=True)
    (tmp_path / "static/lib/mermaid.min.js").write_text("// Mermaid\n")
    (tmp_path / "_posts" / "2026-05-06-a.md").write_text(f"---\ntitle: A\n---\n{FENCE}\n")
    for address in ("/lib/mermaid.min.js", "/static/lib/mermaid.min.js"):
        (tmp_path / "_config.yml").write_text(f"markdown: {{mermaid: {address}}}\n")
        assert main(["build", "-s", str(tmp_path)]) == 0
        assert f'src="{address.removesuffix(".js")}.' in (tmp_path / "output/2026/05/06/a.html").read_text()
    (tmp_path / "lib").mkdir()
    (tmp_path / "_config.yml").write_text("markdown: {mermaid: /lib/mermaid.min.js}\n")
    (tmp_path / "lib/mermaid.min.js").write_text("---\n---\n// a page of the author's\n")
    assert main(["build", "-s", str(tmp_path)]) == 0
    assert "no file is published at /lib/mermaid.min.js" in capsys.readouterr().err
    assert "/diagrams." not in (tmp_path / "output/2026/05/06/a.html").read_text()
