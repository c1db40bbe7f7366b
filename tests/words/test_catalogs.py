"""The catalogs: whole in every language, and nothing in them that nobody says."""

import re
from pathlib import Path

import pytest

from sitegen.words import english, packaged, shipped, words_in
from sitegen.words.catalogs import PLURALS, TAG, forms_of, places_of, tags_of

PACKAGE = Path(__file__).parent.parent.parent / "sitegen"
LANGUAGES = [lang for lang in shipped() if lang != "en" and "-" not in lang]
REGIONS = [lang for lang in shipped() if "-" in lang]  # they have only what is other than in their language
HAN = r"[\u4e00-\u9fff]"
WIDE = "，。；：？！、（）……“”"
STRAY: dict[str, str] = {  # what a language has no place for, as a pattern
    "": r"\.\.\.|  | ,|\w ;",
    "ar": r"[\u0600-\u06ff][,;?]| [،؛؟.]|\((?! )[^)]*$|(?<![\u2066\d-])\d+-\d",
    "de": "[”’«»]|„[^“]*$|^[^„]*“",
    "en": "[„«»]",
    "es": "[“”„]|«[^»]*$|^[^¿]*\\?|^[^¡]*!",
    "fr": "[“”„]|[ \u202f]:|[ \u00a0][;!?]|«[^\u00a0]|[^\u00a0]»|\\w[;:!?](?!\\w|//)",
    "pt": "[„«»]|“[^”]*$",
    "zh": rf"[{WIDE}] | [{WIDE}]|{HAN}[,.;:?!()]|{HAN} {HAN}|…(?<!……)(?!…)",
}
COMPUTED = (
    "refusals.",
    "privacy.",
    "errors.",
    "lists.",
    "letters.",
    "forms.",
)  # groups with keys that are put together
KINDS = [f"forms.{kind}" for kind in ("image", "video", "audio", "application", "text")]
COUNTS = (0, 1, 2, 3, 11, 100)  # one of each of Arabic's six forms


def sources():
    files = [*PACKAGE.rglob("*.py"), *PACKAGE.glob("theme/**/*.html")]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_seven_languages_are_shipped():
    assert shipped() == ("ar", "de", "en", "es", "fr", "pt", "pt-pt", "zh")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_catalog_has_every_word(lang):
    assert list(packaged(lang)) == list(english())


@pytest.mark.parametrize("lang", REGIONS)
def test_a_region_has_only_what_is_other_than_in_its_language(lang):
    wider = packaged(lang.partition("-")[0])
    assert [key for key, entry in packaged(lang).items() if wider[key] == entry] == []
    assert [key for key in wider if key in packaged(lang)] == list(packaged(lang))


@pytest.mark.parametrize("lang", [*LANGUAGES, *REGIONS])
def test_every_word_has_the_places_and_tags_of_the_english_one(lang):
    for key, entry in packaged(lang).items():
        assert places_of(entry) == places_of(english()[key]), key
        assert tags_of(entry) == tags_of(english()[key]), key
        assert key == "site.gap" or all(form.strip() == form or key == "forms.comma" for form in forms_of(entry)), key
        if isinstance(english()[key], str):
            assert isinstance(entry, str), key


@pytest.mark.parametrize("lang", shipped())
def test_marks_and_blanks_are_those_of_the_language(lang):
    stray = re.compile(f"{STRAY['']}|{STRAY[lang.partition('-')[0]]}")
    said = {key: form for key, entry in packaged(lang).items() for form in forms_of(entry)}
    assert {key: form for key, form in said.items() if stray.search(TAG.sub("", form))} == {}


def test_what_is_isolated_in_arabic_ends():
    forms = [form for entry in packaged("ar").values() for form in forms_of(entry)]
    assert [form for form in forms if form.count("\u2066") != form.count("\u2069")] == []


@pytest.mark.parametrize("lang", shipped())
def test_every_count_has_its_form(lang):
    asked = {words_in(lang, {}).plural(count) for count in COUNTS}
    for key, entry in packaged(lang).items():
        if not isinstance(entry, str):
            assert asked <= entry.keys() <= set(PLURALS), key


@pytest.mark.parametrize("lang", shipped())
def test_quotes_are_those_of_the_language(lang):
    """No straight ones: a layout may put words between these."""
    assert [
        key for key, entry in packaged(lang).items() if any(set(form) & set("'\"") for form in forms_of(entry))
    ] == []


def test_every_word_is_said_somewhere():
    text = sources()
    said = set(re.findall(r"[\"'~ ]([a-z_0-9]+\.[a-z_0-9]+)[\"']", text))
    names = set(re.findall(r"[\"']([a-z_0-9]+)[\"']", text)) | {
        name.lower() for name in re.findall(r"\"([A-Z_]+)\"", text)
    }

    def is_said(key):
        group, _, name = key.partition(".")
        if key in said or key.removesuffix("_known") in said:
            return True
        if group in ("alerts", "fields") or key in KINDS:
            return True  # what authors write
        parts = {name, re.sub("^(all|periods|rate_limited)_", "", name), re.sub("_(feed|title)$|s$", "", name)}
        return f"{group}." in COMPUTED and bool(parts & names)

    assert [key for key in english() if not is_said(key)] == []


def test_every_word_that_a_layout_says_is_there():
    text = sources()
    asked = set(re.findall(r"(?:\bt|spoken|words\.text|\.text|word)\(\s*\"([a-z_0-9]+\.[a-z_0-9]+)\"", text))
    assert len(asked) > 100
    assert {key for key in asked if not key.endswith("_")} - english().keys() == set()
