"""Webhooks to a program that really listens, verified by the specification's own library."""

import json
import socket
import time
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from sitegen.forms.sending.deliverer import Undelivered
from sitegen.forms.sending.webhooks import Hook, Webhooks, resolved, send_webhook
from tests.forms.sending.post import Target, parcel, webhook_target
from tests.forms.sending.test_smtp import dripping

OLD, NEW = "whsec_" + "A" * 32, "whsec_" + "B" * 32


def send(address, secrets=(NEW,), **more):
    hook = Hook(address, secrets, internal=more.pop("internal", True))
    send_webhook(hook, parcel(channel="webhook"), datetime.now(UTC), **more)


def test_a_submission_arrives_signed():
    target = Target()
    with webhook_target(target) as address:
        send(address)
    ((headers, body),) = target.got
    data = Webhook(NEW).verify(body, headers)
    assert headers["webhook-id"] == "msg_1"
    assert (data["type"], data["data"]["answers"]["name"]) == ("submission.received", "Ada")
    with pytest.raises(WebhookVerificationError):
        Webhook(OLD).verify(body, headers)


def test_two_secrets_while_one_takes_over():
    target = Target()
    with webhook_target(target) as address:
        send(address, (OLD, NEW))
    ((headers, body),) = target.got
    assert Webhook(OLD).verify(body, headers) == Webhook(NEW).verify(body, headers) == json.loads(body)


@pytest.mark.parametrize(
    ("status", "headers", "final", "wait"),
    [
        (500, {}, False, 0),
        (301, {"Location": "http://127.0.0.1:1/"}, False, 0),
        (410, {}, True, 0),
        (429, {"Retry-After": "120"}, False, 120),
        (503, {"Retry-After": "no number"}, False, 0),
        (503, {"Retry-After": "\u00b2"}, False, 0),
        (503, {"Retry-After": "9" * 400}, False, float("inf")),
        (503, {"Retry-After": "Wed, 06 May 2026 12:00:00 GMT"}, False, 0),
    ],
)
def test_anything_but_a_2xx_is_a_failure(status, headers, final, wait):
    target = Target(status, headers)
    with webhook_target(target) as address, pytest.raises(Undelivered, match=str(status)) as raised:
        send(address)
    assert (raised.value.final, raised.value.wait) == (final, wait)
    assert len(target.got) == 1


def test_one_that_hangs_is_left():
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(Undelivered):
        send(f"http://127.0.0.1:{silent.getsockname()[1]}/", seconds=0.2)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254", "192.168.1.1", "::1", "::ffff:127.0.0.1", "0.0.0.0",
     "fe80::1", "fc00::1", "100.64.0.1", "224.0.0.1", "2130706433", "0x7f.1", "64:ff9b::7f00:1",
     "64:ff9b::a00:1", "2002:a00:1::1",
     "2002:7f00:1::", "::7f00:1", "240.0.0.1", "255.255.255.255", "ff02::1", "fec0::1"],
)  # fmt: skip
def test_addresses_inside_a_network_are_refused(host):
    with pytest.raises(OSError, match="inside a network"):
        resolved(host, 80, internal=False)
    with pytest.raises(Undelivered, match="inside a network"):
        send(f"http://[{host}]/" if ":" in host else f"http://{host}/", internal=False)


def test_an_address_of_the_world_is_fine():
    assert resolved("93.184.216.34", 443, internal=False) == ("93.184.216.34", 443)
    assert resolved("64:ff9b::5db8:d822", 443, internal=False)[0] == "64:ff9b::5db8:d822"


def test_a_name_that_changes_its_mind_is_asked_once(monkeypatch):
    target, asked = Target(), []
    with webhook_target(target) as address:
        port = urlsplit(address).port

        def lookup(host, *_, **__):
            asked.append(host)
            found = host if host != "rebound.example" else "127.0.0.1" if len(asked) == 1 else "127.0.0.2"
            return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (found, port))]

        monkeypatch.setattr(socket, "getaddrinfo", lookup)
        send(f"http://rebound.example:{port}/hook")
    assert asked.count("rebound.example") == 1
    assert target.got[0][0]["host"] == f"rebound.example:{port}"


@pytest.mark.parametrize("answers", [(b"HTTP/1.1 100 Continue\r\n\r\n" * 50), b"HTTP/1.1 204 " + b"x" * 300])
def test_one_that_drips_is_left(answers):
    since = time.monotonic()
    with dripping(answers) as address, pytest.raises(Undelivered):
        send(f"http://{address}/", seconds=0.4)
    assert time.monotonic() - since < 5


def test_one_that_is_gone_is_left_alone():
    target = Target(410)
    with webhook_target(target) as address:
        hooks = Webhooks(Hook(address, (NEW,), internal=True), lambda: datetime.now(UTC))
        for _ in range(3):
            with pytest.raises(Undelivered, match="410") as raised:
                hooks(parcel(channel="webhook"))
            assert raised.value.final
    assert len(target.got) == 1
