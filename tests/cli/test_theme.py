"""`sitegen theme`: what the look is made of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.cli import main
from sitegen.templates.theme import FOLDER

MADE_WITH = '<span{{ spoken("site.made_with") }}>{{ t("site.made_with") }}</span>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts/2026-05-06-x.md").write_text("Text.\n")
    return tmp_path


def test_every_packaged_file_is_listed(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["theme", "-s", str(site)]) == 0
    shown = capsys.readouterr().out
    places = (file.relative_to(FOLDER).as_posix() for file in FOLDER.rglob("*.*") if file.is_file())
    names = {place.split("/", 1)[1] for place in places}
    assert names and all(f"  {name}\n" in shown for name in names)
    folders = ["_layouts/", "_includes/", "static/assets/", "_data/i18n/"]
    assert [line for line in shown.splitlines() if line.endswith("/")] == folders


def test_the_list_says_whose_file_counts(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "_layouts").mkdir()
    (site / "_layouts/post.html").write_text("mine {{ content }}")
    (site / "_layouts/recipe.html").write_text("{{ content }}")
    (site / "_layouts/page.html").write_bytes((FOLDER / "layouts/page.html").read_bytes())
    main(["theme", "list", "-s", str(site)])
    rows = dict(line.split(None, 1) for line in capsys.readouterr().out.splitlines() if " yours" in line)
    assert rows["post.html"] == "yours, changed"
    assert rows["recipe.html"] == "yours alone"
    assert rows["page.html"] == "yours, the same as the packaged one"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("post.html", "_layouts/post.html"),
        ("head", "_includes/head.html"),
        ("style.css", "static/assets/style.css"),
        ("_includes/footer.html", "_includes/footer.html"),
        ("shortcodes/figure", "_includes/shortcodes/figure.html"),
    ],
)
def test_an_ejected_file_is_a_copy_and_counts(site: Path, name: str, place: str) -> None:
    assert main(["theme", "eject", name, "-s", str(site)]) == 0
    packaged = next(file for file in FOLDER.rglob(Path(place).name))
    assert (site / place).read_bytes() == packaged.read_bytes()
    (site / place).write_text(f"changed: {place} {{% if false %}}")
    if place.endswith(".css"):
        assert main(["build", "-s", str(site)]) == 0
        assert (site / "output/assets/style.css").read_text().startswith("changed")
    else:
        assert main(["build", "-s", str(site)]) == 1  # Jinja has looked at it


def test_the_words_can_be_others(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A copy of all is compared; a few words only go before the packaged ones."""
    assert main(["theme", "eject", "en.yml", "-s", str(site)]) == 0
    words = site / "_data/i18n/en.yml"
    assert words.read_bytes() == (FOLDER / "i18n/en.yml").read_bytes()
    words.write_text(words.read_text().replace("Made with sitegen", "Made by hand"))
    assert main(["build", "-s", str(site)]) == 0
    assert "<span>Made by hand</span>" in (site / "output/index.html").read_text()
    capsys.readouterr()
    main(["theme", "diff", "-s", str(site)])
    assert "-  made_with: Made with sitegen\n+  made_with: Made by hand\n" in capsys.readouterr().out
    words.write_text("".join(line for line in words.read_text().splitlines(True) if not line.startswith("#")))
    main(["theme", "diff", "-s", str(site)])
    assert "+  made_with: Made by hand\n" in capsys.readouterr().out  # still a copy of all
    words.write_text("# A remark\n" * 1000 + "site:\n  made_with: Made by hand\n")
    main(["theme", "diff", "-s", str(site)])
    assert capsys.readouterr().out.startswith("_data/i18n/en.yml: goes before the packaged words one by one;")
    main(["theme", "-s", str(site)])
    shown = capsys.readouterr().out
    assert re.search(r"^  en.yml +yours, changed$", shown, re.M) and re.search(r"^  de.yml$", shown, re.M)


def test_what_is_a_link_to_nothing_is_ours_too(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "_data/i18n").mkdir(parents=True)
    (site / "_data/i18n/es.yml").symlink_to("de.yml")
    assert main(["theme", "eject", "de.yml", "es.yml", "-s", str(site)]) == 1
    assert capsys.readouterr().err.startswith("_data/i18n/es.yml: this file is yours already")
    assert not (site / "_data/i18n/de.yml").exists()
    assert main(["theme", "eject", "fr.yml", "fr.yml", "-s", str(site)]) == 0


def test_nothing_is_overwritten(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "_layouts").mkdir()
    (site / "_layouts/post.html").write_text("mine")
    assert main(["theme", "eject", "page.html", "post.html", "-s", str(site)]) == 1
    assert capsys.readouterr().err.startswith("_layouts/post.html: this file is yours already")
    assert (site / "_layouts/post.html").read_text() == "mine"
    assert not (site / "_layouts/page.html").exists()


def test_nothing_is_written_through_a_link(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (site / "_includes").symlink_to(outside)
    assert main(["theme", "eject", "head.html", "-s", str(site)]) == 1
    assert list(outside.iterdir()) == []


def test_an_unknown_file_is_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["theme", "eject", "psot.html", "-s", str(site)]) == 2
    assert 'the theme has no file "psot.html"; did you mean "post.html"?' in capsys.readouterr().err


def test_the_difference_is_shown(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["theme", "eject", "footer.html", "-s", str(site)])
    footer = site / "_includes/footer.html"
    footer.write_text(footer.read_text().replace(MADE_WITH, "<span>Made by hand</span>"))
    capsys.readouterr()
    assert main(["theme", "diff", "-s", str(site)]) == 0
    shown = capsys.readouterr().out
    assert f"-    {MADE_WITH}\n+    <span>Made by hand</span>\n" in shown


def test_no_difference_is_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["theme", "diff", "-s", str(site)])
    assert capsys.readouterr().out.startswith("Nothing is changed")


def test_a_layout_that_extends_the_packaged_one_is_no_changed_copy(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "_layouts").mkdir()
    (site / "_layouts/post.html").write_text('---\nx: 1\n---\n{% extends "theme/post.html" %}\n{% break %}')
    (site / "_layouts/page.html").write_text('{% extends "theme/post.html" %}\n')
    main(["theme", "diff", "-s", str(site)])
    shown = capsys.readouterr().out
    assert "_layouts/post.html: extends theme/post.html, so that all else in it is yours\n" in shown
    assert "+++ _layouts/page.html" in shown and "+++ _layouts/post.html" not in shown
