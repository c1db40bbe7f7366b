"""Whatever is sent: SQLite and PostgreSQL answer the same, and store the same.

The inboxes grow from one example to the next, as real ones do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen.forms.inbox.schema import migrate_at
from sitegen.forms.inbox.store import Store
from tests.forms.postgres import Server
from tests.forms.world import ADA, World, codes, open_store

Pair = tuple[World, World]
Sent = tuple[bytes, bytes]  # Content-Type and body

ODD = "\x00\x01\x0b\x1b\x7f\x85\r\n\t \u00a0\u0301\u200b\u2028\ufeff\ufffd\uffff\U0010ffff"
ODD += "\u200f\u202e\u2066\ud800\udbff\udc00\udfff"  # right to left, and halves of signs
SIGNS = st.sampled_from(ODD + "aé漢\U0001f600\"'\\%&=;:,.+-@/<>{}[]$`") | st.characters()
TEXTS = st.text(SIGNS, max_size=30)
KNOWN = ["name", "email", "message", "_replyto", "_gotcha", "_key", "_next", "_subject", "id", "state", "__proto__", ""]
PAIRS = st.lists(st.tuples(st.sampled_from(KNOWN) | TEXTS, TEXTS), max_size=8).flatmap(
    lambda pairs: st.sampled_from([pairs, [*ADA.items(), *pairs]])
)
JSON_VALUES = TEXTS | st.integers() | st.floats() | st.booleans() | st.none() | st.lists(TEXTS, max_size=3)
FORM, JSON, PARTS = b"application/x-www-form-urlencoded", b"application/json", b"multipart/form-data; boundary=X"


def raw(text: str) -> bytes:
    """Lone surrogates too: as some programs write them into UTF-8."""
    return text.encode("utf-8", "surrogatepass")


def urlencoded(pairs: list[tuple[str, str]]) -> Sent:
    pieces = (quote_from_bytes(raw(name)) + "=" + quote_from_bytes(raw(value)) for name, value in pairs)
    return FORM, "&".join(pieces).encode()


def unquoted(pairs: list[tuple[str, str]]) -> Sent:
    return FORM, b"&".join(raw(name) + b"=" + raw(value) for name, value in pairs)


def multipart(pairs: list[tuple[str, str]]) -> Sent:
    parts = (
        b'--X\r\nContent-Disposition: form-data; name="' + raw(n) + b'"\r\n\r\n' + raw(v) + b"\r\n" for n, v in pairs
    )
    return PARTS, b"".join(parts) + b"--X--\r\n"


def as_json(pairs: list[tuple[str, Any]]) -> Sent:
    return JSON, json.dumps(dict(pairs)).encode()


def as_raw_json(pairs: list[tuple[str, Any]]) -> Sent:
    return JSON, raw(json.dumps(dict(pairs), ensure_ascii=False))


STRUCTURED = st.one_of(*(st.builds(form, PAIRS) for form in (urlencoded, unquoted, multipart, as_json, as_raw_json)))
SEEN = st.lists(st.tuples(st.sampled_from([0, 5, 20]), PAIRS), min_size=1, max_size=4)  # minutes later, and what
VALUES = st.lists(st.tuples(st.sampled_from(KNOWN) | TEXTS, JSON_VALUES), max_size=8)
BYTES = st.tuples(
    st.sampled_from([FORM, JSON, PARTS, b"text/plain", b""]) | st.binary(max_size=30), st.binary(max_size=500)
)
BODIES = STRUCTURED | st.builds(as_json, VALUES.map(lambda pairs: [*ADA.items(), *pairs])) | BYTES


@pytest.fixture(scope="module")
def pair(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """The same receiver on both databases."""
    server = postgres.new_database("any_body")
    migrate_at(server)
    file = tmp_path_factory.mktemp("sqlite") / "inbox.db"
    worlds = World(open_store(file)), World(Store(server))
    yield worlds
    for world in worlds:
        world.close()


def told(world: World, sent: Sent) -> tuple[Any, ...]:
    """The answer to a post, and what is stored of it."""
    kind, body = sent
    answer = world.send("POST", content=body, headers={b"Content-Type": kind, b"Accept": b"application/json"})
    if answer.status_code != 200:
        assert 400 <= answer.status_code < 500
        return answer.status_code, codes(answer), answer.json()
    said = answer.json()
    stored = world.store.find(said.pop("id"))
    assert not any(sign in text for pair in stored.answers for text in pair for sign in "\x00\ud800\udfff")
    return answer.status_code, said, stored.state, stored.reason, stored.answers


def same(pair: Pair, sent: Sent) -> None:
    one, other = (told(world, sent) for world in pair)
    assert one == other


@given(sent=BODIES)
@example(sent=urlencoded([*ADA.items(), ("a\x00", "\ud800")]))
@example(sent=as_json([*ADA.items(), ("a\x00", "\udfff")]))
def test_both_databases_say_the_same(pair: Pair, sent: Sent) -> None:
    same(pair, sent)


@pytest.mark.slow
@settings(max_examples=5000)
@given(sent=BODIES)
def test_both_databases_say_the_same_of_very_many(pair: Pair, sent: Sent) -> None:
    same(pair, sent)


@settings(max_examples=40)
@given(seen=SEEN, form=st.sampled_from([urlencoded, as_json]))
def test_both_databases_know_what_came_before(pair, seen, form):
    """The second time all are repeated, unless too long has gone by."""
    for minutes, pairs in [*seen, *seen]:
        for world in pair:
            world.clock.now += timedelta(minutes=minutes)
        same(pair, form([*ADA.items(), *pairs]))
    one, other = ([replace(submission, id="") for submission in world.inbox()] for world in pair)
    assert one == other
