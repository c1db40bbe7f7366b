"""Permalinks, slugs and names: nothing leaves the output folder, and no two things share an address."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.bad_input.trial import POST, Case, Content, pass_with, refuse

OUT = "leads out of its folder"
REFUSED = (
    ("../../x", OUT),
    ("/../x/", OUT),
    ("/a/../../x", OUT),
    ("/a/..", OUT),
    ("..", OUT),
    ("'%2e%2e/x'", OUT),
    ("/%2e%2e%2fx", OUT),
    ("/..%2fx", OUT),
    ("/.%2e/x/", OUT),
    ("/%2E%2E/", OUT),
    ("/./x/", 'has a "." for a folder'),
    ("/.", 'has a "." for a folder'),
    ("..\\..\\x", "has a sign that no address can have: \\"),
    ("/a\\..\\b/", "has a sign that no address can have: \\"),
    ("'%5c..%5cx'", "has a sign that no address can have: \\"),
    ("'C:\\x'", "has a sign that no address can have: \\"),
    ("/%00/", "has a sign that no address can have: U+0000"),
    ("/a%0ab/", "has a sign that no address can have: U+000A"),
    ("/a%7fb/", "has a sign that no address can have: U+007F"),
    ("/%ff/", "is not UTF-8 when decoded"),
    ("/%ed%a0%80/", "is not UTF-8 when decoded"),
    ("C:/x", "more than the path"),
    ("/c:/x/", "more than the path"),
    ("https://example.org/x", "more than the path"),
    ("file:///etc/passwd", "more than the path"),
    ("/" + "x" * 300 + "/", "too long for a file name"),
    ("/" + "x" * 253, "too long for a file name"),
    ("/" + "я" * 130 + "/", "too long for a file name"),
    ("/" + "x/" * 600, "too long for a file name"),
    ("/.git/config", "not the site's to write to"),
    ("/.GIT/hooks/x", "not the site's to write to"),
    ("/.sitegen-staging/x", "not the site's to write to"),
    ("/:nope/", 'a placeholder ":nope"'),
    ("/:year/:titel/", 'did you mean "title"?'),
    ("/", "claims the address /"),
    ("/index.html", "claims the address /"),
    ("[a]", "`permalink`: is a list"),
    ("'/a\\0b/'", "has a sign that no address can have"),
)


@pytest.mark.parametrize(("permalink", "words"), REFUSED, ids=[link[:24] for link, _ in REFUSED])
def test_a_permalink_is_refused(site: Path, permalink: str, words: str) -> None:
    text = f"---\ntitle: x\npermalink: {permalink}\n---\nBody\n"
    refuse(site, Case("permalink", {POST: text}, (f"{POST}:3: | {words}",)))


@pytest.mark.parametrize(("permalink", "words"), REFUSED[:8])
def test_a_page_is_refused_likewise(site: Path, permalink: str, words: str) -> None:
    text = f"---\npermalink: {permalink}\n---\nBody\n"
    refuse(site, Case("permalink", {"_pages/x.md": text}, (f"_pages/x.md:2: | {words}",)))


TAKEN = (
    ("/%252e%252e/x/", "%2e%2e/x/index.html"),
    ("//example.org/x", "example.org/x.html"),
    ("/a//b//", "a/b/index.html"),
    ("/café/", "café/index.html"),
    ("/caf%C3%A9/", "café/index.html"),
    ("/cafe\u0301/", "café/index.html"),
    ("/a b/", "a b/index.html"),
    ("/x.html", "x.html"),
    ("/x.php", "x.php.html"),
    ("/x", "x.html"),
    ("/v1.10", "v1.10.html"),
    ("/%zz/", "%zz/index.html"),
    ("/...", "....html"),
    ("/．．/x/", "．．/x/index.html"),
    ("~/x", "~/x.html"),
    ("$HOME/x", "$HOME/x.html"),
    ("/x.html/", "x.html/index.html"),
    ("/:year/:month_:day/", "2024/02_02/index.html"),
    ("3", "3.html"),
    ("yes", "yes.html"),
)


@pytest.mark.parametrize(("permalink", "path"), TAKEN)
def test_a_permalink_is_taken_inside(site: Path, permalink: str, path: str) -> None:
    pass_with(site, Case("permalink", {POST: f"---\npermalink: {permalink}\n---\nBody\n"}))
    assert (site / "output" / path).is_file()


SLUGS = (
    ("../../x", OUT),
    ("..", OUT),
    ("a\\b", "no address can have: \\"),
    ("s" * 300, "too long"),
    ("'%2e%2e'", OUT),
)


@pytest.mark.parametrize(("slug", "words"), SLUGS, ids=[slug[:9] for slug, _ in SLUGS])
def test_a_slug_is_blamed_where_it_is(site: Path, slug: str, words: str) -> None:
    refuse(site, Case("slug", {POST: f"---\ntitle: x\nslug: {slug}\n---\n"}, (f"{POST}:3: | {words}",)))


@pytest.mark.parametrize("name", ["a\\b", "a\nb"])
def test_a_name_of_a_file_is_blamed(site: Path, name: str) -> None:
    shown = name.replace("\n", " ")
    refuse(site, Case("name", {f"_posts/2024-02-02-{name}.md": ""}, (f"_posts/2024-02-02-{shown}.md: | no address",)))


@pytest.mark.parametrize("name", ["100%25", "a%2e%2e", "a%00", "%ff", "a?b#c", "a b", "😀", "שלום", "...", "a:b", "~"])
def test_an_odd_name_of_a_file_builds(site: Path, name: str) -> None:
    pass_with(site, Case("name", {f"_posts/2024-02-02-{name}.md": "Body\n"}))
    assert list((site / "output/2024/02/02").iterdir())


PATTERNS = (
    ('permalink = "../:title/"', "`permalink` is wrong", OUT),
    ('permalink = "/%2e%2e/:title/"', "`permalink` is wrong", OUT),
    ('permalink = "C:/:title/"', "`permalink` is wrong", "more than the path"),
    ('permalink = "https://x.org/:title"', "`permalink` is wrong", "more than the path"),
    ('permalink = "/:titel/"', 'placeholder ":titel"', 'did you mean "title"'),
    ('permalink = ""', "the same for every post", "/:year/"),
    ('paginate_path = "/../:num/"', "`paginate_path` is wrong", OUT),
    ('paginate_path = "/page/"', "has no :num", "/page:num/"),
    ('paginate_path = "/%00:num/"', "`paginate_path` is wrong", "U+0000"),
)


@pytest.mark.parametrize(("setting", "message", "more"), PATTERNS)
def test_a_pattern_is_refused_once(site: Path, setting: str, message: str, more: str) -> None:
    files = {"sitegen.toml": f"paginate = 1\n{setting}\n", POST: "---\n---\n"}
    refuse(site, Case("pattern", files, (f"sitegen.toml:2: | {message} | {more}",)))


A, B, ABOUT = "_posts/2024-03-01-a.md", "_posts/2024-03-02-b.md", "_pages/about.md"
CALL, SLUG = "---\nform: true\n---\n", "---\nslug: x\n---\n"


def at(permalink: str) -> str:
    return f"---\ntitle: A\npermalink: {permalink}\n---\n"


CLASHES: tuple[tuple[str, Mapping[str, Content], tuple[str, ...]], ...] = (
    ("posts", {A: at("/x/"), B: at("/x/")}, (f"{A}:3: | /x/ | {B}", f"{B}:3: | /x/ | {A}")),
    ("slash", {A: at("/x/"), B: at("/x/index.html")}, (f"{A}:3: | {B}", f"{B}:3: | {A}")),
    ("ending", {A: at("/x"), B: at("/x.html")}, (f"{A}:3: | {B}", f"{B}:3: | {A}")),
    ("encoded", {A: at("/%61/"), B: at("/a/")}, (f"{A}:3: | {B}", f"{B}:3: | {A}")),
    ("composed", {A: at("/\u00e9/"), B: at("/e\u0301/")}, (f"{A}:3: | {B}", f"{B}:3: | {A}")),
    ("names", {"_posts/a/2024-03-01-x.md": "", "_posts/b/2024-03-01-x.md": ""}, ("_posts/a/ | and so does _posts/b/",)),
    ("kinds", {"_posts/2024-03-01-x.html": "", "_posts/2024-03-01-x.md": ""}, ("_posts/2024-03-01-x.html: | x.md",)),
    ("slugs", {A: "---\nslug: x\ndate: 2024-03-02\n---\n", B: SLUG}, (f"{A}:2: | {B}", f"{B}:2: | {A}")),
    ("post and page", {A: at("/about/"), ABOUT: ""}, (f"{A}:3: | {ABOUT}", f"{ABOUT}: | {A}")),
    ("pages", {"about.md": "---\n---\n", ABOUT: ""}, (f"about.md: | {ABOUT}", f"{ABOUT}: | about.md")),
    ("post and tag", {A: at("/tags/one/")}, (f"{A}:3: | the tag page /tags/one/",)),
    ("post and home", {A: at("/")}, (f"{A}:3: | the home page",)),
    ("page and text", {"_pages/x.md": at("/x.txt"), "static/x.txt": ""}, ("_pages/x.md:3: | static/x.txt",)),
    ("page and style", {"_pages/x.md": at("/style.css")}, ("static/style.css: | _pages/x.md | rename",)),
    ("page and file", {"_pages/x.md": "", "static/x/index.html": ""}, ("static/x/index.html: | _pages/x.md",)),
    ("post and archive", {A: "---\npermalink: /:title/\nslug: archive\n---\n"}, (f"{A}:2: | the archive page",)),
    ("post and call", {A: CALL, B: at("/join/a/")}, (f"{B}:3: | the call page /join/a/",)),
    ("page, post, tag", {A: at("/tags/one/"), ABOUT: at("/tags/one/")}, (f"{A}:3: | {ABOUT}", f"{ABOUT}:3: | {A}")),
    ("file and folder", {"static/about": "", ABOUT: ""}, (f"{ABOUT}: | a folder at about | static/",)),
    ("post and folder", {A: at("/x.html"), B: at("/x.html/y/")}, (f"{B}:3: | a folder at x.html | {A}",)),
    ("forms", {A: CALL, A.replace("03-01", "03-05"): CALL}, ("_posts/2024-03-05-a.md:2: | " + A,)),
)  # fmt: skip


@pytest.mark.parametrize(("name", "files", "says"), CLASHES, ids=[name for name, _, _ in CLASHES])
def test_a_clash_names_both(site: Path, name: str, files: Mapping[str, Content], says: tuple[str, ...]) -> None:
    refuse(site, Case(name, files, says))


def test_pages_that_nobody_wrote_may_clash_too(site: Path) -> None:
    files = {"sitegen.toml": 'paginate = 1\npaginate_path = "/tags/page:num/"\n', POST: "---\ntags: page2\n---\n"}
    refuse(site, Case("made", files, ("sitegen.toml: | /tags/page2/ | the home page | paginate_path",)))
