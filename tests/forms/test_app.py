"""One post after another, as scripts and as browsers without script send them."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from sitegen.forms.description import Field
from sitegen.forms.judgement.rates import parse_rate
from tests.forms.world import ADA, FORM, NOON, PAGE, codes, form_of


def test_a_script_gets_json_and_the_answers_are_stored(world):
    answer = world.post(ADA)
    (stored,) = world.inbox()
    assert (answer.status_code, answer.json()) == (
        200,
        {"ok": True, "next": "http://receiver.test/f/chicago/thanks", "id": stored.id},
    )
    assert (stored.state, stored.answers, stored.created) == ("new", tuple(ADA.items()), NOON)


def test_a_browser_is_sent_to_the_thanks_page(world):
    answer = world.post_page(ADA)
    assert (answer.status_code, answer.headers["location"]) == (303, "/f/chicago/thanks")
    assert "Thanks" in world.send("GET", "/f/chicago/thanks").text


def test_the_sites_own_thanks_page_goes_first(world):
    world.serve_form(FORM, thanks={"chicago": "https://example.org/join/chicago/thanks/"})
    assert world.post_page(ADA).headers["location"] == "https://example.org/join/chicago/thanks/"
    assert world.post(ADA).json()["next"] == "https://example.org/join/chicago/thanks/"


@pytest.mark.parametrize(
    "path", ["//f/chicago", "/p/123/f/chicago", "//p/123/f/chicago", "/f/chicago/", "/blog/f/chicago"]
)
def test_all_addresses_that_clients_make(world, path):
    world.serve_form(FORM, baseurl="/blog")
    assert world.post(ADA, path).status_code == 200


def test_a_thanks_page_is_found_below_a_base_and_after_a_doubled_slash(world):
    world.serve_form(FORM, baseurl="/blog")
    assert world.post_page(ADA, "/blog//f/chicago").headers["location"] == "/blog/f/chicago/thanks"
    assert world.post_page(ADA, "//f/chicago").headers["location"] == "/f/chicago/thanks"


def test_the_last_place_and_the_waitlist(world):
    world.serve_form(replace(FORM, capacity=1))
    first, second = world.post(ADA | {"name": "1"}).json(), world.post(ADA | {"name": "2"}).json()
    assert "waitlist" not in first
    assert second["waitlist"] is True
    assert world.post_page(ADA | {"name": "3"}).headers["location"] == "/f/chicago/waitlist"
    assert [stored.state for stored in world.inbox()] == ["new", "waitlist", "waitlist"]


def test_the_honeypot_looks_like_success_and_is_kept_as_spam(world):
    assert world.post(ADA | {"_gotcha": "x"}).json()["ok"] is True
    (stored,) = world.inbox()
    assert stored.state == "spam"
    assert "hidden field" in stored.reason
    assert stored.answers == tuple(ADA.items())


def test_wrong_answers_name_each_field(world):
    answer = world.post({"email": "ada"})
    assert answer.status_code == 422
    assert codes(answer) == ["REQUIRED_FIELD_MISSING", "TYPE_EMAIL"]
    assert [error["field"] for error in answer.json()["errors"]] == ["name", "email"]
    assert world.inbox() == []


def test_wrong_answers_come_back_in_a_page_with_the_answers(world):
    answer = world.post_page({"name": "<b>Ada</b>", "email": "ada"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "Error: Chicago" in answer.text
    assert "&lt;b&gt;Ada&lt;/b&gt;" in answer.text


@pytest.mark.parametrize("body", [{}, {"_gotcha": "x"}, {"_key": "k", "_next": "/"}])
def test_a_form_without_answers_is_empty(world, body):
    answer = world.post(body)
    assert (answer.status_code, codes(answer)) == (400, ["EMPTY"])


def test_a_form_of_blanks_is_empty(world):
    world.serve_form(form_of(Field("note")))
    answer = world.post({"note": "  "})
    assert (answer.status_code, codes(answer)) == (400, ["EMPTY"])


def test_an_unknown_form_says_what_formspree_says(world):
    answer = world.post(ADA, "/f/nobody")
    assert answer.status_code == 404
    assert answer.json() == {
        "error": "Form not found",
        "errors": [{"code": "FORM_NOT_FOUND", "message": "Form not found"}],
    }


@pytest.mark.parametrize(("late", "status"), [(-0.001, 200), (0, 200), (0.001, 403)])
def test_a_call_closes_on_time(world, late, status):
    world.serve_form(replace(FORM, closes=NOON))
    world.clock.now = NOON + timedelta(seconds=late)
    assert world.post(ADA).status_code == status


def test_a_closed_call_says_when_it_closed(world):
    world.serve_form(replace(FORM, closes=NOON))
    world.clock.now += timedelta(days=1)
    answer, page = world.post(ADA), world.post_page(ADA)
    assert (answer.status_code, codes(answer)) == (403, ["INACTIVE"])
    assert page.status_code == 403
    assert "6 May 2026" in page.text


def test_a_double_click_with_a_key_counts_once(world):
    first, second = (world.post(ADA | {"_key": "k1"}).json() for _ in range(2))
    assert first == second
    assert len(world.inbox()) == 1


def test_a_key_in_the_header_counts_as_well(world):
    ids = {world.post(ADA, headers={"Idempotency-Key": "k1"}).json()["id"] for _ in range(2)}
    assert len(ids) == 1


def test_the_same_key_with_other_answers_is_a_conflict(world):
    world.post(ADA | {"_key": "k1"})
    answer = world.post(ADA | {"_key": "k1", "message": "and this"})
    assert (answer.status_code, codes(answer)) == (409, ["CONFLICT"])
    assert "and this" in world.post_page(ADA | {"_key": "k1", "message": "and this"}).text


def test_files_are_not_taken_and_empty_ones_are_ignored(world):
    answer = world.post(ADA, files={"cv": ("cv.pdf", b"%PDF")})
    assert (answer.status_code, codes(answer)) == (400, ["NO_FILE_UPLOADS"])
    assert "ada@example.org" in world.post_page(ADA, files={"cv": ("cv.pdf", b"%PDF")}).text
    assert world.post(ADA, files={"cv": ("", b"")}).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "TRACE"])
def test_only_posts_are_taken(world, method):
    answer = world.send(method, "/f/chicago?name=Ada&email=ada@example.org")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST, OPTIONS")
    assert world.inbox() == []


def test_the_page_for_a_visitor_who_types_the_address(world):
    assert "open the page of the call" in world.send("GET", headers=PAGE).text


def test_a_preflight_is_granted(world):
    answer = world.send("OPTIONS", headers={"Origin": "https://a.org", "Access-Control-Request-Method": "POST"})
    granted = answer.headers["access-control-allow-headers"].split(", ")
    assert answer.status_code == 204
    assert {"accept", "content-type", "formspree-client", "formspree-session-data", "idempotency-key"} <= set(granted)
    assert "POST" in answer.headers["access-control-allow-methods"]


def answers_of_every_kind(world):
    """One answer of each status that a post can have."""
    yield world.post(ADA)
    yield world.post_page(ADA)
    yield world.send("OPTIONS")
    yield world.send("GET")
    yield world.send("GET", "/f/chicago/thanks")
    yield world.post({})
    yield world.post_page({"name": "Ada"})
    yield world.post(ADA, "/f/nobody")
    yield world.post({"name": "x" * 2_000_000})
    yield world.post(ADA, headers={"Content-Type": "text/plain"})
    world.store.accept_all = None  # a bug of ours
    yield world.post(ADA | {"name": "Bob"})


def test_every_answer_may_be_read_by_scripts_and_is_not_kept(world):
    seen = []
    for answer in answers_of_every_kind(world):
        seen.append(answer.status_code)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        if answer.text:
            assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert seen == [200, 303, 204, 405, 200, 400, 422, 404, 413, 415, 500]


def test_a_site_on_another_host_may_style_the_pages(world):
    world.serve_form(FORM, site_url="https://example.org")
    policy = world.post_page({}).headers["content-security-policy"]
    assert "style-src 'self' https://example.org 'unsafe-inline'" in policy
    assert "script-src" not in policy and "default-src 'none'" in policy


def test_pages_that_fail_still_keep_the_answers(world):
    world.pages.form_error = None  # a layout that is broken
    answer = world.post_page({"name": "<Ada>"})
    assert answer.status_code == 422
    assert "&lt;Ada&gt;" in answer.text


def test_too_many_posts_of_one_address(world):
    world.serve_form(FORM, rate=parse_rate("2/minute"))
    assert [world.post(ADA).status_code for _ in range(3)] == [200, 200, 429]
    refused = world.post(ADA)
    assert (codes(refused), refused.headers["retry-after"]) == (["RATE_LIMITED"], "60")
    assert "ada@example.org" in world.post_page(ADA).text
    assert world.post(ADA, peer="203.0.113.7").status_code == 200
    world.clock.now += timedelta(seconds=60)
    assert world.post(ADA).status_code == 200


@pytest.mark.parametrize(
    ("limit", "passed", "when"),
    [
        ("1/second", 0, "1 second"),
        ("1/minute", 1, "59 seconds"),
        ("1/minute", 0, "1 minute"),
        ("1/hour", 0, "1 hour"),
        ("1/hour", 60, "59 minutes"),
        ("1/hour", 59 * 60 - 1, "2 minutes"),
        ("1/day", 5, "24 hours"),
    ],
)
@pytest.mark.parametrize("whose", ["rate", "form_rate"])
def test_whoever_is_over_a_limit_is_told_when_to_try_again(world, limit, passed, when, whose):
    world.serve_form(FORM, **{whose: parse_rate(limit)})
    assert world.post(ADA).status_code == 200
    world.clock.now += timedelta(seconds=passed)
    words = f"Please try again in {when}."
    assert words in world.post(ADA).json()["error"]
    assert words in world.post_page(ADA).text


@pytest.mark.parametrize("name", ["email", "_replyto"])
def test_mail_headers_are_not_addresses(world, name):
    for value in ("a@b.org\r\nBcc:x@y.org", "a@b.org,c@d.org", "a@b.org\x0bBcc:x@y.org"):
        answer = world.post({"name": "Ada", "email": "a@b.org", name: value})
        assert (answer.status_code, codes(answer)) == (422, ["TYPE_EMAIL"])


def test_another_forms_field_is_only_data(world):
    world.serve_form(form_of(Field("note")))
    assert world.post({"note": "x", "_cc": "victim@example.org", "state": "joined", "id": "1"}).status_code == 200
    (stored,) = world.inbox()
    assert (stored.state, stored.answers) == ("new", (("note", "x"), ("state", "joined"), ("id", "1")))


def test_the_logs_hold_no_answers_queries_or_addresses(world, caplog):
    caplog.set_level("DEBUG")
    world.post(ADA, "/f/chicago?secret=1", peer="203.0.113.7")
    world.post({"email": "nobody"}, "/f/chicago%0A%1B[31m")
    world.store.accept_all = lambda entries: 1 / 0  # a bug of ours
    assert world.post(ADA | {"name": "Bob"}).status_code == 500
    ours = "".join(record.getMessage() for record in caplog.records if record.name.startswith("sitegen"))
    assert "POST form=chicago status=200" in ours
    assert "POST form=- status=404" in ours
    assert not any(word in caplog.text for word in ("Ada", "ada@", "nobody", "203.0.113", "\x1b"))
    assert "secret" not in ours


def test_unicode_ids(world):
    world.serve_form(replace(FORM, id="wörld"))
    assert world.post_page(ADA, "/f/w%C3%B6rld").headers["location"] == "/f/w%C3%B6rld/thanks"
    assert world.post(ADA, "/f/wo%CC%88rld").status_code == 200


def test_a_json_body_keeps_what_was_written(world):
    body = json.dumps(ADA | {"age": 42, "yes": True, "no": None, "days": ["Mon", "Tue"]}).replace("42", "4.20")
    world.post(content=body, headers={"Content-Type": "application/json"})
    (stored,) = world.inbox()
    assert stored.answers[2:] == (("age", "4.20"), ("yes", "true"), ("no", ""), ("days", "Mon"), ("days", "Tue"))
    assert stored.as_json()["answers"]["days"] == "Mon, Tue"


def test_who_writes_to_a_form_that_there_is_not_gets_the_words_back(world):
    answer = world.send(path="/f/nowhere", data=ADA, headers=PAGE)
    assert answer.status_code == 404
    assert "ada@example.org" in answer.text
