"""Letters through a mail server that really listens, and through ones that do not behave."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

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


def test_a_password_in_the_address_is_not_repeated():
    with pytest.raises(ValueError, match=r'"smtp://mail.example.org:587/x" is no') as told:
        parse_server("smtp://ada:s3cret@mail.example.org:587/x")
    assert "s3cret" not in str(told.value)


class Rude(Mailbox):
    """Takes letters, and has other words than usual at some step."""

    def __init__(self, step: str, words: str) -> None:
        super().__init__()
        self._step, self._words = step, words

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        envelope.mail_from = address
        return self._words if self._step == "MAIL" else "250 OK"

    async def handle_QUIT(self, server, session, envelope):  # noqa: N802
        return self._words if self._step == "QUIT" else "221 Bye"


@pytest.mark.parametrize("words", ["451 Not now", "554 Never", "500 What?"])
def test_a_letter_that_was_taken_is_sent_whatever_the_goodbye(words):
    mailbox = Rude("QUIT", words)
    with mail_server(mailbox) as address:
        send_letter(parse_server(address), message())
    assert len(mailbox.letters) == 1


def test_a_no_to_us_is_no_end_to_the_letter():
    with mail_server(Rude("MAIL", "550 Not from you")) as address, pytest.raises(Undelivered, match="550") as raised:
        send_letter(parse_server(address), message())
    assert not raised.value.final
    with rude(greeting=b"554 Nobody is served here\r\n") as address, pytest.raises(Undelivered, match="554") as raised:
        send_letter(parse_server(address), message(), seconds=2)
    assert not raised.value.final


@contextmanager
def dripping(text: bytes) -> Iterator[str]:
    """A server that says one byte after another, each just in time."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def drip() -> None:
            connection, _ = listener.accept()
            with connection, suppress(OSError):
                for byte in text:
                    connection.sendall(bytes([byte]))
                    if over.wait(0.1):
                        return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        over.set()
        thread.join()


def test_a_server_that_drips_its_first_words_is_left():
    since = time.monotonic()
    with dripping(b"220 " + b"x" * 300) as address, pytest.raises(Undelivered) as raised:
        send_letter(parse_server(f"smtp://{address}"), message(), seconds=0.3)
    assert time.monotonic() - since < 5 and not raised.value.final


def test_an_answer_from_an_address_that_the_server_cannot_carry_arrives_all_the_same():
    mailbox = Mailbox()
    with mail_server(mailbox, utf8=False) as address:
        send_letter(parse_server(address), message(answers=(("email", "jürgen@bücher.example"),)))
    (letter,) = mailbox.letters
    plain, _ = letter.iter_parts()
    assert letter["Reply-To"] is None and "jürgen@bücher.example" in plain.get_content()
