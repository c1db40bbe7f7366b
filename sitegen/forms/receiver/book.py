"""What the receiver knows of a site at one moment: its forms, its addresses, its settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sitegen.forms.description import Form
from sitegen.forms.judgement.rates import Rate
from sitegen.forms.notices import Notice
from sitegen.forms.wire.responses import After
from sitegen.words import Words, english_words


@dataclass(frozen=True)
class FormBook:
    """Forms by id, and the settings that go with them.

    `site_url` is where the site is ("https://example.org"; "" if unknown, or on the receiver's own host),
    `baseurl` its path below that. `thanks` and `waitlist` have the addresses (absolute, or paths on the
    receiver's host) of the site's own pages by the keys of forms; where one is missing the receiver shows its own.
    `rate` is for an address and form, `form_rate` for a form; None for no limit. `trusted_proxies` are networks;
    `origins` an allowlist of pages, () for any; `altcha` says whether challenges are given out. `notices`
    are sent because of each answer, and with `letters` visitors are written to. Spam is kept for `keep_spam` days,
    None for as long as other answers. `translated` has the forms of each language by their keys; `words` are those of
    each of them, and of the site, at "".
    """

    forms: Mapping[str, Form]
    site_url: str = ""
    baseurl: str = ""
    rate: Rate | None = None
    form_rate: Rate | None = None
    trusted_proxies: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    altcha: bool = False
    notices: tuple[Notice, ...] = ()
    letters: bool = False
    keep_spam: int | None = None
    thanks: Mapping[str, str] = field(default_factory=dict)
    waitlist: Mapping[str, str] = field(default_factory=dict)
    translated: Mapping[str, Form] = field(default_factory=dict)
    words: Mapping[str, Words] = field(default_factory=dict)

    def in_language(self, form: Form, lang: str) -> Form:
        """The same form with the words of another language, if there is such a translation of its call."""
        return self.translated.get(replace(form, lang=lang).key, form)

    def words_of(self, form: Form | None) -> Words:
        """The words of the language of a call, or of the site."""
        found = self.words.get(form.key if form else "") or self.words.get("")
        return found or english_words()

    def thanks_of(self, form: Form, kind: After) -> str:
        """The site's own page after submitting; "" if it has none."""
        own: Mapping[str, Mapping[str, str]] = {"thanks": self.thanks, "waitlist": self.waitlist}
        return own.get(kind, {}).get(form.key, "")
