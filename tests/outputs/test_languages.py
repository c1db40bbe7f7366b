"""A site in several languages: where its pages are, what they list, and how translations know of each other."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from sitegen.errors import SiteError
from tests.explain.asking import ask
from tests.outputs.sites import Built, build_site, post

SITE = """
title = "Tea"
url = "https://example.org"
paginate = 1
[languages.de]
title = "Tee"
description = "Über Tee."
menu = [{title = "Alles", url = "/de/"}]
[languages.ar]
"""
RECEIVED = SITE + '[receive]\nurl = "https://r.example.org"\n'
HELLO = {
    "_posts/2026-01-02-hello.md": post(title="Hello", tags="[tea]"),
    "_posts/de/2026-01-02-hello.md": post(title="Hallo", tags="[tea]"),
}


def build(folder: Path, files: dict[str, str], site: str = SITE) -> Built:
    return build_site(folder, {"sitegen.toml": site, **files})


def refused(folder: Path, files: dict[str, str], site: str = SITE) -> str:
    with pytest.raises(SiteError) as error:
        build(folder, files, site)
    return "\n".join(f"{one.where}: {one.message} ({one.hint})" for one in error.value.problems)


def alternates(text: str) -> dict[str, str]:
    return dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="https://example.org([^"]+)">', text))


@pytest.mark.parametrize(
    ("path", "front", "address"),
    [
        ("_posts/de/2026-01-02-x.md", {}, "de/2026/01/02/x/"),
        ("_posts/2026-01-02-x.de.md", {}, "de/2026/01/02/x/"),
        ("_posts/2026-01-02-x.md", {"lang": "de"}, "de/2026/01/02/x/"),
        ("_posts/2026-01-02-x.md", {"lang": "de-AT"}, "de/2026/01/02/x/"),
        ("_posts/de/2026-01-02-x.md", {"lang": "ar"}, "ar/2026/01/02/x/"),
        ("_posts/de/2026-01-02-x.md", {"permalink": "/y/"}, "y/"),
        ("_posts/2026-01-02-x.md", {"lang": "la"}, "2026/01/02/x/"),
        ("_posts/en/2026-01-02-x.md", {}, "2026/01/02/x/"),
        ("_posts/fr/2026-01-02-x.md", {}, "2026/01/02/x/"),
        ("_pages/de/about.md", {}, "de/about/"),
        ("_pages/about.de.md", {}, "de/about/"),
        ("about.de.md", {}, "de/about/"),
        ("_pages/de/404.md", {}, "de/404.html"),
    ],
)
def test_where_a_document_is(tmp_path: Path, path: str, front: dict[str, str], address: str) -> None:
    built = build(tmp_path, {path: post(title="X", **front)})
    assert address + ("index.html" if address.endswith("/") else "") in built


def test_the_front_matter_of_a_folder_may_come_from_the_configuration(tmp_path: Path) -> None:
    defaults = 'defaults = [{scope = {path = "_posts/notes"}, values = {lang = "de"}}]\n'
    built = build(tmp_path, {"_posts/notes/2026-01-02-x.md": post()}, defaults + SITE)
    assert "de/2026/01/02/x/index.html" in built


def test_each_language_has_all_lists_of_its_own_posts(tmp_path: Path) -> None:
    more = {"_posts/de/2026-01-03-y.md": post(title="Y", tags="[Kanne]", categories="[K]", series="S", author="ann")}
    built = build(tmp_path, {**HELLO, **more, "_data/authors.yml": "ann: {name: Ann}\nbo: {name: Bo}\n"})
    for name in (
        "index.html", "page2/index.html", "archive/index.html", "2026/index.html", "2026/01/index.html", "feed.xml",
        "rss.xml", "feed.json", "tags/index.html", "tags/tea/index.html", "tags/tea/feed.xml", "tags/kanne/index.html",
        "categories/k/index.html", "series/s/index.html", "authors/ann/index.html", "404.html", "site.webmanifest",
    ):  # fmt: skip
        assert f"de/{name}" in built, name
    assert "page2/index.html" not in built and "tags/kanne/index.html" not in built
    assert "Hallo" in built["de/archive/index.html"] and "Hello" not in built["de/archive/index.html"]
    assert "Hello" in built["archive/index.html"] and "Hallo" not in built["archive/index.html"]
    assert 'href="/de/tags/tea/"' in built["de/2026/01/02/hello/index.html"]
    assert json.loads(built["de/site.webmanifest"])["start_url"] == "/de/"
    assert "ar/404.html" in built and "ar/archive/index.html" not in built


def test_the_theme_leads_to_nothing_that_a_language_without_posts_has_not(tmp_path: Path) -> None:
    """All that the theme links to, where a language has all outputs and nothing to fill them."""
    profiles = {"_data/authors.yml": "ann: {name: Ann}\nbo: {name: Bo}\n"}
    call = post(title="A", tags="[x]", categories="[k]", series="S", author="ann", form="{fields: {name: }}")
    site = "search = true\n[languages.de]\n[receive]\nurl = 'https://r.example.org'\n"
    built = build(tmp_path, {"_posts/2026-01-02-a.md": call, **profiles}, site)
    assert 'href="/archive/"' in built["404.html"] and "/archive/" not in built["de/404.html"]
    files = {path for path in built.files if path.startswith("de/") and path.endswith(".html")}
    assert {"de/404.html", "de/index.html", "de/search/index.html", "de/authors/index.html"} <= files
    leads = {(file, lead) for file in files for lead in re.findall(r'(?:href|action)="/([^"#?]*)', built[file])}
    nowhere = {(file, lead) for file, lead in leads if lead + "index.html" * (lead[-1:] in ("", "/")) not in built}
    assert not nowhere and ("de/404.html", "de/") in leads


def test_the_words_of_the_site_are_those_of_the_language(tmp_path: Path) -> None:
    built = build(tmp_path, HELLO)
    german, arabic = built["de/index.html"], built["ar/index.html"]
    assert "<title>Tee</title>" in german and 'content="Über Tee."' in german and ">Alles</a>" in german
    assert '<html lang="de">' in german and '<a class="name" href="/de/"' in german
    assert "<title>Tea</title>" in arabic and '<html lang="ar" dir="rtl">' in arabic and "Alles" not in arabic


def test_a_menu_that_leads_nowhere_is_told_at_its_line(tmp_path: Path) -> None:
    told = refused(tmp_path, HELLO, SITE.replace('url = "/de/"', 'url = "/de/archiv/"'))
    assert 'sitegen.toml:8: `menu`: "Alles" leads to /de/archiv/, which is not in the site' in told


def test_a_redirect_and_what_it_shows_know_their_language(tmp_path: Path) -> None:
    files = {"_posts/de/2026-01-02-x.md": post(title="X", redirect_from="/alt/"), **HELLO}
    built = build(tmp_path, files)
    assert (
        '<html lang="de">' in built["alt/index.html"]
        and "https://example.org/de/2026/01/02/x/" in built["alt/index.html"]
    )


def test_feeds_are_of_one_language(tmp_path: Path) -> None:
    built = build(tmp_path, HELLO)
    feed = feedparser.parse(built["de/feed.xml"])
    assert (feed.feed.title, feed.feed.language, feed.feed.link) == ("Tee", "de", "https://example.org/de/")
    assert [(one.title, one.link) for one in feed.entries] == [("Hallo", "https://example.org/de/2026/01/02/hello/")]
    assert (
        '<feed xmlns="http://www.w3.org/2005/Atom"' in built["de/feed.xml"] and 'xml:lang="de"' in built["de/feed.xml"]
    )
    assert json.loads(built["de/feed.json"])["language"] == "de" and "<language>de</language>" in built["de/rss.xml"]


def test_neighbours_and_related_posts_are_of_the_same_language(tmp_path: Path) -> None:
    files = {
        f"_posts/{lang}/2026-01-0{day}-p{day}.md": post(title=f"{lang} {day}", tags="[x]")
        for lang in ("en", "de")
        for day in range(1, 6)
    }
    page = build(tmp_path, files)["de/2026/01/03/p3/index.html"]
    assert "de 2" in page and "de 4" in page and ">en" not in page.partition("<main")[2]


NAMES = {
    "folder": ("_posts/de/2026-01-02-hello.md", {}),
    "suffix": ("_posts/2026-01-02-hello.de.md", {}),
    "slug": ("_posts/de/2026-02-03-servus.md", {"translation_of": "hello"}),
    "path": ("_posts/2026-02-03-servus.md", {"lang": "de", "translation_of": "_posts/2026-01-02-hello.md"}),
    "address": ("_posts/de/2026-02-03-servus.md", {"translation_of": "/2026/01/02/hello/"}),
}


@pytest.mark.parametrize("how", NAMES)
def test_translations_know_of_each_other(tmp_path: Path, how: str) -> None:
    path, front = NAMES[how]
    built = build(tmp_path, {"_posts/2026-01-02-hello.md": post(title="Hello"), path: post(title="Hallo", **front)})
    english = built["2026/01/02/hello/index.html"]
    there = alternates(english)
    assert set(there) == {"en", "de", "x-default"} and there["x-default"] == there["en"] == "/2026/01/02/hello/"
    german = built[f"{there['de'].strip('/')}/index.html"]
    assert alternates(german) == there
    assert f'<a href="{there["de"]}" lang="de" dir="ltr" hreflang="de">Deutsch</a>' in english
    assert '<a href="/ar/" lang="ar" dir="rtl" hreflang="ar">العربية</a>' in english


def test_lists_lead_to_the_same_list_of_another_language(tmp_path: Path) -> None:
    built = build(tmp_path, {**HELLO, "_posts/de/2026-01-03-y.md": post(tags="[Kanne]")})
    assert alternates(built["tags/tea/index.html"])["de"] == "/de/tags/tea/"
    assert alternates(built["index.html"]) == {"en": "/", "de": "/de/", "ar": "/ar/", "x-default": "/"}
    assert alternates(built["de/tags/kanne/index.html"]) == {} == alternates(built["de/page2/index.html"])
    assert 'href="/" lang="en"' in built["de/page2/index.html"]


def test_a_page_of_the_authors_own_may_stand_for_a_list(tmp_path: Path) -> None:
    built = build(tmp_path, {**HELLO, "index.md": post(title="Start"), "_pages/de/archive.md": post(title="Alles")})
    assert alternates(built["index.html"])["de"] == "/de/" and alternates(built["de/index.html"])["en"] == "/"
    assert alternates(built["archive/index.html"])["de"] == "/de/archive/"
    assert alternates(built["de/archive/index.html"])["en"] == "/archive/"


def test_every_pair_is_reciprocal_in_pages_and_in_the_sitemap(tmp_path: Path) -> None:
    built = build(
        tmp_path,
        {
            **HELLO,
            "about.md": post(),
            "_pages/ar/about.md": post(),
            "_posts/ar/2026-01-04-z.md": post(translation_of="hello"),
        },
    )
    pages = {
        f"/{path.removesuffix('index.html')}": alternates(built[path]) for path in built.files if path.endswith(".html")
    }
    linked = {url: there for url, there in pages.items() if there}
    assert len(linked) > 10
    for url, there in linked.items():
        assert url in there.values()
        assert all(linked[other] == there for other in there.values())
    rows = re.findall(r"<loc>https://example.org([^<]+)</loc>.*?((?:<xhtml:link[^>]+>)*)</url>", built["sitemap.xml"])
    told = {
        url: dict(re.findall(r'hreflang="([\w-]+)" href="https://example.org([^"]+)"', links)) for url, links in rows
    }
    assert told == {url: pages[url] for url in told} and linked.keys() <= told.keys()


def test_layouts_see_the_languages_and_the_translations(tmp_path: Path) -> None:
    layout = (
        "{{ page.lang }} {{ site.lang }} {{ site.home }} {{ site.posts | length }}:"
        "{% for one in page.translations %} {{ one.lang }} {{ one.title }} {{ one.url }}{% endfor %}:"
        "{% for one in site.languages %} {{ one.lang }} {{ one.name }} {{ one.title }} {{ one.url }}{% endfor %}:"
        '{{ "/archive/" | local_url }} {{ "tea" | tag_url }} {{ "ur" | direction }}'
    )
    built = build(tmp_path, {**HELLO, "_layouts/post.html": layout})
    assert built["de/2026/01/02/hello/index.html"] == (
        "de de /de/ 1: en Hello /2026/01/02/hello/: en English Tea / de Deutsch Tee /de/ ar العربية Tea /ar/:"
        "/de/archive/ /de/tags/tea/ rtl"
    )


def test_open_graph_tells_of_other_locales(tmp_path: Path) -> None:
    site = 'url = "https://example.org"\nlang = "en-GB"\n[languages.pt-BR]\n'
    built = build(tmp_path, {"_posts/2026-01-02-x.md": post(), "_posts/pt-BR/2026-01-02-x.md": post()}, site)
    page = built["pt-br/2026/01/02/x/index.html"]
    assert '"og:locale" content="pt_BR"' in page and '"og:locale:alternate" content="en_GB"' in page
    assert '"inLanguage": "pt-BR"' in page


def test_a_call_is_one_call_in_all_languages(tmp_path: Path) -> None:
    form = "{fields: {email: {type: email, label: %s}}, capacity: 3}"
    files = {
        "_posts/2026-01-02-walk.md": post(title="Walk", form=form % "Mail"),
        "_posts/de/2026-01-02-walk.md": post(title="Gehen", form=form % "Post"),
    }
    built = build(tmp_path, files, RECEIVED)
    for path, label in (("join/walk/index.html", "Mail"), ("de/join/walk/index.html", "Post")):
        assert 'action="https://r.example.org/f/walk"' in built[path] and f">{label}" in built[path]
        assert alternates(built[path])["de"] == "/de/join/walk/"
    assert "de/join/walk/thanks/index.html" in built and 'href="/de/join/walk/"' not in built["join/index.html"]
    told = refused(tmp_path, {"_posts/de/2026-01-02-walk.md": post(form="{capacity: 4}")}, SITE)
    assert "`form`: another `capacity` than in _posts/2026-01-02-walk.md" in told


@pytest.mark.parametrize("lang", ["ar", "de"])
def test_a_call_is_the_one_in_the_sites_own_language_and_the_others_differ(tmp_path: Path, lang: str) -> None:
    files = {
        "_posts/2026-01-02-walk.md": post(form="{capacity: 2}"),
        f"_posts/2026-01-02-walk.{lang}.md": post(title="X", form="{capacity: 3}"),
    }
    told = refused(tmp_path, files, RECEIVED)
    here = f"_posts/2026-01-02-walk.{lang}.md:3: `form`: another `capacity` than in _posts/2026-01-02-walk.md, whose"
    assert told.startswith(here) and "\n" not in told


@pytest.mark.parametrize("wrong", ["_posts/2026-01-02-walk.md", "_posts/2026-01-02-walk.ar.md"])
def test_what_is_wrong_in_one_form_is_all_that_is_told_of_a_call(tmp_path: Path, wrong: str) -> None:
    files = dict.fromkeys(("_posts/2026-01-02-walk.md", "_posts/2026-01-02-walk.ar.md"), post(form="\n  capacity: 2"))
    told = refused(tmp_path, {**files, wrong: post(form="\n  capcity: 2")}, RECEIVED)
    assert told == f'{wrong}:3: a form has no setting "capcity" (did you mean "capacity"?)'


def test_a_call_is_called_as_in_the_sites_own_language(tmp_path: Path) -> None:
    files = {
        "_posts/2026-01-02-walk.md": post(title="Walk", form="{}"),
        "_posts/de/2026-01-05-walk.md": post(title="Gehen", form="{}", slug="walk", translation_of="walk"),
        "_posts/de/2026-01-04-lauf.md": post(title="Lauf", form="{}"),
        "_posts/2026-01-03-run.md": post(title="Run", form="{}"),
    }
    built = build(tmp_path, files, RECEIVED)
    site = built.report.site
    assert [call.post.title for call in site.calls] == ["Lauf", "Run", "Walk"]
    assert [call.post.title for call in site.editions["de"].calls] == ["Gehen", "Lauf"]


def test_a_language_that_is_wrong_is_all_that_is_told(tmp_path: Path) -> None:
    for lang, hint in (("gr", "write el"), ("Deutsch", "write de")):
        wrong = {"_posts/2026-01-02-a.md": post(), "_posts/2026-01-02-a.de.md": post(lang=lang)}
        told = refused(tmp_path, wrong, SITE)
        assert "\n" not in told and f'_posts/2026-01-02-a.de.md:2: `lang`: "{lang}" is no language ({hint}' in told
    told = refused(tmp_path, {"_posts/2026-01-02-a.de.md": post(lang="fr")}, SITE)
    assert "_posts/2026-01-02-a.de.md:" in told and "the site is not in fr: give it `[languages.fr]`, or" in told


FRENCH = 'the name of the %s says that it is in "fr", which the site is not in'


@pytest.mark.parametrize(
    ("path", "beside", "said"),
    [
        ("_posts/2026-01-02-a.fr.md", "_posts/2026-01-02-a.md", FRENCH % "file"),
        ("_posts/2026-01-02-a.fr.md", "_posts/2026-01-02-a.de.md", FRENCH % "file"),
        ("_posts/2026-01-02-a.fr.md", "_posts/2026-12-02-a.md", ""),
        ("_posts/2026-01-02-a.pt-BR.md", "_posts/2026-01-02-a.html", (FRENCH % "file").replace("fr", "pt-BR")),
        ("_posts/2026-01-02-a.js.md", "_posts/2026-01-02-a.md", ""),
        ("_posts/2026-01-02-a.gsw.md", "_posts/2026-01-02-a.md", ""),
        ("_pages/about.fr.md", "about.md", ""),
        ("about.fr.md", "about.md", FRENCH % "file"),
        ("_posts/2026-01-02-walk/index.fr.md", "", FRENCH % "file"),
        ("_posts/walk/index.fr.md", "", FRENCH % "file"),
        ("_posts/fr/2026-01-02-b.md", "", FRENCH % "folder"),
        ("_posts/fr/2026-01-02-walk/index.fr.md", "", FRENCH % "file"),
        ("_pages/fr/about.md", "", FRENCH % "folder"),
        ("_posts/js/2026-01-02-b.md", "", ""),
        ("_posts/fr/index.md", "", ""),
    ],
)
def test_a_translation_into_a_language_that_the_site_is_not_in_is_told(
    tmp_path: Path, path: str, beside: str, said: str
) -> None:
    files = {path: post(title="X")} | ({beside: post(title="Y", date="2026-01-02")} if beside else {})
    built = build_site(tmp_path, {"sitegen.toml": SITE, **files}, datetime(2100, 1, 1, tzinfo=UTC))
    told = [one for one in built.report.notices if one.path == path]
    if said:
        [notice] = told
        assert (notice.severity, notice.line, notice.message) == ("warning", None, said)
        assert notice.hint.startswith("add `[languages.") and notice.hint.endswith(f"or rename the {said.split()[4]}")
    assert said or not [one for one in told if "undated" not in one.message]


@pytest.mark.parametrize(
    ("site", "path", "lang", "is_told"),
    [
        ("", "_posts/2026-01-02-a.fr.md", None, True),
        ("", "_posts/2026-01-02-a.fr.md", "fr", True),
        ("", "_posts/2026-01-02-a.fr.md", "it", False),
        ("", "_posts/2026-01-02-a.en.md", None, False),
        ("", "_posts/fr/2026-01-02-b.md", None, False),
        ("[languages.de]", "_posts/la/2026-01-02-b.md", "la", False),
        ("[languages.de]", "_posts/la/2026-01-02-b.md", None, True),
        ("[languages.fr]", "_posts/2026-01-02-a.fr.md", None, False),
        ("[languages.fr]", "_posts/2026-01-02-a.FR.md", None, False),
    ],
)
def test_where_a_name_may_mean_no_language_nothing_is_told(
    tmp_path: Path, site: str, path: str, lang: str | None, is_told: bool
) -> None:
    files = {"_posts/2026-01-02-a.md": post(), path: post(title="X", **({"lang": lang} if lang else {}))}
    assert any("which the site is not in" in one for one in build(tmp_path, files, site).notices) is is_told


def test_under_jekyll_names_tell_no_languages(tmp_path: Path) -> None:
    files = {"_config.yml": "", "_posts/2026-01-02-a.md": post(), "_posts/2026-01-02-a.fr.md": post()}
    assert not [one for one in build_site(tmp_path, files).notices if "fr" in one]


WRONG = {
    "_posts/de/2026-01-02-x.md: says the same as _posts/2026-01-02-x.de.md, and in the same language: de": {
        "_posts/de/2026-01-02-x.md": post(slug="y"),
        "_posts/2026-01-02-x.de.md": post(),
    },
    '_posts/de/2026-01-02-x.md:2: `translation_of`: there is no "helo" in another language (did you mean "hello"?': {
        **HELLO,
        "_posts/de/2026-01-02-x.md": post(translation_of="helo"),
    },
    '_posts/de/2026-01-02-x.md:2: `translation_of`: "a" may be _posts/2026-01-03-a.md or _posts/2026-01-02-a.md': {
        "_posts/2026-01-02-a.md": post(),
        "_posts/2026-01-03-a.md": post(),
        "_posts/de/2026-01-02-x.md": post(translation_of="a"),
    },
    '_posts/2026-01-02-x.md:2: `lang`: "jp" is no language (write ja)': {"_posts/2026-01-02-x.md": post(lang="jp")},
}


@pytest.mark.parametrize("message", WRONG)
def test_what_cannot_be_is_told(tmp_path: Path, message: str) -> None:
    assert message in refused(tmp_path, WRONG[message])


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("[languages.german]", 'sitegen.toml:1: `languages` has "german", which is no language (write de)'),
        ("[languages.dd]", '`languages` has "dd", which is no language'),
        ("[languages.de]\ntitel = 'x'", 'has no `titel` for a language (did you mean "title"?)'),
        ("[languages.de]\n[languages.DE]", "has de and DE, which are one"),
        ("languages = ['de']", "`languages` is not a table (write [languages.de]"),
    ],
)
def test_a_table_of_languages_that_cannot_be_read_is_told(tmp_path: Path, table: str, message: str) -> None:
    assert message in refused(tmp_path, {}, table)


def test_without_the_setting_a_language_is_a_word_of_the_post(tmp_path: Path) -> None:
    built = build(
        tmp_path,
        {"_posts/de/2026-01-02-x.md": post(), "_posts/2026-01-03-x.de.md": post(lang="de")},
        'url = "https://example.org"\n',
    )
    assert "2026/01/03/x.de/index.html" in built
    assert not [path for path in built.files if path.startswith("de/")]
    assert "hreflang" not in built["index.html"] and "xhtml" not in built["sitemap.xml"]


def test_a_plugin_of_jekylls_keeps_its_settings(tmp_path: Path) -> None:
    files = {"_config.yml": "languages: [en, de]\n", "_posts/2026-01-02-x.md": post(lang="de")}
    built = build_site(tmp_path, {**files, "_layouts/post.html": "{{ site.languages | join('+') }}"})
    assert built["2026/01/02/x.html"] == "en+de"


def test_explain_tells_the_language_and_the_translations(tmp_path: Path) -> None:
    build(tmp_path, HELLO)
    told = ask(tmp_path, "_posts/de/2026-01-02-hello.md")
    [lang] = [value for value in told.values if value.name == "lang"]
    assert (lang.text, lang.given[0].by) == ("de", "file name")
    assert ("translation", "/2026/01/02/hello/", "en") in [(one.name, one.url, one.detail) for one in told.lists]
    assert ("archive", "/de/archive/") in [(one.name, one.url) for one in told.lists]
