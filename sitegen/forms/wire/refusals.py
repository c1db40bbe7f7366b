"""Why a post was not accepted: status, codes and kind words.

Formspree's clients know its own codes; any other becomes "unspecified" there, and its message is shown. The words are
in the catalogs, as `refusals.CODE`, in the language of the call.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sitegen.errors import SitegenError
from sitegen.forms.submission import FieldError
from sitegen.words import Word, Words, english_words

REFUSALS: Mapping[str, int] = {  # code → HTTP status
    "EMPTY": 400,
    "MALFORMED": 400,
    "NO_FILE_UPLOADS": 400,
    "TOO_MANY_FILES": 400,
    "TOO_MANY_FIELDS": 400,
    "BLOCKED": 403,
    "INACTIVE": 403,
    "FULL": 403,
    "FORM_NOT_FOUND": 404,
    "NOT_TO_CONFIRM": 404,
    "CONFIRMED": 409,
    "METHOD_NOT_ALLOWED": 405,
    "TIMEOUT": 408,
    "CONFLICT": 409,
    "FILES_TOO_BIG": 413,
    "UNSUPPORTED": 415,
    "INVALID": 422,
    "RATE_LIMITED": 429,
    "INTERNAL": 500,
    "UNAVAILABLE": 503,
}
_WIRE: Mapping[str, str] = {"FORM_NOT_FOUND": "form_not_found_wire"}  # what Formspree's clients are told
_CODES: Mapping[str, str] = {"FULL": "INACTIVE"}  # to clients it is closed: their protocol has no word for this


class Refusal(SitegenError):
    """A post that is not accepted: `status` is that of HTTP, `errors` has an entry, `retry_after` is in seconds.

    `given` are errors of fields, in words already; else `word` says it, or the words of its code do.
    """

    def __init__(
        self, code: str, given: Iterable[FieldError] = (), retry_after: int = 0, word: Word | None = None
    ) -> None:
        self.code, self.status, self.retry_after = code, REFUSALS[code], retry_after
        self.given, self.word = tuple(given), word
        self.words = english_words()
        super().__init__(self._of_code)

    def said(self, words: Words) -> Refusal:
        """The same in the language of a call."""
        same = Refusal(self.code, self.given, self.retry_after, self.word)
        same.words = words
        return same

    @property
    def title(self) -> str:
        """The title of its page."""
        return self.words.text(f"refusals.{self.code.lower()}_title")

    @property
    def page(self) -> str:
        """The words on its page."""
        return self._of_code if self.code in _WIRE else self.message

    @property
    def _of_code(self) -> str:
        return self.words.text(f"refusals.{self.code.lower()}")

    @property
    def errors(self) -> tuple[FieldError, ...]:
        """What is to be mended, or the whole in one."""
        wire = _WIRE.get(self.code, self.code.lower())
        told = self.words.said(self.word or Word(f"refusals.{wire}"))
        return self.given or (FieldError(_CODES.get(self.code, self.code) if self.word else self.code, told),)

    @property
    def message(self) -> str:
        """One sentence for the whole: the only error's own words, or those of the code."""
        return self.errors[0].message if len(self.errors) == 1 else self._of_code

    @property
    def named(self) -> bool:
        """Whether it says what is wrong with which field."""
        return any(error.field for error in self.errors)

    def as_json(self) -> dict[str, object]:
        """The body that Formspree's clients understand."""
        return {"error": self.message, "errors": [error.as_json() for error in self.errors]}


def refused(code: str, key: str = "", *, retry_after: int = 0, **values: object) -> Refusal:
    """A refusal of the whole form, with words of its own where those of the code say too little."""
    word = Word(f"refusals.{key}", tuple(values.items())) if key else None
    return Refusal(code, retry_after=retry_after, word=word)
