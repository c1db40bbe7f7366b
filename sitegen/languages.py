"""Languages as HTML and feeds name them: `en`, `pt-BR`, `zh-Hant` (BCP 47, RFC 5646). Pure functions."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

REMEMBERED = 256  # tags: each word of a page asks for its language

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
        "en": "english gb us",
        "cs": "czech čeština cz",
        "da": "danish dansk dk",
        "el": "greek gr",
        "es": "spanish español castellano",
        "fr": "french français",
        "he": "hebrew",
        "it": "italian italiano",
        "ja": "japanese jp",
        "ko": "korean",
        "nl": "dutch nederlands",
        "pl": "polish polski",
        "pt": "portuguese português",
        "ru": "russian",
        "sv": "swedish svenska",
        "tr": "turkish",
        "uk": "ukrainian ua",
        "zh": "chinese mandarin cn tw",
    }.items()
    for name in names.split()
}
_CODES = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es
et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj
kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv
ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti
tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_KNOWN = frozenset(_CODES.split())  # ISO 639-1: every language of two letters that there is
_OWN_NAMES = {  # what a language is called in itself
    "af": "Afrikaans", "ar": "العربية", "bg": "Български", "bn": "বাংলা", "ca": "Català", "cs": "Čeština",
    "cy": "Cymraeg", "da": "Dansk", "de": "Deutsch", "el": "Ελληνικά", "en": "English", "eo": "Esperanto",
    "es": "Español", "et": "Eesti", "eu": "Euskara", "fa": "فارسی", "fi": "Suomi", "fr": "Français",
    "ga": "Gaeilge", "gl": "Galego", "he": "עברית", "hi": "हिन्दी", "hr": "Hrvatski", "hu": "Magyar",
    "hy": "Հայերեն", "id": "Bahasa Indonesia", "is": "Íslenska", "it": "Italiano", "ja": "日本語", "ka": "ქართული",
    "ko": "한국어", "la": "Latina", "lt": "Lietuvių", "lv": "Latviešu", "mk": "Македонски", "ms": "Bahasa Melayu",
    "mt": "Malti", "nb": "Norsk bokmål", "nl": "Nederlands", "nn": "Norsk nynorsk", "no": "Norsk", "pl": "Polski",
    "pt": "Português", "pt-br": "Português (Brasil)", "pt-pt": "Português (Portugal)", "ro": "Română",
    "ru": "Русский", "sk": "Slovenčina", "sl": "Slovenščina", "sq": "Shqip", "sr": "Српски", "sv": "Svenska",
    "sw": "Kiswahili", "ta": "தமிழ்", "th": "ไทย", "tr": "Türkçe", "uk": "Українська", "ur": "اردو",
    "vi": "Tiếng Việt", "yi": "ייִדיש", "zh": "中文", "zh-hans": "简体中文", "zh-hant": "繁體中文",
}  # fmt: skip
_FROM_THE_RIGHT = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "khw", "ks", "ps", "sd", "ug", "ur", "yi"])
_SCRIPTS_FROM_THE_RIGHT = frozenset(["adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"])


def language_of(text: str) -> str:
    """The tag that is meant: the text itself, or with hyphens where computers' locales have `_`; "" for none.

    >>> [language_of(text) for text in ("en", "de_DE", "zh-Hant-TW", "english gb us", "")]
    ['en', 'de-DE', 'zh-Hant-TW', '', '']
    """
    tag = re.sub(r"\.[\w-]+$", "", text).replace("_", "-")  # `en_US.UTF-8`
    return tag if re.fullmatch(PATTERN, tag) else ""


def html_attributes(lang: str) -> str:
    """What the element of a whole page says of its language.

    >>> html_attributes("de"), html_attributes("ar")
    (' lang="de"', ' lang="ar" dir="rtl"')
    """
    return f' lang="{escape(lang)}"' + (' dir="rtl"' if direction(lang) == "rtl" else "")


@lru_cache(maxsize=REMEMBERED)
def primary(tag: str) -> str:
    """The language of a tag without its region and script, in small letters.

    >>> primary("pt-BR"), primary("zh_Hant"), primary("EN")
    ('pt', 'zh', 'en')
    """
    return re.split("[-_]", tag, maxsplit=1)[0].lower()


def language_hint(text: str) -> str:
    """How to write what is no tag."""
    tag = language_of(text)
    tag = (tag if is_known(tag) else "") or _NAMES.get(text.casefold().strip(), "")
    return f"write {tag}" if tag else "write a code such as en or pt-BR"


def is_known(tag: str) -> bool:
    """Whether there is such a language, as far as that can be told: of those with two letters all are known.

    >>> [is_known(tag) for tag in ("de-AT", "dd", "gsw")]
    [True, False, True]
    """
    language = tag.split("-")[0].lower()
    return len(language) != 2 or language in _KNOWN


def lookups(tag: str) -> tuple[str, ...]:
    """A tag in small letters, and what it is a kind of, the nearest first (RFC 4647, 3.4, "lookup").

    >>> lookups("zh-Hant-TW")
    ('zh-hant-tw', 'zh-hant', 'zh')
    """
    parts = tag.lower().split("-")
    return tuple("-".join(parts[:count]) for count in range(len(parts), 0, -1))


def own_name(tag: str) -> str:
    """What a language is called in itself; the tag, where that is not known.

    >>> own_name("de-AT"), own_name("pt-BR"), own_name("gsw")
    ('Deutsch', 'Português (Brasil)', 'gsw')
    """
    return next((_OWN_NAMES[key] for key in lookups(tag) if key in _OWN_NAMES), tag)


@lru_cache(maxsize=REMEMBERED)
def direction(tag: str) -> str:
    """`rtl` for a language that is written from right to left, else `ltr`; a script in the tag goes before.

    >>> [direction(tag) for tag in ("ar-EG", "az-Arab", "ur-Latn", "en", "")]
    ['rtl', 'rtl', 'ltr', 'ltr', 'ltr']
    """
    scripts = [part for part in tag.lower().split("-")[1:] if len(part) == 4 and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _SCRIPTS_FROM_THE_RIGHT else "ltr"
    return "rtl" if any(key in _FROM_THE_RIGHT for key in lookups(tag)) else "ltr"
