"""Pages in each language: no word of English is left, and what is not translated says so."""

import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from sitegen.errors import SiteError
from sitegen.words import english, packaged, shipped
from sitegen.words.catalogs import PLACE, TAG, forms_of
from tests.words.sites import built, site_of, write

LANGUAGES = [lang for lang in shipped() if lang != "en"]
SAID = ("aria-label", "title", "alt", "placeholder", "label", "content")
CODES = ("data-places", "data-state", "data-full", "data-closes", "data-field", "data-address", "data-hosted")


class Texts(HTMLParser):
    """Collects what a page says: texts, and attributes that are read."""

    def __init__(self, html):
        super().__init__()
        self.found, self.within = set(), []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.within = [tag]
        for name, value in attributes:
            if value and (name in SAID or (name.startswith("data-") and name not in CODES)):
                self.found.add(" ".join(value.split()))

    def handle_data(self, data):
        if self.within not in (["script"], ["style"]) and data.strip():
            self.found.add(" ".join(data.split()))


def english_words(lang):
    """What English pages say, and pages of that language do not, as patterns: pieces between tags, places as gaps."""
    words = {**packaged(lang.partition("-")[0]), **packaged(lang)}
    same = {piece for entry in words.values() for form in forms_of(entry) for piece in pieces(form)}
    every = {piece for entry in english().values() for form in forms_of(entry) for piece in pieces(form)}
    return [re.compile(re.escape(piece).replace("GAP", ".*?")) for piece in every - same]


def pieces(form):
    parts = (PLACE.sub("GAP", part).strip() for part in TAG.split(form))
    return {part for part in parts if re.search(r"[^\W\d_]", part.replace("GAP", ""))}


def left_in(html, patterns):
    return {text for text in Texts(html).found if any(pattern.fullmatch(text) for pattern in patterns)}


