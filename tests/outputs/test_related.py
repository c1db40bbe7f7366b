"""Related posts: found by sitegen, or named by the author."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.errors import SiteError
from tests.explain.asking import ask, value
from tests.explain.test_places import stands
from tests.outputs.sites import Built, build_site, post

LOOK = "{% for other in page.related %}{{ other.slug }} {% endfor %}"
POSTS = {
    "_posts/2024-01-01-bees.md": post(title="Keeping bees", tags="[bees, garden]"),
    "_posts/2024-01-02-taxes.md": post(title="On paying taxes"),
    "_posts/2024-01-03-hives.md": post(title="Hives for the winter", tags="[bees]"),
    "_posts/2024-01-04-compost.md": post(title="Compost", tags="[garden, soil]"),
    "_posts/2024-01-05-honey.md": post(
        title="Honey", description="What bees make in the garden.", tags="[bees, garden]"
    ),
}


def related(folder: Path, files: dict[str, str], name: str = "bees") -> list[str]:
    site = build_site(folder, {"_layouts/post.html": LOOK, **POSTS, **files})
    return shown(site, name)


def shown(site: Built, name: str) -> list[str]:
    (path,) = (path for path in site.files if path.endswith(f"/{name}/index.html") and path.startswith("20"))
    return site[path].split()


def test_the_nearest_comes_first(tmp_path: Path) -> None:
    site = build_site(tmp_path, {"_layouts/post.html": LOOK, **POSTS})
    assert shown(site, "bees") == ["honey", "hives", "compost"]
    assert shown(site, "hives")[0] == "bees"


def test_what_has_nothing_in_common_has_none(tmp_path: Path) -> None:
    assert related(tmp_path, {}, "taxes") == []
    page = build_site(tmp_path, {"_layouts/post.html": '{% extends "theme/post.html" %}'})[
        "2024/01/02/taxes/index.html"
    ]
    assert "Related" not in page


def test_words_of_title_and_description_count_and_those_of_everybody_do_not(tmp_path: Path) -> None:
    files = {
        f"_posts/2024-02-0{day}-p{day}.md": post(title=f"The {word}")
        for day, word in enumerate(("oak", "elm", "ash"), 1)
    }
    files["_posts/2024-02-04-trees.md"] = post(title="Trees", description="The elm above all.")
    site = build_site(tmp_path, {**files, "_layouts/post.html": LOOK})
    assert (shown(site, "p2"), shown(site, "p1")) == (["trees"], [])


def test_the_older_and_the_newer_post_take_no_place(tmp_path: Path) -> None:
    assert related(tmp_path, {"sitegen.toml": "related = 1"}, "compost") == ["bees"]  # honey is the newer one
    page = build_site(tmp_path, {"_layouts/post.html": '{% extends "theme/post.html" %}'})
    assert ">Keeping bees</a>" in page["2024/01/04/compost/index.html"].split(">Related<")[1]
    assert stands(ask(tmp_path, "compost", {}))["related"] == ("/2024/01/01/bees/", "Keeping bees")


def test_how_many_is_a_setting(tmp_path: Path) -> None:
    assert related(tmp_path, {"sitegen.toml": "related = 1"}) == ["honey"]
    assert related(tmp_path, {"sitegen.toml": "related = 0"}) == []


@pytest.mark.parametrize("setting", ["-1", "true", '"3"', "101", "1.5"])
def test_a_number_that_is_none(tmp_path: Path, setting: str) -> None:
    with pytest.raises(SiteError, match=r"sitegen.toml:1: `related` is not a whole number"):
        build_site(tmp_path, {"sitegen.toml": f"related = {setting}"})


def test_false_is_none(tmp_path: Path) -> None:
    files = {"_posts/2024-01-01-bees.md": post(tags="[bees]", related="false")}
    assert related(tmp_path, files) == []
    assert shown(build_site(tmp_path, {}), "hives") == ["bees", "honey"], "others still have it"


@pytest.mark.parametrize(
    "name",
    [
        "taxes",
        "_posts/2024-01-02-taxes.md",
        "2024-01-02-taxes",
        "/2024/01/02/taxes/",
        "/2024/01/02/taxes",
    ],
)
def test_the_author_may_name_them(tmp_path: Path, name: str) -> None:
    files = {"_posts/2024-01-01-bees.md": post(tags="[bees]", related=f"[{name}, compost, {name}]")}
    assert related(tmp_path, {**files, "sitegen.toml": "related = 1"}) == ["taxes", "compost"]


def test_odd_names(tmp_path: Path) -> None:
    files = {
        "_posts/2024-02-01-1984.md": post(),
        "_posts/2024-02-02-x.md": post(slug="caf\u00e9", permalink="/caf\u00e9/"),
        "_posts/2024-01-01-bees.md": post(related="[1984, /caf%C3%A9/]"),
    }
    assert related(tmp_path, files) == ["1984", "caf\u00e9"]
    assert related(tmp_path, {"_posts/2024-01-01-bees.md": post(related="taxes")}) == ["taxes"]


WRONG = {
    "[texas]": '3: `related`: there is no post "texas"; did you mean "taxes"?',
    "[taxes, bees]": '3: `related`: "bees" is this post itself',
    "\n  - taxes\n  - nothing at all": '5: `related`: there is no post "nothing at all"',
    "[same]": '3: `related`: "same" may be _posts/a/2024-05-02-same.md or _posts/2024-05-01-same.md',
    "{a: b}": "3: `related`: is neither false nor a list of posts",
    "[{title: x}]": "3: `related`: is neither false nor a list of posts",
    "['']": '3: `related`: there is no post ""',
}


@pytest.mark.parametrize(("text", "says"), WRONG.items())
def test_what_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    twins = {"_posts/2024-05-01-same.md": post(), "_posts/a/2024-05-02-same.md": post()}
    files = {**POSTS, **twins, "_posts/2024-01-01-bees.md": f"---\ntitle: Bees\nrelated: {text}\n---\nText.\n"}
    with pytest.raises(SiteError) as raised:
        build_site(tmp_path, files)
    (problem,) = raised.value.problems
    assert f"{problem.where}: {problem.message}; {problem.hint}".startswith(f"_posts/2024-01-01-bees.md:{says}")
    site = build_site(tmp_path, {**files, "_config.yml": "permalink: pretty"})
    assert any(notice.startswith("_posts/2024-01-01-bees.md:") for notice in site.notices)


def test_one_that_is_not_published_yet_may_be_named(tmp_path: Path) -> None:
    files = {
        "_posts/2024-01-01-bees.md": post(related="[later, /2027/01/01/later/, idea, _drafts/idea.md, taxes]"),
        "_posts/2027-01-01-later.md": post(),
        "_drafts/idea.md": post(),
    }
    assert related(tmp_path, files) == ["taxes"]


def test_neither_parts_of_the_series_nor_what_is_hidden(tmp_path: Path) -> None:
    files = {
        "_posts/2024-01-01-bees.md": post(tags="[bees]", series="Bees"),
        "_posts/2024-01-03-hives.md": post(tags="[bees]", series="bees"),
        "_posts/2024-01-05-honey.md": post(tags="[bees]", hidden="true"),
        "_posts/2024-01-06-wax.md": post(tags="[bees]", redirect_to="/elsewhere/"),
        "_posts/2024-01-07-queen.md": post(tags="[bees]"),
    }
    assert related(tmp_path, files) == ["queen"]


def test_the_list_below_a_post(tmp_path: Path) -> None:
    page = build_site(tmp_path, POSTS)["2024/01/01/bees/index.html"]
    listed = page[page.index(">Related<") :]
    assert re.findall(r'<a href="(/2024/.*?)">', listed) == [
        f"/2024/01/0{day}/" for day in ("5/honey", "3/hives", "4/compost")
    ]
    assert page.index("<small>Newer</small>") < page.index(">Related<")


def test_it_is_explained(tmp_path: Path) -> None:
    files = {**POSTS, "_posts/2024-01-01-bees.md": post(related="[taxes]")}
    found = ask(tmp_path, "bees", files)
    assert value(found, "related") == ('["taxes"]', "front matter _posts/2024-01-01-bees.md:2")
    assert stands(found)["related"] == ("/2024/01/02/taxes/", "On paying taxes")


def test_what_an_edit_changes(tmp_path: Path) -> None:
    build_site(tmp_path, {**POSTS, "sitegen.toml": 'outputs = ["posts"]', "_layouts/post.html": LOOK})
    files = {"_posts/2024-01-05-honey.md": POSTS["_posts/2024-01-05-honey.md"] + "Bees, and more bees.\n"}
    assert build_site(tmp_path, files).report.written == 0
    assert build_site(tmp_path, {"_posts/2024-01-02-taxes.md": post(tags="[soil]")}).report.written == 2


def test_the_same_in_every_process(tmp_path: Path) -> None:
    """Of equals the newer one is first, whatever the order of sets is in this process."""
    files = {f"_posts/2024-02-0{day}-p{day}.md": post(title=f"T {day}", tags="[x, y, z]") for day in range(1, 7)}
    site = build_site(tmp_path, {**files, "_layouts/post.html": LOOK})
    assert (shown(site, "p1"), shown(site, "p6")) == (["p6", "p5", "p4"], ["p4", "p3", "p2"])


def test_a_heading_of_that_name_keeps_its_id_to_itself(tmp_path: Path) -> None:
    files = {**POSTS, "_posts/2024-01-01-bees.md": post("## Related\n\nText.", tags="[bees, garden]")}
    page = build_site(tmp_path, files)["2024/01/01/bees/index.html"]
    assert page.count('id="related"') == 1 and ">Related</h2>" in page
