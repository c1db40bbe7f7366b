"""What visitors see of each service's answers, script or no script. The services are played, as their manuals say."""

import json
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from tests.outputs.sites import Built, build_site, post

SITE = "https://ada.blog"
FORMSPREE = "https://formspree.io/f/mqkvzdwp"
BASIN = "https://usebasin.com/f/1a2b3c4d5e6f"
WEB3FORMS = "https://api.web3forms.com/submit?access_key=7f3c1f2e-9a4b-4c1d-8e5f-0a1b2c3d4e5f"
FORMINIT = "https://forminit.com/f/k3x9p2ab7cd"
FORMCARRY = "https://formcarry.com/s/z1t_SvhAfIZ"
OTHER = "https://script.ada.blog/take/123"
ARRIVED, ITS_OWN = "Thank you, your answer has arrived.", "A page of the service"

SAID = [  # endpoint, status, body, what the visitor reads
    (FORMSPREE, 200, {"ok": True, "next": "/thanks"}, ARRIVED),
    (
        FORMSPREE,
        422,
        {"error": "x", "errors": [{"field": "email", "message": "should be an email"}]},
        "E-mail – should",
    ),
    (FORMSPREE, 404, {"error": "Form not found", "errors": [{"message": "Form not found"}]}, "Form not found"),
    (BASIN, 200, {"success": True}, ARRIVED),
    (BASIN, 200, "<p>fine</p>", ARRIVED),
    (BASIN, 422, {"error": "Spam"}, "Spam"),
    (WEB3FORMS, 200, {"success": True, "message": "Email sent successfully!"}, ARRIVED),
    (WEB3FORMS, 400, {"success": False, "message": "Invalid access key"}, "Invalid access key"),
    (FORMINIT, 200, {"success": True, "redirectUrl": "https://forminit.com/thanks"}, ARRIVED),
    (FORMINIT, 400, {"error": {"message": "Email is invalid"}}, "Email is invalid"),
    (FORMCARRY, 200, {"code": 200, "status": "success", "title": "Thank you!", "message": "Received"}, ARRIVED),
    (FORMCARRY, 422, {"status": "error", "message": "x", "errors": {"email": "is missing"}}, "E-mail – is missing"),
]


def page_of(tmp_path, browser, endpoint: str, service: Callable, script: bool = True):
    """The open call, with a site and a service behind it that no network is needed for."""
    text = post(title="A call", form=f"{{endpoint: '{endpoint}'}}")
    files = {"_posts/2026-05-06-a.md": text, "sitegen.toml": f'url = "{SITE}"\n'}
    site = build_site(tmp_path, files)
    page = browser.new_page(java_script_enabled=script)
    page.set_default_timeout(5000)
    page.route("**/*", lambda route: serve(route, site) if route.request.url.startswith(SITE) else service(route))
    page.goto(f"{SITE}/join/a/")
    page.fill("[type=email]", "ada@example.org")
    page.locator("input[autocomplete=name]").fill("Ada")
    return page


def serve(route, site: Built) -> None:
    path = urlsplit(route.request.url).path.lstrip("/")
    file = site.output / (path + "index.html" if path.endswith("/") or not path else path)
    route.fulfill(path=file) if file.is_file() else route.fulfill(status=404, body="nothing")


@pytest.mark.parametrize(("endpoint", "status", "body", "read"), SAID)
def test_what_a_script_makes_of_the_answer(tmp_path, browser, endpoint, status, body, read):
    asked = []

    def service(route):
        asked.append(route.request)
        text = body if isinstance(body, str) else json.dumps(body)
        route.fulfill(status=status, body=text, headers={"Access-Control-Allow-Origin": "*"})

    page = page_of(tmp_path, browser, endpoint, service)
    page.click("[type=submit]")
    page.get_by_text(read).first.wait_for()
    assert page.url == f"{SITE}/join/a/"
    assert page.locator(".interest").is_hidden() == (read == ARRIVED)
    (request,) = asked
    assert request.url == endpoint.partition("?")[0]
    assert request.headers["accept"] == "application/json" and "idempotency-key" not in request.headers
    assert 'name="redirect"' not in request.post_data
    page.close()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(("endpoint", "most"), [(OTHER, 1), (FORMSPREE, 2)])
def test_what_is_no_json_is_for_the_visitor_to_see(tmp_path, browser, endpoint, most, script):
    """Such as a captcha. Where nobody says that there will be JSON, nothing is sent to find it out."""
    asked = []

    def service(route):
        asked.append(route.request)
        route.fulfill(body=f"<p>{ITS_OWN}</p>", content_type="text/html", headers={"Access-Control-Allow-Origin": "*"})

    page = page_of(tmp_path, browser, endpoint, service, script)
    page.click("[type=submit]")
    page.get_by_text(ITS_OWN).wait_for()
    assert page.url == endpoint and len(asked) == (most if script else 1)
    page.close()


@pytest.mark.parametrize("script", [True, False])
def test_netlify_is_sent_the_page_itself(tmp_path, browser, script):
    page = page_of(tmp_path, browser, "netlify", lambda route: route.abort(), script)
    with page.expect_request(f"{SITE}/join/a/thanks/") as sent:
        page.click("[type=submit]")
    assert sent.value.method == "POST" and "form-name=a" in sent.value.post_data
    page.wait_for_url("**/thanks/")
    page.close()


def test_what_is_wrong_is_told_before_a_service_is_asked(tmp_path, browser):
    page = page_of(tmp_path, browser, OTHER, lambda route: route.abort())
    page.fill("[type=email]", "ada")
    page.click("[type=submit]")
    assert page.locator(".problem li").count() == 1 and page.url == f"{SITE}/join/a/"
    page.close()
