"""Everything that is kept of one person, for them: what the law calls a copy of their data (GDPR, article 15)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sitegen.forms.inbox.store import Store
    from sitegen.forms.submission import Submission


def records_of(store: Store, address: str) -> dict[str, Any]:
    """The address and its submissions, oldest first, each with files (without their bytes), notes and deliveries.

    Of others in whose answers the address stands only the ids are told: the rest is theirs.
    """
    found = store.traces_of(address)
    titles = {form: terms.title for form, terms in store.forms().items()}
    return {
        "address": address,
        "submissions": [_record(store, one, titles.get(one.form, "")) for one in found.theirs],
        "mentioned_in": [submission.id for submission in found.mentions],
    }


def _record(store: Store, submission: Submission, title: str) -> dict[str, Any]:
    return {
        **submission.as_json(),
        "title": title,
        "answers": [{"name": name, "value": value} for name, value in submission.answers],
        "files": [file.as_json() for file in store.files_of(submission)],
        "notes": [note.as_json() for note in store.notes_of(submission)],
        "deliveries": [delivery.as_json() for delivery in store.deliveries_of(submission)],
    }
