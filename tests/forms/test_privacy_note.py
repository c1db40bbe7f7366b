"""What a page tells of privacy is what the settings make true, and nothing else."""

import itertools

import pytest

from sitegen.config import load_config
from sitegen.content.assemble import assemble
from sitegen.errors import Problems
from sitegen.forms.description import STANDARD_FIELDS
from sitegen.markup.bodies import Bodies
from sitegen.templates import Renderer
from sitegen.templates.views import call_view
from sitegen.templates.views.privacy import Handling, handling, sentences
from sitegen.words import english_words
from tests.forms.commands import typed
from tests.forms.world import NOON, form_of

NETWORK = "Your IP address is not kept with them."
OWN = "into an inbox of this site’s own"
WRITE = 'To see, change or withdraw them, write to <a href="mailto:ada@example.org">ada@example.org</a>.'


def note(site, settings="", form="true", post="", **more):
    (site / "_posts").mkdir(exist_ok=True)
    (site / "_posts" / "2026-05-06-call.md").write_text(f"---\ntitle: A call\nform: {form}\n{post}---\nCome.\n")
    (site / "sitegen.toml").write_text(settings)
    made = assemble(load_config(site, **more), Problems(), now=NOON)
    lens = Renderer(made, Bodies(made.config)).begin()
    return str(call_view(lens, made.calls[0]).form.privacy)


ANY = False, True
SETS = [*itertools.product((None, 180), ANY, ("", "hook.org"), ANY, ANY, ("", "answers.org"))]


@pytest.mark.parametrize(("keep", "mail", "hook", "letters", "waitlist", "host"), SETS)
def test_every_combination_says_what_is_so(keep, mail, hook, letters, waitlist, host):
    told = " ".join(sentences(Handling("Ada", "", host, keep, mail, hook, letters, waitlist), english_words()))
    assert told.startswith(f"Your answers go to Ada, {OWN}" + (" at answers.org." if host else "."))
    assert ("After 6 months they are deleted" in told) == (keep is not None)
    assert ("No time is set" in told) == (keep is None)
    assert ("by e-mail" in told, "to a program at hook.org" in told) == (mail, bool(hook))
    assert ("passed on may be kept longer" in told) == bool(keep and (mail or hook))
    assert ("You may get an e-mail" in told, "when a place is free" in told) == (letters, letters and waitlist)
    assert told.endswith(NETWORK)


SETTINGS = """
author = "Ada & Bob"
[forms]
keep = "90 days"
[receive]
url = "https://answers.example.org"
notify = "me@example.org"
letters = true
webhook = "https://hook.example.org/x"
[extra]
email = "ada@example.org"
"""


def test_all_settings_together(tmp_path):
    assert note(tmp_path, SETTINGS, "{capacity: 3}") == (
        f"Your answers go to Ada &amp; Bob, {OWN} at answers.example.org. "
        "They are passed on by e-mail and to a program at hook.example.org. "
        "After 3 months they are deleted there; what was passed on may be kept longer. "
        f"You may get an e-mail when they have arrived, and when a place is free. {NETWORK} {WRITE}"
    )


def test_what_has_to_be_confirmed_is_said(tmp_path):
    told = "They count once you confirm them by e-mail; otherwise they are deleted after 7 days."
    assert told in note(tmp_path, SETTINGS, "{confirm: true}")
    assert "confirm them" not in note(tmp_path, SETTINGS)


def test_a_service_has_rules_of_its_own_and_nothing_is_promised_for_it(tmp_path):
    told = note(tmp_path, SETTINGS, "{endpoint: 'https://formspree.io/f/abcdwxyz', keep: 1 year}")
    start = "Your answers go to Ada &amp; Bob by way of formspree.io, which keeps them by rules of its own."
    assert told == f"{start} {WRITE}"


@pytest.mark.parametrize("endpoint", ["", "https://formspree.io/f/abcdwxyz"])
def test_what_members_let_the_page_show_is_said(tmp_path, endpoint):
    shown = "What you let this page show, everybody can see."
    assert shown in note(tmp_path, SETTINGS, f"{{members: true, endpoint: '{endpoint}'}}")
    assert shown not in note(tmp_path, SETTINGS, f"{{endpoint: '{endpoint}'}}")


def test_a_preview_says_what_visitors_will_read(tmp_path):
    assert note(tmp_path, SETTINGS, preview=True) == note(tmp_path, SETTINGS)


@pytest.mark.parametrize(("more", "expected"), [("", False), ('digest = "08:00"', True)])
def test_what_no_letter_tells_is_not_passed_on_by_mail(tmp_path, more, expected):
    told = note(tmp_path, f'[receive]\nnotify = "me@example.org"\nnotify_each = false\n{more}\n')
    assert ("by e-mail" in told) == expected


def test_who_is_asked_and_where_nobody_is_named(tmp_path):
    told = note(tmp_path)
    assert told.startswith("Your answers go to the author of this page,") and told.endswith("them, contact the author.")
    (tmp_path / "_data").mkdir()
    (tmp_path / "_data" / "authors.yml").write_text("eve:\n  name: Eve\n  email: eve@example.org\n")
    told = note(tmp_path, SETTINGS, post="author: eve\n")
    assert told.startswith("Your answers go to Eve,") and "mailto:eve@example.org" in told


def test_no_letter_is_promised_where_nobody_is_asked_for_an_address(tmp_path):
    config = load_config_of(tmp_path, SETTINGS)
    assert handling(config, form_of(*STANDARD_FIELDS), "Ada").letters
    assert not handling(config, form_of(STANDARD_FIELDS[0]), "Ada").letters


def load_config_of(site, settings):
    (site / "sitegen.toml").write_text(settings)
    return load_config(site)


def test_the_note_stands_before_the_button(tmp_path):
    note(tmp_path, SETTINGS)
    assert typed("build", "-s", tmp_path).returncode == 0
    page = (tmp_path / "output" / "join" / "call" / "index.html").read_text()
    assert page.index(OWN) < page.index('<button type="submit">') and WRITE in page
