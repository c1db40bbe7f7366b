"""Why a post was not accepted: status, codes and kind words.

Formspree's clients know its own codes; any other becomes "unspecified" there, and its message is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sitegen.errors import SitegenError
from sitegen.forms.submission import FieldError


@dataclass(frozen=True)
class Kind:
    """One row of the table: HTTP status, title of the page, the words, and other words for a page if need be."""

    status: int
    title: str
    message: str
    page: str = ""


REFUSALS: Mapping[str, Kind] = {
    "EMPTY": Kind(400, "Nothing was filled in", "The form came without answers. Please fill it in and send it."),
    "MALFORMED": Kind(400, "That did not arrive whole", "What was sent cannot be read as the answers to a form."),
    "NO_FILE_UPLOADS": Kind(400, "No files, please", "This form takes no files. Please send it without them."),
    "TOO_MANY_FILES": Kind(400, "Too many files", "There are more files than this form takes."),
    "TOO_MANY_FIELDS": Kind(400, "Too many answers", "There are more answers than a form can have."),
    "BLOCKED": Kind(403, "Not from here", "This form takes no answers from the page that you came from."),
    "INACTIVE": Kind(403, "This call is closed", "This call takes no more answers."),
    "FULL": Kind(403, "This call is full", "All places are taken."),
    "FORM_NOT_FOUND": Kind(
        404,
        "Form not found",
        "Form not found",
        "There is no such call here, or not yet. Nothing was stored.",
    ),
    "NOT_TO_CONFIRM": Kind(
        404,
        "This link is not good any more",
        "No answer waits for this link. A link is good for seven days; make sure that all of it is in the address. If "
        "it is too late, please send your answer again.",
    ),
    "CONFIRMED": Kind(
        409,
        "You have confirmed already",
        "Your answer counts, and its author has it. There is nothing more to do.",
    ),
    "METHOD_NOT_ALLOWED": Kind(
        405,
        "Only answers go here",
        "This is the address to which a form sends its answers. To take part, open the page of the call.",
    ),
    "TIMEOUT": Kind(408, "That took too long", "The answers did not arrive in time. Please go back and try again."),
    "CONFLICT": Kind(
        409,
        "Already sent",
        "This page has sent other answers already, and those are safe. Send it once more to add these.",
    ),
    "FILES_TOO_BIG": Kind(413, "Too much", "That is more than this form can take. Please go back and send less."),
    "UNSUPPORTED": Kind(415, "Unknown kind of content", "A form sends its answers as a form, or as JSON, in UTF-8."),
    "INVALID": Kind(422, "There is a problem", "Some answers need another look."),
    "RATE_LIMITED": Kind(429, "Too many at once", "Too many answers came just now. Please try again later."),
    "INTERNAL": Kind(500, "That went wrong", "Something went wrong here. Your answers were not stored."),
    "UNAVAILABLE": Kind(
        503,
        "Not stored",
        "Your answers could not be stored just now. They are not lost: please try again in a minute.",
    ),
}


class Refusal(SitegenError):
    """A post that is not accepted: `kind` is its row, `errors` has an entry, `retry_after` is in seconds."""

    def __init__(self, code: str, errors: Iterable[FieldError] = (), retry_after: int = 0) -> None:
        self.code, self.kind, self.retry_after = code, REFUSALS[code], retry_after
        self.errors = tuple(errors) or (FieldError(code, self.kind.message),)
        super().__init__(self.kind.message)

    @property
    def message(self) -> str:
        """One sentence for the whole: the only error's own words, or those of the kind."""
        return self.errors[0].message if len(self.errors) == 1 else self.kind.message

    @property
    def named(self) -> bool:
        """Whether it says what is wrong with which field."""
        return any(error.field for error in self.errors)

    def as_json(self) -> dict[str, object]:
        """The body that Formspree's clients understand."""
        return {"error": self.message, "errors": [error.as_json() for error in self.errors]}


def refused(code: str, message: str = "", *, retry_after: int = 0) -> Refusal:
    """A refusal of the whole form, with words of its own where those of the table say too little."""
    return Refusal(code, [FieldError(code, message)] if message else [], retry_after)
