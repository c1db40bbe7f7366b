"""The words of sitegen's own, in the languages of pages: catalogs, plurals, dates and numbers."""

from sitegen.words.catalogs import OWN_GROUP, Catalog, Entry, english, packaged, packaged_text, shipped
from sitegen.words.numbers import has_babel, is_english, number
from sitegen.words.speaking import NoSuchWord, Word, Words, english_words, words_digest, words_in

__all__ = [
    "OWN_GROUP",
    "Catalog",
    "Entry",
    "NoSuchWord",
    "Word",
    "Words",
    "english",
    "english_words",
    "has_babel",
    "is_english",
    "number",
    "packaged",
    "packaged_text",
    "shipped",
    "words_digest",
    "words_in",
]
