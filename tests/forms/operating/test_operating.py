"""Health, readiness and numbers: of a real inbox, broken in every way."""

import asyncio
import sqlite3
import threading
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from sitegen.forms.inbox.database import StoreError, file_of
from sitegen.forms.inbox.store import Entry
from sitegen.forms.inbox.tables import VERSION
from sitegen.forms.notices import Notice
from sitegen.forms.operating.app import Operating
from sitegen.forms.operating.counting import CountedAcceptor, CountedOutbox
from sitegen.forms.operating.questions import Question
from sitegen.forms.operating.tally import Tally
from sitegen.forms.receiver.book import FormBook
from sitegen.forms.service import Means, Service
from tests.forms.world import ADA, FORM, JSON, NOON, Clock, PlainPages

LOCAL = {"Host": "localhost:8001"}


def ask(app, path, method="GET", peer="127.0.0.1", data=None, **headers):
    async def sent():
        transport = httpx.ASGITransport(app, client=(peer, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://answers.example.org") as client:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return await client.request(method, path, headers=LOCAL | named, data=data)

    return asyncio.run(sent())


@pytest.fixture
def operating(store):
    with closing(Operating(store, Tally(), clock=Clock())) as app:
        yield app


def counted(store, **settings):
    """A receiver and what counts it, as one application."""
    tally = Tally()
    acceptor = CountedAcceptor(store, tally)
    book = FormBook({FORM.id: FORM}, **settings)
    operating = Operating(store, tally, clock=Clock())
    means = Means(
        lambda: book,
        PlainPages(),
        store,
        lambda: store,
        None,
        str,
        acceptor=acceptor,
        answered=tally.request,
        clock=Clock(),
        operating=operating,
    )
    service = Service(means)
    return service, operating, service


def samples(answer):
    """Name and labels to value, as Prometheus reads it."""
    families = text_string_to_metric_families(answer.text)
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value for family in families for sample in family.samples
    }


def test_health_looks_at_nothing(operating, store):
    store.close()
    assert ask(operating, "/health").json() == {"ok": True}
    assert ask(operating, "/health", "HEAD").status_code == 200
    assert ask(operating, "/health", "POST").status_code == 405


def test_ready_leaves_nothing(operating, store):
    answer = ask(operating, "/ready")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "reasons": []})
    assert store.forms() == {}
    assert answer.headers["cache-control"] == "no-store"


def test_ready_is_a_write_that_reaches_the_disk(tmp_path, operating, store, database):
    if not (path := file_of(database)):
        pytest.skip("of PostgreSQL the server's own log would have to be read")
    journal = path.with_name(path.name + "-wal")
    before = journal.stat().st_size
    ask(operating, "/ready")
    assert journal.stat().st_size > before


@contextmanager
def locked(database, postgres):
    if path := file_of(database):
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
    else:
        with postgres().connection() as other, other.transaction():
            other.execute("LOCK TABLE forms")
            yield


@contextmanager
def of_another_version(database, postgres):
    if path := file_of(database):
        with closing(sqlite3.connect(path)) as other:
            other.execute(f"UPDATE sitegen_inbox SET version_num = '{VERSION - 1}'")
            other.commit()
        yield
    else:
        postgres().sql(f"UPDATE sitegen_inbox SET version_num = '{VERSION - 1}'")
        yield
        postgres().sql(f"UPDATE sitegen_inbox SET version_num = '{VERSION}'")


@contextmanager
def read_only(database, postgres):
    if file_of(database):
        pytest.skip("root may write everywhere: the contract's tests have it with a process")
    postgres().sql("ALTER DATABASE inbox SET default_transaction_read_only = on")
    postgres().sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()", "postgres")
    try:
        yield
    finally:
        postgres().sql("ALTER DATABASE inbox RESET default_transaction_read_only", "postgres")


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (locked, "is locked by another program"),
        (of_another_version, f"has schema {VERSION - 1}"),
        (read_only, "is read-only"),
    ],
)
def test_not_ready_with_the_reason(operating, database, request, broken, reason):
    with broken(database, lambda: request.getfixturevalue("postgres")):
        answer = ask(operating, "/ready")
        public = ask(operating, "/ready", X_Forwarded_For="9.9.9.9")
    assert (answer.status_code, answer.json()["ready"]) == (503, False)
    assert reason in answer.json()["reasons"][0]
    assert (public.status_code, public.json()) == (503, {"ready": False})


def test_not_ready_where_a_new_file_stands_in_place_of_the_inbox(operating, store, database):
    if not (path := file_of(database)):
        pytest.skip("only a file can be taken away")
    away = path.rename(path.with_name("away.db"))
    assert "a new one stands in its place" in ask(operating, "/ready").json()["reasons"][0]
    away.rename(path)
    store.probe()


class Silent:
    def accept_all(self, entries):
        raise StoreError("what takes the answers takes none")


