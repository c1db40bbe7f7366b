"""What a receiver that really runs says of itself: ready, numbers, and its log as JSON."""

import json
import logging
import signal
import sqlite3
import subprocess
from contextlib import closing

import httpx
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from sitegen.forms.receiver.json_log import JsonFormatter
from tests.forms.commands import NO_LIMIT, make_site, receive, running
from tests.forms.contract.processes import running as program
from tests.forms.contract.processes import write_site
from tests.forms.contract.test_hostile_disks import full, gone, locked
from tests.forms.sockets import talk
from tests.forms.test_log import HOSTILE_REQUESTS, MARK
from tests.forms.world import ADA, JSON, open_store


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("broken", "reason"), [(full, "cannot grow"), (locked, "is locked by another program"), (gone, "cannot be opened")]
)
def test_where_nothing_can_be_stored_it_is_not_ready(tmp_path, broken, reason):
    (tmp_path / "inbox").mkdir()
    site, database = write_site(tmp_path / "site", forms={"plain": (1, "true")}), str(tmp_path / "inbox" / "inbox.db")
    with program("receive", site, database) as started, started.client() as client:
        assert client.get("/ready").status_code == 200
        with broken(started):
            while (answer := client.get("/ready")).status_code == 200:  # an answer is given again for a second
                pass
            assert client.get("/health").status_code == 200
        assert answer.status_code == 503
        (told,) = answer.json()["reasons"]
        assert "inbox.db" in told
        while client.get("/ready").status_code == 503:  # back by itself
            pass
        assert client.post("/f/plain-1", data=ADA, headers=JSON).status_code == 200


def test_it_says_that_it_waits_for_the_inbox(site):
    path = site / ".sitegen" / "inbox.db"
    open_store(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with subprocess.Popen(receive(site), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            waiting, failed = process.communicate(timeout=60)[1].splitlines()
            assert waiting == f"Waiting for the inbox, {path}: it may be locked."
            assert failed.endswith("is locked by another program") and process.returncode == 1


def test_numbers_of_a_process(site):
    with running(receive(site), subprocess.DEVNULL) as (_, address), httpx.Client(base_url=address) as client:
        client.post("/f/call", data=ADA, headers=JSON)
        families = {family.name: family for family in text_string_to_metric_families(client.get("/metrics").text)}
    assert families["sitegen_open_connections"].samples[0].value == 1
    assert families["sitegen_build"].samples[0].labels["version"]
    assert families["process_resident_memory_bytes"].samples[0].value > 0


def test_the_log_as_json_has_the_keys_of_the_lines_and_nothing_of_visitors(tmp_path):
    site = make_site(tmp_path, f'url = "https://example.org"\n{NO_LIMIT}')
    with running(receive(site, "--log", "json")) as (process, address):
        for sent in HOSTILE_REQUESTS:
            talk(address, sent)
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=20)
    events = [json.loads(one) for one in log.splitlines()]
    assert MARK not in log
    (started,) = [one for one in events if one["event"] == "started"]
    assert isinstance(started["port"], int)
    posted = next(one for one in events if one.get("became") == "new")
    assert [*posted] == ["time", "level", "event", "method", "form", "status", "became", "ms", "reference"]
    assert (posted["form"], posted["status"], type(posted["ms"]), type(posted["reference"])) == ("call", 303, int, str)


def test_an_error_as_json():
    try:
        raise ValueError(MARK)
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("other", logging.ERROR, __file__, 1, 'a "b" = %s\n', ("\u2028\\",), info)
    told = json.loads(JsonFormatter().format(record))
    assert (told["text"], told["error"]) == ('a "b" = \u2028\\', "ValueError")
    assert told["at"].startswith("test_running.py:")
