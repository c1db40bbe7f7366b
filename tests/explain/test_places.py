"""What is made of a post, a page or a list, and where it stands."""

from __future__ import annotations

from pathlib import Path

from sitegen.explain import Explanation
from tests.explain.asking import ask, write
from tests.outputs.sites import post

CONFIG = 'url = "https://x.example"\nbaseurl = "/blog"\npaginate = 2\n[receive]\nurl = "https://f.example"\n'


def letters(folder: Path, number: int = 5) -> None:
    posts = {f"_posts/2026-01-0{day}-n{day}.md": post(title=f"N {day}", tags="all") for day in range(1, number + 1)}
    write(folder, {"sitegen.toml": CONFIG, **posts})


def stands(found: Explanation) -> dict[str, tuple[str, str]]:
    """List → its address, and the place in it, or why not."""
    return {one.name: (one.url if one.stands else "no", one.detail) for one in found.lists}


def test_the_lists_of_a_post(tmp_path: Path) -> None:
    letters(tmp_path)
    found = stands(ask(tmp_path, "n3"))
    assert found["index"] == ("/page2/", "page 2 of 3, 1st of 2")
    assert found["tags"] == ("/tags/all/", "all: 3rd of 5")
    assert found["archive"] == ("/archive/", "")
    assert found["atom"] == ("/feed.xml", "3rd of 5")
    assert found["sitemap"] == ("/sitemap.xml", "")
    assert (found["newer"], found["older"]) == (("/2026/01/04/n4/", "N 4"), ("/2026/01/02/n2/", "N 2"))


def test_a_post_that_is_pinned(tmp_path: Path) -> None:
    letters(tmp_path)
    write(tmp_path, {"_posts/2026-01-02-n2.md": post(title="N 2", pinned="true")})
    assert stands(ask(tmp_path, "n2"))["index"] == ("/", "page 1 of 3, pinned, 1st of 2")
    assert stands(ask(tmp_path, "n5"))["index"] == ("/", "page 1 of 3, 2nd of 2")


def test_the_lists_that_it_does_not_stand_in(tmp_path: Path) -> None:
    letters(tmp_path, 2)
    write(tmp_path, {f"_posts/2026-02-{day:02}-m{day}.md": post() for day in range(1, 11)})
    write(tmp_path, {"_posts/2026-03-01-odd.md": post(hidden="true", sitemap="false")})
    odd = stands(ask(tmp_path, "odd"))
    assert (odd["index"], odd["sitemap"]) == (("no", "`hidden: true`"), ("no", "`sitemap: false`"))
    assert "newer" not in odd and odd["older"][1] == "M10"
    assert stands(ask(tmp_path, "n1"))["atom"] == ("no", "it has the newest 10 only")


def test_outputs_that_there_are_not(tmp_path: Path) -> None:
    letters(tmp_path)
    write(tmp_path, {"sitegen.toml": 'outputs = ["posts", "archive"]\n', "_pages/a.md": "x"})
    assert set(stands(ask(tmp_path, "n5"))) == {"archive", "older", "related"}
    page = ask(tmp_path, "_pages/a.md")
    assert page.unwritten == "the setting `outputs` does not name pages" and not page.published


def test_the_menu(tmp_path: Path) -> None:
    config = "collections: {meals: {output: true}, notes: {output: false}}\n"
    bodies = {"about.md": post(title="A"), "off.md": post(title="B", menu="false"), "some.xml": post(title="C")}
    write(
        tmp_path, {"_config.yml": config, **bodies, "_meals/soup.md": post(title="D"), "_notes/n.md": post(title="E")}
    )
    found = {path: stands(ask(tmp_path, path)).get("menu") for path in (*bodies, "_meals/soup.md")}
    assert found == {
        "about.md": ("", ""),
        "off.md": ("no", "`menu: false`"),
        "some.xml": ("no", ""),
        "_meals/soup.md": None,
    }
    assert ask(tmp_path, "_meals/soup.md").kind == "document of the collection meals"
    assert ask(tmp_path, "_notes/n.md").unwritten == "its collection has no pages of its own"


def test_a_call_has_pages_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, {"sitegen.toml": CONFIG, "_posts/2026-01-02-x.md": post(form="{capacity: 2}")})
    found = ask(tmp_path, "x")
    assert {file.what: file.path for file in found.files} == {
        "post": "2026/01/02/x/index.html",
        "form": "join/x/index.html",
        "thanks": "join/x/thanks/index.html",
        "waitlist": "join/x/waitlist/index.html",
    }
    assert found.files[0].address == "https://x.example/blog/2026/01/02/x/"
    assert found.addresses == {
        "canonical": "https://x.example/blog/2026/01/02/x/",
        "feed id": "https://x.example/blog/2026/01/02/x",
    }


def test_old_addresses(tmp_path: Path) -> None:
    write(tmp_path, {"_posts/2026-01-02-x.md": post(title="X", redirect_from="[/old/, /older.html]")})
    files = ask(tmp_path, "x").files
    assert [file.path for file in files if file.what == "redirect"] == ["old/index.html", "older.html"]
    redirect = ask(tmp_path, "/older.html")
    assert redirect.title == "the redirect to _posts/2026-01-02-x.md"
    assert redirect.values[0].given[0].at.line == 3


def test_the_chain_of_layouts(tmp_path: Path) -> None:
    files = {
        "_layouts/review.html": "---\nlayout: frame\n---\n{% extends 'base.html' %}",
        "_layouts/base.html": "{{ content }}",
        "_layouts/frame.html": "---\nlayout: default\n---\n{{ content }}",
        "_posts/2026-01-02-x.md": post(layout="review"),
        "_posts/2026-01-03-bare.md": post(layout="none"),
    }
    layers = [(one.name, one.path, one.packaged) for one in ask(tmp_path, "x", files).layouts]
    assert layers == [
        ("review", "_layouts/review.html", False),
        ("base", "_layouts/base.html", False),
        ("frame", "_layouts/frame.html", False),
        ("default", "theme/default.html", True),
    ]
    assert ask(tmp_path, "bare").layouts == ()


def test_lists_tell_what_they_show(tmp_path: Path) -> None:
    letters(tmp_path)
    index = ask(tmp_path, "/page3/")
    assert (index.title, index.kind) == ("the home page /page3/", "made by sitegen: the output `home`")
    assert index.shows == ("_posts/2026-01-01-n1.md",)
    assert [one.name for one in index.layouts] == ["home", "default"]
    assert len(ask(tmp_path, "/tags/all/").shows) == len(ask(tmp_path, "/feed.xml").shows) == 5


def test_files(tmp_path: Path) -> None:
    letters(tmp_path)
    write(tmp_path, {"static/a.txt": "a"})
    for name in ("static/a.txt", "/a.txt"):
        found = ask(tmp_path, name)
        assert (found.kind, found.path, found.url) == ("file that is published as it is", "static/a.txt", "/a.txt")
    theme = ask(tmp_path, "/assets/join.js")
    assert theme.kind == "file of the packaged theme; static/assets/join.js would go before it"


def test_nothing_is_written(tmp_path: Path) -> None:
    letters(tmp_path)
    assert ask(tmp_path, "n1").published
    assert not (tmp_path / "output").exists()


def test_a_page_that_leads_elsewhere(tmp_path: Path) -> None:
    found = ask(tmp_path, "x", {"_pages/x.md": post(title="X", date="2020-01-02", redirect_to="/y/")})
    assert found.addresses["leads to"] == "/y/"
    assert found.layouts[0].name == "redirect"
