"""The receiver's pages in the looks of a site."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from sitegen.config import load_config
from sitegen.content.assemble import assemble
from sitegen.errors import Problems
from sitegen.forms.judgement.rates import Rate
from sitegen.forms.receiver.loading import load_site
from sitegen.forms.receiver.pages import SitePages, book_of
from sitegen.forms.submission import FieldError
from sitegen.markup.bodies import Bodies
from sitegen.templates import Renderer
from sitegen.templates.views import call_view
from tests.forms.world import ADA, NOON, codes

POST = """---
title: A <b>call</b>
date: 2026-05-06
lang: {lang}
form:
  capacity: 1
  closes: 2026-12-31
  thanks: I read *every* answer.
  endpoint: {endpoint}
---
Come.
"""


@pytest.fixture
def site(tmp_path):
    """Makes a site with one call, with these settings."""

    def make(settings="", endpoint='""', preview=False, lang="en"):
        (tmp_path / "_posts").mkdir(exist_ok=True)
        (tmp_path / "_posts" / "2026-05-06-call.md").write_text(POST.format(endpoint=endpoint, lang=lang))
        (tmp_path / "sitegen.toml").write_text(settings)
        if not preview:
            return load_site(tmp_path, NOON)
        return assemble(load_config(tmp_path, preview=True), Problems(), now=NOON)

    return make


@pytest.fixture
def of_site(world):
    def make(site):
        world.book, world.pages = book_of(site), SitePages(lambda: site, lambda: world.clock())
        world.restart()
        return world

    return make


def test_the_form_comes_back_in_the_language_of_its_questions(site, of_site):
    world = of_site(site(lang="ar"))
    assert '<html lang="ar" dir="rtl">' in world.post_page({"name": "Ada"}, "/f/call").text
    assert '<html lang="ar" dir="rtl">' in world.send("GET", "/f/call").text


def test_a_visitor_is_answered_in_the_language_of_the_page_that_they_came_from(tmp_path, of_site):
    form = "{fields: {email: {type: email, required: true, label: %s}}}"
    settings = 'url = "https://tea.example"\n[languages.de]\ntitle = "Tee"\n'
    (tmp_path / "sitegen.toml").write_text(settings)
    for folder, label in (("", "Address"), ("de/", "Adresse")):
        file = tmp_path / f"_posts/{folder}2026-05-06-walk.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ntitle: {label}\nform: {form % label}\n---\nCome.\n")
    world = of_site(load_site(tmp_path, NOON))
    for lang, label, prefix in (("en", "Address", ""), ("de", "Adresse", "/de"), ("fr", "Address", "")):
        wrong = world.post_page({"email": "x", "_language": lang}, "/f/walk").text
        assert f'<html lang="{"de" if lang == "de" else "en"}">' in wrong and f">{label}</label>" in wrong
        assert 'name="_language" type="hidden" value="' in wrong
        right = world.post_page({"email": f"{lang}@example.org", "_language": lang}, "/f/walk")
        assert right.headers["location"] == f"https://tea.example{prefix}/join/walk/thanks/"


def test_the_page_that_asks_for_a_click_is_in_the_language_that_the_visitor_wrote_in(tmp_path, of_site):
    settings = 'receive.url = "https://r.example"\nreceive.sender = "ada@example.org"\n[languages.ar]\ntitle = "شاي"\n'
    (tmp_path / "sitegen.toml").write_text(settings)
    for folder in ("", "ar/"):
        file = tmp_path / f"_posts/{folder}2026-05-06-walk.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            "---\ntitle: Walk\nform: {confirm: true, fields: {email: {type: email, required: true}}}\n---\nCome.\n"
        )
    world = of_site(load_site(tmp_path, NOON))
    for lang, address, tag in (
        ("en", "/f/walk/asked", 'lang="en"'),
        ("ar", "/f/walk/asked?lang=ar", 'lang="ar" dir="rtl"'),
    ):
        answer = world.post_page({"email": f"{lang}@example.org", "_language": lang}, "/f/walk")
        assert answer.headers["location"] == address
        assert f"<html {tag}>" in world.send("GET", address).text
    assert '<html lang="en">' in world.send("GET", "/f/walk/asked?lang=xx").text


def test_wrong_answers_come_back_accessibly(site, of_site):
    page = of_site(site()).post_page({"name": "Ada", "email": "x"}, "/f/call").text
    assert "<title>Error: A &lt;b&gt;call&lt;/b&gt;</title>" in page
    assert 'role="alert"' in page
    (target,) = re.findall(r'<a href="#([\w-]+)">“E-mail” must be an address like name@example.org.</a>', page)
    assert page.count("“E-mail” must be an address like name@example.org.") == 2  # the same words beside the field
    assert re.search(rf'<input id="{target}" name="email"[^>]* aria-invalid="true"', page)
    assert 'value="Ada"' in page
    assert re.search(r'<form[^>]* action="\?"', page)  # to where the page is, behind any prefix


def test_on_another_host_the_links_lead_to_the_site(site, of_site):
    world = of_site(site('url = "https://example.org"\nbaseurl = "/blog"\n'))
    page = world.post_page({}, "/f/call").text
    assert 'href="https://example.org/blog/assets/style.css"' in page
    assert 'href="https://example.org/blog/2026/05/06/call/"' in page
    assert world.post_page(ADA, "/f/call").headers["location"] == "https://example.org/blog/join/call/thanks/"
    late = world.post_page(ADA | {"name": "Bob"}, "/f/call")
    assert late.headers["location"] == "https://example.org/blog/join/call/waitlist/"


def test_where_the_site_is_unknown_the_style_is_in_the_page(site, of_site):
    world = of_site(site())
    assert "<style>" in world.post_page({}, "/f/call").text
    assert "I read <em>every</em> answer." in world.send("GET", "/f/call/thanks").text
    assert "waitlist" in world.send("GET", "/f/call/waitlist").text


@pytest.mark.parametrize(("page", "title"), [("thanks", "Thank you"), ("waitlist", "You are on the waitlist")])
def test_whoever_was_stored_is_thanked_whatever_is_wrong_with_the_layout(site, of_site, tmp_path, page, title):
    (tmp_path / "_layouts").mkdir()
    (tmp_path / "_layouts" / "thanks.html").write_text("{{ page.no.such.word() }}")
    world = of_site(site())
    shown = world.send("GET", f"/f/call/{page}")
    assert (shown.status_code, f"<h1>{title}</h1><p>Your answer has arrived.</p>" in shown.text) == (200, True)


def test_in_a_preview_everything_is_on_one_host(site, of_site):
    world = of_site(
        site('url = "https://example.org"\nbaseurl = "/blog"\n', "https://formspree.io/f/abcdefgh", preview=True)
    )
    page = world.post_page({}, "/blog/f/call").text
    assert "Local preview" in page
    assert world.post_page(ADA, "/blog/f/call").headers["location"] == "/blog/join/call/thanks/"


def test_a_preview_says_where_answers_will_go_that_a_receiver_elsewhere_gets(site, of_site):
    settings = 'url = "https://example.org"\nreceive.url = "https://answers.example.net"\n'
    page = of_site(site(settings, preview=True)).post_page({}, "/f/call").text
    assert "Local preview" in page
    assert "it goes to answers.example.net" in page
    assert (
        "Local preview"
        not in of_site(site('url = "https://example.org"\n', preview=True)).post_page({}, "/f/call").text
    )


def test_a_hosted_form_that_posts_here_stays_here(site, of_site):
    page = of_site(site(endpoint="https://formspree.io/f/abcdefgh")).post_page({}, "/f/call").text
    assert re.search(r'<form[^>]* action="\?"', page) and "formspree" not in page


def test_a_closed_call_and_an_address_that_is_typed(site, of_site):
    world = of_site(site())
    typed = world.send("GET", "/f/call", headers={"Accept": "text/html"})
    assert (typed.status_code, '<a href="/join/call/">Go to the call: ' in typed.text) == (405, True)
    world.clock.now += timedelta(days=365)
    page = world.post_page(ADA, "/f/call")
    assert page.status_code == 403
    assert "until 31 December 2026. This answer" in page.text
    for way in ("/2026/05/06/call/", "/join/", "/feed.xml"):
        assert f'<a href="{way}">' in page.text.split("What you can do")[1]
    assert "<dt>E-mail</dt><dd><p>ada@example.org</p></dd>" in page.text
    assert "Form not found" in world.post_page(ADA, "/f/none").text


def test_the_hour_of_closing_is_told(site, of_site, tmp_path):
    site('timezone = "Europe/Berlin"\n')
    text = POST.format(endpoint='""', lang="en").replace("2026-12-31", "2026-05-06 18:00")
    (tmp_path / "_posts" / "2026-05-06-call.md").write_text(text)
    world = of_site(load_site(tmp_path, NOON))
    world.clock.now += timedelta(days=1)
    assert "until 6 May 2026, 18:00 CEST. This answer was not stored; one that" in world.post_page(ADA, "/f/call").text


def test_a_call_that_is_full(site, of_site, tmp_path):
    site()
    text = POST.format(endpoint='""', lang="en").replace("capacity: 1", "capacity: 1\n  waitlist: false")
    (tmp_path / "_posts" / "2026-05-06-call.md").write_text(text)
    world = of_site(load_site(tmp_path, NOON))
    first = world.post(ADA, "/f/call").json()
    bob = ADA | {"name": "Bob"}
    page = world.post_page(bob, "/f/call")
    assert (page.status_code, "<h1>This call is full</h1>" in page.text) == (403, True)
    assert "The only place is taken, and there is no waitlist. This answer was not stored;" in page.text
    assert "What you can do" in page.text and "<dd><p>Bob</p></dd>" in page.text
    assert codes(world.post(bob, "/f/call")) == ["INACTIVE"]
    assert world.post(ADA, "/f/call").json() == first
    assert world.post(bob | {"_gotcha": "x"}, "/f/call").status_code == 200
    assert [found.state for found in world.inbox()] == ["new", "spam"]


KINDS = """---
title: Kinds
date: 2026-05-06
form:
  fields:
    name: {required: true}
    code: {type: hidden, value: a, required: true}
    kind: {type: select, options: [One, Two]}
    rank: {type: radio, options: [Low, High], value: Low}
    days: {type: checkbox, options: [Sat, Sun], value: Sat}
    rules: {type: checkbox, value: agreed}
    note: {type: textarea, value: Write here}