def test_not_ready_where_what_takes_the_answers_takes_none(store):
    with closing(Operating(store, Tally(), acceptor=Silent())) as app:
        assert ask(app, "/ready").json()["reasons"] == ["what takes the answers takes none"]


def test_not_ready_while_it_ends(operating):
    operating.end()
    assert ask(operating, "/ready").json() == {"ready": False, "reasons": ["the receiver is ending"]}
    assert ask(operating, "/health").status_code == 200


def test_a_database_that_says_nothing_keeps_nobody_waiting():
    silence = threading.Event()
    with closing(Question(silence.wait, 0.05)) as question:
        for _ in range(2):
            with pytest.raises(StoreError, match="has not answered for"):
                asyncio.run(question.answer())
        silence.set()


def test_who_asks_often_gets_the_same_answer():
    asked, moments = [], [5.0, 5.9, 6.1]
    with closing(Question(lambda: asked.append(1), clock=lambda: moments[0])) as question:
        while moments:
            asyncio.run(question.answer())
            moments.pop(0)
    assert len(asked) == 2


def test_numbers(store):
    receiver, operating, app = counted(store, notices=(Notice("answer", "mail", "me@example.org"),))
    with closing(receiver), closing(operating):
        operating.connections = lambda: 7
        for data, path in [(ADA, "/f/chicago"), (ADA, "/f/chicago"), ({}, "/f/chicago"), (ADA, "/f/evil")]:
            ask(app, path, "POST", data=data, **JSON)
        answer = ask(app, "/metrics")
    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    assert answer.text.endswith("# EOF\n")
    found = samples(answer)
    assert found["sitegen_submissions_total", "chicago", "new"] == 1
    assert found["sitegen_submissions_total", "chicago", "repeated"] == 1
    assert found["sitegen_refusals_total", "EMPTY", "chicago"] == 1
    assert found["sitegen_refusals_total", "", "FORM_NOT_FOUND"] == 1
    assert (found["sitegen_request_seconds_count",], found["sitegen_batch_entries_count",]) == (4, 2)
    assert found["sitegen_inbox_submissions", "chicago", "new"] == 1
    assert found["sitegen_outbox_deliveries", "mail", "waiting"] == 1
    assert found["sitegen_outbox_oldest_seconds",] == 0
    assert (found["sitegen_open_connections",], found["sitegen_database_up",]) == (7, 1)
    assert "evil" not in answer.text


def test_what_waits_grows_old(store):
    receiver, operating, app = counted(store, notices=(Notice("answer", "webhook", "https://example.org"),))
    with closing(receiver), closing(operating):
        ask(app, "/f/chicago", "POST", data=ADA)
        operating._clock = Clock(NOON.replace(hour=13))
        assert samples(ask(app, "/metrics"))["sitegen_outbox_oldest_seconds",] == 3600


def test_deliveries_and_errors_are_counted(store, database, request):
    tally = Tally()
    outbox = CountedOutbox(store, tally)
    receiver, operating, app = counted(store, notices=(Notice("answer", "mail", "me@example.org"),))
    with closing(receiver), closing(operating):
        ask(app, "/f/chicago", "POST", data=ADA)
    parcel = outbox.lease("mail", NOON, timedelta(minutes=2))
    assert parcel is not None
    outbox.settle(replace(parcel.delivery, state="dead"))
    with locked(database, lambda: request.getfixturevalue("postgres")), pytest.raises(StoreError):
        CountedAcceptor(store, tally).accept_all([Entry("chicago", None, tuple(ADA.items()), NOON)])
    assert (tally.attempts["mail", "dead"], tally.errors) == (1, 1)
    assert store.figures().deliveries == {("mail", "dead"): 1}


@pytest.mark.parametrize(
    ("token", "status", "more"),
    [
        ("", 200, {}),
        ("", 404, {"peer": "9.9.9.9"}),
        ("", 404, {"X_Forwarded_For": "127.0.0.1"}),
        ("", 404, {"Forwarded": "for=127.0.0.1"}),
        ("", 404, {"CF_Connecting_IP": "9.9.9.9"}),
        ("", 404, {"Host": "answers.example.org"}),
        ("s3cret", 401, {}),
        ("s3cret", 401, {"Authorization": "Bearer s3cre"}),
        ("s3cret", 401, {"Authorization": "Bearer \xe9".encode()}),
        ("s3cret", 200, {"Authorization": "Bearer s3cret", "peer": "9.9.9.9", "X_Forwarded_For": "8.8.8.8"}),
    ],
)
def test_who_may_read_the_numbers(store, token, status, more):
    with closing(Operating(store, Tally(), token)) as app:
        assert ask(app, "/metrics", **more).status_code == status


def test_without_the_library_the_log_says_what_is_needed(operating, caplog, monkeypatch):
    monkeypatch.setattr("sitegen.forms.operating.app.LIBRARY", "not_there_at_all")
    assert ask(operating, "/metrics").status_code == 404
    assert "sitegen[metrics]" in caplog.text
