"""What other people's pages try: to post, to frame, to plant a cookie, to have another name for this computer."""

import pytest

from tests.forms.gate.house import HOST, OWN, House

EVIL = "https://evil.example"


def test_what_a_page_of_the_inbox_posts_is_done(signed_in):
    answer = signed_in.post(data={"_token": signed_in.token(), "state": "joined", "ids": ["1", "2"]})
    assert "POST /change" in answer.text and "'ids': ['1', '2']" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": EVIL},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": f"http://{HOST}.evil.example"},
        {"Origin": f"http://{HOST}:81"},
        {"Origin": f"ftp://{HOST}"},
        {"Origin": HOST},
        {"Origin": f"{EVIL}, http://{HOST}"},
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": EVIL, "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_what_another_page_posts_is_refused(signed_in, headers):
    answer = signed_in.ask("POST", "/inbox/change", data={"_token": signed_in.token()}, headers=headers)
    assert (answer.status_code, "POST" in answer.text) == (403, False)
    assert "Nothing has been changed" in answer.text


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_browser_that_sends_no_origin_may_say_so_otherwise(signed_in, site):
    data, headers = {"_token": signed_in.token()}, {"Sec-Fetch-Site": site}
    assert signed_in.ask("POST", "/inbox/change", data=data, headers=headers).status_code == 200


@pytest.mark.parametrize("token", [None, "", "wrong", "é" * 64])
def test_without_the_right_token_nothing_is_done(signed_in, token):
    assert signed_in.post(data={"_token": token} if token is not None else {}).status_code == 403


def test_the_token_is_that_of_the_session(signed_in):
    before = signed_in.token()
    assert signed_in.post(data={"_token": [before, before]}).status_code == 403
    signed_in.login()
    assert signed_in.post(data={"_token": before}).status_code == 403
    assert signed_in.post(data={"_token": signed_in.token()}).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FORGED"])
def test_no_other_method_goes_round_it(signed_in, method):
    assert signed_in.ask(method, "/inbox/change").status_code == 403


def test_a_body_that_is_no_form_is_refused(signed_in):
    token = signed_in.token()
    assert signed_in.post(json={"_token": token}).status_code == 403
    assert signed_in.post(files={"_token": (None, token)}).status_code == 403
    assert signed_in.post(content=f"_token={token}&a=".encode() + b"\xff").status_code == 403
    assert signed_in.post(content=f"_token={token}" + "&a=1" * 6000).status_code == 403
    assert signed_in.post(content=f"_token={token}&a={'1' * 2**21}").status_code == 413


@pytest.mark.parametrize("path", ["/inbox/login", "/inbox/logout"])
def test_nobody_is_signed_in_or_out_by_another_page(signed_in, path):
    kept = dict(signed_in.jar)
    data = {"password": "correct horse battery", "_token": signed_in.token()}
    assert signed_in.ask("POST", path, data=data, headers={"Origin": EVIL}).status_code == 403
    assert signed_in.jar == kept and signed_in.get().status_code == 200


@pytest.mark.parametrize("path", ["/inbox/", "/inbox/login", "/inbox/a/none", "/inbox/change"])
def test_nothing_is_shown_in_a_frame(signed_in, path):
    for answer in (signed_in.get(path), signed_in.ask("POST", path), House().get(path)):
        headers = answer.headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
        assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in headers


def cookie_of(house, **request):
    return house.login(**request).headers["set-cookie"]


def test_a_cookie_over_http(house):
    assert cookie_of(house).partition("=")[0] == "sitegen-inbox"
    assert cookie_of(house).split("; ")[1:] == ["Path=/", "Max-Age=15552000", "HttpOnly", "SameSite=Strict"]


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "https"),
    [
        (["10.0.0.0/8"], "10.0.0.1", "https", True),
        (["10.0.0.0/8"], "10.0.0.1", "http, https", True),
        (["10.0.0.0/8"], "10.0.0.1", "https, http", False),
        (["10.0.0.0/8"], "10.0.0.1", "", False),
        (["10.0.0.0/8"], "192.0.2.1", "https", False),
        ([], "10.0.0.1", "https", False),
        ([], "127.0.0.1", "https", False),
    ],
)
def test_a_cookie_through_a_proxy(house, trusted, peer, forwarded, https):
    house.trusted = trusted
    said = {"X-Forwarded-Proto": forwarded} if forwarded else {}
    cookie = cookie_of(house, peer=peer, headers={"Origin": f"https://{HOST}"} | said)
    assert cookie.startswith("__Host-sitegen-inbox=" if https else "sitegen-inbox=")
    assert cookie.endswith("; HttpOnly; SameSite=Strict" + ("; Secure" if https else ""))
    assert house.get(peer=peer, headers=said).status_code == 200


def test_a_cookie_from_http_does_not_count_over_https(house):
    house.login()
    assert house.get(scheme="https").status_code == 303
    house.jar = {f"__Host-{name}": value for name, value in house.jar.items()}
    assert (house.get().status_code, house.get(scheme="https").status_code) == (303, 200)


def test_a_page_that_came_over_http_posts_nothing_over_https(house):
    assert house.login(scheme="https", headers=OWN).status_code == 403
    assert house.login(scheme="https", headers={"Origin": f"https://{HOST}"}).status_code == 303


@pytest.mark.parametrize("host", ["localhost:4000", "127.0.0.1:4000", "[::1]:4000"])
def test_on_this_computer_it_is_open(neighbour, host):
    assert "token=the token of the pages logout= " in neighbour.get(host=host).text
    headers = {"Origin": f"http://{host}"}
    posted = neighbour.ask(
        "POST", "/inbox/change", host=host, data={"_token": "the token of the pages"}, headers=headers
    )
    assert posted.status_code == 200
    assert neighbour.ask("POST", "/inbox/change", host=host, data={}, headers=headers).status_code == 403
    elsewhere = {"Origin": "http://localhost:3000"}
    data = {"_token": "the token of the pages"}
    assert neighbour.ask("POST", "/inbox/change", host=host, data=data, headers=elsewhere).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example:4000", "192.168.1.5"])
def test_a_foreign_name_for_this_computer_opens_nothing(neighbour, host):
    answer = neighbour.get(host=host)
    assert (answer.status_code, "token" in answer.text) == (403, False)


@pytest.mark.parametrize(
    "name",
    ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "Via", "X-Real-IP", "CF-Ray", "CDN-Loop"],
)
def test_an_open_inbox_is_not_for_whom_a_tunnel_brings(neighbour, name):
    """It may call this computer `localhost`, whoever asks."""
    assert neighbour.get(host="localhost:4000").status_code == 200
    answer = neighbour.get(host="localhost:4000", headers={name: "x"})
    assert answer.status_code == 403 and "through a proxy" in answer.text
