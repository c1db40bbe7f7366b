"""Languages as HTML and feeds name them: `en`, `pt-BR`, `zh-Hant` (BCP 47, RFC 5646). Pure functions."""

from __future__ import annotations

import re

# Language, its dialects, script, region, variants, extensions; or what somebody agreed on with somebody (`x-…`).
PATTERN = (
    r"[A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
    r"(-[A-WYZa-wyz0-9](-[A-Za-z0-9]{2,8})+)*(-x(-[A-Za-z0-9]{1,8})+)?|[xX](-[A-Za-z0-9]{1,8})+"
)
_NAMES = {
    name: tag
    for tag, names in {
        "ar": "arabic",
        "de": "german deutsch",
        "en": "english",
        "es": "spanish español castellano",
        "fr": "french français",
        "he": "hebrew",
        "it": "italian italiano",
        "ja": "japanese",
        "ko": "korean",
        "nl": "dutch nederlands",
        "pl": "polish polski",
        "pt": "portuguese português",
        "ru": "russian",
        "sv": "swedish svenska",
        "tr": "turkish",
        "zh": "chinese mandarin",
    }.items()
    for name in names.split()
}


def language_of(text: str) -> str:
    """The tag that is meant: the text itself, or with hyphens where computers' locales have `_`; "" for none.

    >>> [language_of(text) for text in ("en", "de_DE", "zh-Hant-TW", "english", "")]
    ['en', 'de-DE', 'zh-Hant-TW', '', '']
    """
    tag = re.sub(r"\.[\w-]+$", "", text).replace("_", "-")  # `en_US.UTF-8`
    return tag if re.fullmatch(PATTERN, tag) else ""


def primary(tag: str) -> str:
    """The language of a tag without its region and script, in small letters.

    >>> primary("pt-BR"), primary("zh_Hant"), primary("EN")
    ('pt', 'zh', 'en')
    """
    return re.split("[-_]", tag, maxsplit=1)[0].lower()


def is_rtl(tag: str) -> bool:
    """Whether a language is written from right to left."""
    return primary(tag) in ("ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi")


def language_hint(text: str) -> str:
    """How to write what is no tag."""
    tag = language_of(text) or _NAMES.get(text.casefold().strip(), "")
    return f"write {tag}" if tag else "write a code such as en or pt-BR"
