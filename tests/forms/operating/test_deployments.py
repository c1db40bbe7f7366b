"""nginx and Caddy in front of real receivers, set up by the very files that the manual shows."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from sitegen.forms.inbox.store import Store
from tests.forms.commands import NO_LIMIT, make_site, receive, running
from tests.forms.sending.post import free_port
from tests.forms.world import ADA, JSON

pytestmark = pytest.mark.slow

FILES = Path(__file__).parents[3] / "docs" / "static" / "deploy"
HOST = "answers.example.org"
SETTINGS = """url = "https://example.org"
[receive]
url = "https://answers.example.org"
trusted_proxies = ["127.0.0.1"]
rate_limit = "RATE"
"""
NGINX = """error_log stderr;
pid FOLDER/pid;
events {}
http {
    access_log off;
    client_body_temp_path FOLDER/body;
    proxy_temp_path FOLDER/proxy;
    fastcgi_temp_path FOLDER/fastcgi;
    uwsgi_temp_path FOLDER/uwsgi;
    scgi_temp_path FOLDER/scgi;
    include FOLDER/answers.conf;
}
"""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate and its key."""
    folder = tmp_path_factory.mktemp("tls")
    found = folder / "answers.pem", folder / "answers.key"
    words = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    names = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}", "-out", str(found[0])]
    subprocess.run([needed("openssl"), *words, *names, "-keyout", str(found[1])], check=True, capture_output=True)
    return found


def needed(program: str) -> str:
    path = shutil.which(program) or shutil.which(program, path="/usr/sbin")
    if path is None:
        pytest.skip(f"{program} is not installed")
    return path


