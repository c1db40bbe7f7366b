"""Whoever waits to write gets a turn, however often another one writes."""

import threading

from sitegen.forms.inbox.turn import Turn


def test_nobody_starves():
    turn, done, flood = Turn(), threading.Event(), []

    def write_again_and_again():
        while not done.is_set():
            with turn:
                flood.append(done.wait(0.001))

    thread = threading.Thread(target=write_again_and_again)
    thread.start()
    for _ in range(20):
        with turn:
            pass
    done.set()
    thread.join()
    assert len(flood) <= 60  # a bare lock lets it have hundreds
