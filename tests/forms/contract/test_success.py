"""What happens to answers that are accepted: what is said, where it leads, and what is stored."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from tests.forms.contract.bodies import NO_FILE, multipart
from tests.forms.contract.processes import running, write_site
from tests.forms.contract.test_refusals import readable
from tests.forms.world import ADA, JSON

MANY = [ADA | {"name": f"visitor {at}"} for at in range(200)]


def absolute(program, path):
    """An address of the site as the receiver writes it into JSON."""
    return (program.own or program.address) + path


def test_what_a_script_is_told(program, form, script):
    answer = script.post(f"/f/{form}", data=ADA)
    (stored,) = program.inbox(form)
    assert answer.status_code == 200
    assert answer.json() == {"ok": True, "next": absolute(program, f"/join/{form}/thanks/"), "id": stored.id}
    readable(answer)
    assert (stored.state, stored.reason, stored.answers) == ("new", "", tuple(ADA.items()))
    assert abs(datetime.now(UTC) - stored.created) < timedelta(minutes=1)


@pytest.mark.parametrize("sent", ["urlencoded", "multipart", "json"])
def test_a_browser_is_sent_to_the_sites_own_page(program, form, visitor, sent):
    body = {"urlencoded": {"data": ADA}, "multipart": multipart(*ADA.items(), NO_FILE), "json": {"json": ADA}}
    answer = visitor.post(f"/f/{form}", **body[sent])
    assert (answer.status_code, answer.headers["location"]) == (303, f"{program.own}/join/{form}/thanks/")
    readable(answer)
    assert [stored.answers for stored in program.inbox(form)] == [tuple(ADA.items())]


@pytest.mark.parametrize(
    "path", ["/f/{}", "//f/{}", "///f//{}", "/f/{}/", "/p/12/f/{}", "//p/12/f/{}", "/p/a%20b/f/{}", "/f/{}?a=b"]
)
def test_every_address_that_clients_make(program, form, script, path):
    assert script.post(program.address + path.format(form), data=ADA).status_code == 200
    assert len(program.inbox(form)) == 1


WISHES = [
    # number in the list of hostile inputs, what is wished, the path that is reached (None: that of the site's thanks)
    (0, "/elsewhere/", "/elsewhere/"),
    (0, "/a/b?c=d#e", "/a/b?c=d#e"),
    (0, "https://example.org/x/", "/x/"),
    (0, "", None),
    (0, "relative", None),
    (5, "https://evil.example", None),
    (5, "https://evil.example/join/", None),
    (5, "HTTPS://EVIL.EXAMPLE/", None),
    (6, "//evil.example", None),
    (6, "/\\evil.example", None),
    (6, "\\\\evil.example", None),
    (6, "https:evil.example", None),
    (6, "https:/evil.example", None),
    (6, "https://example.org@evil.example/", None),
    (6, "https://example.org.evil.example/", None),
    (6, "https://example.org:8443/", None),
    (6, "http://example.org/", None),
    (6, "\t//evil.example", None),
    (6, "/\t/evil.example", None),
    (6, "%09//evil.example", None),
    (6, "/%09/evil.example", "/%09/evil.example"),
    (6, "/a//evil.example", None),
    (6, "/../x", None),
    (6, "/\u202ex", None),
    (7, "javascript:alert(1)", None),
    (7, "data:text/html,x", None),
    (7, "/x<script>", None),
    (8, "/x\r\nSet-Cookie: a=b", None),
    (8, "/x\nSet-Cookie: a=b", None),
    (8, "/x%0d%0aSet-Cookie: a=b", None),
]


@pytest.mark.parametrize(
    ("number", "wish", "path"), WISHES, ids=[f"hostile-{row[0]:02}-{row[1]!r}" if row[0] else row[1] for row in WISHES]
)
def test_where_a_wish_leads(program, form, visitor, script, number, wish, path):
    if wish.startswith("https://example.org/") and program.command == "serve":
        path = None  # a preview knows no other host than its own
    answer = visitor.post(f"/f/{form}", data=ADA | {"_next": wish})
    assert answer.status_code == 303
    assert answer.headers["location"] == program.own + (path or f"/join/{form}/thanks/")
    assert "set-cookie" not in answer.headers
    told = script.post(f"/f/{form}", data=ADA | {"_next": wish}).json()["next"]
    assert told == absolute(program, path or f"/join/{form}/thanks/")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("_subject", False),
        ("_next", False),
        ("_cc", False),
        ("_format", False),
        ("_language", False),
        ("_key", False),
        ("g-recaptcha-response", False),
        ("_replyto", True),
        ("company", True),
        ("_other", True),
    ],
)
def test_special_fields(program, form, script, name, kept):
    value = "bob@example.org" if name == "_replyto" else "x"
    assert script.post(f"/f/{form}", data=ADA | {name: value}).status_code == 200
    (stored,) = program.inbox(form)
    assert stored.answers == tuple((ADA | ({name: value} if kept else {})).items())


def test_the_hidden_field_looks_like_success_and_is_stored_as_spam(program, form, script, visitor):
    answer = script.post(f"/f/{form}", data=ADA | {"_gotcha": "x"})
    page = visitor.post(f"/f/{form}", data=ADA | {"name": "Bob", "_gotcha": "x"})
    assert (answer.status_code, answer.json()["ok"], page.status_code) == (200, True, 303)
    stored = program.inbox(form)
    assert [(one.state, bool(one.reason)) for one in stored] == [("spam", True)] * 2
    assert stored[0].answers == tuple(ADA.items())


def test_repeated_names_keep_their_order(program, form, script):
    content = "name=Ada&day=Mon&email=a%40b.org&day=Tue"
    script.post(f"/f/{form}", content=content, headers={"Content-Type": "application/x-www-form-urlencoded"})
    (stored,) = program.inbox(form)
    assert stored.answers == (("name", "Ada"), ("day", "Mon"), ("email", "a@b.org"), ("day", "Tue"))


@pytest.mark.parametrize("key", [{}, {"_key": "k"}, {"Idempotency-Key": "k"}])
def test_a_double_submit_is_the_first_answer_again(program, form, script, key):
    data = ADA | {name: value for name, value in key.items() if name == "_key"}
    headers = {name: value for name, value in key.items() if name != "_key"}
    first, again = (script.post(f"/f/{form}", data=data, headers=headers) for _ in range(2))
    assert first.json() == again.json()
    assert [stored.id for stored in program.inbox(form)] == [first.json()["id"]]


def test_other_keys_are_other_submissions(program, form, script):
    for key in ("1", "2"):
        script.post(f"/f/{form}", data=ADA | {"_key": key})
    assert len(program.inbox(form)) == 2


def test_a_key_belongs_to_one_form(program, script):
    one, other = program.fresh(), program.fresh()
    for form in (one, other):
        assert script.post(f"/f/{form}", data=ADA | {"name": form, "_key": "k"}).status_code == 200
    assert len(program.inbox(one)) == len(program.inbox(other)) == 1


def test_fifty_equal_ones_at_once_are_one(program, form):
    answers = at_once(program, form, [ADA] * 50)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["id"] for answer in answers}) == len(program.inbox(form)) == 1


def test_places_then_the_waitlist(program, script, visitor):
    form = program.fresh("two")
    told = [script.post(f"/f/{form}", data=data).json() for data in MANY[:3]]
    assert ["waitlist" in one for one in told] == [False, False, True]
    assert told[2]["next"] == absolute(program, f"/join/{form}/waitlist/")
    page = visitor.post(f"/f/{form}", data=MANY[3])
    assert page.headers["location"] == f"{program.own}/join/{form}/waitlist/"
    assert [stored.state for stored in program.inbox(form)] == ["new", "new", "waitlist", "waitlist"]


def test_spam_takes_no_place(program, script):
    form = program.fresh("two")
    for data in MANY[:3]:
        script.post(f"/f/{form}", data=data | {"_gotcha": "x"})
    assert "waitlist" not in script.post(f"/f/{form}", data=MANY[3]).json()


@pytest.mark.parametrize("times", [1, pytest.param(20, marks=pytest.mark.slow)])
def test_two_hundred_at_once_for_ten_places(program, times):
    for _ in range(times):
        form = program.fresh("ten")
        answers = at_once(program, form, MANY)
        assert {answer.status_code for answer in answers} == {200}
        assert sum("waitlist" in answer.json() for answer in answers) == 190
        states = [stored.state for stored in program.inbox(form)]
        assert (states.count("new"), states.count("waitlist")) == (10, 190)


def at_once(program, form, bodies):
    with program.client(**JSON) as client, ThreadPoolExecutor(20) as pool:
        return list(pool.map(lambda body: client.post(f"/f/{form}", data=body), bodies))


@pytest.mark.slow
def test_a_call_closes_by_the_clock_of_the_server(command, tmp_path):
    """A page that was open when the call closed: whatever the visitor's clock says."""
    closes = (datetime.now(UTC) + timedelta(seconds=4)).replace(microsecond=0)
    site = write_site(tmp_path / "site", forms={"soon": (1, f"{{closes: {closes:%Y-%m-%dT%H:%M:%S}Z}}")})
    seen: list[tuple[datetime, int, datetime]] = []
    with running(command, site) as started, started.client(**JSON) as client:
        while not seen or seen[-1][1] == 200:
            sent = datetime.now(UTC)
            status = client.post("/f/soon-1", data=ADA | {"name": f"{len(seen)}"}).status_code
            seen.append((sent, status, datetime.now(UTC)))
        lies = {"Date": "Thu, 01 Jan 2015 00:00:00 GMT"}
        assert client.post("/f/soon-1", data=ADA, headers=lies).status_code == 403
        assert len(started.inbox("soon-1")) == len(seen) - 1
    assert seen[-1][1] == 403
    assert seen[-1][2] > closes
    assert all(sent <= closes for sent, _, _ in seen[:-1])


def test_json_values(program, form, script):
    body = json.dumps(ADA | {"message": "Zürich ☃ \U0001f600"})
    script.post(f"/f/{form}", content=body, headers={"Content-Type": "application/json"})
    (stored,) = program.inbox(form)
    assert dict(stored.answers)["message"] == "Zürich ☃ \U0001f600"
