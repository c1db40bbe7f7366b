"""The gate of `receive` and `serve`, as whole programs."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
from contextlib import contextmanager

import httpx
import pytest

from tests.forms.commands import make_site, receive, running, sitegen
from tests.forms.gate.house import HASH, PASSWORD, TOKEN
from tests.forms.sockets import talk
from tests.forms.test_log import LINE
from tests.serve.test_command import Command

MARK = "m4rk"
SAID = {"SITEGEN_INBOX_PASSWORD": str(HASH), "SITEGEN_INBOX_TOKEN": TOKEN}


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path / "site")


@pytest.fixture
def keys(monkeypatch):
    for name, value in SAID.items():
        monkeypatch.setenv(name, value)


@contextmanager
def visitor(address):
    """A browser: it keeps cookies, and says where it posts from."""
    with httpx.Client(base_url=address, trust_env=False, headers={"Origin": address}) as client:
        yield client


def said_of_inbox(process):
    """What a receiver says at its start of where the inbox is."""
    assert process.stdout is not None
    return next(line for line in process.stdout if line.startswith("The inbox is "))


def test_receive_wants_a_password(site, keys):
    with running(receive(site)) as (process, address), visitor(address) as browser:
        assert said_of_inbox(process) == f"The inbox is at {address}/inbox/ (opened by your password).\n"
        assert browser.get("/inbox").headers["location"] == "/inbox/"
        assert browser.get("/inbox/").headers["location"] == "/inbox/login"
        assert browser.post("/inbox/login", data={"password": "wrong password"}).status_code == 403
        assert browser.post("/inbox/login", data={"password": PASSWORD}).headers["location"] == "/inbox/"
        page = browser.get("/inbox/")
        assert page.status_code == 200
        token = re.findall('name="_token" value="(.*?)"', page.text)[0]
        kept = dict(browser.cookies)
        with running(receive(site)) as (_, other), visitor(other) as again:  # its neighbour has the same secret
            again.cookies.update(kept)
            assert again.get("/inbox/").status_code == 200
        assert browser.post("/inbox/logout", data={"_token": token}).headers["location"] == "/inbox/login"
        browser.cookies.update(kept)
        assert browser.get("/inbox/").status_code == 303
    with running(receive(site)) as (_, address), visitor(address) as program:
        assert program.get("/inbox/", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_receive_without_a_key_has_no_inbox(site):
    with running(receive(site)) as (process, address), visitor(address) as browser:
        assert "`sitegen inbox password` makes what turns it on" in said_of_inbox(process)
        pages = [browser.get(path) for path in ("/inbox/", "/inbox/login", "/nothing/")]
        assert [page.status_code for page in pages] == [404] * 3
        assert len({page.text for page in pages}) == 1


@pytest.mark.parametrize(
    "name", ["SITEGEN_INBOX_PASSWORD", pytest.param("SITEGEN_INBOX_TOKEN", marks=pytest.mark.slow)]
)
def test_a_key_that_is_none_is_said_at_the_start(site, monkeypatch, name):
    monkeypatch.setenv(name, MARK)
    for command in (["receive", "--port", "0"], ["serve", "--host", "0.0.0.0", "--port", "0"]):
        done = sitegen(*command, "-s", site)
        assert (done.returncode, name in done.stderr) == (1, True)
        assert MARK not in done.stderr and "Traceback" not in done.stderr


def test_serve_on_this_computer_is_open_to_it_alone(site):
    command = Command(site, "--port", "0")
    inbox = re.findall(r"http://\S+/inbox/", command.until("Receiving answers"))[0]
    with visitor(inbox.removesuffix("/inbox/")) as browser:
        assert browser.get("/inbox/").status_code == 200
        assert browser.post("/inbox/", data={"a": "b"}).status_code == 403
        assert browser.get("/inbox/", headers={"Host": "evil.example"}).status_code == 403
    assert command.end() == 0


def test_serve_for_others_wants_a_key(site, keys):
    command = Command(site, "--port", "0", "--host", "0.0.0.0")
    inbox = re.findall(r"http://\S+/inbox/", command.until("Receiving answers"))[0]
    with visitor(inbox.removesuffix("/inbox/")) as browser:
        assert browser.get("/inbox/").headers["location"] == "/inbox/login"
        browser.post("/inbox/login", data={"password": PASSWORD})
        assert browser.get("/inbox/").status_code == 200
    assert command.end() == 0


@pytest.mark.slow
def test_serve_for_others_without_a_key_has_no_inbox(site):
    command = Command(site, "--port", "0", "--host", "0.0.0.0")
    address = command.until("Serving").split()[1].rstrip("/")
    assert "sitegen inbox list shows them" in command.until("Receiving answers")
    assert httpx.get(f"{address}/inbox/", trust_env=False).status_code == 404
    assert command.end() == 0


@pytest.mark.parametrize("trusted", [True, pytest.param(False, marks=pytest.mark.slow)])
def test_a_cookie_is_secure_where_a_trusted_proxy_says_https(site, keys, trusted):
    (site / "sitegen.toml").write_text(f"receive.trusted_proxies = {json.dumps(['127.0.0.1'] if trusted else [])}\n")
    headers = {"Host": "in.example.org", "Origin": "https://in.example.org", "X-Forwarded-Proto": "https"}
    with running(receive(site)) as (_, address):
        data = {"password": PASSWORD}
        cookie = httpx.post(f"{address}/inbox/login", data=data, headers=headers).headers["set-cookie"]
    assert (cookie.startswith("__Host-"), cookie.endswith("; Secure")) == (trusted, trusted)


def test_the_log_holds_nothing_that_came_from_outside(site, keys):
    (site / "sitegen.toml").write_text('url = "https://example.org"\n')  # else that is said, too
    body = f"password={MARK}%0d%0a&next={MARK}&_token={MARK}"
    common = ("Host: a", "Origin: http://a", f"Cookie: sitegen-inbox={MARK}", f"User-Agent: {MARK}")
    head = "\r\n".join((*common, f"Content-Length: {len(body)}", "Connection: close", "", body))
    with running(receive(site)) as (process, address):
        for line in (f"GET /inbox/{MARK}%0d%0alevel=error%1b?q={MARK}", f"{MARK} /inbox/", f"POST /inbox/login?{MARK}"):
            talk(address, f"{line} HTTP/1.1\r\n{head}".encode())
        httpx.get(f"{address}/inbox/", headers={"Authorization": f"Bearer {MARK}"})
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=20)
    assert MARK not in log and "127.0.0.1" not in log
    assert [line for line in log.splitlines() if not LINE.fullmatch(line)] == []
    assert "event=request method=GET part=inbox status=401" in log
    assert 'text="a sign-in to the inbox was refused: wrong password"' in log


def test_the_password_is_asked_twice_and_not_shown(site):
    assert typed(site, PASSWORD, PASSWORD)[0] == 0
    code, shown = typed(site, PASSWORD, PASSWORD)
    assert PASSWORD not in shown
    (line,) = re.findall("SITEGEN_INBOX_PASSWORD=(\\S+)", shown)
    assert line.startswith("scrypt:32768:8:3:")
    code, shown = typed(site, PASSWORD, "another password")
    assert (code, "not the same twice" in shown) == (1, True)


def test_a_password_may_come_from_a_program(site):
    words = [sys.executable, "-m", "sitegen", "inbox", "password", "-s", str(site), "--json"]
    done = subprocess.run(words, input=f"{PASSWORD}\n", capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(done.stdout)["SITEGEN_INBOX_PASSWORD"].startswith("scrypt:")
    done = subprocess.run(words, input="short\n", capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "") and "12 signs or more" in done.stderr


@pytest.mark.parametrize("locale", ["C", pytest.param("C.UTF-8", marks=pytest.mark.slow)])
def test_a_password_that_is_no_utf8_is_refused(site, locale):
    """All of them would have one hash, and a password with other signs would open it."""
    words = [sys.executable, "-m", "sitegen", "inbox", "password", "-s", str(site)]
    environment = os.environ | {"LC_ALL": locale, "PYTHONIOENCODING": "utf-8:strict"}
    done = subprocess.run(words, input=b"Passw\xf6rt-gehen\n", capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stdout) == (1, b"") and b"not UTF-8" in done.stderr


def typed(site, *lines):
    """The command on a terminal of its own: its exit code, and what that shows."""
    words = [sys.executable, "-m", "sitegen", "inbox", "password", "-s", str(site)]
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(words[0], words)
    shown = b""
    for line in lines:
        prompt = b""
        while not prompt.endswith(b": "):
            prompt += os.read(terminal, 1000)
        os.write(terminal, line.encode() + b"\n")
        shown += prompt
    try:
        while part := os.read(terminal, 1000):
            shown += part
    except OSError:  # the other side has ended
        pass
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown.decode()