---
"""


def test_every_kind_of_answer_comes_back_as_it_was(site, of_site, tmp_path):
    """Also one that was cleared, one that a script put into a hidden field, and one to a question of a layout's own."""
    site()
    (tmp_path / "_posts" / "kinds.md").write_text(KINDS)
    world = of_site(load_site(tmp_path, NOON))
    sent = {"code": "b", "kind": "Two", "rank": "High", "days": ["Sun"], "note": "", "own": "<mine>", "_replyto": "x"}
    page = world.post_page(sent, "/f/kinds").text
    assert re.findall(r'value="([^"]*)" (?:checked|selected)', page) == ["Two", "High", "Sun"]
    assert '<input name="code" type="hidden" value="b">' in page
    assert '<input name="own" type="hidden" value="&lt;mine&gt;">' in page
    assert 'name="_replyto" type="email" value="x"' in page  # wrong, and so to be seen
    assert "Write here" not in page
    assert set(re.findall(r'<li><a href="#([^"]+)"', page)) == {"f-kinds-name", "f-kinds-_replyto"}
    assert '<input name="code" type="hidden" value="a">' in world.post_page({"kind": "Two"}, "/f/kinds").text


def test_a_page_shows_no_more_than_the_site(site, of_site, tmp_path):
    """Posts to come are known, since their calls may be answered before anything else changes; nobody reads of them."""
    (tmp_path / "_layouts").mkdir()
    (tmp_path / "_layouts" / "notice.html").write_text("{% for post in site.posts %}{{ post.title }},{% endfor %}")
    site()
    for title, day in (("Next", "2026-05-07"), ("Past", "2026-05-01\nexpires: 2026-05-02"), ("Older", "2026-05-01")):
        (tmp_path / "_posts" / f"{title}.md").write_text(f"---\ntitle: {title}\ndate: {day}\nform: true\n---\n")
    world = of_site(load_site(tmp_path, NOON))
    assert set(world.book.forms) == {"next", "call", "past", "older"}
    assert world.send("GET", "/f/none").text == "A &lt;b&gt;call&lt;/b&gt;,Older,"
    world.clock.now += timedelta(days=1)
    assert world.send("GET", "/f/none").text == "Next,A &lt;b&gt;call&lt;/b&gt;,Older,"


