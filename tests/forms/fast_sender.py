"""A deliverer in a process of its own, whose clock runs fast: `tests.forms.outage` starts it, and kills it.

    python -m tests.forms.fast_sender DATABASE SMTP HOOK BEGIN SPEED

The simulated time is NOON at BEGIN (seconds since 1970), and goes on SPEED times as fast from there.
"""

import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from sitegen.forms.inbox.database import parse_database
from sitegen.forms.inbox.store import Store
from sitegen.forms.notices import Parcel
from sitegen.forms.sending.deliverer import Deliverer
from sitegen.forms.sending.envelope import Letterhead
from sitegen.forms.sending.letters import compose
from sitegen.forms.sending.smtp import MailServer, parse_server, send_letter
from sitegen.forms.sending.webhooks import Hook, send_webhook
from tests.forms.world import NOON

SECRET = "whsec_" + "A" * 32
PATIENCE = 2.0  # real seconds for an attempt: the machine may be busy
HEAD = Letterhead("A site", "blog@example.org", "me@example.org")


def fast_clock(begin: float, speed: float) -> Callable[[], datetime]:
    """The simulated time."""
    return lambda: NOON + timedelta(seconds=(time.time() - begin) * speed)


def by_mail(server: MailServer, parcel: Parcel) -> None:
    send_letter(server, compose(HEAD, parcel, "A call"), PATIENCE)


def by_webhook(hook: Hook, clock: Callable[[], datetime], parcel: Parcel) -> None:
    send_webhook(hook, parcel, clock(), PATIENCE)


def main(database: str, smtp: str, hook: str, begin: str, speed: str) -> None:
    """Send until killed; say so when it begins."""
    clock = fast_clock(float(begin), float(speed))
    mail = partial(by_mail, parse_server(smtp))
    webhook = partial(by_webhook, Hook(hook, (SECRET,), internal=True), clock)
    deliverer = Deliverer(Store(parse_database(database)), {"mail": mail, "webhook": webhook}, clock)
    sys.stdout.write("sending\n")
    sys.stdout.flush()
    while True:  # it waits by real seconds, and those are long here
        time.sleep(0.01)
        deliverer.wake()


if __name__ == "__main__":
    main(*sys.argv[1:])
