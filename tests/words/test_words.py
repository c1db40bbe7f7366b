"""How words are found and filled."""

from datetime import date

import pytest

from sitegen.forms.wording import joined, size_in
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


@pytest.mark.parametrize(
    ("lang", "long", "short", "day"),
    [
        ("fr", "1er mai 2026", "1er mai", "1"),
        ("fr-CA", "1er mai 2026", "1er mai", "1"),
        ("pt", "1º de maio de 2026", "1º de mai.", "1"),
        ("pt-PT", "1 de maio de 2026", "1 de mai.", "1"),
        ("es", "1 de mayo de 2026", "1 may", "1"),
        ("de", "1. Mai 2026", "1. Mai", "1"),
        ("zh", "2026年5月1日", "5月1日", "1日"),
    ],
)
def test_the_first_of_a_month_is_an_ordinal_where_it_is_said_so(lang, long, short, day):
    words, first = words_in(lang, {}), date(2026, 5, 1)
    assert (words.date(first), words.date(first, "short"), words.date(first, "day")) == (long, short, day)
    assert words.date(date(2026, 5, 11)).startswith("2026" if lang == "zh" else "11")


@pytest.mark.parametrize(("lang", "four", "five"), [("es", "1234", "12.345"), ("de", "1.234", "12.345")])
def test_four_digits_stand_together_in_some_languages(lang, four, five):
    words = words_in(lang, {lang: {"own.n": "{n}"}})
    assert (words.text("own.n", n=1234), words.text("own.n", n=12345)) == (four, five)


def test_portuguese_is_that_of_brazil_or_of_portugal():
    said = {lang: words_in(lang, {}).text("forms.too_large") for lang in ("pt", "pt-BR", "pt-PT")}
    assert said == {
        "pt": "Escolha um arquivo menor.",
        "pt-BR": "Escolha um arquivo menor.",
        "pt-PT": "Escolha um ficheiro mais pequeno.",
    }
    assert words_in("pt-PT", {}).text("posts.draft") == "Rascunho"


@pytest.mark.parametrize(
    ("lang", "value", "isolated"),
    [
        ("ar", "me@example.org", True),
        ("ar", "2026-05-31", True),
        ("ar", "-5", True),
        ("ar", "شاي", False),
        ("ar", 12000, False),
        ("ar", date(2026, 5, 31), False),
        ("de", "Tee", False),
        ("de", "شاي", True),
        ("en", '<a href="/x">شاي</a>', True),
        ("en", "\u2068شاي\u2069", False),
    ],
)
def test_values_in_another_direction_are_isolated(lang, value, isolated):
    said = words_in(lang, {lang: {"own.x": "({v})"}}).text("own.x", v=value)
    assert said.startswith("(\u2068") == isolated or "\u2068" in str(value)
    assert said.count("\u2068") == said.count("\u2069") == int(isolated or "\u2068" in str(value))


def test_names_in_an_arabic_list_go_from_right_to_left():
    assert joined(["Ada", "أدا", "Cem"], words_in("ar", {})) == "\u2068Ada\u2069، أدا و\u2068Cem\u2069"


@pytest.mark.parametrize(
    ("lang", "told"),
    [("en", "A, B and C"), ("de", "A, B und C"), ("zh", "A、B和C"), ("fr", "A, B et C")],
)
def test_several_are_told_with_the_comma_of_the_language(lang, told):
    words = words_in(lang, {})
    assert joined("ABC", words) == told
    assert joined("A", words) == "A"


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["Ana", "Inés"], "Ana e Inés"),
        (["Ana", "Inés", "Luis"], "Ana, Inés y Luis"),
        (["tinta", "hilo"], "tinta e hilo"),
        (["Ana", "«Íñigo»"], "Ana e «Íñigo»"),
        (["agua", "hielo"], "agua y hielo"),
        (["Ana", "Iago"], "Ana y Iago"),
        (["Ana", "Yolanda"], "Ana y Yolanda"),
    ],
)
def test_the_spanish_and_does_not_meet_its_own_sound(names, told):
    assert joined(names, words_in("es-MX", {})) == told
    assert joined(names, words_in("pt", {})) == told.replace(" y ", " e ")


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "1.5 KB"), ("fr", "1,5\xa0Ko"), ("de", "1,5\xa0KB"), ("zh", "1.5 KB")]
)
def test_sizes_are_those_of_the_language(lang, told):
    assert size_in(1536, words_in(lang, {})) == told


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
