"""`sitegen receive`: the receiver alone, for production."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, TextIO

from sitegen import __version__
from sitegen.cli.columns import show_rows
from sitegen.cli.options import DATABASE, NO_INBOX, add_source, extra_needed, require_site, shown_inbox
from sitegen.cli.report import styled
from sitegen.config import MEMORY
from sitegen.dates import now
from sitegen.web.listening import address_of, listen

if TYPE_CHECKING:
    from datetime import datetime

    from starlette.types import ASGIApp

    from sitegen.forms.gate.keys import Keys
    from sitegen.forms.inbox.store import Store
    from sitegen.forms.operating.app import Operating
    from sitegen.forms.receiver.book import FormBook
    from sitegen.forms.receiver.following import FollowedSite
    from sitegen.model.site import Site

logger = logging.getLogger("sitegen")

PATIENCE = 15  # seconds that answers under way have to come to an end: more than a slow body may take
LONGEST_DRAIN = 600  # seconds
SILENCE = 1.0  # seconds that opening the inbox may take without a word


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    add_source(parser)
    parser.add_argument(
        "--forms",
        type=Path,
        metavar="FILE",
        help="what `sitegen build --forms FILE` wrote, instead of the sources",
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8001, help="the port (default: 8001; 0: any free one)")
    parser.add_argument(
        "--log", choices=("lines", "json"), default="lines", help="what events look like (default: lines)"
    )
    text = "go on for so long after SIGTERM while /ready says no (default: 0)"
    parser.add_argument("--drain", type=_seconds, default=0, metavar="SECONDS", help=text)
    text = f"default: ${DATABASE}, or SOURCE/.sitegen/inbox.db"
    parser.add_argument("--database", metavar="URL", default=os.environ.get(DATABASE) or None, help=text)


def _seconds(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= LONGEST_DRAIN):
        raise argparse.ArgumentTypeError(f"whole seconds, {LONGEST_DRAIN} at most")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Receive until told to stop."""
    if args.forms is None:
        require_site(args.source)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what is open is closed at either
    with extra_needed("the receiver"):
        from sitegen.forms.receiver.following import FollowedSite

        _log_to(sys.stderr, args.log)
        with (
            closing(FollowedSite(args.forms or args.source, lambda: _load(args, now()))) as followed,
            closing(listen(args.host, args.port)) as listener,
            closing(_opened(args)) as store,
        ):
            _serve(args, followed, store, listener)
    return 0


def _opened(args: argparse.Namespace) -> Store:
    from sitegen.forms.inbox.opening import open_for_writing

    with _told_if_slow(f"Waiting for the inbox, {shown_inbox(args.source, args.database)}: it may be locked."):
        return open_for_writing(args.source, args.database)


@contextmanager
def _told_if_slow(text: str) -> Iterator[None]:
    timer = Timer(SILENCE, lambda: print(text, file=sys.stderr, flush=True))
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _load(args: argparse.Namespace, moment: datetime) -> Site:
    from sitegen.forms.receiver.loading import load_exported, load_site

    return load_site(args.source, moment) if args.forms is None else load_exported(args.forms, moment)


def _serve(args: argparse.Namespace, followed: FollowedSite, store: Store, listener: socket.socket) -> None:
    from sitegen.cli.receiving import running, wanted

    found = wanted(followed, store, args.source / MEMORY, os.environ)
    with running(followed, store, found) as (service, operating):
        address, config = address_of(listener), followed.site.config
        _announce(service.book(), address, shown_inbox(args.source, args.database))
        _tell_of_inbox(config.receive_url or f"http://{address}", found.keys)
        _run_server(args, service, operating, listener)


def _announce(book: FormBook, address: str, place: str) -> None:
    """Say where answers arrive, where they are kept, and which forms there are."""
    print(f"{styled('Receiving', 'bold', sys.stdout)} at http://{address} (Ctrl-C ends it)")
    print(f"Answers are kept in {place}; a changed site is read again by itself.")
    if not book.forms:
        print("No post here is a call yet: `form: true` in the front matter makes it one.")
    moment = now()
    remarks = {name: "" if form.is_open(moment) else "closed" for name, form in book.forms.items()}
    show_rows(((f"/f/{name}", "", remark) for name, remark in remarks.items()), sys.stdout)
    if not book.site_url:
        print("Set `url` in the configuration: the receiver's pages do not know where the site is.")


def _tell_of_inbox(host: str, keys: Keys | None) -> None:
    """Say where the inbox is on the web, or how to turn it on."""
    if keys is None:
        print(NO_INBOX)
    else:
        by = "your password" if keys.password else "a program's token only"
        print(f"The inbox is at {host}/inbox/ (opened by {by}).")
    sys.stdout.flush()


def _log_to(stream: TextIO, form: str) -> None:
    """Tell events there from now on: those of the start too."""
    from sitegen.forms.receiver.json_log import JsonFormatter
    from sitegen.forms.receiver.log import handler_to, log_no_more_than_needed

    log_no_more_than_needed()
    logging.getLogger().addHandler(handler_to(stream, formatter=JsonFormatter() if form == "json" else None))
    logger.setLevel(logging.INFO)


def _run_server(args: argparse.Namespace, app: ASGIApp, operating: Operating, listener: socket.socket) -> None:
    from sitegen.forms.receiver.log import line
    from sitegen.web.running import Server

    def ending() -> None:
        operating.end()
        logger.info(line(event="ending", most_seconds=PATIENCE, drain_seconds=args.drain))

    gc.freeze()  # what is there now stays until the end: no use in looking through it again and again
    logger.info(line(event="started", version=__version__, port=listener.getsockname()[1]))
    server = Server(app, PATIENCE, ending, drain=args.drain)
    operating.connections = server.connections
    server.run(sockets=[listener])
    logger.info(line(event="ended"))
