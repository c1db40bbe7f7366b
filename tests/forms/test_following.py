"""A receiver that goes on reading the site."""

import threading
from contextlib import closing
from datetime import UTC, datetime

import pytest

from sitegen.errors import SiteError
from sitegen.forms.receiver.following import FollowedSite
from sitegen.forms.receiver.loading import load_site
from tests.outputs.sites import build_site

POST = "---\ntitle: A call\ndate: {}\nform: true\n---\nCome.\n"


@pytest.fixture
def posts(tmp_path):
    folder = tmp_path / "_posts"
    folder.mkdir()
    (folder / "first.md").write_text(POST.format("2026-05-06"))
    return folder


class Loads:
    """Loads the site, and tells when it did."""

    def __init__(self, source):
        self.source, self.done = source, threading.Event()

    def __call__(self):
        try:
            return load_site(self.source, datetime(2026, 6, 1, tzinfo=UTC))
        finally:
            self.done.set()


def forms(followed):
    return {call.form.id for call in followed.site.calls}


def until(followed, wanted, loads):
    for _ in range(500):
        if forms(followed) == wanted:
            return True
        loads.done.wait(0.02)
        loads.done.clear()
    return False


def test_a_new_call_is_known_and_a_broken_one_changes_nothing(tmp_path, posts):
    loads = Loads(tmp_path)
    with closing(FollowedSite(tmp_path, loads, seconds=0.01)) as followed:
        assert forms(followed) == {"first"}
        (posts / "second.md").write_text(POST.format("2026-05-07"))
        assert until(followed, {"first", "second"}, loads)
        loads.done.clear()
        (posts / "third.md").write_text("---\nform: {feilds: 1}\n---\n")
        assert loads.done.wait(10)
        assert forms(followed) == {"first", "second"}
        (posts / "third.md").unlink()
        (posts / "first.md").unlink()
        assert until(followed, {"second"}, loads)


def test_a_call_of_tomorrow_is_known_today(tmp_path, posts):
    (posts / "next.md").write_text(POST.format("2026-06-02"))
    assert {call.form.id for call in load_site(tmp_path, datetime(2026, 6, 1, tzinfo=UTC)).calls} == {"first", "next"}


def test_a_call_that_has_expired_is_still_known(tmp_path, posts):
    (posts / "gone.md").write_text(POST.format("2026-05-05\nexpires: 2026-05-20"))
    assert {call.form.id for call in load_site(tmp_path, datetime(2026, 6, 1, tzinfo=UTC)).calls} == {"first", "gone"}


@pytest.mark.parametrize("other", ["2026-05-05\nexpires: 2026-05-20", "2999-01-01"])
def test_a_build_refuses_what_the_receiver_would(tmp_path, posts, other):
    """Two forms of one id, one of them on a post that is not there yet, or not any more."""
    (posts / "2026-01-01-first.md").write_text(POST.format(other))
    with pytest.raises(SiteError, match='the form "first" is that of'):
        load_site(tmp_path, datetime(2026, 6, 1, tzinfo=UTC))
    with pytest.raises(SiteError, match='the form "first" is that of'):
        build_site(tmp_path, {})


def test_a_site_that_is_wrong_from_the_start_is_told(tmp_path, posts):
    (posts / "third.md").write_text("---\nform: {feilds: 1}\n---\n")
    with pytest.raises(SiteError, match="third"):
        FollowedSite(tmp_path, Loads(tmp_path))
