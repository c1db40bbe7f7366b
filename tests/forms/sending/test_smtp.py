"""Letters through a mail server that really listens, and through ones that do not behave."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from sitegen.forms.sending.deliverer import Undelivered
from sitegen.forms.sending.envelope import Letterhead
from sitegen.forms.sending.letters import compose
from sitegen.forms.sending.smtp import parse_server, send_letter
from tests.forms.sending.post import Mailbox, free_port, mail_server, parcel

HEAD = Letterhead("Ada's blog", "blog@example.org", "me@example.org")


def message(**more):
    made = parcel(**more)
    return compose(HEAD, made, "A call")


def test_a_letter_arrives_whole():
    mailbox = Mailbox()
    with mail_server(mailbox) as address:
        send_letter(parse_server(address), message())
    (letter,) = mailbox.letters
    assert letter["Subject"] == "A new answer (4f3a9c21)"
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]


def test_an_address_with_letters_of_any_script():
    mailbox = Mailbox()
    with mail_server(mailbox) as address:
        send_letter(parse_server(address), message(target="jürgen@bücher.example"))
    assert mailbox.letters[0]["To"] == "jürgen@xn--bcher-kva.example"


@pytest.mark.parametrize(("says", "final"), [("451 Come back later", False), ("550 No such user", True)])
def test_what_the_server_says_decides(says, final):
    with mail_server(Mailbox(says=says)) as address, pytest.raises(Undelivered, match=says) as raised:
        send_letter(parse_server(address), message())
    assert raised.value.final is final


def test_nobody_there():
    with pytest.raises(Undelivered, match=r"127\.0\.0\.1") as raised:
        send_letter(parse_server(f"smtp://127.0.0.1:{free_port()}"), message())
    assert not raised.value.final


@contextmanager
def rude(*, greeting: bytes = b"") -> Iterator[str]:
    """A server that says this, and then nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        kept = []

        def take() -> None:
            connection, _ = listener.accept()
            kept.append(connection)
            connection.sendall(greeting)

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()
        for connection in kept:
            connection.close()


@pytest.mark.parametrize("greeting", [b"", b"220 hello\r\n"])
def test_a_server_that_hangs_is_left(greeting):
    with rude(greeting=greeting) as address, pytest.raises(Undelivered) as raised:
        send_letter(parse_server(address), message(), seconds=0.2)
    assert not raised.value.final


@pytest.mark.parametrize(
    ("text", "host", "port", "tls", "user"),
    [
        ("smtp://mail.example.org", "mail.example.org", 587, False, ""),
        ("smtps://ada%40x.org@mail.example.org", "mail.example.org", 465, True, "ada@x.org"),
        ("smtp://[::1]:25", "::1", 25, False, ""),
    ],
)
def test_addresses_of_servers(text, host, port, tls, user):
    server = parse_server(text)
    assert (server.host, server.port, server.tls, server.user) == (host, port, tls, user)


@pytest.mark.parametrize("text", ["mail.example.org", "http://x", "smtp://", "smtp://x/path", "smtp://x:none"])
def test_what_is_no_server(text):
    with pytest.raises(ValueError, match="no mail server"):
        parse_server(text)
