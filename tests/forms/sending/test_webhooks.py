"""Webhooks to a program that really listens, verified by the specification's own library."""

import json
import socket
from datetime import UTC, datetime

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from sitegen.forms.sending.deliverer import Undelivered
from sitegen.forms.sending.webhooks import Hook, resolved, send_webhook
from tests.forms.sending.post import Target, parcel, webhook_target

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
     "fe80::1", "fc00::1", "100.64.0.1", "224.0.0.1", "2130706433", "0x7f.1"],
)  # fmt: skip
def test_addresses_inside_a_network_are_refused(host):
    with pytest.raises(OSError, match="inside a network"):
        resolved(host, 80, internal=False)
    with pytest.raises(Undelivered, match="inside a network"):
        send(f"http://[{host}]/" if ":" in host else f"http://{host}/", internal=False)


def test_an_address_of_the_world_is_fine():
    assert resolved("93.184.216.34", 443, internal=False) == ("93.184.216.34", 443)
