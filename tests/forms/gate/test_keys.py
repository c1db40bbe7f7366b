"""Passwords, their hashes, and what the environment may say."""

import hmac
import stat

import pytest

from sitegen.errors import SitegenError
from sitegen.forms.gate.keys import Open, keys_of
from sitegen.forms.gate.passwords import hashed, parse_hash, wrong_with
from sitegen.forms.secret import LEAST
from tests.forms.gate.house import HASH, PASSWORD, TOKEN, House

SECRET = "s" * 64


def test_a_hash_fits_its_password_and_no_other():
    text = str(hashed(PASSWORD, b"s" * 16))
    assert text.startswith("scrypt:32768:8:3:") and text.replace(":", "").replace("_", "").replace("-", "").isalnum()
    assert parse_hash(text).fits(PASSWORD)
    assert not any(map(parse_hash(str(HASH)).fits, (PASSWORD + " ", PASSWORD.title(), "", "\0", "\ud800")))


def test_a_password_may_be_typed_in_two_ways():
    assert hashed("schöne Grüße am Abend", b"s" * 16, 2).fits("scho\u0308ne Gru\u0308ße am Abend")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain password",
        "scrypt",
        "scrypt:2:8:3:c2FsdA:ZGlnZXN0",
        "scrypt:2:8:3::",
        "scrypt:x:8:3:" + "c" * 22 + ":" + "c" * 43,
        "scrypt:3:8:3:" + "c" * 22 + ":" + "c" * 43,
        "scrypt:2:8:99999999999999999999:" + "c" * 22 + ":" + "c" * 43,
        "scrypt:2:-8:-3:" + "c" * 22 + ":" + "c" * 43,
        "scrypt:1048576:1:1048576:" + "c" * 22 + ":" + "c" * 43,  # it would take days
        "scrypt:1073741824:8:3:" + "c" * 22 + ":" + "c" * 43,
        str(HASH)[:-40],
        str(HASH) + ":",
        "bcrypt" + str(HASH)[6:],
        "scrypt:2:8:3:é" + "c" * 22 + ":" + "c" * 43,
    ],
)
def test_what_is_no_hash_is_said_and_not_repeated(tmp_path, text):
    environment = {"SITEGEN_INBOX_PASSWORD": text, "SITEGEN_SECRET": SECRET, "SITEGEN_INBOX_TOKEN": TOKEN}
    if not text:
        keys = keys_of(environment, tmp_path)
        assert keys and keys.password is None
        return
    with pytest.raises(SitegenError, match="sitegen inbox password") as told:
        keys_of(environment, tmp_path)
    assert text not in str(told.value)


@pytest.mark.parametrize("name", ["SITEGEN_INBOX_TOKEN", "SITEGEN_SECRET"])
def test_what_is_too_short_is_refused(tmp_path, name):
    environment = {"SITEGEN_INBOX_PASSWORD": str(HASH), "SITEGEN_SECRET": SECRET, "SITEGEN_INBOX_TOKEN": TOKEN}
    keys_of(environment, tmp_path)
    with pytest.raises(SitegenError, match=f"{name} needs {LEAST} random signs"):
        keys_of(environment | {name: "x" * (LEAST - 1)}, tmp_path)


def test_without_keys_it_is_closed_and_no_secret_is_made(tmp_path):
    assert keys_of({"SITEGEN_INBOX_PASSWORD": " "}, tmp_path / ".sitegen") is None
    assert not (tmp_path / ".sitegen").exists()


def test_the_secret_of_sessions_is_kept_to_its_owner(tmp_path):
    first, again = (keys_of({"SITEGEN_INBOX_PASSWORD": str(HASH)}, tmp_path) for _ in range(2))
    assert first == again and stat.S_IMODE((tmp_path / "sessions.secret").stat().st_mode) == 0o600
    given = keys_of({"SITEGEN_INBOX_PASSWORD": str(HASH), "SITEGEN_SECRET": SECRET}, tmp_path)
    assert given and given.secret == SECRET


def test_a_password_is_long_enough_and_not_too_long():
    assert [bool(wrong_with("x" * many)) for many in (0, 11, 12, 1000, 1001)] == [True, True, False, False, True]


def test_whatever_is_secret_is_compared_in_the_same_time(house, monkeypatch):
    compared, truly = [], hmac.compare_digest

    def compare(*both):
        compared.append(both)
        return truly(*both)

    monkeypatch.setattr(hmac, "compare_digest", compare)
    tries = [
        lambda: house.login("a wrong password"),
        lambda: house.get(headers={"Authorization": "Bearer wrong"}),
        lambda: house.get(headers={"Cookie": f"sitegen-inbox={'i' * 24}.1778112000.{'0' * 64}"}),
        lambda: House(Open("right")).post(
            host="localhost", data={"_token": "wrong"}, headers={"Origin": "http://localhost"}
        ),
    ]
    for number, attempt in enumerate(tries, 1):
        attempt()
        assert len(compared) == number
