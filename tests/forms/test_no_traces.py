"""Of who asks, nothing is kept but what they wrote into the form: not in the database, not in the log."""

import signal

import httpx
import pytest

from tests.forms.commands import make_site, receive, running
from tests.forms.world import JSON, PAGE

SETTINGS = '[receive]\nrate_limit = "2/minute"\ntrusted_proxies = ["127.0.0.1"]\n'
NETWORK = ["203.0.113.77", "2001:db8:5afe::77", "m4rk-browser", "m4rk-cookie", "m4rk-page", "de-m4rk"]
WRITTEN = {"name": "m4rk-name", "email": "m4rk-mail@example.org", "message": "m4rk-words"}


def headers(address):
    return {
        "X-Forwarded-For": address,
        "Forwarded": f"for={address}",
        "X-Real-IP": address,
        "User-Agent": "m4rk-browser",
        "Cookie": "a=m4rk-cookie",
        "Referer": "https://example.org/m4rk-page",
        "Accept-Language": "de-m4rk",
    }


@pytest.mark.parametrize("accept", [JSON, PAGE], ids=["script", "page"])
def test_neither_database_nor_log_tells_who_asked(tmp_path, accept):
    site = make_site(tmp_path, SETTINGS)
    with running(receive(site)) as (process, address):
        statuses = [
            httpx.post(f"{address}/f/call", data=WRITTEN | more, headers=headers(network) | accept).status_code
            for network in NETWORK[:2]
            for more in ({}, {"email": "m4rk"}, {"_gotcha": "m4rk"})
        ]
        process.send_signal(signal.SIGTERM)
        shown, log = process.communicate(timeout=20)
    assert 429 in statuses
    kept = b"".join(path.read_bytes() for path in (site / ".sitegen").iterdir())
    assert [word for word in NETWORK if word.encode() in kept] == []
    assert all(word.encode() in kept for word in WRITTEN.values())
    assert [word for word in (*NETWORK, *WRITTEN.values(), "m4rk", "127.0.0.1:") if word in log] == []
    assert "m4rk" not in shown
