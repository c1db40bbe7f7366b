"""What is sent to do harm by those who hide who they are, or name what there is not."""

import pytest

from tests.forms.contract.processes import OPEN, running, write_site
from tests.forms.world import ADA, JSON, PAGE, codes

BEHIND_A_PROXY = OPEN.replace('"off"', '"2/hour"\ntrusted_proxies = ["127.0.0.0/8"]')
IDS = [
    "../admin",
    "%2e%2e%2fadmin",
    "..%2f..%2fetc%2fpasswd",
    "PLAIN-1",
    "plain-1%00",
    "plain-1%0a",
    "plain-1%20",
    "plain-1.html",
    "plain-1/state",
    "x" * 10_000,
    "%ff",
    "%C0%AE",
    "",
    "*",
    "plain-%",
]


@pytest.fixture(scope="module")
def proxied(command, tmp_path_factory):
    """A program behind a proxy that it trusts, with a limit of two posts in an hour."""
    site = write_site(tmp_path_factory.mktemp("proxied") / "site", BEHIND_A_PROXY, {"plain": (20, "true")})
    with running(command, site) as started:
        yield started


def statuses(program, form, addresses):
    with program.client(**JSON) as client:
        return [
            client.post(f"/f/{form}", data=ADA | {"name": f"{at}"}, headers={"X-Forwarded-For": address}).status_code
            for at, address in enumerate(addresses)
        ]


def test_hostile_23_a_forged_address_is_no_way_round_the_limit(limited):
    forged = ["1.2.3.4", "5.6.7.8", "9.9.9.9, 127.0.0.1", "::1"]
    assert statuses(limited, "plain-3", forged) == [200, 200, 429, 429]


def test_hostile_23_nor_is_what_stands_before_the_proxys_word(proxied):
    forged = [f"{at}.2.3.4, 203.0.113.7" for at in range(1, 5)]
    assert statuses(proxied, proxied.fresh(), forged) == [200, 200, 429, 429]


def test_hostile_24_one_bucket_for_a_network_of_ipv6(proxied):
    rotating = [f"2001:db8:1:2:{at}::1" for at in range(4)]
    assert statuses(proxied, proxied.fresh(), [*rotating, "2001:db8:1:3::1"]) == [200, 200, 429, 429, 200]


@pytest.fixture(scope="module")
def strict(command, tmp_path_factory):
    """A program that takes answers from the pages of one other site only."""
    config = OPEN + 'origins = ["https://friend.example"]\n'
    with running(
        command, write_site(tmp_path_factory.mktemp("strict") / "site", config, {"plain": (30, "true")})
    ) as it:
        yield it


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "https://friend.example"}, 200),
        ({"Referer": "https://friend.example/join/"}, 200),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://friend.example.evil.example"}, 403),
        ({"Origin": "https://evil-friend.example"}, 403),
        ({"Origin": "http://friend.example"}, 403),
        ({"Origin": "https://friend.example:8443"}, 403),
        ({"Origin": "https://evil.example", "Referer": "https://friend.example/"}, 403),
        ({"Referer": "https://evil.example/https://friend.example"}, 403),
        ({"Referer": "https://friend.example@evil.example/"}, 403),
    ],
)
def test_hostile_25_an_allowlist_of_origins_is_exact(strict, headers, status):
    form = strict.fresh()
    with strict.client() as client:
        answer = client.post(f"/f/{form}", data=ADA, headers=JSON | headers)
        page = client.post(f"/f/{form}", data=ADA, headers=PAGE | headers)
    assert (answer.status_code, page.status_code) == (status, 303 if status == 200 else status)
    assert status == 200 or codes(answer) == ["BLOCKED"]
    assert status == 200 or "ada@example.org" in page.text
    assert len(strict.inbox(form)) == (status == 200)
    assert answer.headers["access-control-allow-origin"] == "*"  # the page of a stranger may read why


@pytest.mark.parametrize("form", IDS)
def test_hostile_27_there_is_no_such_form(program, script, form):
    answer = script.post(f"{program.address}/f/{form}", data=ADA)
    assert answer.status_code in ((404, 405) if program.command == "serve" else (404,))
    if answer.status_code == 404:
        assert codes(answer) == ["FORM_NOT_FOUND"]


@pytest.mark.parametrize("path", ["/", "/f", "/admin", "/p/1", "/inbox", "/f/plain-1/thanks", "/f/plain-1/delete"])
def test_hostile_27_there_is_nothing_else_to_post_to(program, script, path):
    before = len(program.inbox("plain-1"))
    assert script.post(path, data=ADA).status_code in (403, 404, 405)
    assert len(program.inbox("plain-1")) == before


def test_hostile_27_fields_of_another_form_are_data(program, script):
    form = program.fresh("note")
    assert script.post(f"/f/{form}", data={"note": "x", "age": "old", "name": ""}).status_code == 200
    (stored,) = program.inbox(form)
    assert stored.answers == (("note", "x"), ("age", "old"), ("name", ""))


def test_hostile_37_a_query_is_no_answer(program, form, script):
    assert script.post(f"/f/{form}?name=Ada&email=ada@example.org").status_code == 400
    assert program.inbox(form) == []


def test_hostile_38_an_honest_message_with_the_hidden_field_is_kept(program, form, script):
    data = ADA | {"message": "My browser fills in everything.", "_gotcha": "ada@example.org"}
    assert script.post(f"/f/{form}", data=data).json()["ok"] is True
    (stored,) = program.inbox(form)
    assert (stored.state, dict(stored.answers)["message"]) == ("spam", "My browser fills in everything.")
    assert "hidden field" in stored.reason
