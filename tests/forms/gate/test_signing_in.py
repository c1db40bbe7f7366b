"""Who is let in, by a password, a session, or a program's token."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest

from sitegen.forms.gate.entrance import WRONG
from sitegen.forms.gate.keys import Keys
from sitegen.forms.gate.passwords import hashed
from sitegen.forms.gate.sessions import LIFE, new_session, signed
from tests.forms.gate.house import HASH, KEYS, OWN, PASSWORD, TOKEN, House
from tests.forms.world import NOON, Clock


def test_who_has_not_signed_in_is_led_to_where_one_does(house):
    answer = house.get("/inbox/a/known?q=a%20b")
    assert (answer.status_code, answer.text) == (303, "")
    assert answer.headers["location"] == f"/inbox/login?next={quote('/inbox/a/known?q=a%20b', safe='')}"
    assert house.get("/inbox/").headers["location"] == "/inbox/login"
    page = house.get(answer.headers["location"])
    assert page.status_code == 200
    assert 'value="/inbox/a/known?q=a%20b"' in page.text
    assert 'autocomplete="current-password"' in page.text and "<script" not in page.text


def test_the_password_lets_in_and_leads_on(house):
    answer = house.login(next="/inbox/a/known?q=a")
    assert (answer.status_code, answer.headers["location"]) == (303, "/inbox/a/known?q=a")
    assert "GET /a/known" in house.get("/inbox/a/known").text
    assert "logout=/inbox/logout " in house.get().text
    assert house.get("/inbox/login?next=/inbox/a/known").headers["location"] == "/inbox/a/known"


def test_every_failure_says_the_same(house):
    pages = {(answer.status_code, answer.text) for answer in map(house.login, ("wrong password", "", "p" * 5000))}
    assert len(pages) == 1
    ((status, text),) = pages
    assert status == 403 and house.jar == {}
    assert f'role="alert" id="error">{WRONG}<' in text and 'aria-describedby="error"' in text


def test_a_password_is_tried_five_times_a_minute(house):
    for _ in range(5):
        assert house.login("a wrong password").status_code == 403
    refused = house.login()  # not even the right one
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    assert "try again in 60 seconds" in refused.text and house.jar == {}
    assert house.login(peer="192.0.2.1").status_code == 303  # others may
    house.clock.now += timedelta(minutes=1)
    assert house.login().status_code == 303


def test_many_addresses_together_do_not_try_more_than_thirty(house):
    answers = [house.login("a wrong password", peer=f"192.0.2.{number}").status_code for number in range(31)]
    assert answers == [403] * 30 + [429]


def test_an_address_that_is_over_its_limit_does_not_use_up_that_of_all(house):
    for _ in range(60):
        house.login("a wrong password")
    assert house.login(peer="192.0.2.1").status_code == 303


def test_the_right_password_uses_nothing_up(house):
    for _ in range(20):
        house.jar.clear()
        assert house.login().status_code == 303
    house.jar.clear()
    assert [house.login("a wrong password").status_code for _ in range(6)] == [403] * 5 + [429]


def test_who_has_signed_in_before_is_kept_out_by_nobody(signed_in):
    stranger = House(jar={})
    stranger.gate = signed_in.gate
    signed_in.clock.now += 9 * LIFE  # the session has ended long ago
    for number in range(40):
        stranger.login("a wrong password", peer=f"192.0.2.{number}")
        stranger.login("a wrong password")
    assert stranger.login().status_code == 429
    assert [signed_in.login("a wrong password").status_code for _ in range(4)] == [403] * 4
    assert signed_in.login().status_code == 303
    assert signed_in.post("/inbox/logout", {"_token": signed_in.token()}).status_code == 303
    assert [signed_in.login("a wrong password").status_code for _ in range(6)] == [403] * 5 + [429]


def test_a_forged_cookie_is_counted_as_none(house):
    other = signed(new_session(NOON), replace(KEYS, secret="another").signing)
    for number in range(6):
        answer = house.login("a wrong password", headers={"Cookie": f"sitegen-inbox={other[:-1]}{number}"})
    assert answer.status_code == 429


def test_a_customer_has_many_addresses_of_ipv6(house):
    peers = [f"2001:db8:1:{number}::1" for number in range(6)]
    assert [house.login("a wrong password", peer=peer).status_code for peer in peers] == [403] * 5 + [429]
    assert house.login(peer="2001:db8:2::1").status_code == 303


def test_many_tries_at_once_are_counted_from_their_beginning(house):
    async def ask():
        data, url = {"password": "a wrong password"}, "http://inbox.test/inbox/login"
        return await asyncio.gather(*(house._ask("POST", url, "192.0.2.1", data=data, headers=OWN) for _ in range(9)))

    assert sorted(answer.status_code for answer in asyncio.run(ask())) == [403] * 5 + [429] * 4


def test_addresses_are_those_that_trusted_proxies_tell(house):
    house.trusted = ["127.0.0.1"]
    for number in range(6):
        answer = house.login("a wrong password", headers={"X-Forwarded-For": f"192.0.2.{number}"})
    assert answer.status_code == 403
    house.trusted = []
    for number in range(6):
        answer = house.login("a wrong password", headers={"X-Forwarded-For": f"192.0.2.{number}"})
    assert answer.status_code == 429


def test_a_session_ends_after_twelve_hours(signed_in):
    signed_in.clock.now += LIFE - timedelta(seconds=1)
    assert signed_in.get().status_code == 200
    signed_in.clock.now += timedelta(seconds=1)
    assert signed_in.get().status_code == 303


def test_a_forged_cookie_opens_nothing(signed_in):
    ((name, good),) = signed_in.jar.items()
    id_, until, signature = good.split(".")
    later = f"{id_}.{int(until) + 1}.{signature}"
    other = signed(new_session(NOON), replace(KEYS, secret="another").signing)
    turned = good[:-1] + ("0" if good[-1] != "0" else "1")
    forged = [later, other, turned, good.upper(), "", "..", f"{id_}.{until}.", good + "é", f'"{good}"']
    for value in forged:
        signed_in.jar = {name: value}
        assert signed_in.get(headers={"Cookie": f"{name}={value}".encode()}).status_code == 303, value
    assert signed_in.get(headers={"Cookie": f"{name}={good}; {name}={good}"}).status_code == 303
    assert signed_in.get(headers={"Cookie": f"a=b; {name}={good};c=d"}).status_code == 200


def test_signing_in_gives_an_id_that_nobody_knew(house):
    house.login()
    ((name, first),) = house.jar.items()
    house.login()
    second = house.jar[name]
    assert first.split(".")[0] != second.split(".")[0]
    house.jar[name] = first  # who had planted it has nothing of it
    assert house.get().status_code == 303
    house.jar[name] = second
    assert house.get().status_code == 200


def test_signing_out_ends_the_session_for_whoever_has_its_cookie(signed_in):
    kept = dict(signed_in.jar)
    assert signed_in.get("/inbox/logout").status_code == 404  # to look at it does nothing
    assert signed_in.post("/inbox/logout", {"_token": signed_in.token()}).headers["location"] == "/inbox/login"
    assert signed_in.jar != kept and signed_in.get().status_code == 303
    signed_in.jar = kept
    assert signed_in.get().status_code == 303


@pytest.mark.parametrize(
    "other",
    [
        replace(KEYS, password=hashed("another password", b"t" * 16, cost=2)),
        replace(KEYS, password=hashed(PASSWORD, b"t" * 16, cost=2)),
        replace(KEYS, token="u" * 32),
        replace(KEYS, secret="another"),
    ],
    ids=["password", "hash", "token", "secret"],
)
def test_new_keys_end_all_sessions(signed_in, other):
    assert House(other, jar=signed_in.jar).get().status_code == 303
    assert House(KEYS, jar=signed_in.jar).get().status_code == 200  # a receiver that was started anew, or another one


def test_a_program_shows_its_token(house):
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    assert "token= logout= " in house.get(headers=bearer).text
    assert "'state': ['joined']" in house.ask("POST", "/inbox/change", data={"state": "joined"}, headers=bearer).text
    for wrong in ("", "t" * 31, "t" * 33, "T" * 32, "é" * 32):
        answer = house.get(headers={"Authorization": f"Bearer {wrong}".encode()})
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


def test_a_wrong_token_is_not_made_good_by_a_session(signed_in):
    assert signed_in.get(headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_where_there_is_a_token_only_there_is_no_password_to_guess():
    house = House(Keys(None, TOKEN, "secret"))
    assert [house.get().status_code, house.get("/inbox/login").status_code, house.login("").status_code] == [401] * 3
    assert house.get(headers={"Authorization": f"bearer {TOKEN}"}).status_code == 200


def test_where_there_is_a_password_only_no_token_is_right():
    house = House(Keys(HASH, "", "secret"))
    assert house.get(headers={"Authorization": "Bearer "}).status_code == 401


@pytest.mark.parametrize("path", ["/inbox/", "/inbox/a/known", "/inbox/a/none", "/inbox/static/x", "/inbox/../f/x"])
def test_nobody_learns_what_there_is(house, path):
    assert house.get(path).status_code == 303
    assert house.ask("DELETE", path).headers["location"] == "/inbox/login"


@pytest.mark.parametrize(
    "wish",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\/evil",
        "/inbox/../f/call",
        "/inbox//evil.example",
        "javascript:alert(1)",
        "/",
        "/inboxes/",
        "/inbox",
        "/inbox/a\r\nSet-Cookie: a=b",
        "/inbox/\tx",
        "/inbox/@evil\u2028",
        "/inbox/login",
        "/inbox/login?next=/inbox/a/known",
        "/inbox/logout",
        "/inbox/logout#top",
        "/inbox/%6cogout",
        "/inbox/./logout",
        "/inbox/a/%2e%2e/logout",
        "",
    ],
)
def test_nobody_is_led_elsewhere(house, wish):
    assert house.login(next=wish).headers["location"] == "/inbox/"
    house.jar.clear()
    page = house.get(f"/inbox/login?next={quote(wish, safe='')}")
    assert re.findall('name="next" value="(.*?)"', page.text) == ["/inbox/"]


def test_the_clock_decides_and_not_the_cookie():
    """A clock that was set back makes no session longer than it was."""
    house = House(clock=Clock(NOON))
    house.login()
    ((_, cookie),) = house.jar.items()
    assert int(cookie.split(".")[1]) == int((NOON + LIFE).timestamp())


def test_a_link_from_elsewhere_is_asked_for_again_once(house):
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    answer = house.get('/inbox/a/%22%3E%3Cb%3E?q="><b>', headers=link)
    assert answer.status_code == 200 and "<b>" not in answer.text
    assert '<meta http-equiv="refresh" content="0; url=/inbox/a/' in answer.text
    for said in ({"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Dest": "iframe"}, {"Sec-Fetch-Mode": "cors"}):
        assert house.get("/inbox/a/known", headers=link | said).status_code == 303
    assert house.ask("POST", "/inbox/change", headers=link).status_code == 303
