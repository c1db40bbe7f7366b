"""Many by one commit: each is judged as if it had come alone."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import URL

from sitegen.forms.inbox.store import Accepted, Entry, Outcome, Store
from sitegen.forms.inbox.writer import Writer
from sitegen.forms.submission import Upload
from tests.forms.world import NOON

pytestmark = pytest.mark.both_databases
ENTRIES = st.lists(
    st.builds(
        Entry,
        form=st.sampled_from("fg"),
        capacity=st.just(3),
        answers=st.sampled_from([(("name", name),) for name in "abcd"]),
        created=st.integers(0, 3).map(lambda at: NOON + timedelta(minutes=5 * at)),
        spam=st.sampled_from(["", "", "why"]),
        key=st.sampled_from(["", "", "k", "l"]),
        waitlist=st.booleans(),
        text=st.sampled_from([None, "t", "u"]),
    ),
    max_size=12,
)


def outcomes_of(batches: Sequence[Sequence[Entry]]) -> list[tuple[object, ...]]:
    """What became of each entry, in an inbox of its own whose ids count up."""
    numbers = iter(range(1000))
    store = Store(URL.create("sqlite"), lambda: str(next(numbers)))
    found = [told(outcome) for batch in batches for outcome in store.accept_all(batch)]
    store.close()
    return found


def told(outcome: Outcome) -> tuple[object, ...]:
    if isinstance(outcome, Accepted):
        return (outcome.submission, outcome.repeated)
    return (type(outcome),)


def check_batches(entries, size):
    entries.sort(key=lambda entry: entry.created)
    batches = [entries[at : at + size] for at in range(0, len(entries), size)]
    assert outcomes_of(batches) == outcomes_of([[entry] for entry in entries])


@settings(max_examples=25)
@given(ENTRIES, st.integers(1, 12))
def test_a_batch_is_as_one_after_another(entries, size):
    check_batches(entries, size)


@pytest.mark.slow
@settings(max_examples=100)
@given(ENTRIES, st.integers(1, 12))
def test_a_batch_is_as_one_after_another_at_length(entries, size):
    check_batches(entries, size)


class Watched:
    """A store that notes how many came at once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.sizes: list[int] = []

    def accept_all(self, entries: Sequence[Entry]) -> tuple[Outcome, ...]:
        self.sizes.append(len(entries))
        if any(entry.form == "poison" for entry in entries):
            raise ValueError("a bug of ours")
        return self.store.accept_all(entries)


def accepted_at_once(store: Watched, entries: Sequence[Entry]) -> list[Accepted | BaseException]:
    """What coroutines get that give all of them before the writer begins."""

    async def run() -> list[Accepted | BaseException]:
        writer = Writer(store)
        try:
            return await asyncio.gather(*map(writer.accept, entries), return_exceptions=True)
        finally:
            writer.close()

    return asyncio.run(run())


@pytest.fixture
def watched(world):
    return Watched(world.store)


def test_who_waits_together_is_stored_together(watched, world):
    entries = [Entry("f", 50, (("name", str(at)),), NOON) for at in range(200)]
    done = accepted_at_once(watched, entries)
    assert [one.submission.answers for one in done if isinstance(one, Accepted)] == [one.answers for one in entries]
    assert len(world.inbox()) == 200
    assert len(watched.sizes) < 100


def test_files_end_a_batch(watched, world, monkeypatch):
    monkeypatch.setattr("sitegen.forms.inbox.writer.MOST_FILE_BYTES", 10)
    sent = lambda: (Upload("cv", "x", "text/plain", 6, "", BytesIO(b"123456")),)  # noqa: E731
    entries = [Entry("f", None, (("name", str(at)),), NOON, files=sent()) for at in range(20)]
    assert all(isinstance(one, Accepted) for one in accepted_at_once(watched, entries))
    assert len(world.store.names_of_files()) == 20 and max(watched.sizes) <= 2


def test_what_cannot_be_stored_costs_nobody_else(watched, world):
    entries = [Entry("poison" if at == 7 else "f", None, (("name", str(at)),), NOON) for at in range(20)]
    done = accepted_at_once(watched, entries)
    assert [at for at, one in enumerate(done) if isinstance(one, BaseException)] == [7]
    assert len(world.inbox()) == 19


def test_what_waits_is_stored_before_the_end(world):
    async def run() -> list[Accepted]:
        writer = Writer(world.store)
        waiting = [
            asyncio.ensure_future(writer.accept(Entry("f", None, (("name", str(at)),), NOON))) for at in range(9)
        ]
        await asyncio.sleep(0)
        await asyncio.to_thread(writer.close)
        return await asyncio.gather(*waiting)

    assert len(asyncio.run(run())) == len(world.inbox()) == 9
