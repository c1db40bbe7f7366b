"""Formspree's read API, as integrations use it, on both databases."""

import asyncio
import json
from base64 import b64encode
from datetime import timedelta

import httpx
import pytest

from sitegen.errors import SitegenError
from sitegen.forms.api.app import ReadApi
from sitegen.forms.api.keys import VARIABLE
from sitegen.forms.inbox.store import Entry
from sitegen.forms.secret import LEAST, key_in
from tests.forms.world import NOON, Clock, serving

KEY = "k" * 40
PATH = "/api/0/forms/chicago/submissions"
BEARER = {"Authorization": f"Bearer {KEY}"}


def basic(user, password):
    return {"Authorization": "Basic " + b64encode(f"{user}:{password}".encode()).decode()}


def put(store, name, minutes=0, **more):
    created = NOON + timedelta(minutes=minutes)
    answers = (("name", name), *more.pop("answers", ()))
    return store.accept(Entry("chicago", more.pop("capacity", None), answers, created, **more)).submission


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def ask(store, clock):
    """Ask the API, without a socket."""
    api = ReadApi(store, KEY, lambda: ["chicago", "new"], lambda: ("10.0.0.1",), clock)

    def asked(path=PATH, headers=BEARER, method="GET", peer="127.0.0.1", app=api, **query):
        async def send():
            transport = httpx.ASGITransport(app, client=(peer, 1))
            async with httpx.AsyncClient(transport=transport, base_url="http://receiver.test") as client:
                return await client.request(method, path, headers=headers, params=query)

        return asyncio.run(send())

    return asked


def names(answer):
    return [each["name"] for each in answer.json()["submissions"]]


def test_the_shape(store, ask):
    made = put(store, "Ada", answers=(("day", "Sat"), ("day", "Sun"), ("_id", "mine")))
    assert ask().json() == {
        "fields": ["_id", "_date", "_state", "name", "day"],
        "submissions": [
            {"_id": made.id, "_date": "2026-05-06T12:00:00.000000", "_state": "new", "name": "Ada", "day": "Sat, Sun"}
        ],
    }


def test_a_form_without_answers(ask):
    assert ask("/api/0/forms/new/submissions").json() == {"fields": ["_id", "_date", "_state"], "submissions": []}


def test_a_form_that_is_not_on_the_site_any_more(store, ask):
    store.accept(Entry("old", None, (("name", "Ada"),), NOON))
    assert names(ask("/api/0/forms/old/submissions")) == ["Ada"]


def test_order_limit_offset_since(store, ask):
    for minutes, name in enumerate("abcd"):
        put(store, name, minutes)
    put(store, "e", 3)  # at the same moment as d
    assert names(ask()) == list("edcba")
    assert names(ask(order="asc")) == list("abcde")
    assert names(ask(limit=2)) == list("ed")
    assert names(ask(limit=2, offset=2)) == list("cb")
    assert names(ask(order="ASC", offset=4)) == ["e"]
    assert names(ask(offset=5)) == names(ask(limit=0)) == []
    assert names(ask(since="2026-05-06T12:03:00")) == list("ed")
    assert names(ask(since="2026-05-06T14:03:00+02:00")) == list("ed")
    assert names(ask(since="2026-05-07")) == []


def test_spam_and_what_is_not_confirmed(store, ask):
    put(store, "a", capacity=1)
    put(store, "b", capacity=1)
    put(store, "bot", capacity=1, spam="why")
    put(store, "unsure", capacity=1, confirm=True)
    assert [each["_state"] for each in ask(order="asc").json()["submissions"]] == ["new", "waitlist"]
    assert names(ask(spam="true")) == ["bot"]
    assert names(ask(spam="false", page_size=100)) == list("ba")


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "-1"},
        {"limit": "1" * 5000},
        {"limit": "٣"},
        {"offset": "1.5"},
        {"offset": "1000001"},
        {"order": "up"},
        {"spam": "maybe"},
        {"since": "yesterday"},
        {"since": "0001-01-01T00:00:00+23:59"},
        {"since": "\x00"},
    ],
)
def test_a_query_that_means_nothing(ask, query):
    answer = ask(**query)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "UNCLEAR")
    assert f"`{next(iter(query))}`" in answer.json()["error"]


