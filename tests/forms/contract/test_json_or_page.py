"""Whether the answer is JSON or a page: every combination that decides it, on success and on error."""

import json

import pytest

from tests.forms.world import ADA

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
XHR = {"X-Requested-With": "XMLHttpRequest"}
FETCH = {"Sec-Fetch-Dest": "empty"}
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
ROWS = [
    # what is sent, Accept, further headers, whether JSON comes back
    (FORM, None, {}, False),
    (FORM, "*/*", {}, False),
    (FORM, BROWSER, {}, False),
    (FORM, "application/json", {}, True),
    (FORM, "application/json, text/html", {}, True),
    (FORM, "text/html;q=0.1, application/json", {}, False),  # the place decides, not q
    (FORM, "text/plain", {}, False),
    (FORM, None, XHR, True),
    (FORM, BROWSER, XHR, True),
    (FORM, "text/javascript, */*; q=0.01", XHR, True),
    (JSON, None, {}, True),
    (JSON, "*/*", {}, True),
    (JSON, "application/json", {}, True),
    (JSON, "application/json, text/html", {}, True),
    (JSON, BROWSER, {}, False),
    (JSON, "text/html, application/json", {}, False),
    (JSON, BROWSER, XHR, True),
    # A bare `fetch` accepts anything, and would take a page for success.
    (FORM, "*/*", FETCH, True),
    (FORM, None, FETCH, True),
    (FORM, BROWSER, FETCH, False),
    (FORM, BROWSER, {"Sec-Fetch-Dest": "document"}, False),
    (FORM, "*/*", {"Sec-Fetch-Dest": "document"}, False),
    (FORM, "*/*", {"Sec-Fetch-Dest": "iframe"}, False),
]


@pytest.fixture
def ask(program):
    """Post exactly these headers, and none of a library's own."""

    def send(path, kind, accept, more, body):
        content = json.dumps(body) if kind == JSON else "&".join(f"{name}={value}" for name, value in body.items())
        with program.client() as client:
            request = client.build_request("POST", path, content=content, headers={"Content-Type": kind, **more})
            del request.headers["accept"]
            if accept is not None:
                request.headers["accept"] = accept
            return client.send(request)

    return send


@pytest.mark.parametrize(("kind", "accept", "more", "as_json"), ROWS)
def test_json_or_page(program, form, ask, kind, accept, more, as_json):
    asked = (kind, accept, more)
    good, bad, lost = (
        ask(f"/f/{form}", *asked, ADA),
        ask(f"/f/{form}", *asked, {"email": "ada"}),
        ask("/f/nobody", *asked, ADA),
    )
    assert (good.status_code, bad.status_code, lost.status_code) == (200 if as_json else 303, 422, 404)
    if as_json:
        assert good.json()["ok"] is True
        assert {error["code"] for error in bad.json()["errors"]} == {"REQUIRED_FIELD_MISSING", "TYPE_EMAIL"}
        assert lost.json()["errors"][0]["code"] == "FORM_NOT_FOUND"
    else:
        assert "location" in good.headers
        assert all(answer.text.lower().startswith("<!doctype html>") for answer in (bad, lost))
    kinds = {answer.headers["content-type"] for answer in (bad, lost)}
    assert kinds == {"application/json" if as_json else "text/html; charset=utf-8"}
    assert len(program.inbox(form)) == 1
