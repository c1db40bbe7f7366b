"""The end of a receiver that is just sending something: it is finished, and noted."""

import socket
from contextlib import closing

import httpx
import pytest

from sitegen.forms.inbox.store import Store
from tests.forms.sending.test_receiving import receiving
from tests.forms.world import ADA, JSON, open_store


def deliveries(store: Store):
    return [one for submission in store.each() for one in store.deliveries_of(submission)]


@pytest.mark.parametrize(("says", "state"), [(b"204 No Content", "sent"), (b"503 Unavailable", "waiting")])
def test_an_attempt_that_has_begun_is_finished(tmp_path, says, state):
    with socket.create_server(("127.0.0.1", 0)) as target:
        hook = f"http://127.0.0.1:{target.getsockname()[1]}/hook"
        with receiving(tmp_path, "smtp://127.0.0.1:1", hook) as (address, process):
            assert httpx.post(f"{address}/f/call", data=ADA, headers=JSON).status_code == 200
            asked, _ = target.accept()
            with asked:
                asked.recv(65536)
                process.terminate()
                asked.sendall(b"HTTP/1.1 " + says + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            assert process.wait(30) == 0
    with closing(open_store(tmp_path / ".sitegen" / "inbox.db")) as store:
        (hooked,) = [one for one in deliveries(store) if one.notice.channel == "webhook"]
    assert (hooked.state, hooked.attempts) == (state, 1)
