"""How words are found and filled."""

from datetime import date

import pytest

from sitegen.words import NoSuchWord, words_in
from sitegen.words.html import html_of


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "لا مقالات"), (1, "مقال واحد"), (2, "مقالان"), (3, "3 مقالات"), (11, "11 مقالًا"), (100, "100 مقال")],
)
def test_arabic_has_six_forms(count, said):
    assert words_in("ar", {}).text("lists.count", count=count) == said


def test_a_region_speaks_its_language_and_what_nobody_has_is_english():
    own = {"it": {"posts.draft": "Bozza"}, "pt-br": {"lists.tags": "Tags do site"}}
    brazil, italy = words_in("pt-BR", own), words_in("it", own)
    assert brazil.text("lists.tags") == "Tags do site" and brazil.text("posts.draft") == "Rascunho"
    assert brazil.other_language("posts.draft") == ""
    assert italy.text("posts.draft") == "Bozza" and italy.other_language("posts.draft") == ""
    assert italy.text("lists.tags") == "Tags" and italy.other_language("lists.tags") == "en"


def test_own_words_go_before_the_packaged_ones_one_by_one():
    words = words_in("de", {"de": {"posts.draft": "Kladde"}, "en": {"lists.tags": "Labels"}})
    assert words.text("posts.draft") == "Kladde"
    assert words.text("lists.tags") == "Schlagwörter"


@pytest.mark.parametrize(
    ("lang", "long", "short", "month"),
    [
        ("en", "6 May 2026", "6 May", "May"),
        ("de", "6. Mai 2026", "6. Mai", "Mai"),
        ("es", "6 de mayo de 2026", "6 may", "mayo"),
        ("fr", "6 mai 2026", "6 mai", "mai"),
        ("pt-BR", "6 de maio de 2026", "6 de mai.", "maio"),
        ("zh", "2026年5月6日", "5月6日", "五月"),
        ("ar", "6 مايو 2026", "6 مايو", "مايو"),
        ("ru", "6 мая 2026\u202fг.", "6 мая", "май"),
        ("it", "6 maggio 2026", "6 mag", "maggio"),
        ("tlh", "2026-05-06", "05-06", "05"),
    ],
)
def test_dates_are_those_of_the_language(lang, long, short, month):
    words, day = words_in(lang, {}), date(2026, 5, 6)
    assert (words.date(day), words.date(day, "short"), words.date(day, "month")) == (long, short, month)


def test_counts_are_written_as_the_language_writes_numbers():
    assert words_in("de", {}).text("lists.count", count=12000) == "12.000 Beiträge"
    assert words_in("en", {}).text("lists.count", count=12000) == "12000 posts"


def test_html_is_escaped_but_for_the_tags_of_the_catalog():
    words = words_in("en", {"en": {"own.x": "<a>Read</a> <b>{title}</b> & <strong>go</strong>"}})
    html = html_of(words, "own.x", {"title": "<i>", "a": '"/x'})
    assert html == '<a href="&#34;/x">Read</a> &lt;b&gt;&lt;i&gt;&lt;/b&gt; &amp; <strong>go</strong>'


def test_what_is_not_there_is_told():
    with pytest.raises(NoSuchWord, match=r'there are no words "posts.drafft"; did you mean "posts.draft"\?'):
        words_in("de", {}).text("posts.drafft")
    with pytest.raises(NoSuchWord, match=r'the words "lists\.page" need `page`'):
        words_in("de", {}).text("lists.page")