def test_thanks_say_what_happens_next(site, of_site, tmp_path):
    (tmp_path / "_data").mkdir()
    (tmp_path / "_data" / "authors.yml").write_text("ada: {name: Ada, email: ada@example.org}\n")
    world = of_site(site('author = "ada"\n'))
    page = world.send("GET", "/f/call/thanks").text
    assert "can write to the address that you gave" in page
    assert '<a href="mailto:ada@example.org">' in page
    assert "goes to whoever has waited longest" in world.send("GET", "/f/call/waitlist").text


def test_the_settings_of_a_site(site):
    book = book_of(site('[receive]\nrate_limit = "off"\ntrusted_proxies = ["10.0.0.0/8"]\n'))
    assert (book.rate, book.trusted_proxies, list(book.forms)) == (None, ("10.0.0.0/8",), ["call"])
    assert book_of(site()).rate == Rate(20, timedelta(minutes=1))


@pytest.mark.parametrize(
    ("settings", "endpoint", "preview", "challenge"),
    [
        ("", '""', False, ""),
        ("altcha = true", '""', False, "https://a.example/f/call/challenge"),
        ("altcha = true", '""', True, "/f/call/challenge"),
        ("altcha = true", "https://formspree.io/f/abcdefgh", False, ""),
        ("altcha = true", "https://formspree.io/f/abcdefgh", True, "/f/call/challenge"),
    ],
)
def test_forms_bring_a_proof_of_work_where_the_site_wants_it(site, settings, endpoint, preview, challenge):
    made = site(f'[receive]\nurl = "https://a.example"\n{settings}\n', endpoint, preview)
    view = call_view(Renderer(made, Bodies(made.config)).begin(), made.calls[0])
    assert view.form.challenge == challenge


