"""The search index: what stands in it, when it is made, and what happens when it cannot be."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pagefind_bin
import pytest

from sitegen.build import build
from sitegen.config import load_config
from sitegen.errors import SiteError
from sitegen.search import Entry, Indexer, extract
from tests.build.trees import NOW, fresh_copy, made, stamps, tree

POST = "---\ntitle: On sailing\ntags: [sea]\n---\nA boat and a harbour.\n\n## Storm\n\nWind.\n"
WHOLE = "On sailing. A boat and a harbour. Storm. Wind. sea."


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    write(site, "sitegen.toml", 'permalink = "/:year/:title/"\nsearch = true\n')
    write(site, "_posts/2024-01-02-sailing.md", POST)
    write(site, "_posts/2024-01-03-unseen.md", "---\ntitle: Unseen\nhidden: true\n---\nKept apart.\n")
    write(site, "_posts/2024-01-04-kept-out.md", "---\ntitle: Kept out\nsearch: false\n---\nKept apart.\n")
    write(site, "_posts/2024-01-05-draft.md", "---\ntitle: Draft\ndraft: true\n---\nKept apart.\n")
    write(site, "_posts/2024-01-06-gone.md", "---\ntitle: Gone\nredirect_to: /about/\n---\nKept apart.\n")
    write(site, "_pages/about.md", "---\ntitle: About\n---\nWho I am, in short.\n")
    return site


def write(site: Path, path: str, text: str) -> None:
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_text(text, encoding="utf-8")


def fragments(output: Path) -> dict[str, dict]:
    """What the index has of each page, by its address."""
    files = (output / "pagefind" / "fragment").iterdir()
    found = [json.loads(gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd")) for file in files]
    return {one["meta"]["url"]: one for one in found}


def index(site: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(site / "output").items() if path.startswith("pagefind/")}


def failure(site: Path) -> str:
    with pytest.raises(SiteError) as error:
        made(site)
    return "\n".join(f"{it.path}:{it.line}: {it.message} ({it.hint})" for it in error.value.problems)


def test_what_readers_may_see_is_found(site: Path) -> None:
    made(site)
    found = fragments(site / "output")
    assert sorted(found) == ["/2024/sailing/", "/about/"]
    one = found["/2024/sailing/"]
    assert one["meta"] == {"title": "On sailing", "url": "/2024/sailing/", "date": "2024-01-02"}
    assert one["content"] == WHOLE
    assert [(it["id"], it["text"]) for it in one["anchors"]] == [("storm", "Storm")]


def test_a_call_is_found_once_and_not_its_form(site: Path) -> None:
    write(site, "_posts/2024-02-01-crew.md", "---\ntitle: A crew\nform: true\n---\nWe sail.\n")
    write(site, "sitegen.toml", 'permalink = "/:year/:title/"\nsearch = true\nreceive.url = "https://r.example"\n')
    made(site)
    found = fragments(site / "output")
    assert [url for url in found if "crew" in url] == ["/2024/crew/"]
    assert found["/2024/crew/"]["meta"]["call"] == "yes"
    assert found["/2024/crew/"]["content"] == "A crew. We sail."


def test_a_layout_of_ones_own(site: Path) -> None:
    """Without the mark it is `<main>` that counts; a comment or a script cannot end it."""
    frame = "<title>x</title><header>Menu</header><main><!-- </main> --><h1>Mine</h1>{{ content }}</main><p>After"
    write(site, "_layouts/post.html", frame)
    made(site)
    assert fragments(site / "output")["/2024/sailing/"]["content"].startswith("Mine. A boat and a harbour.")
    marked = "<header>Menu</header><div><div data-pagefind-body><div>{{ content }}</div></div>After"
    write(site, "_layouts/post.html", marked)
    made(site)
    assert fragments(site / "output")["/2024/sailing/"]["content"] == WHOLE


def test_what_stands_apart_is_read_apart(site: Path) -> None:
    code = '```py title="tea.py"\nx = 1\n```\n\n'
    table = "| Tea | Time |\n|---|---|\n| `Oolong` | 3 |\n"
    write(
        site,
        "_posts/2024-01-02-sailing.md",
        f"---\ntitle: Tea\ntags: [b, ماء]\n---\n{code}Term\n: What it is\n\n{table}",
    )
    made(site)
    assert fragments(site / "output")["/2024/sailing/"]["content"].startswith(
        "Tea. tea.py. x = 1 Term. What it is. Tea. Time. Oolong. 3."
    )
    assert fragments(site / "output")["/2024/sailing/"]["content"].endswith(" b · ماء.")


def test_what_is_in_a_text_stays_text() -> None:
    entry = Entry("a.html", '/"a"/', "en", "<b> & c", tags=("<i>",))
    page = extract(entry, "<main><p>Text</p></main>")
    assert "<h1>&lt;b&gt; &amp; c</h1>" in page
    assert 'content="/&quot;a&quot;/"' in page
    assert "<p>&lt;i&gt;</p>" in page
    assert extract(entry, "<main> <p></p>\n</main>") == ""


def test_incremental_equals_clean_and_nothing_is_made_twice(site: Path, tmp_path: Path) -> None:
    made(site)
    before = stamps(site / "output" / "pagefind")
    write(site, "_includes/footer.html", "<footer>Another</footer>")
    report = made(site)
    assert report.written > 3
    assert stamps(site / "output" / "pagefind") == before
    write(site, "_posts/2024-01-02-sailing.md", POST + "More.\n")
    made(site)
    clean = fresh_copy(site, tmp_path / "clean")
    made(clean)
    assert index(site) == index(clean)
    assert made(site).written == 0


def test_an_unchanged_build_does_not_run_the_program(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(site)
    monkeypatch.setattr(Indexer, "files", lambda *_: pytest.fail("was run"))
    assert made(site).written == 0
    write(site, "_includes/footer.html", "<footer>Another</footer>")
    made(site)
    made(site)


def test_what_is_damaged_is_made_good(site: Path) -> None:
    made(site)
    good = index(site)
    for path in ("pagefind/pagefind.js", "pagefind/pagefind-entry.json"):
        (site / "output" / path).write_text("damaged")
        made(site)
        assert index(site) == good
    (site / "output/pagefind/pagefind.js").unlink()
    made(site)
    assert index(site) == good


def test_off_it_goes_away(site: Path) -> None:
    made(site)
    write(site, "sitegen.toml", 'title = "A site"\n')
    made(site)
    assert index(site) == {}
    assert not (site / "output/search").exists()
    assert not (site / "output/pagefind").exists()


def test_named_among_the_outputs_it_is_on(site: Path) -> None:
    write(site, "sitegen.toml", 'outputs = ["pages", "search"]\n')
    made(site)
    assert sorted(fragments(site / "output")) == ["/about/"]
    assert load_config(site).outputs == ("pages", "search")


def test_links_to_it_are_not_broken(site: Path) -> None:
    write(site, "_pages/about.md", "---\ntitle: About\n---\n[search](/search/), [it](/pagefind/pagefind.js)\n")
    assert [notice.message for notice in made(site).notices if "nothing" in notice.message] == []
    assert [notice.message for notice in made(site).notices if "nothing" in notice.message] == []


def test_links_to_it_are_not_broken_where_assets_have_names_by_content(tmp_path: Path) -> None:
    """The packaged theme asks for such names: then the files are known anew when the pages are."""
    (tmp_path / "_pages").mkdir()
    write(tmp_path, "sitegen.toml", "search = true\n")
    write(tmp_path, "_pages/about.md", "---\ntitle: About\n---\n[it](/pagefind/pagefind.js) [no](/pagefind/none.js)\n")
    told = [notice.message for notice in made(tmp_path).notices]
    assert [message for message in told if "nowhere" in message] == ["the link to /pagefind/none.js leads nowhere"]


def test_the_texts_of_the_index_are_packed_too(site: Path) -> None:
    write(site, "sitegen.toml", 'search = true\nassets.compress = ["gz"]\n')
    for _ in range(2):
        made(site)
        script = (site / "output/pagefind/pagefind.js").read_bytes()
        assert gzip.decompress((site / "output/pagefind/pagefind.js.gz").read_bytes()) == script
    assert made(site).written == 0
    write(site, "sitegen.toml", 'assets.compress = ["gz"]\n')
    made(site)
    assert not (site / "output/pagefind").exists()


@pytest.mark.parametrize("path", ["static/pagefind/mine.js", "static/Pagefind"])
def test_the_folder_belongs_to_the_index(site: Path, path: str) -> None:
    write(site, path, "mine")
    assert "is where the search index belongs" in failure(site)


def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, mode: int = 0o755) -> None:
    file = tmp_path / "pagefind"
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(mode)
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: file)


@pytest.mark.parametrize(
    ("text", "mode", "message"),
    [
        ("echo 'it is raining' >&2; exit 3", 0o755, "pagefind ended with code 3: it is raining"),
        ("kill -9 $$", 0o755, "pagefind was ended by signal 9"),
        ("exit 0", 0o755, "pagefind has made no index"),
        ("exit 0", 0o644, "pagefind cannot be run: "),
    ],
)
def test_a_program_that_fails_leaves_the_site_as_it_was(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, mode: int, message: str
) -> None:
    made(site)
    before = tree(site / "output")
    write(site, "_posts/2024-01-02-sailing.md", POST + "More.\n")
    program(tmp_path, monkeypatch, text, mode)
    assert f"sitegen.toml:2: the search index cannot be made: {message}" in failure(site)
    assert tree(site / "output") == before
    assert not list((site / ".sitegen").glob("search*"))


def test_a_program_that_hangs_is_ended(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, monkeypatch, f"echo $$ > {tmp_path}/pid; exec sleep 600")
    with pytest.raises(SiteError, match="came to no end"):
        Indexer(load_config(site), patience=0.5).files({"a.html": "<p>x"})
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_without_the_extra_one_sentence_says_so(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.settings.particular.find_spec", lambda name: None)
    assert "sitegen.toml:2: `search` cannot be: a search index needs the extra sitegen[search]" in failure(site)


def test_an_authors_own_settings_for_pagefind_change_nothing(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(site)
    before = index(site)
    write(site, "pagefind.toml", 'exclude_selectors = ["p"]\n')
    monkeypatch.chdir(site)
    monkeypatch.setenv("PAGEFIND_EXCLUDE_SELECTORS", "p")
    build(load_config(site), now=NOW, clean=True)
    assert index(site) == before
