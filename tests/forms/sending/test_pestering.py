"""A form is no means to fill somebody's mailbox."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sitegen.config import Config
from sitegen.forms.sending.deliverer import Deliverer
from sitegen.forms.sending.senders import senders
from tests.forms.sending.post import Mailbox, mail_server
from tests.forms.sending.test_receiving import wait_for
from tests.forms.world import ADA, FORM, NOON, Clock, World

VISITOR = "ada@example.org"


def settle(world: World, clock: Clock, mailbox: Mailbox, count: int) -> None:
    """Let all be sent that is due, and then nothing more."""
    with mail_server(mailbox) as smtp:
        config = Config(
            Path(), Path(), receive_url="https://answers.example.org", sender="me@example.org", letters=True
        )
        send = senders(config, {"SITEGEN_SMTP": smtp}, str, clock, world.store.digest)
        deliverer = Deliverer(world.store, send, clock)
        wait_for(count, mailbox.letters)
        deliverer.close()
    assert len(mailbox.letters) == count


@pytest.mark.both_databases
@pytest.mark.parametrize("confirm", [False, True], ids=["letters", "confirm"])
def test_39_a_hundred_posts_with_one_address_make_one_letter_a_day(world, confirm):
    clock, mailbox = Clock(), Mailbox()
    form = replace(FORM, confirm=confirm)
    world.clock = clock
    world.restart()
    world.serve_form(form, letters=True)
    for number in range(100):
        email = VISITOR if number % 2 else VISITOR.upper()
        assert world.post(ADA | {"email": email, "message": f"VISITORS WORDS {number}"}).status_code == 200
    settle(world, clock, mailbox, 1)
    for _ in range(5):  # what waits for its day is one more letter, and not one for each post
        clock.now += timedelta(days=1)
        settle(world, clock, mailbox, 1 + confirm)
    text = "".join(part.get_content() for letter in mailbox.letters for part in letter.iter_parts())
    assert {letter["To"] for letter in mailbox.letters} == {VISITOR}
    assert not any(words in text for words in ("VISITORS WORDS", ADA["name"], "Chicago"))
    assert clock.now == NOON + timedelta(days=5)
