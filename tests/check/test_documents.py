"""Titles, descriptions, headings, words of links, languages, names of files, dates."""

from __future__ import annotations

from pathlib import Path

from tests.check.world import POST, findings, post, told, written


def test_two_posts_of_one_title(tmp_path: Path) -> None:
    files = {
        "_posts/2026-01-01-x.md": post("x", "On  Tea"),
        POST: post("x", "on tea"),
        "_pages/tea.md": post("x", "Tea"),
        "_pages/de.md": post("x", "On Tea", lang="de"),
    }
    found = told(written(tmp_path, files), "titles")
    assert found == [f'warning titles {POST}:2: the title "on tea" is that of _posts/2026-01-01-x.md, too']


def test_titles_that_are_missing_or_long(tmp_path: Path) -> None:
    files = {
        POST: "Text.\n",
        "_pages/x.md": "---\nlang: en\n---\nText.\n",
        "_posts/2026-01-01-y.md": post("x", "y" * 120),
    }
    assert told(written(tmp_path, files), "titles") == [
        'note titles _pages/x.md: no title: it is called "X", after its file',
        "note titles _posts/2026-01-01-y.md:2: a title of 120 signs",
        f'note titles {POST}: no title: it is called "A", after its file',
    ]


def test_a_page_without_a_title_element(tmp_path: Path) -> None:
    layout = '<!doctype html><html lang="en"><body>{{ content }}<svg><title>Not it</title></svg></body></html>'
    folder = written(tmp_path, {POST: post("x", layout="bare"), "_layouts/bare.html": layout.replace("<svg>", "")})
    assert told(folder, "titles") == []
    written(folder, {"_layouts/bare.html": '<!doctype html><html lang="en"><body>{{ content }}</body></html>'})
    assert told(folder, "titles") == [f"warning titles {POST}: the page /2026/05/06/a/ has no <title>"]


def test_descriptions_are_told_one_by_one_or_all_at_once(tmp_path: Path) -> None:
    files = {f"_posts/2026-01-0{day}-x.md": post("x", str(day), description="About it.") for day in range(1, 9)}
    written(tmp_path, {**files, POST: post("x")})
    assert told(tmp_path, "descriptions") == [f"note descriptions {POST}: no `description`"]
    for path in files:
        written(tmp_path, {path: post("x", path)})
    assert told(tmp_path, "descriptions") == ["note descriptions _posts: 9 of 9 posts have no `description`"]


def test_a_level_that_is_left_out(tmp_path: Path) -> None:
    found = told(written(tmp_path, {POST: post("## One\n\n#### *Two* & `three`\n\n## Four")}), "headings")
    assert found == [f'note headings {POST}:6: the heading "Two & three" is of level 4, right below one of 2']


def test_a_second_heading_of_the_first_level(tmp_path: Path) -> None:
    found = told(written(tmp_path, {POST: post("# One\n\n## Two")}), "headings")
    assert found == [f'warning headings {POST}:4: "One" is a second heading of the first level on its page']


WORDS = {
    '<a href="/"><img src="/assets/favicon.svg" alt="Home"></a>': "",
    '<a href="/" aria-label="Home"><i></i></a>': "",
    "[Read the whole story](/)": "",
    '<a id="x"></a>': "",
    '<a href="/#a"><img src="/assets/favicon.svg" alt=""></a>': "warning words {}: the link to /#a has no words",
    "[here](/#b)": 'note words {}: a link whose words are "here"',
}


def test_the_words_of_links(tmp_path: Path) -> None:
    files = {f"_posts/2026-01-0{day}-x.md": post(body) for day, body in enumerate(WORDS, 1)}
    expected = [said.format(f"{path}:4") for path, said in zip(files, WORDS.values(), strict=True) if said]
    assert sorted(told(written(tmp_path, files), "words")) == sorted(expected)


def test_the_language(tmp_path: Path) -> None:
    layout = "<!doctype html><html{}><title>x</title>{{{{ content }}}}"
    folder = written(tmp_path, {POST: post("x"), "_layouts/post.html": layout.format("")})
    assert told(folder, "language") == [f"warning language {POST}: the page does not say its language"]
    written(folder, {"_layouts/post.html": layout.format(' lang="en_US"')})
    (only,) = findings(folder, ["language"])
    assert (only.problem.message, only.problem.hint) == ('"en_US" is no language', "write en-US")
    written(folder, {"_layouts/post.html": layout.format(' lang="pt-BR"')})
    assert told(folder, "language") == []


def test_names_that_differ_by_capitals(tmp_path: Path) -> None:
    folder = written(tmp_path, {POST: post("x"), "static/a.txt": "a", "static/A.txt": "A"})
    found = told(folder, "names")
    assert found == ["warning names static/a.txt: the file a.txt is told from A.txt by capitals only"]


def test_dates_that_contradict_each_other(tmp_path: Path) -> None:
    files = {
        POST: post("x", updated="2026-05-01"),
        "_posts/2026-01-01-y.md": post("x", "Y", date="2026-02-01"),
        "_posts/2026-01-02-z.md": post("x", "Z", date="2026-01-03"),
        "_posts/2027-01-01-later.md": post("x", "Later"),
        "_posts/2026-01-03-gone.md": post("x", "Gone", expires="2026-02-03"),
    }
    assert told(written(tmp_path, files), "dates") == [
        "note dates _posts/2026-01-01-y.md:3: the date is 2026-02-01, but the file is named for 2026-01-01",
        "note dates _posts/2026-01-03-gone.md:3: left out: expired on 2026-02-03 00:00 UTC",
        f"note dates {POST}:3: changed on 2026-05-01, before its date, 2026-05-06",
        "note dates _posts/2027-01-01-later.md: held back until 2027-01-01 00:00 UTC",
    ]
