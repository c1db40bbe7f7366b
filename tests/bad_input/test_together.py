"""Everything that is wrong with a site, in one go; and what Jekyll's sites are let through with."""

from pathlib import Path

import pytest

from tests.bad_input.trial import Case, Content, build, pass_with, problems, refuse, write

BAD: dict[str, Content] = {
    "sitegen.toml": 'title = "x"\npaginate = "many"\n[receive]\nurl = "https://answers.example"\n',
    "_posts/2024-02-01-yaml.md": "---\ntitle: a: b\n---\n",
    "_posts/2024-02-02-layout.md": "---\nlayout: psot\n---\n",
    "_posts/2024-02-03-form.md": "---\nform:\n  fields:\n    x: {type: txet}\n---\n",
    "_posts/2024-02-04-date.md": "---\ndate: never\n---\n",
    "_posts/2024-02-05-bytes.md": b"caf\xe9\n",
    "_posts/2024-02-06-out.md": "---\npermalink: ../x\n---\n",
    "_posts/2024-02-07-a.md": "---\npermalink: /same/\n---\n",
    "_posts/2024-02-08-b.md": "---\npermalink: /same/\n---\n",
    "_pages/page.md": "---\ntitle: x\n",
    "_layouts/page.html": "\n{% if x %}",
    "_layouts/home.html": "\n{{ nope }}",
    "_includes/x.html": "{{ 1 | uper }}",
    "_data/x.json": "{",
    "_data/y.csv": "a,b\n1\n",
}
SAYS = (
    "sitegen.toml:2: | paginate",
    "_posts/2024-02-01-yaml.md:2: | colon",
    "_posts/2024-02-02-layout.md:2: | psot",
    "_posts/2024-02-03-form.md:4: | txet",
    "_posts/2024-02-04-date.md:2: | never",
    "_posts/2024-02-05-bytes.md:1: | not UTF-8",
    "_posts/2024-02-06-out.md:2: | leads out",
    "_posts/2024-02-07-a.md:2: | 2024-02-08-b.md",
    "_posts/2024-02-08-b.md:2: | 2024-02-07-a.md",
    "_pages/page.md:1: | never closed",
    "_layouts/page.html:2: | {% if %}",
    "_layouts/home.html:2: | nope",
    "_includes/x.html:1: | uper",
    "_data/x.json:1: | not JSON",
    "_data/y.csv:2: | a row of 1 cells",
)


def test_all_stages_of_one_build_are_told_together(site: Path) -> None:
    refuse(site, Case("all", BAD, SAYS))


def test_each_is_told_once_and_in_order(site: Path) -> None:
    write(site, BAD)
    heads = [problem.split(": ")[0] for problem in problems(build(site).err)]
    assert len(heads) == len(SAYS)
    assert heads == sorted(heads)


def test_what_was_mended_is_built(site: Path) -> None:
    refuse(site, Case("all", BAD, SAYS))
    write(site, {**dict.fromkeys(BAD), "sitegen.toml": ""})
    assert build(site).code == 0


NOTICES: tuple[tuple[str, Content, str], ...] = (
    ("layout", "---\nlayout: nope\n---\n", ':2: warning: | no layout "nope"'),
    ("date", "---\ndate: 2024-02-30\n---\n", ":2: warning: | taken for 2024-03-01"),
    ("nonsense", "---\ndate: nonsense\n---\n", ":2: warning: | is not a date"),
    ("tab", "---\na:\n\tb: x\n---\n", ":3: warning: | a tab"),
    ("twice", "---\ntitle: x\ntitle: y\n---\n", ":3: warning: | given twice"),
    ("open", "---\ntitle: x\n", ":1: warning: | never closed"),
    ("out", "---\npermalink: ../../x\n---\n", ":2: warning: | leads out"),
    ("encoded", "---\npermalink: '%2e%2e/x'\n---\n", ":2: warning: | leads out"),
    ("backslash", "---\npermalink: ..\\x\n---\n", ":2: warning: | no address can have"),
    ("drive", "---\npermalink: C:/x\n---\n", ":2: warning: | more than the path"),
    ("bytes", "---\npermalink: /%ff/x\n---\n", ":2: warning: | not UTF-8"),
    ("category", "---\ncategories: ['../..']\n---\n", ": warning: | leads out"),
    ("title", "---\ntitle: [x]\n---\n", ":2: warning: | is a list"),
    ("tags", "---\ntags: {a: b}\n---\n", ":2: warning: | not a list of words"),
    ("published", "---\npublished: maybe\n---\n", ":2: warning: | neither true nor false"),
    ("nul", "---\ntitle: x\n---\na\0b", ":4: warning: | a NUL"),
    ("colon", "---\ntitle: a: b\n---\n", ":2: warning: | a colon"),
    ("list", "---\n- a\n---\n", ":2: warning: | is a list"),
    ("latin", b"caf\xe9", ":1: warning: | not UTF-8"),
)
JEKYLL: dict[str, Content] = {"sitegen.toml": None, "_config.yml": "title: x\n"}
PATH = "_posts/2024-03-01-a.md"


@pytest.mark.parametrize(("name", "text", "says"), NOTICES, ids=[row[0] for row in NOTICES])
def test_jekyll_lets_it_pass(site: Path, name: str, text: Content, says: str) -> None:
    pass_with(site, Case(name, {**JEKYLL, PATH: text}, (PATH + says,)))
    refuse(site, Case(name, {}, (PATH + says.replace("warning: ", ""),), ("--strict",)))


@pytest.mark.parametrize(("name", "text", "says"), NOTICES, ids=[row[0] for row in NOTICES])
def test_nobody_else_does(site: Path, name: str, text: Content, says: str) -> None:
    if name != "category":  # elsewhere categories are slugs
        where, words = says.split(" | ")
        words = words.replace("taken for 2024-03-01", "29 days")
        refuse(site, Case(name, {PATH: text}, (f"{PATH}{where.replace(' warning:', '')} | {words}",)))


@pytest.mark.parametrize(("name", "text", "says"), NOTICES[6:11], ids=[row[0] for row in NOTICES[6:11]])
def test_jekyll_keeps_it_inside(site: Path, name: str, text: Content, says: str) -> None:
    pass_with(site, Case(name, {**JEKYLL, PATH: text}))
    assert [path.name for path in (site / "output").glob("**/x*")]
    assert sorted(path.name for path in site.parent.iterdir()) == ["site"]


def test_of_two_jekyll_posts_on_one_address_the_last_wins(site: Path) -> None:
    posts: dict[str, Content] = {f"_posts/2024-03-0{n}-a.md": f"---\npermalink: /x/\n---\nof day {n}\n" for n in (1, 2)}
    says = ("_posts/2024-03-01-a.md:2: warning: | 2024-03-02-a.md", "_posts/2024-03-02-a.md:2: warning: | 03-01-a.md")
    pass_with(site, Case("two", {**JEKYLL, **posts}, says))
    assert (site / "output/x/index.html").is_file()


@pytest.mark.parametrize("text", ["---\npermalink: /:nope/\n---\n"])
def test_what_jekyll_does_not_let_pass_either(site: Path, text: Content) -> None:
    refuse(site, Case("both", {**JEKYLL, PATH: text}, (f"{PATH}:",)))
