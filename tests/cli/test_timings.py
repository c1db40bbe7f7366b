"""Where the time went, and how far it is."""

from __future__ import annotations

import io
import re
from pathlib import Path

import lxml.html
import pytest

from sitegen.build.timings import Spent, Timings
from sitegen.cli import main
from sitegen.cli.bar import Bar
from sitegen.cli.timings import page


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts/2026-01-01-a.md").write_text("Text\n")
    (tmp_path / "_posts/2026-01-02-b.md").write_text("More\n")
    (tmp_path / "sitegen.toml").write_text("url = 'https://example.org'")
    return tmp_path


def told(site: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert main(["build", "-s", str(site), *options]) == 0
    return capsys.readouterr().out


def test_as_a_table(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = told(site, capsys, "--timings")
    assert re.search(r"Stages +ms +% +times\n(?: +[\d.]+ +[\d.]+ +1  [A-Za-z ]+\n)+ +Bodies", out)
    assert re.search(r" 1  _posts/2026-01-01-a\.md\n", out)
    assert re.search(r" 2  post\n", out)
    assert "sitemap.xml" in out


def test_of_what_was_not_rendered_nothing_is_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Stages" not in told(site, capsys)
    assert "_posts" not in told(site, capsys, "--timings")


def test_as_a_picture(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = site / "build times.html"
    assert "where the time went" in told(site, capsys, f"--timings={file}")
    tree = lxml.html.parse(file)
    assert [caption.text_content().split(":")[0] for caption in tree.findall(".//caption")] == [
        "Stages", "Bodies", "Layouts",
    ]  # fmt: skip
    assert "_posts/2026-01-02-b.md" in [row.text for row in tree.findall(".//tbody//th")]
    assert not tree.findall(".//script") and not tree.findall(".//link") and not tree.xpath("//@src")


def test_names_are_text(site: Path) -> None:
    text = page(Timings(bodies=(Spent("_posts/<b>.md", 1.5),)), "1 post & 2 files")
    assert "_posts/&lt;b&gt;.md" in text and "1 post &amp; 2 files" in text and "1,500.0" in text


def test_what_is_no_page(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "-s", str(site), "--timings", "posts"]) == 2
    assert capsys.readouterr().err == 'sitegen: --timings: "posts" is no name of a page; it ends in .html\n'
    assert main(["build", "-s", str(site), "--timings", str(site / "no/such.html")]) == 2
    assert "there is no folder" in capsys.readouterr().err
    assert main(["build", "-s", str(site), "--timings", str(site / "output/times.html")]) == 2
    assert "would be published" in capsys.readouterr().err
    (site / "about.html").write_text("<p>Mine.")
    assert main(["build", "-s", str(site), "--timings", str(site / "about.html")]) == 2
    assert (site / "about.html").read_text() == "<p>Mine."


def shown(stream: io.StringIO, *, seconds_each: float) -> list[str]:
    now = [0.0]
    bar = Bar(stream, lambda: now[0])
    for done in range(101):
        bar.show("Bodies", done, 100)
        now[0] += seconds_each
    return re.split(r"\r\x1b\[2K", stream.getvalue())


def test_the_bar_has_rate_and_time_and_goes_away() -> None:
    first, *lines, last = shown(Terminal(), seconds_each=0.25)
    assert (first, last) == ("", "")
    assert lines[0] == "Bodies   ────────────────────────" + " 4/100, 4.0/s, 24 s"
    assert lines[-1].endswith("─ 99/100, 4.0/s, 0 s")
    assert max(map(len, lines)) < 79


def test_the_bar_is_for_those_who_watch_and_wait() -> None:
    assert shown(io.StringIO(), seconds_each=0.25) == [""]
    assert shown(Terminal(), seconds_each=0.001) == [""]
