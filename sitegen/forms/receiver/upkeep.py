"""What the receiver does once a day: delete what has been kept long enough, by the site as it is then."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from sitegen.forms.description import open_at
from sitegen.forms.inbox.database import StoreError
from sitegen.forms.inbox.purging import Old, Purge
from sitegen.forms.receiver.book import FormBook
from sitegen.forms.receiver.log import line

logger = logging.getLogger("sitegen.receiver")

DAY = timedelta(days=1)
LOOK_SECONDS = 60.0  # between two looks at the clock


class Kept(Protocol):
    """What the upkeep wants of a store. All raise `StoreError`."""

    def note_periods(self, days: Mapping[str, int | None]) -> None:
        """Note for how many days these forms keep their answers now."""
        ...

    def purge(self, old: Old) -> Purge:
        """Delete what is old, let those who wait move up, and sweep."""
        ...


class Upkeep:
    """A thread that looks from when it is made until it is closed; the first time at once."""

    def __init__(self, store: Kept, book: Callable[[], FormBook], clock: Callable[[], datetime]) -> None:
        self._store, self._book, self._clock = store, book, clock
        self._done: datetime | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sitegen-upkeep", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Finish what has begun, and end."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            self._done = look(self._store, self._book, self._clock(), self._done)
            self._ended.wait(LOOK_SECONDS)


def look(store: Kept, book: Callable[[], FormBook], now: datetime, done: datetime | None) -> datetime | None:
    """Do it if it was `done` a day ago; when it was done last, None for never. What goes wrong is tried again."""
    if done is not None and now - done < DAY:
        return done
    try:
        tidy(store, book(), now)
    except StoreError as error:
        logger.error("nothing can be purged: %s", error)
        return done
    except Exception:
        logger.exception("the upkeep failed")
        return done
    return now


def tidy(store: Kept, book: FormBook, now: datetime) -> None:
    """Delete what is old, by what the site says now."""
    forms = book.forms.values()
    store.note_periods({form.id: form.keep for form in forms})
    purge = store.purge(Old(now, book.keep_spam, open=open_at(forms, now)))
    for form, states in purge.deleted.items():
        logger.info(line(event="purged", form=form, count=sum(states.values())))
