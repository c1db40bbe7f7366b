"""Every status and code, as JSON and as a page: readable from any origin, and with nothing stored."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.forms.contract.bodies import as_json, multipart, raw, urlencoded
from tests.forms.world import ADA, JSON, PAGE, codes

ELSEWHERE = {"Origin": "https://elsewhere.example"}
NEEDED = {
    "accept",
    "content-type",
    "x-requested-with",
    "formspree-client",
    "formspree-session-data",
    "idempotency-key",
}


@dataclass(frozen=True)
class Row:
    """A post and its answer; `kept` is what the page must still hold of it."""

    name: str
    status: int
    codes: tuple[str, ...]
    sent: dict[str, Any] = field(default_factory=lambda: {"data": ADA})
    kind: str = "plain"
    path: str = "/f/{}"
    kept: str = "ada@example.org"


ROWS = [
    Row("nothing", 400, ("EMPTY",), urlencoded(""), kept=""),
    Row("special fields only", 400, ("EMPTY",), {"data": {"_next": "/", "_key": "1", "_subject": "x"}}, kept=""),
    Row("blanks", 400, ("EMPTY",), {"data": {"note": "  "}}, "note", kept=""),
    Row("broken JSON", 400, ("MALFORMED",), as_json('{"name": '), kept=""),
    Row("a list", 400, ("MALFORMED",), as_json("[1, 2]"), kept=""),
    Row("an object in JSON", 400, ("MALFORMED",), as_json('{"a": {"b": 1}}'), kept=""),
    Row("no boundary", 400, ("MALFORMED",), raw("--X--", "multipart/form-data"), kept=""),
    Row("a file", 400, ("NO_FILE_UPLOADS",), multipart(*ADA.items(), ("cv", "cv.pdf", b"%PDF"))),
    Row("too many answers", 400, ("TOO_MANY_FIELDS",), {"data": ADA | {f"a{at}": "" for at in range(1100)}}, kept=""),
    Row("closed", 403, ("INACTIVE",), kind="closed"),
    Row("unknown", 404, ("FORM_NOT_FOUND",), path="/f/nobody"),
    Row("unknown in a project", 404, ("FORM_NOT_FOUND",), path="/p/1/f/nobody"),
    Row("too long an answer", 413, ("FILES_TOO_BIG",), {"data": ADA | {"message": "x" * 300_000}}, kept=""),
    Row("too large a body", 413, ("FILES_TOO_BIG",), {"data": ADA | {"message": "x" * 2_000_000}}, kept=""),
    Row("unknown kind", 415, ("UNSUPPORTED",), raw("name=Ada", "text/plain"), kept=""),
    Row("unknown charset", 415, ("UNSUPPORTED",), raw("{}", "application/json; charset=utf-16"), kept=""),
    Row(
        "compressed",
        415,
        ("UNSUPPORTED",),
        urlencoded("x", **{"Content-Encoding": "gzip"}),
        kept="",
    ),
    Row("missing", 422, ("REQUIRED_FIELD_MISSING",), {"data": {"email": "ada@example.org"}}),
    Row("empty", 422, ("REQUIRED_FIELD_EMPTY",), {"data": ADA | {"name": ""}}),
    Row("no e-mail", 422, ("TYPE_EMAIL",), {"data": {"name": "Ada", "email": "ada-example"}}, kept="ada-example"),
    Row("_replyto", 422, ("TYPE_EMAIL",), {"data": ADA | {"_replyto": "a@b.org,c@d.org"}}),
    Row("no number", 422, ("TYPE_NUMERIC",), {"data": {"name": "Ada", "age": "old-age"}}, "typed", kept="old-age"),
    Row("too long", 422, ("TYPE_TEXT",), {"data": {"name": "Ada", "word": "abcdef"}}, "typed", kept="abcdef"),
    Row("no day", 422, ("TYPE_TEXT",), {"data": {"name": "Ada", "day": "2026-02-31"}}, "typed", kept="2026-02-31"),
    Row(
        "no address",
        422,
        ("TYPE_TEXT",),
        {"data": {"name": "Ada", "site": "javascript:1"}},
        "typed",
        kept="javascript:1",
    ),
    Row(
        "all at once",
        422,
        ("REQUIRED_FIELD_EMPTY", "TYPE_NUMERIC", "TYPE_TEXT"),
        {"data": {"name": "", "age": "x", "word": "abcdef"}},
        "typed",
        kept="abcdef",
    ),
]


def send(program, row, form, headers):
    sent = dict(row.sent)
    with program.client(**headers, **ELSEWHERE) as client:
        return client.post(row.path.format(form), **sent)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_refusal(program, row):
    form = program.fresh(row.kind)
    answer, page = (send(program, row, form, headers) for headers in (JSON, PAGE))
    assert (answer.status_code, page.status_code) == (row.status, row.status)
    assert tuple(codes(answer)) == row.codes
    assert answer.headers["content-type"] == "application/json"
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1" in page.text and "</html>" in page.text
    assert row.kept in page.text
    for one in (answer, page):
        readable(one)
    assert program.inbox(form) == []


def readable(answer):
    """Scripts of any page may read it, nothing keeps it, and it does no harm."""
    headers = answer.headers
    assert headers["access-control-allow-origin"] == "*"
    assert set(headers["access-control-allow-headers"].split(", ")) == NEEDED
    assert "Retry-After" in headers["access-control-expose-headers"]
    assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")
    assert "access-control-allow-credentials" not in headers
    if answer.content:
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_each_field_is_named(program, script):
    form = program.fresh("typed")
    answer = script.post(f"/f/{form}", data={"age": "old", "word": "abcdef", "site": "x"})
    assert [(error["field"], error["code"]) for error in answer.json()["errors"]] == [
        ("name", "REQUIRED_FIELD_MISSING"),
        ("age", "TYPE_NUMERIC"),
        ("word", "TYPE_TEXT"),
        ("site", "TYPE_TEXT"),
    ]


def test_the_body_of_an_unknown_form_is_formsprees(script):
    said = {"error": "Form not found", "errors": [{"code": "FORM_NOT_FOUND", "message": "Form not found"}]}
    assert script.post("/f/nobody", data=ADA).json() == said


def test_a_closed_call_says_when_and_what_to_do(program, script, visitor):
    form = program.fresh("closed")
    message = script.post(f"/f/{form}", data=ADA).json()["error"]
    page = visitor.post(f"/f/{form}", data=ADA).text
    assert "31 January 2020" in message and "not stored" in message
    assert "31 January 2020" in page
    assert f'href="{program.own}/2026/05/06/{form}/"' in page or f'href="{program.own}/join/' in page  # the way back


def test_an_error_page_is_the_form_with_the_errors_on_top(form, visitor):
    page = visitor.post(f"/f/{form}", data={"name": 'A"><b>', "email": "ada", "message": "</textarea>x"}).text
    assert "<title>Error: " in page
    assert 'value="A&#34;&gt;&lt;b&gt;"' in page
    assert "&lt;/textarea&gt;x" in page
    assert 'aria-invalid="true"' in page
    assert 'href="#' in page[page.index("There is a problem") :]


def test_the_same_key_with_other_answers(program, form, script, visitor):
    script.post(f"/f/{form}", data=ADA | {"_key": "k"})
    other = ADA | {"_key": "k", "message": "and-this"}
    answer, page = script.post(f"/f/{form}", data=other), visitor.post(f"/f/{form}", data=other)
    assert (answer.status_code, codes(answer), page.status_code) == (409, ["CONFLICT"], 409)
    assert "and-this" in page.text
    for one in (answer, page):
        readable(one)
    assert len(program.inbox(form)) == 1


@pytest.mark.parametrize("path", ["/f/{}", "/p/project/f/{}", "//f/{}", "/f/nobody"])
def test_a_preflight(program, form, path):
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": ",".join(NEEDED)}
    with program.client(**ELSEWHERE) as client:
        answer = client.options(program.address + path.format(form), headers=asked)
    assert (answer.status_code, answer.content) == (204, b"")
    assert "POST" in answer.headers["access-control-allow-methods"]
    readable(answer)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE"])
def test_only_posts_are_taken(program, form, script, visitor, method):
    address = f"/f/{form}?name=Ada&email=ada@example.org&secret=1"
    answer, page = script.request(method, address), visitor.request(method, address)
    for one in (answer, page):
        assert (one.status_code, one.headers["allow"]) == (405, "POST, OPTIONS")
        readable(one)
    if method == "HEAD":
        assert answer.content == page.content == b""
    else:
        assert codes(answer) == ["METHOD_NOT_ALLOWED"]
        assert "open the page of the call" in page.text
    assert program.inbox(form) == []


def test_a_limit_of_rate(limited):
    with limited.client(**ELSEWHERE) as client:
        taken = [client.post("/f/plain-1", json={"name": f"{at}", "email": "a@b.org"}) for at in range(3)]
        page = client.post("/f/plain-1", data=ADA, headers=PAGE)
        other = client.post("/f/plain-2", data=ADA, headers=JSON)
    assert [answer.status_code for answer in taken] == [200, 200, 429]
    assert codes(taken[2]) == ["RATE_LIMITED"]
    assert page.status_code == 429
    assert "ada@example.org" in page.text
    for answer in (taken[2], page):
        assert 3500 < int(answer.headers["retry-after"]) <= 3600
        readable(answer)
    assert other.status_code == 200  # each form has its own count
    assert len(limited.inbox("plain-1")) == 2


def test_json_of_every_kind_is_read(program, script):
    form = program.fresh("note")
    body = json.dumps({"note": "x", "n": 1.50, "yes": True, "none": None, "many": ["a", 2]})
    for kind in ("application/json", "application/json; charset=UTF-8", "application/vnd.api+json"):
        assert script.post(f"/f/{form}", content=body, headers={"Content-Type": kind}).status_code == 200
    (stored,) = program.inbox(form)
    assert stored.answers == (("note", "x"), ("n", "1.5"), ("yes", "true"), ("none", ""), ("many", "a"), ("many", "2"))