@pytest.mark.parametrize("headers", [BEARER, {"Authorization": f"bearer {KEY}"}, basic("", KEY), basic(KEY, "")])
def test_the_key(ask, headers):
    assert ask(headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer " + KEY[1:]},
        {"Authorization": b"Bearer \xe9\xff"},
        {"Authorization": "Basic ***"},
        {"Authorization": "Basic /w=="},
        {"Authorization": f"Digest {KEY}"},
        basic("", "x" * 40),
    ],
)
@pytest.mark.parametrize("path", [PATH, "/api/0/forms/nope/submissions", "/api/0/forms"])
def test_without_the_key_nothing_is_told(ask, headers, path):
    answer = ask(path, headers)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (401, "UNAUTHORIZED")
    assert answer.headers["www-authenticate"] == 'Basic realm="submissions"'


def test_a_key_in_the_address_is_none(ask):
    assert ask(headers={}, api_key=KEY, key=KEY).status_code == 401


def test_wrong_keys_have_to_wait_and_the_right_one_has_not(ask, clock):
    wrong = {"Authorization": "Bearer x", "X-Forwarded-For": "192.0.2.1"}
    assert [ask(headers=wrong, peer="10.0.0.1").status_code for _ in range(21)] == [401] * 20 + [429]
    assert ask(headers=wrong, peer="10.0.0.1").headers["retry-after"] == "60"
    assert ask(headers=BEARER | {"X-Forwarded-For": "192.0.2.1"}, peer="10.0.0.1").status_code == 200
    assert ask(headers={"Authorization": "Bearer x"}, peer="192.0.2.9").status_code == 401
    clock.now += timedelta(minutes=1)
    assert ask(headers=wrong, peer="10.0.0.1").status_code == 401


def test_what_there_is_not(ask):
    assert ask("/api/0/forms/nope/submissions").json()["errors"][0]["code"] == "FORM_NOT_FOUND"
    assert ask("/api/0/forms").json()["errors"][0]["code"] == "NOT_FOUND"
    answers = [ask(method=method) for method in ("POST", "PUT", "DELETE", "OPTIONS")]
    assert [(answer.status_code, answer.headers["allow"]) for answer in answers] == [(405, "GET, HEAD")] * 4


@pytest.mark.parametrize("headers", [BEARER, {}])
def test_nothing_is_kept_on_the_way_and_no_page_reads_it(ask, headers):
    answer = ask(headers=headers | {"Origin": "https://evil.example"})
    assert answer.headers["cache-control"] == "no-store"
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_without_a_key_it_is_off(store, ask):
    off = ReadApi(store, "", lambda: ["chicago"])
    assert [ask(headers=headers, app=off).status_code for headers in ({}, BEARER, basic("", ""))] == [404] * 3


def test_a_key_that_can_be_guessed_is_refused():
    assert key_in({}, VARIABLE) == "" and key_in({VARIABLE: f" {KEY}\n"}, VARIABLE) == KEY
    with pytest.raises(SitegenError, match=f"{LEAST} random signs"):
        key_in({VARIABLE: "secret"}, VARIABLE)


def test_more_than_are_read_at_once(store, ask):
    store.accept_all([Entry("chicago", None, (("name", str(n)),), NOON + timedelta(n)) for n in range(1203)])
    assert names(ask(order="asc")) == [str(n) for n in range(1203)]
    assert names(ask(limit=501, offset=700)) == [str(n) for n in range(502, 1, -1)]


def test_it_is_sent_piece_by_piece_over_a_socket(store):
    store.accept_all([Entry("chicago", None, (("name", f"{n:01000}"),), NOON) for n in range(1500)])
    with serving(ReadApi(store, KEY, lambda: ["chicago"])) as address, httpx.Client(headers=BEARER) as client:
        with client.stream("GET", address + PATH) as answer:
            assert answer.headers["transfer-encoding"] == "chunked"
            pieces = [piece for piece in answer.iter_bytes() if piece]
        assert len(json.loads(b"".join(pieces))["submissions"]) == 1500
        assert client.head(address + PATH).content == b""


@pytest.mark.parametrize("value", ["<script>", "=1+1", "\u202e", "\u2028", '"', "\\", "\ufffd", "x" * 1_000_000])
def test_any_value_arrives_as_it_is(store, ask, value):
    put(store, value, answers=((value[:100], "y"),))
    (told,) = ask().json()["submissions"]
    assert (told["name"], told[value[:100]]) == (value, "y")
    assert ask().headers["content-type"] == "application/json"