def test_the_search_finds_english(tmp_path):
    built(site_of(tmp_path, "en"))
    found = left_in((tmp_path / "output" / "join" / "auf" / "index.html").read_text(), english_words("de"))
    assert {"Join in", "(optional)", "Who is in", "Message", "12 places"} - found <= {"Who is in"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_page_has_english_left(tmp_path, lang):
    report = built(site_of(tmp_path, lang))
    assert [one for one in report.notices if "languages" in one.hint] == []
    patterns, pages = english_words(lang), list((tmp_path / "output").rglob("*.html"))
    assert len(pages) > 30
    left = {
        page.relative_to(tmp_path).as_posix(): left_in(page.read_text(encoding="utf-8"), patterns) for page in pages
    }
    assert {page: texts for page, texts in left.items() if texts} == {}
    assert [page for page in pages if 'lang="en"' in page.read_text(encoding="utf-8")] == []
    months = re.compile(r"\b(January|February|March|December)\b")
    assert [page for page in pages if months.search(" ".join(Texts(page.read_text(encoding="utf-8")).found))] == []


def test_own_words_of_a_language_that_is_not_shipped_and_english_is_marked(tmp_path):
    built(
        site_of(tmp_path, "it", {"_data/i18n/it.yml": "posts: {draft: Bozza, newer: Dopo}\nsite: {skip: Al testo}\n"})
    )
    html = (tmp_path / "output/2026/03/04/drei/index.html").read_text()
    assert '<a class="skip" href="#main">Al testo</a>' in html and "<small>Dopo</small>" in html
    assert '<small lang="en" dir="ltr">Older</small>' in html
    assert "4 marzo 2026" in html


def test_a_page_in_another_language_than_the_site_speaks_its_own(tmp_path):
    root = site_of(
        tmp_path,
        "en",
        {"_posts/2026-04-01-neu.md": "---\ntitle: Neu\nlang: de\n---\n> [!TIP]\n> Zux.[^1]\n\n[^1]: Za\n"},
    )
    built(root)
    html = (root / "output/2026/04/01/neu/index.html").read_text()
    assert "Zum Inhalt springen" in html and "1. April 2026" in html and "<strong>Tipp</strong>" in html
    assert "Zurück zu Fußnote 1 im Text" in html
    assert "Skip to content" in (root / "output/index.html").read_text()


def test_an_edited_word_makes_the_pages_anew_that_say_it(tmp_path):
    root = site_of(tmp_path, "de")
    built(root)
    write(root, {"_data/i18n/de.yml": "site: {skip: Los}\nalerts: {warning: Obacht}\nlists: {archive: Altes}\n"})
    built(root)
    html = (root / "output/2026/03/04/drei/index.html").read_text()
    assert all(">Los<" in page.read_text() for page in root.glob("output/2026/*/*/*/index.html"))
    assert "<strong>Obacht</strong>" in html and ">Altes<" in html
    assert "<h1>Altes</h1>" in (root / "output/archive/index.html").read_text()
    assert built(root).written == 0


def test_months_as_titles_begin_with_a_capital(tmp_path):
    built(site_of(tmp_path, "es"))
    assert "<h1>Marzo de 2026</h1>" in (tmp_path / "output/2026/03/index.html").read_text()
    year = (tmp_path / "output/2026/index.html").read_text()
    assert ">Marzo</a></h2>" in year and 'aria-labelledby="marzo"' in year


def test_sentences_in_chinese_have_nothing_between_them(tmp_path):
    built(site_of(tmp_path, "zh"))
    html = (tmp_path / "output" / "join" / "auf" / "index.html").read_text(encoding="utf-8")
    assert "您的回复会交给Zada，存入本站位于 answers.example.org 的收件箱。回复在 6 个月后删除。" in html


def test_layouts_say_own_words_and_dates_and_numbers(tmp_path):
    layout = '{{ t("own.hi", who="<b>") }}|{{ t("lists.count", count=2) }}|'
    layout += '{{ page.date | date_words("month_year") }}|{{ 1234 | number }}'
    root = site_of(tmp_path, "de", {"_layouts/mine.html": layout, "_data/i18n/de.yml": "own: {hi: 'Hallo {who}'}\n"})
    write(root, {"_posts/2026-05-01-x.md": "---\ntitle: X\nlayout: mine\n---\nX"})
    built(root)
    assert (root / "output/2026/05/01/x/index.html").read_text() == "Hallo &lt;b&gt;|2 Beiträge|Mai 2026|1.234"


def test_a_layout_that_asks_for_no_word_is_told_where(tmp_path):
    root = site_of(tmp_path, "de", {"_layouts/mine.html": 'x\n{{ t("posts.drafft") }}'})
    write(root, {"_posts/2026-05-01-x.md": "---\ntitle: X\nlayout: mine\n---\nX"})
    with pytest.raises(SiteError) as raised:
        built(root)
    problem = raised.value.problems[0]
    assert (problem.path, problem.line) == ("_layouts/mine.html", 2)
    assert 'there are no words "posts.drafft"; did you mean "posts.draft"?' in problem.message


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("posts:\n  drafft: x\n", 2, "there are no words `posts.drafft`", 'did you mean "draft"?'),
        ("pots:\n  draft: x\n", 1, "there is no group of words `pots`", 'did you mean "posts"?'),
        ("lists:\n  page: Seite {seite}\n", 2, "`lists.page`: nothing is put in place of `{seite}`", "known: page"),
        (
            "lists:\n  page: <strong>Seite</strong>\n",
            2,
            "`lists.page`: nothing is put in place of `<strong>`",
            "there is none",
        ),
        ("lists:\n  count: {one: a, lots: b}\n", 2, "`lists.count`: a count has no form `lots`", "zero, one, two"),
        ("lists:\n  count: {one: a}\n", 2, "`lists.count` lacks the form `other`", "all other counts"),
        ("posts:\n  draft: {one: a, other: b}\n", 2, "`posts.draft` has no count", "write one text"),
        ("posts: Entwurf\n", 1, "`posts` is no group of words", "the words below it"),
        ("posts:\n  draft: true\n", 2, "`posts.draft` is no text", "in quotes"),
        ("posts:\n draft: [\n", 3, "", ""),
    ],
)
def test_what_is_wrong_in_a_catalog_is_told_at_its_line(tmp_path, text, line, message, hint):
    root = site_of(tmp_path, "de", {"_data/i18n/de.yml": text})
    with pytest.raises(SiteError) as raised:
        built(root)
    [problem] = raised.value.problems
    assert (problem.path, problem.line) == ("_data/i18n/de.yml", line)
    assert message in problem.message and hint in problem.hint


@pytest.mark.parametrize(
    ("lang", "entry", "told"),
    [
        (
            "pl",
            "{one: a, other: b}",
            "`lists.count` lacks the form `few` | counts in that language have the forms one, few, many",
        ),
        ("pl", "{one: a, few: b, many: c, other: d}", ""),
        ("fr", "{one: a, other: b}", ""),
        ("ja", "{other: b}", ""),
        ("it", "{other: b}", ""),
        ("en", "{one: a, other: b}", ""),
        ("tlh", "{one: a, other: b}", ""),
    ],
)
def test_a_form_that_a_language_has_and_a_catalog_lacks_is_told(tmp_path, lang, entry, told):
    report = built(site_of(tmp_path, "de", {f"_data/i18n/{lang}.yml": f"lists:\n  count: {entry}\n"}))
    found = [f"{one.message} | {one.hint}" for one in report.notices if one.path == f"_data/i18n/{lang}.yml"]
    assert found == ([told] if told else [])


def test_a_file_of_no_language_is_told(tmp_path):
    root = site_of(tmp_path, "de", {"_data/i18n/german.yml": "posts: {draft: x}"})
    with pytest.raises(SiteError) as raised:
        built(root)
    assert raised.value.problems[0].hint == "write de"


@pytest.mark.parametrize(("lang", "first"), [("en", False), ("de", True)])
def test_babel_is_imported_only_where_something_is_written_in_another_language(tmp_path, lang, first):
    site_of(tmp_path, lang)
    code = "import sys; from sitegen.cli import main; main(['build']); print('babel' in sys.modules)"
    runs = [
        subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert [run.stdout.split()[-1] for run in runs] == [str(first), "False"]
