"""What a visitor agreed to: on the page, in the inbox, and wherever an answer is shown."""

import csv
import json

import pytest

from sitegen.config import load_config
from sitegen.content.assemble import assemble
from sitegen.errors import Problems
from sitegen.forms.description import STANDARD_FIELDS, Field, Members
from sitegen.forms.inbox.export import csv_text
from sitegen.forms.receiver.pages import SitePages, book_of
from tests.forms.commands import typed
from tests.forms.world import ADA, FORM, NOON, form_of

WORDS = "I agree to the [rules](/rules/)."
BOX = Field("consent", "checkbox", "I agree to the rules.", required=True)
OLD = Field("old", "checkbox", "I am over 18", required=True)
NEWS = Field("news", "checkbox", "Send me news")


@pytest.fixture
def agreeing(world):
    world.serve_form(form_of(*STANDARD_FIELDS, OLD, NEWS, BOX, consent=WORDS))
    return world


def test_the_words_beside_each_box_that_must_be_ticked_are_kept(agreeing):
    assert agreeing.post(ADA | {"old": "yes"}).status_code == 422
    assert agreeing.post(ADA | {"old": "yes", "consent": "yes"}).status_code == 200
    assert [one.consent for one in agreeing.inbox()] == [f"I am over 18\n{WORDS}"]


def test_without_such_a_box_nothing_is_agreed_to(world):
    world.serve_form(form_of(*STANDARD_FIELDS, NEWS))
    world.post(ADA | {"news": "yes"})
    (stored,) = world.inbox()
    assert stored.consent == ""
    assert list(stored.as_json()) == ["id", "form", "state", "reason", "created", "answers"]


@pytest.mark.parametrize(("tick", "kept"), [("yes", "Name me"), ("", ""), ("off", "")])
def test_who_lets_themselves_be_named_agrees_to_the_words_of_that_box(world, tick, kept):
    world.serve_form(form_of(*STANDARD_FIELDS, NEWS, Field("list_me", "checkbox", "Name me"), members=Members()))
    world.post(ADA | {"list_me": tick, "news": "yes"})
    assert [one.consent for one in world.inbox()] == [kept]


def test_show_and_exports_have_the_words(agreeing, tmp_path):
    agreeing.post(ADA | {"old": "yes", "consent": "yes"})
    (stored,) = agreeing.inbox()
    place = ("--database", tmp_path / "inbox.db")
    assert "agreed to" in (shown := typed("inbox", "show", stored.id, *place).stdout) and WORDS in shown
    exported = json.loads(typed("inbox", "export", "--format", "json", *place).stdout)
    (row,) = csv.DictReader("".join(csv_text([stored])).splitlines(keepends=True))
    assert exported[0]["consent"] == row["agreed to"] == stored.consent


@pytest.mark.parametrize(
    ("consent", "label"),
    [
        (WORDS, 'I agree to the <a href="https://example.org/rules/">rules</a>.'),
        ("Yes & *always* <b>", "Yes &amp; <em>always</em>"),
        ("# Not a line", "# Not a line"),
    ],
)
def test_the_box_has_the_words_as_markdown_and_is_never_ticked(world, tmp_path, consent, label):
    (tmp_path / "_posts").mkdir()
    post = f"---\ntitle: A call\nform:\n  consent: {json.dumps(consent)}\n---\nCome.\n"
    (tmp_path / "_posts" / "2026-05-06-chicago.md").write_text(post)
    (tmp_path / "_pages").mkdir()
    (tmp_path / "_pages" / "rules.md").write_text("---\ntitle: Rules\n---\nBe kind.\n")
    (tmp_path / "sitegen.toml").write_text('url = "https://example.org"\n')
    site = assemble(load_config(tmp_path), Problems(), now=NOON)
    world.book, world.pages = book_of(site), SitePages(lambda: site, world.clock)
    world.restart()
    page = world.post_page(ADA).text
    assert f'<label for="f-chicago-consent">{label}' in page
    assert "checked" not in page and "Please tick “" in page
    assert FORM.id in world.book.forms