def test_the_pages_that_may_send_answers(site):
    listed = '[receive]\nurl = "https://Answers.example.org/x"\norigins = ["https://A.example:443/", "null"]\n'
    own = ("https://example.org", "https://answers.example.org")
    assert book_of(site(f'url = "https://example.org"\n{listed}')).origins == (*own, "https://a.example", "null")
    assert book_of(site('url = "https://example.org"\n')).origins == ()


def test_a_site_may_change_while_it_is_served(world, site):
    sites = [site()]
    pages = SitePages(lambda: sites[-1])
    form = sites[0].calls[0].form
    assert "A &lt;b&gt;call" in pages.notice("t", "m", form)
    sites.append(replace(sites[0], posts=()))
    assert "Back to" in pages.notice("t", "m", form)
    assert "there" in pages.form_error(form, (), [FieldError("EMPTY", "there")])


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '"><svg onload=alert(1)>',
        "</textarea><script>alert(1)</script>",
        "' autofocus onfocus=alert(1) x='",
    ],
)
def test_what_visitors_write_is_inert(site, of_site, attack):
    world = of_site(site())
    page = world.post_page({"name": attack, "email": attack, "message": attack, attack: attack}, "/f/call").text
    assert attack not in page
    assert "<svg" not in page and "<img" not in page and "<script>" not in page


def test_templates_in_answers_are_text(site, of_site):
    page = of_site(site()).post_page({"name": "{{7*7}}", "message": "{% raw %}${7*7}"}, "/f/call").text
    assert (
        "{{7*7}}" in page
        and "{% raw %}${7*7}" in page
        and "49" not in re.sub(r"<style>.*?</style>", "", page, flags=re.S)
    )


def test_a_layout_of_the_site_goes_first(site, of_site, tmp_path):
    (tmp_path / "_layouts").mkdir()
    (tmp_path / "_layouts" / "notice.html").write_text("Mine: {{ content }}")
    page = of_site(site()).post_page(ADA, "/f/none").text
    assert page.startswith("Mine: ") and "ada@example.org" in page


def test_a_broken_layout_loses_nothing(site, of_site, tmp_path):
    (tmp_path / "_layouts").mkdir()
    (tmp_path / "_layouts" / "form_error.html").write_text("{{ nonsense.x }}")
    answer = of_site(site()).post_page({"name": "Ada"}, "/f/call")
    assert answer.status_code == 422
    assert "Ada" in answer.text


def test_a_post_that_expires_takes_its_pages_with_it(site, of_site, tmp_path):
    """An answer that comes after that is kept, and the receiver says so itself."""
    site()
    text = POST.format(endpoint='""', lang="en").replace("form:", "expires: 2026-05-06 11:00\nform:")
    (tmp_path / "_posts" / "2026-05-06-call.md").write_text(text)
    (tmp_path / "sitegen.toml").write_text('url = "https://example.org"\n')
    world = of_site(load_site(tmp_path, NOON))
    answer = world.post_page(ADA, "/f/call", follow_redirects=True)
    assert str(answer.url) == "http://receiver.test/f/call/thanks" and len(world.inbox()) == 1
    assert "I read <em>every</em> answer." in answer.text
    assert "/2026/05/06/call/" not in answer.text and ">Back to the start</a>" in answer.text
