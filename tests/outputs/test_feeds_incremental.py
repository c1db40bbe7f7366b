"""A feed is written anew if what it shows has changed, and only then."""

from sitegen.outputs.feeds import channel
from tests.outputs.sites import build_site, post

SITE = {"sitegen.toml": 'title = "A"\nurl = "https://example.org"\n[feed]\nposts = 2\n'}
POSTS = {f"_posts/2024-01-0{day}-p{day}.md": post(tags=f"[t{day % 2}]") for day in range(1, 6)}
OF_ALL = {"feed.xml", "rss.xml", "feed.json"}


def feeds(site):
    return {path: site[path] for path in site.files if path.endswith((".xml", "feed.json")) and path != "sitemap.xml"}


def changed(tmp_path, edit):
    """The feeds that an edit changes; what they hold is what a clean build makes."""
    site = build_site(tmp_path / "site", SITE | POSTS)
    before = feeds(site)
    times = {path: (site.output / path).stat().st_mtime_ns for path in before}
    after = build_site(tmp_path / "site", edit)
    assert feeds(after) == feeds(build_site(tmp_path / "clean", SITE | POSTS | edit))
    written = {path for path in before if (site.output / path).stat().st_mtime_ns != times[path]}
    assert written == {path for path in before if before[path] != after[path]}
    return written


def test_a_body_in_the_newest_post(tmp_path):
    edit = {"_posts/2024-01-05-p5.md": post("Changed.", tags="[t1]")}
    assert changed(tmp_path, edit) == OF_ALL | {"tags/t1/feed.xml"}


def test_a_body_that_only_one_feed_holds(tmp_path):
    assert changed(tmp_path, {"_posts/2024-01-02-p2.md": post("Changed.", tags="[t0]")}) == {"tags/t0/feed.xml"}


def test_a_post_that_no_feed_holds(tmp_path):
    assert changed(tmp_path, {"_posts/2024-01-01-p1.md": post("Changed.", title="New", tags="[t1]")}) == set()


def test_the_words_above_an_alert_in_the_language_of_a_post(tmp_path):
    alert = {"_posts/2024-01-05-p5.md": post("> [!TIP]\n> Tea.", tags="[t1]", lang="de")}
    site = build_site(tmp_path / "site", SITE | POSTS | alert)
    assert "Tipp" in site["feed.xml"]
    for words in ("Rat", "Hinweis"):
        after = build_site(tmp_path / "site", {"_data/i18n/de.yml": f"alerts:\n  tip: {words}\n"})
        assert [
            path for path in sorted(feeds(after)) if f"{words}&lt;" in after[path] or f"{words}<" in after[path]
        ] == [
            "feed.json",
            "feed.xml",
            "rss.xml",
            "tags/t1/feed.xml",
        ]


def test_a_new_post(tmp_path):
    edit = {"_posts/2024-01-06-p6.md": post(tags="[t0]")}
    assert changed(tmp_path, edit) == OF_ALL | {"tags/t0/feed.xml"}


def test_an_id_that_an_older_post_takes(tmp_path):
    edit = {"_posts/2023-01-01-p5.md": post(permalink="/2024/01/05/other/")}
    assert changed(tmp_path, edit) == OF_ALL | {"tags/t1/feed.xml"}


def test_an_author_whose_name_is_known_now(tmp_path):
    edit = {"_data/authors.yml": "ada: {name: Ada}\n", "_posts/2024-01-05-p5.md": post(tags="[t1]", author="ada")}
    assert changed(tmp_path, edit) == OF_ALL | {"tags/t1/feed.xml"}
    own = {"authors/ada/feed.xml"}
    assert (
        changed(tmp_path, edit | {"_data/authors.yml": "ada: {name: Ada L.}\n"}) == OF_ALL | {"tags/t1/feed.xml"} | own
    )


def test_an_entry_is_made_once_for_all_feeds(tmp_path, monkeypatch):
    made: list[str] = []
    make = channel._made

    def counted(lens, path):
        made.append(path)
        return make(lens, path)

    monkeypatch.setattr(channel, "_made", counted)
    site = build_site(tmp_path / "site", SITE | POSTS)
    assert (len(feeds(site)), len(made), len(set(made))) == (5, 4, 4)
