"""The engine of Markdown for one post or page: by its front matter, or by the defaults of its folder."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitegen.build import build
from sitegen.config import load_config
from tests.outputs.sites import build_site

BODY = "A text.\n{: .dialect}\n"
OTHERS = 'markdown.engine = "{}"\n[[defaults]]\nscope = {{path = "_posts/old"}}\nvalues = {{engine = "{}"}}\n'


def _is_dialect(html: str) -> bool:
    assert ('class="dialect"' in html) != ("{: .dialect}" in html)
    return 'class="dialect"' in html


@pytest.mark.parametrize(("usual", "other"), [("markdown", "commonmark"), ("commonmark", "markdown")])
def test_a_post_a_page_and_a_folder_choose(tmp_path: Path, usual: str, other: str) -> None:
    chosen = f"---\ntitle: X\nengine: {other}\n---\n{BODY}"
    back = f"---\ntitle: X\nengine: {usual}\n---\n{BODY}"
    files: dict[str, str | bytes] = {
        "sitegen.toml": OTHERS.format(usual, other),
        "_layouts/post.html": "{{ content }}",
        "_layouts/page.html": "{{ content }}",
        "_posts/2026-05-01-usual.md": f"---\ntitle: X\n---\n{BODY}",
        "_posts/2026-05-02-chosen.md": chosen,
        "_posts/old/2026-05-03-folder.md": f"---\ntitle: X\n---\n{BODY}",
        "_posts/old/2026-05-04-back.md": back,
        "about.md": chosen,
    }
    build_site(tmp_path, files)

    def is_dialect(path: str) -> bool:
        return _is_dialect((tmp_path / "output" / path / "index.html").read_text())

    as_usual = usual == "markdown"
    assert is_dialect("2026/05/01/usual") == is_dialect("2026/05/04/back") == as_usual
    assert is_dialect("2026/05/02/chosen") == is_dialect("2026/05/03/folder") == is_dialect("about") == (not as_usual)


def test_a_build_after_it_was_chosen(tmp_path: Path) -> None:
    """Nothing but the engine is another: the text that an earlier build rendered is not taken for it."""
    file, page = tmp_path / "_posts/2026-05-01-x.md", tmp_path / "output/2026/05/01/x/index.html"
    build_site(
        tmp_path, {"_layouts/post.html": "{{ content }}", "_posts/2026-05-01-x.md": f"---\ntitle: X\n---\n{BODY}"}
    )
    assert _is_dialect(page.read_text())
    file.write_text(f"---\ntitle: X\nengine: CommonMark\n---\n{BODY}")
    for _ in range(2):
        build(load_config(tmp_path), now=datetime(2026, 6, 1, tzinfo=UTC))
        assert not _is_dialect(page.read_text())
    file.write_text(f"---\ntitle: X\nengine:\n---\n{BODY}")
    build(load_config(tmp_path), now=datetime(2026, 6, 1, tzinfo=UTC))
    assert _is_dialect(page.read_text())
