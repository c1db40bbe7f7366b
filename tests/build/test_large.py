"""Large builds: bodies that are rendered wait on disk, and nobody can tell from the output."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.build import build, remembered
from sitegen.config import load_config
from sitegen.errors import SiteError
from sitegen.markup import bodies
from tests.outputs.sites import NOW, build_site, post

POSTS = 40


@pytest.fixture
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits from which on a site is large."""
    monkeypatch.setattr(bodies, "MOST_HELD", 2)
    monkeypatch.setattr(remembered, "MOST_NEW", 5)


def _files(words: str = "") -> dict[str, str | bytes]:
    """Posts that show one another's texts, and links to them."""
    shown = "{{ content }}{% for one in site.posts[:9] %}{{ one.excerpt }}{% endfor %}"
    files: dict[str, str | bytes] = {"_layouts/post.html": shown}
    for number in range(POSTS):
        text = f"## Part\n\nPost {number} {words}, after [another](/2026/05/01/p{number // 2}/#part)."
        files[f"_posts/2026-05-01-p{number}.md"] = post(text, title=f"P{number}", tags=f"t{number % 3}")
    return files


def _output(site: Path) -> dict[str, bytes]:
    top = site / "output"
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in top.rglob("*") if path.is_file()}


def test_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, everything_is_large: None) -> None:
    large = build_site(tmp_path / "large", _files())
    monkeypatch.undo()
    build_site(tmp_path / "small", _files())
    assert large.report.written == len(_output(tmp_path / "small")) > POSTS
    assert _output(tmp_path / "large") == _output(tmp_path / "small")
    again = build(load_config(tmp_path / "large"), now=NOW)
    assert (again.written, again.deleted) == (0, 0)


def test_what_was_spilled_is_remembered(tmp_path: Path, everything_is_large: None) -> None:
    """A second build renders no body, though other pages show them."""
    built = build_site(tmp_path, _files())
    assert {one.name for one in built.report.timings.bodies} == {f"_posts/2026-05-01-p{n}.md" for n in range(POSTS)}
    (tmp_path / "_layouts/post.html").write_text("<p>{{ content }}</p>")
    report = build(load_config(tmp_path), now=NOW)
    assert report.written >= POSTS and report.timings.bodies == ()


def test_a_build_that_is_refused(tmp_path: Path, everything_is_large: None) -> None:
    """The output is as it was; and so is what a first build that is refused leaves: nothing."""
    wrong = "{% if page.title == 'P39' %}{{ page.title.nothing.at.all }}{% endif %}{{ content }}"
    with pytest.raises(SiteError):
        build_site(tmp_path, {**_files(), "_layouts/post.html": wrong})
    assert not (tmp_path / "output").exists()
    assert not [name for name in os.listdir(tmp_path / ".sitegen") if name.endswith(".db")]
    build_site(tmp_path, _files())
    before = _output(tmp_path)
    with pytest.raises(SiteError):
        build_site(tmp_path, {**_files("changed"), "_layouts/post.html": wrong})
    assert _output(tmp_path) == before
    build_site(tmp_path, _files())
    assert _output(tmp_path) == before
