"""The digests of what pages read are the same, whether they are made one by one or all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.build.render import Ledger
from sitegen.model.digests import digest_named, digests_of_posts
from sitegen.outputs.target import Target
from tests.build.trees import made

FILES = {
    "_posts/2026-05-01-old.md": "![](a.gif)",
    "_posts/2026-05-02-call.md": "---\nform: {closes: 2026-05-20}\nimage: a.gif\n---\n",
    "_posts/2026-05-03-new.md": "---\nlayout: none\nimage: {path: /b.png}\n---\n",
    "_posts/de/2026-05-02-mitte.md": "Mitte",
    "_posts/a.gif": "GIF89a",
}


@pytest.mark.parametrize("languages", ["", "[languages.de]\n"])
def test_all_at_once_are_those_of_each(tmp_path: Path, languages: str) -> None:
    for name, text in {**FILES, "sitegen.toml": f'receive.url = "https://r.example"\n{languages}'}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    site = made(tmp_path).site
    found = digests_of_posts(site)
    kinds = ("meta", "content", "neighbours")
    assert found.keys() == {f"{kind}:{post.path}" for kind in kinds for post in site.posts} and len(found) == 12
    assert found == {name: digest_named(site, name) for name in found}


def test_what_a_target_is_can_be_remembered(tmp_path: Path) -> None:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts/2026-05-01-x.md").write_text("x")
    known = made(tmp_path).known
    assert known is not None
    ledger = Ledger(known.rendering)
    told = [ledger.identity(Target("x", "x", what)) for what in ("x", "x" * 999, "x" * 998, "x\0", "x\0y")]
    told.append(ledger.identity(Target("x", "x", "x", file=tmp_path / "x")))
    assert len(set(told)) == len(told)
    assert all("\0" not in one and len(one) < 200 for one in told)
