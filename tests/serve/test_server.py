"""The preview over real HTTP."""

import http.client
import json
import socket
import sqlite3
import sys
import threading
import time
from contextlib import closing

import httpx
import pytest

from sitegen.build import build
from sitegen.errors import SiteError, SitegenError
from sitegen.serve.news import Answered, Broken, Rebuilt, Receiving, Remark, Serving
from sitegen.serve.server import Address
from sitegen.web.listening import PORT, Refused, listen
from tests.serve.conftest import LONG, write

BROKEN = "---\ntitle: a: b\n---\n"


class Stream:
    """The events as a page gets them."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(address, timeout=LONG)
        self._connection.request("GET", "/_sitegen/events")
        self._response = self._connection.getresponse()
        assert self._response.getheader("content-type") == "text/event-stream; charset=utf-8"

    def next(self, name: str):
        end = time.monotonic() + LONG
        while (line := self._response.readline()) and time.monotonic() < end:
            if line == f"event: {name}\n".encode():
                return json.loads(self._response.readline().removeprefix(b"data: "))
        raise TimeoutError(name)

    def rest(self) -> bytes:
        return self._response.read()

    def close(self) -> None:
        self._response.close()
        self._connection.close()


@pytest.fixture
def running(site, start):
    running = start(site)
    running.until(Serving)
    return running


def test_pages_have_the_script_and_files_do_not(running, site):
    page = running.http.get("/long/")
    assert page.status_code == 200 and page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<script src="/_sitegen/live.js" data-build="' in page.text
    assert "_sitegen" not in (site / ".sitegen/preview/long/index.html").read_text()
    assert not (site / "output").exists()
    assert "_sitegen/live.js" not in running.http.get("/assets/style.css").text


@pytest.mark.parametrize(
    ("path", "to"), [("/long", "/long/"), ("/long?a=1&b", "/long/?a=1&b"), ("/join/call", "/join/call/")]
)
def test_clean_addresses_redirect(running, path, to):
    answer = running.http.get(path)
    assert (answer.status_code, answer.headers["location"]) == (302, to)


def test_nothing_is_cached(running):
    for path in ("/", "/long", "/assets/style.css", "/nothing", "/_sitegen/live.js"):
        assert running.http.get(path).headers["cache-control"] == "no-store"


def test_parts_of_files(running):
    whole = running.http.get("/assets/style.css").content
    part = running.http.get("/assets/style.css", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, whole[10:20])
    assert running.http.get("/assets/style.css", headers={"Range": "bytes=9999999-"}).status_code == 416


def test_head_and_other_methods(running):
    head = running.http.head("/long/")
    assert head.status_code == 200 and head.content == b"" and int(head.headers["content-length"]) > 100
    assert running.http.head("/_sitegen/events").status_code == 200
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
        answer = running.http.request(method, "/long/")
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_the_site_has_its_own_404_page(running, site):
    answer = running.http.get("/nothing/here")
    assert answer.status_code == 404 and "_sitegen/live.js" in answer.text
    assert "nothing/here" not in answer.text
    write(site, {"sitegen.toml": 'outputs = ["posts"]'})
    running.until(Rebuilt)
    assert "/nothing/&lt;here&gt;" in running.http.get("/nothing/<here>").text
    languages = 'baseurl = "/b"\noutputs = ["posts", "404"]\n[languages.de]\ntitle = "Probe"\n'
    write(site, {"sitegen.toml": languages})
    running.until(Rebuilt)
    german, other = (running.http.get(address).text for address in ("/b/de/nothing", "/b/nothing"))
    assert ('<html lang="de"' in german, '<html lang="de"' in other) == (True, False)


def test_there_is_no_way_out(running, site):
    (site / ".sitegen/preview/out.txt").symlink_to(site / "sitegen.toml")
    for path in ("/out.txt", "/../../sitegen.toml", "/%2e%2e/%2e%2e/sitegen.toml", "/..%2f..%2fsitegen.toml",
                 "//etc/passwd", "/%00", "/%5c..%5c", "/%ff"):  # fmt: skip
        connection = http.client.HTTPConnection(running.address, timeout=LONG)
        connection.request("GET", path)
        assert connection.getresponse().status == 404
        connection.close()


@pytest.mark.parametrize("path", ["//evil.example", "//evil.example/long", "/\\evil.example", "/%2fevil.example"])
def test_redirects_stay_here(running, path):
    connection = http.client.HTTPConnection(running.address, timeout=LONG)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status == 404 and answer.getheader("location") is None
    connection.close()


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost", 200), ("127.0.0.1:1", 200), ("[::1]", 200), ("evil.example", 403), ("localhost.evil.example", 403)],
)
def test_only_local_names_are_answered(running, host, status):
    for path in ("/", "/_sitegen/live.js"):
        assert running.http.get(path, headers={"Host": host}).status_code == status


def test_a_site_below_a_path(site, start):
    write(site, {"sitegen.toml": 'baseurl = "/blog"\npermalink = "/:title/"\n'})
    running = start(site)
    assert running.until(Serving).url == f"http://{running.address}/blog/"
    for path, to in (("/", "/blog/"), ("/blog", "/blog/"), ("/blog/long", "/blog/long/")):
        assert running.http.get(path).headers["location"] == to
    assert running.http.get("/blog/long/").status_code == 200
    assert running.http.get("/long/").status_code == 404
    assert running.http.get("/blogs/").status_code == 404
    posted = running.http.post("/blog/f/call", data={"name": "A", "email": "a@b.org"})
    assert (posted.status_code, posted.headers["location"]) == (303, "/blog/join/call/thanks/")
    assert running.http.get(posted.headers["location"]).status_code == 200


def test_a_save_is_shown_and_told(running):
    stream = Stream(running.address)
    before = stream.next("reload")
    running.write("_posts/long.md", "---\ntitle: Short\ndate: 2026-01-03\n---\nBrief.\n")
    assert running.until(Rebuilt).paths == ("_posts/long.md",)
    after = stream.next("reload")
    assert (after["session"], after["build"]) == (before["session"], before["build"] + 1)
    assert "Brief." in running.http.get("/long/").text
    stream.close()


def test_there_is_a_whole_page_at_every_moment_of_a_rebuild(running):
    answers = []
    for number in range(5):
        running.write("_posts/long.md", f"---\ntitle: Long {number}\ndate: 2026-01-03\n---\nText.\n")
        end = time.monotonic() + 0.3
        while time.monotonic() < end:
            answers.append(running.http.get("/long/"))
    assert all(answer.status_code == 200 and answer.text.endswith("</html>\n") for answer in answers)


def test_a_page_that_comes_later_hears_how_things_are(running):
    running.write("_posts/long.md", BROKEN)
    running.until(Broken)
    stream = Stream(running.address)
    problems = stream.next("problems")
    assert problems["count"] == 1 and problems["summary"].startswith("_posts/long.md:2: ")
    assert 'data-line="2">title: a: b' in problems["html"]
    assert running.http.get("/long/").status_code == 200
    running.write("_posts/long.md", "---\ntitle: Long\ndate: 2026-01-03\n---\nMended.\n")
    assert running.until(Rebuilt).mended
    while problems["html"]:
        problems = stream.next("problems")
    assert "Mended." in running.http.get("/long/").text
    stream.close()


def test_a_mended_file_without_a_change_takes_the_problems_away(running, site):
    text = (site / "_posts/long.md").read_text()
    running.write("_posts/long.md", BROKEN)
    running.until(Broken)
    running.write("_posts/long.md", text)
    running.until(Rebuilt)
    stream = Stream(running.address)
    assert stream.next("reload")["build"] == 1
    assert stream.next("problems")["html"] == ""
    stream.close()


def test_a_first_build_that_fails_is_shown_everywhere_until_it_is_mended(site, start):
    write(site, {"_posts/bad.md": BROKEN, "_posts/worse.md": "---\nlayout: nope\ntitle: X\n---\n"})
    running = start(site)
    assert not running.until(Broken).stands
    for path in ("/", "/long/", "/assets/style.css", "/nothing"):
        answer = running.http.get(path)
        assert answer.status_code == 500 and "_posts/bad.md:2" in answer.text and "_posts/worse.md:" in answer.text
        assert 'data-revision="' in answer.text
    (site / "_posts/bad.md").unlink()
    assert len(running.until(Broken).problems) == 1
    (site / "_posts/worse.md").unlink()
    assert running.until(Rebuilt).mended
    assert running.http.get("/long/").status_code == 200


def test_it_ends_with_streams_open(site, start):
    running = start(site)
    streams = [Stream(running.address) for _ in range(20)]
    for stream in streams:
        stream.next("problems")
    running.server.stop()
    for stream in streams:
        stream.rest()
        stream.close()


def test_it_may_end_during_its_first_build(site, start):
    begun, go_on = threading.Event(), threading.Event()

    def slow(*wanted, **options):
        begun.set()
        go_on.wait(LONG)
        return build(*wanted, **options)

    running = start(site, build=slow)
    assert begun.wait(LONG)
    running.server.stop()
    wait_until_refused(running.address)
    go_on.set()
    assert running.until(Serving).url == f"http://{running.address}/"


def wait_until_refused(address):
    host, port = address.split(":")
    end = time.monotonic() + LONG
    while time.monotonic() < end:
        try:
            socket.create_connection((host, int(port)), 1).close()
        except ConnectionRefusedError:
            return
        time.sleep(0.02)
    pytest.fail(f"{address} still listens")


def test_clients_that_leave_are_forgotten(running):
    for _ in range(300):
        Stream(running.address).close()
    running.write("_posts/long.md", "---\ntitle: Short\n---\nBrief.\n")
    running.until(Rebuilt)
    assert "Brief." in running.http.get("/long/").text


def test_pages_below_our_own_addresses_are_told_of(site, start):
    write(site, {"static/_sitegen/live.js": "mine"})
    running = start(site)
    notices = [notice for notice in running.until(Rebuilt).notices if notice.path == "_sitegen"]
    assert len(notices) == 1 and "/_sitegen/" in notices[0].message
    assert running.http.get("/_sitegen/other").status_code == 404


def test_what_is_left_out_is_told_once(site, start):
    write(site, {"_drafts/idea.md": "Later."})
    running = start(site)
    assert [one.path for one in running.until(Rebuilt).left_out] == ["_drafts/idea.md"]
    running.write("_posts/quiet.md", "---\npublished: false\n---\n")
    assert [(one.path, one.reason) for one in running.until(Rebuilt).left_out] == [("_posts/quiet.md", "unpublished")]
    running.write("_posts/quiet.md", "---\ntitle: Hush\npublished: false\n---\n")
    assert running.until(Rebuilt).left_out == ()


def inbox(path):
    with closing(sqlite3.connect(path)) as connection:
        return [json.loads(row[0]) for row in connection.execute("select answers from submissions")]


def test_an_answer_lands_in_the_inbox_and_is_told_without_its_words(running, site):
    assert running.until(Receiving).forms == ("call",)
    answer = running.http.post("/f/call", data={"name": "Ada", "email": "ada@example.org", "message": "Hi"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/join/call/thanks/")
    assert running.http.get("/join/call/thanks/").status_code == 200
    assert running.until(Answered) == Answered("call")
    assert inbox(site / ".sitegen/inbox.db") == [[["name", "Ada"], ["email", "ada@example.org"], ["message", "Hi"]]]


def test_wrong_answers_come_back_as_a_page_and_as_json(running):
    page = running.http.post("/f/call", data={"name": "Ada"}, headers={"Accept": "text/html"})
    assert page.status_code == 422 and 'value="Ada"' in page.text and "_sitegen/live.js" not in page.text
    answer = running.http.post("/f/call", data={"name": "Ada"}, headers={"Accept": "application/json"})
    assert answer.status_code == 422 and answer.json()["errors"][0]["field"] == "email"


def test_the_receiver_speaks_for_its_addresses(running):
    assert running.http.get("/f/call").status_code == 405
    assert running.http.options("/f/call").status_code == 204
    assert running.http.post("/f/nothing", data={"a": "b"}).status_code == 404
    doubled = httpx.URL(f"http://{running.address}//f/call")  # as the official clients join addresses
    assert running.http.post(doubled, data={"name": "A", "email": "a@b.org"}).status_code == 303


@pytest.mark.parametrize("path", ["/inbox/a/ffff", "/inbox/nowhere"])
def test_the_inbox_has_its_own_page_for_what_there_is_not(running, path):
    answer = running.http.get(path)
    assert (answer.status_code, "All answers" in answer.text) == (404, True)


def test_a_form_that_is_new_works_at_once(running, site):
    write(site, {"_posts/second.md": "---\ntitle: Second\nform: {fields: {name: text}}\n---\n"})
    while "second" not in running.until(Receiving).forms:
        pass
    assert running.http.post("/f/second", data={"name": "A"}).status_code == 303


def test_answers_go_to_the_database_that_is_named(site, start, tmp_path):
    running = start(site, database=str(tmp_path / "other.db"))
    running.until(Receiving)
    running.http.post("/f/call", data={"name": "A", "email": "a@b.org"})
    assert len(inbox(tmp_path / "other.db")) == 1
    assert not (site / ".sitegen/inbox.db").exists()


def test_without_an_inbox_the_site_is_served_and_answers_are_refused(site, start):
    write(site, {".sitegen/inbox.db/folder": ""})
    running = start(site)
    assert ".sitegen/inbox.db" in running.until(Remark).problem.path
    assert running.http.get("/long/").status_code == 200
    form = {"name": "Ada", "email": "a@b.org"}
    answer = running.http.post("/f/call", data=form, headers={"Accept": "text/html"})
    assert answer.status_code == 503 and 'value="Ada"' in answer.text
    (site / ".sitegen/inbox.db/folder").unlink()
    (site / ".sitegen/inbox.db").rmdir()
    assert running.http.post("/f/call", data=form).status_code == 303


def test_a_proof_of_work_without_its_extra_is_told_and_answers_are_taken(site, start, monkeypatch):
    monkeypatch.setitem(sys.modules, "altcha", None)
    write(site, {"sitegen.toml": (site / "sitegen.toml").read_text() + "\n[receive]\naltcha = true\n"})
    running = start(site)
    problem = running.until(Remark).problem
    assert (problem.path, "sitegen[altcha]" in problem.message) == ("sitegen.toml", True)
    assert running.http.get("/f/call/challenge").status_code == 503
    assert running.http.post("/f/call", data={"name": "Ada", "email": "a@b.org"}).status_code == 303


def test_a_site_without_forms_is_served(site, start):
    (site / "_posts/call.md").unlink()
    running = start(site)
    running.until(Serving)
    assert running.http.get("/long/").status_code == 200
    assert running.http.post("/f/call", data={"a": "b"}).status_code == 404
    assert not (site / ".sitegen/inbox.db").exists()


def test_the_next_free_port_is_taken_and_told(site, start):
    with closing(_taken()):
        running = start(site, address=Address())
        serving = running.until(Serving)
        assert serving.wanted == PORT and not serving.public
        assert int(running.address.rsplit(":", 1)[1]) > PORT


def _taken() -> socket.socket:
    """Something that holds the port, if nothing else does."""
    try:
        return listen("127.0.0.1", PORT)
    except Refused:
        return socket.socket()


def test_a_port_that_was_asked_for_is_no_wish():
    with closing(listen("127.0.0.1", 0)) as taken, pytest.raises(Refused, match="is taken"):
        listen("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize(
    ("host", "port", "words"),
    [("no.such.invalid", 0, "no host"), ("127.0.0.1", 70000, "no port"), ("127.0.0.1", -1, "no port")],
)
def test_where_nobody_can_listen(host, port, words):
    with pytest.raises(SitegenError, match=words):
        listen(host, port)


def test_for_everybody_only_if_asked(site, start):
    running = start(site, address=Address("0.0.0.0", 0))
    serving = running.until(Serving)
    assert serving.public and httpx.get(serving.url).status_code == 200
    with closing(socket.socket(type=socket.SOCK_DGRAM)) as way:
        own = "127.0.0.1" if way.connect_ex(("192.0.2.1", 9)) else way.getsockname()[0]
    assert httpx.URL(serving.url).host == own
    assert running.until(Receiving).closed
    assert running.http.get("/", headers={"Host": "blog.test"}).status_code == 200


def test_a_folder_that_is_not_there(tmp_path, start):
    with pytest.raises(SiteError, match="no such folder"):
        start(tmp_path / "nothing")
