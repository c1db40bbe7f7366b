"""A German call: its form, the receiver's pages and messages, and the letters about it."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from sitegen.forms.receiver.exported import pack
from sitegen.forms.receiver.loading import load_exported, load_site
from sitegen.forms.receiver.pages import SitePages, book_of
from sitegen.forms.sending.envelope import Letterhead
from sitegen.forms.sending.letters import compose
from sitegen.words import words_in
from tests.forms.sending.post import parcel
from tests.forms.world import ADA, NOON
from tests.words.sites import write

CALL = """---
title: Tee trinken
lang: {lang}
date: 2026-05-06
form:
  capacity: 1
  waitlist: {waitlist}
  closes: 2026-12-31
  members: true
  fields:
    name: {{required: true}}
    email: {{required: true}}
    age: {{type: number, min: 18, label: Alter}}
    message:
---
Komm.
"""
HEAD = Letterhead("Teeblog", "blog@example.org", "me@example.org", "https://answers.example.org")


@pytest.fixture
def call(tmp_path, world):
    """A receiver of an English site with one call in that language."""

    def make(lang="de", waitlist="true", exported=False, files=None):
        post = CALL.format(lang=lang, waitlist=waitlist)
        write(tmp_path, {"sitegen.toml": 'title = "Teeblog"\n', "_posts/2026-05-06-tee.md": post, **(files or {})})
        site = load_site(tmp_path, NOON)
        if exported:
            file = tmp_path / "forms.json"
            file.write_bytes(pack(site))
            site = load_exported(file, NOON)
        world.book, world.pages = book_of(site), SitePages(lambda: site, lambda: world.clock())
        world.restart()
        return world

    return make


@pytest.mark.parametrize("exported", [False, True])
def test_wrong_answers_come_back_with_german_errors_and_the_answers_kept(call, exported):
    page = call(exported=exported).post_page({"name": "Ada", "email": "x", "age": "7"}, "/f/tee").text
    assert '<html lang="de">' in page and "<title>Fehler: Tee trinken" in page
    assert page.count("„E-Mail“ muss eine Adresse wie name@example.org sein.") == 2  # above, and beside the field
    assert "„Alter“ muss mindestens 18 sein." in page
    assert 'value="Ada"' in page and 'value="7"' in page
    assert "Ihre Antworten stehen noch hier, aber es wurde noch nichts gesendet." in page
    assert '>Nachricht <span class="optional">(freiwillig)</span></label>' in page
    assert "darf meine Antwort auf „Name“ auf der Seite dieses Aufrufs stehen" in page
    assert ">Absenden</button>" in page and 'lang="en"' not in page


def test_scripts_are_told_in_german_and_by_the_codes_of_the_protocol(call):
    world = call()
    told = world.post({"name": "Ada"}, "/f/tee").json()
    message = "Bitte „E-Mail“ ausfüllen."
    error = {"code": "REQUIRED_FIELD_MISSING", "field": "email", "message": message}
    assert told == {"error": message, "errors": [error]}
    assert world.post({}, "/f/nobody").json()["error"] == "Form not found"


def test_the_pages_after_an_answer_are_german(call):
    world = call()
    assert "<h1>Vielen Dank</h1>" in (thanks := world.send("GET", "/f/tee/thanks").text)
    assert "Ihre Antwort ist angekommen." in thanks and "Zurück zu „<span>Tee trinken</span>“" in thanks
    waitlist = world.send("GET", "/f/tee/waitlist").text
    assert "Der Platz ist vergeben, deshalb stehen Sie auf der Warteliste." in waitlist
    assert "<h1>Dieser Link gilt nicht mehr</h1>" in world.send("GET", "/f/tee/confirm?token=x").text


def test_a_full_call_and_a_closed_one_say_so_in_german(call):
    world = call(waitlist="false")
    assert world.post(ADA, "/f/tee").status_code == 200
    page = world.post_page(ADA | {"name": "Bob"}, "/f/tee").text
    assert "<h1>Alle Plätze sind vergeben</h1>" in page and "Der einzige Platz ist vergeben" in page
    assert "<h2>Was Sie tun können</h2>" in page and "<h2>Ihre Antworten</h2>" in page
    world.clock.now = NOON + timedelta(days=400)
    page = world.post_page(ADA, "/f/tee").text
    assert "Antworten auf diesen Aufruf waren bis zum 31. Dezember 2026 möglich." in page


@pytest.mark.parametrize(("expires", "there"), [("2026-05-07", True), ("2026-05-05", False)])
def test_a_page_of_the_receiver_leads_to_the_calls_of_its_language_where_there_are_any(tmp_path, expires, there):
    german = (
        CALL.format(lang="de", waitlist="true")
        .replace("05-06", "05-01")
        .replace("form:", f"expires: {expires}\nform:", 1)
    )
    settings = 'url = "https://example.org"\n[languages.de]\n'
    files = {
        "_posts/tee.md": german,
        "_posts/tea.md": CALL.format(lang="en", waitlist="true").replace("05-06", "05-01"),
    }
    write(tmp_path, {"sitegen.toml": settings, **files})
    site = load_site(tmp_path, NOON)
    pages = SitePages(lambda: site, lambda: NOON)
    page = pages.notice("Geschlossen", "", pages.book().in_language(pages.book().forms["tee"], "de"), (), "INACTIVE")
    assert '<html lang="de">' in page and ('href="https://example.org/de/join/"' in page) is there


def test_what_was_agreed_to_is_kept_in_the_words_of_the_page(call):
    world = call()
    world.post(ADA | {"list_me": "yes"}, "/f/tee")
    [kept] = world.inbox()
    assert kept.consent == "Wenn ich dabei bin, darf meine Antwort auf „Name“ auf der Seite dieses Aufrufs stehen."


def test_the_site_s_own_words_are_the_receiver_s(call):
    own = {"_data/i18n/de.yml": "errors: {fill_in: 'Hier fehlt „{label}“.'}\n"}
    assert "Hier fehlt „Name“." in call(files=own, exported=True).post_page({"email": "a@b.org"}, "/f/tee").text


def test_arabic_pages_go_from_right_to_left(call):
    page = call("ar").post_page({"name": "Ada", "email": "x"}, "/f/tee").text
    assert '<html lang="ar" dir="rtl">' in page
    assert "يجب أن يكون في الحقل «البريد الإلكتروني» عنوان مثل name@example.org." in page


@pytest.mark.parametrize(
    ("kind", "subject", "words"),
    [
        ("confirmation", "Ihre Antwort ist angekommen", "Ihre Antwort auf „Tee“ ist angekommen."),
        ("place", "Ein Platz ist für Sie frei geworden", "Bei „Tee“ ist ein Platz frei geworden, und er gehört Ihnen."),
        ("confirm", "Bitte bestätigen Sie Ihre Antwort", "Bestätigen"),
    ],
)
def test_letters_to_visitors_are_german(kind, subject, words):
    made = replace(parcel(kind, target="ada@example.org"), token="f" * 32)
    message = compose(HEAD, made, "Tee", words=words_in("de", {}))
    text, html = (part.get_content() for part in message.iter_parts())
    assert message["Subject"] == subject
    assert words in text and words in html and '<html lang="de">' in html
    assert "weil diese Adresse in einem Formular von Teeblog angegeben wurde" in text
    assert not re.search(r"\b(Your|answer|letter|site)\b", text)


def test_a_letter_in_arabic_goes_from_right_to_left_and_the_author_s_stays_english():
    arabic = words_in("ar", {})
    html = list(compose(HEAD, parcel("confirmation"), "شاي", words=arabic).iter_parts())[1].get_content()
    assert '<html lang="ar" dir="rtl">' in html and "<bdi>شاي</bdi>" in html
    own = compose(HEAD, parcel("answer"), "شاي", words=arabic)
    html = list(own.iter_parts())[1].get_content()
    assert str(own["Subject"]).startswith("A new answer") and '<html lang="en">' in html