def nginx(folder: Path, port: int, receivers: Sequence[int], tls: tuple[Path, Path]) -> list[str]:
    servers = "\n    ".join(f"server 127.0.0.1:{one};" for one in receivers)
    text = replaced(
        (FILES / "nginx.conf").read_text(),
        ("server 127.0.0.1:8001;", servers),
        ("listen 443", f"listen 127.0.0.1:{port}"),
        ("/etc/ssl/answers.pem", tls[0]),
        ("/etc/ssl/answers.key", tls[1]),
    )
    (folder / "answers.conf").write_text(text)
    who = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(who + NGINX.replace("FOLDER", str(folder)))
    return [needed("nginx"), "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]


def caddy(folder: Path, port: int, receivers: Sequence[int], tls: tuple[Path, Path]) -> list[str]:
    text = replaced(
        (FILES / "Caddyfile").read_text(),
        ("127.0.0.1:8001", " ".join(f"127.0.0.1:{one}" for one in receivers)),
        (f"{HOST} {{", f"https://{HOST}:{port} {{\n\tbind 127.0.0.1\n\ttls {tls[0]} {tls[1]}"),
        ("{\n\tservers {", "{\n\tadmin off\n\tauto_https disable_redirects\n\tservers {"),
    )
    (folder / "Caddyfile").write_text(text)
    return [needed("caddy"), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


def replaced(text: str, *pairs: tuple[str, object]) -> str:
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, str(new))
    return text


PROXIES = {"nginx": nginx, "caddy": caddy}


@contextmanager
def proxy(kind: str, folder: Path, addresses: Sequence[str], tls: tuple[Path, Path]) -> Iterator[int]:
    """The proxy before receivers at these addresses: its port."""
    folder.mkdir()
    port = free_port()
    command = PROXIES[kind](folder, port, [int(one.rpartition(":")[2]) for one in addresses], tls)
    environment = os.environ | {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}
    with (folder / "log").open("w") as log, subprocess.Popen(command, stderr=log, env=environment) as process:
        try:
            while process.poll() is None and not listens(port):
                pass
            assert process.poll() is None, (folder / "log").read_text()
            yield port
        finally:
            process.send_signal(signal.SIGTERM)


def listens(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


class Visitor(httpx.Client):
    """Somebody whose connection comes from an address of their own."""

    def __init__(self, port: int, address: str = "127.0.0.2") -> None:
        transport = httpx.HTTPTransport(verify=False, local_address=address)
        headers = JSON | {"Host": HOST}
        super().__init__(base_url=f"https://127.0.0.1:{port}", headers=headers, transport=transport, timeout=60)

    def send_form(self, **more: object) -> httpx.Response:
        """Ada's answer."""
        named: dict[str, object] = {"data": ADA} | more
        return self.post("/f/call", extensions={"sni_hostname": HOST}, **named)  # type: ignore[arg-type]

    def look(self, path: str) -> httpx.Response:
        """A page."""
        return self.get(path, extensions={"sni_hostname": HOST})


@pytest.mark.parametrize("kind", PROXIES)
def test_in_front(kind, tmp_path, certificate):
    site = make_site(tmp_path / "site", SETTINGS.replace("RATE", "3/hour"))
    with (
        running(receive(site), subprocess.DEVNULL) as (_, address),
        proxy(kind, tmp_path / kind, [address], certificate) as port,
    ):
        with Visitor(port) as ada, Visitor(port, "127.0.0.3") as bob:
            answers = [ada.send_form(data=ADA | {"at": str(at)}) for at in range(3)]
            forged = ada.send_form(data=ADA | {"at": "9"}, headers={"X-Forwarded-For": "9.9.9.9"})
            assert [answer.status_code for answer in (*answers, forged)] == [200, 200, 200, 429]
            assert answers[0].json()["next"].startswith("https://example.org/")
            large = bob.send_form(data=ADA | {"message": "x" * 1_200_000})  # its limit, and in its words
            assert (large.status_code, large.json()["errors"][0]["code"]) == (413, "FILES_TOO_BIG")
            assert large.headers["access-control-allow-origin"] == "*"
            huge = bob.send_form(data=ADA | {"message": "x" * 32_000_000}).status_code
            assert huge == 413 or (kind, huge) == ("caddy", 502)  # refused unread: Caddy may be cut off while it sends
            assert bob.send_form().status_code == 200
            assert bob.look("/metrics").status_code == 404
            assert bob.look("/ready").json() == {"ready": True}
            assert "request-reference" in bob.look("/inbox/").headers
            kept = httpx.get(f"{address}/metrics").text
        assert 'sitegen_submissions_total{became="new",form="call"} 4' in kept


@pytest.mark.parametrize("kind", PROXIES)
def test_http_2(kind, tmp_path, certificate):
    curl = needed("curl")
    site = make_site(tmp_path / "site", SETTINGS.replace("RATE", "off"))
    with (
        running(receive(site), subprocess.DEVNULL) as (_, address),
        proxy(kind, tmp_path / kind, [address], certificate) as port,
    ):
        words = ["-sk", "--http2", "--resolve", f"{HOST}:{port}:127.0.0.1", "-H", "Accept: application/json"]
        asked = ["-d", "name=Ada&email=ada@example.org", "-w", "%{http_version} %{http_code}", "-o", os.devnull]
        command = [curl, *words, *asked, f"https://{HOST}:{port}/f/call"]
        assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "2 200"


@pytest.mark.parametrize("kind", PROXIES)
def test_half_a_head_is_let_go_of(kind, tmp_path, certificate):
    site = make_site(tmp_path / "site", SETTINGS.replace("RATE", "off"))
    context = ssl._create_unverified_context()
    with (
        running(receive(site), subprocess.DEVNULL) as (_, address),
        proxy(kind, tmp_path / kind, [address], certificate) as port,
        socket.create_connection(("127.0.0.1", port), 30) as plain,
        context.wrap_socket(plain, server_hostname=HOST) as silent,
    ):
        started = time.monotonic()
        silent.sendall(b"POST /f/call HTTP/1.1\r\nHost:")
        while silent.recv(1000):
            pass
        assert time.monotonic() - started < 20


def post_all(port: int, names: Sequence[str], thanked: dict[str, set[str]]) -> None:
    """One answer after another, each until it is thanked for."""
    with Visitor(port) as visitor:
        for name in names:
            while name not in thanked:
                try:
                    body, key = ADA | {"name": name}, {"Idempotency-Key": name}
                    answer = visitor.send_form(data=body, headers=key)
                except httpx.HTTPError:
                    continue
                if answer.status_code == 200:
                    thanked[name] = {answer.json()["id"]}


@pytest.mark.parametrize("kind", PROXIES)
def test_two_receivers_on_one_postgresql_and_one_is_killed(kind, tmp_path, certificate, postgres):
    site, url = make_site(tmp_path / "site", NO_LIMIT), postgres.emptied()
    command = receive(site, "--database", url.render_as_string(hide_password=False))
    thanked: dict[str, set[str]] = {}
    names = [[f"{visitor}-{at}" for at in range(60)] for visitor in range(4)]
    with (
        running(command, subprocess.DEVNULL) as (first, address),
        running(command, subprocess.DEVNULL) as (_, other),
        proxy(kind, tmp_path / kind, [address, other], certificate) as port,
    ):
        visitors = [threading.Thread(target=post_all, args=(port, mine, thanked)) for mine in names]
        for one in visitors:
            one.start()
        while len(thanked) < 60:
            pass
        first.kill()
        for one in visitors:
            one.join(60)
    with closing(Store(url)) as store:
        stored = {dict(one.answers)["name"]: one.id for one in store.each()}
        assert (len(thanked), store.count()) == (240, 240)
    assert {name: {id_} for name, id_ in stored.items()} == thanked


def test_the_unit_is_well_and_tight(tmp_path):
    analyze = needed("systemd-analyze")
    text = replaced((FILES / "receiver.service").read_text(), ("/srv/blog/.venv/bin/sitegen", needed("true")))
    unit = tmp_path / "receiver.service"
    unit.write_text(text)
    assert subprocess.run([analyze, "verify", unit], capture_output=True, text=True, check=False).stderr == ""
    words = ["security", "--offline=true", "--no-pager", "--threshold=20"]
    done = subprocess.run([analyze, *words, unit], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
