"""Bodies, well made and hostile."""

import json
import time

import pytest

from sitegen.forms.wire.posted import MOST_ANSWERS, read_posted
from sitegen.forms.wire.refusals import Refusal

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=XX"


def answers(kind, body):
    return read_posted(kind, "", body.encode() if isinstance(body, str) else body).answers


def part(name, value="", more=""):
    return f'--XX\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n'


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        (FORM, "a=1&b=&a=2&c&=x", (("a", "1"), ("b", ""), ("a", "2"), ("c", ""), ("", "x"))),
        (FORM, "a=x+y%20z%2B&&b=1", (("a", "x y z+"), ("b", "1"))),
        (FORM + "; charset=UTF-8", "a=%C3%A9", (("a", "é"),)),
        (FORM, "a=é", (("a", "é"),)),
        (
            "application/json; charset=utf-8",
            '{"a": "1", "b": 2, "c": true, "d": null}',
            (("a", "1"), ("b", "2"), ("c", "true"), ("d", "")),
        ),
        ("application/json", '{"a": ["1", 2], "b": []}', (("a", "1"), ("a", "2"))),
        ("application/json", '\ufeff{"a": 1.50}', (("a", "1.50"),)),
        (MULTIPART, part("a", "1") + part("a", "x\r\ny") + "--XX--\r\n", (("a", "1"), ("a", "x\ny"))),
        (MULTIPART, part("a", "1") + part("f", "", '; filename=""') + "--XX--\r\n", (("a", "1"),)),
        (MULTIPART, part("é", "ü") + "--XX--", (("é", "ü"),)),
    ],
)
def test_answers_keep_their_order(kind, body, expected):
    assert answers(kind, body) == expected


def test_special_fields_are_no_answers():
    posted = read_posted(FORM, "", b"_gotcha=&_gotcha=x&_next=/a&_subject=s&_cc=c&_key=k&g-recaptcha-response=r&a=1")
    assert posted.answers == (("a", "1"),)
    assert posted.special["_gotcha"] == "x"
    assert posted.special["_next"] == "/a"


@pytest.mark.parametrize(
    "name", ["_id", "id", "state", "__proto__", "created_at", "_spam", "", "n" * 300, "a[b]", "_replyto"]
)
def test_odd_names_are_data(name):
    assert answers("application/json", json.dumps({name: "1"})) == ((name, "1"),)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (b"a=%00b", "\ufffdb"),
        (b"a=%C0%80", "\ufffd\ufffd"),  # overlong
        (b"a=%ED%A0%80", "\ufffd\ufffd\ufffd"),  # a surrogate
        (b"a=caf\xe9", "caf\ufffd"),  # Latin-1
        (b"a=%EF%BB%BFx", "\ufeffx"),
        (b"a=%E2%80%AEgnp.exe", "\u202egnp.exe"),
        (b"a=" + b"%CC%81" * 1000, "\u0301" * 1000),
        (b"a=x%0D%0ABcc:y", "x\nBcc:y"),
        (b"a=%", "%"),
    ],
)
def test_strange_text_is_stored_safely(world, raw, kept):
    assert answers(FORM, raw) == (("a", kept),)
    body = b"name=A&email=a@b.org&" + raw
    assert world.post(content=body, headers={"Content-Type": FORM}).status_code == 200
    assert world.inbox()[0].answers[2] == ("a", kept)


def test_lone_surrogates_in_json():
    assert answers("application/json", r'{"a\ud800": "x\udfff", "b": "\ud83d\ude00"}') == (
        ("a\ufffd", "x\ufffd"),
        ("b", "😀"),
    )


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", "[" * 100_000, 400),
        ("application/json", '{"a":' * 50_000, 400),
        ("application/json", '{"a": ' + "9" * 5000 + "}", 400),
        ("application/json", '{"a": NaN}', 400),
        ("application/json", '{"a": -Infinity}', 400),
        ("application/json", '{"a": 1, "a": 2}', 400),
        ("application/json", '{"a": {"b": 1}}', 400),
        ("application/json", '{"a": [[1]]}', 400),
        ("application/json", "[1]", 400),
        ("application/json", '"text"', 400),
        ("application/json", "", 400),
        ("application/json", b'{"a": "\xff"}', 400),
        ("application/json", '{"a": "' + "x" * 300_000 + '"}', 413),
        ("application/json; charset=utf-16", '{"a": 1}'.encode("utf-16"), 415),
        (FORM + "; charset=nope", "a=1", 415),
        (FORM, "&".join(f"f{at}=1" for at in range(10_000)), 400),
        (FORM, "a=1&" * MOST_ANSWERS + "b=1", 400),
        (FORM, "a=" + "x" * 1_000_000, 413),
        (FORM, "x" * 100_000 + "=1", 413),
        (MULTIPART, part("a", "1"), 400),  # no end
        (MULTIPART, part("a", "1") + "--XX", 400),
        (MULTIPART, "", 400),
        (MULTIPART, "--YY\r\n\r\n--YY--", 400),
        (MULTIPART, "--XX\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XX--", 400),
        (MULTIPART, part("n" * 100_000) + "--XX--", 400),
        (MULTIPART, (part("a") * 10_000)[:1_000_000] + "--XX--", 400),
        (MULTIPART, part("a") * 1001 + "--XX--", 400),
        ("multipart/form-data", part("a") + "--XX--", 400),
        ("multipart/form-data; boundary=" + "b" * 1_000_000, "--b", 400),
        ("multipart/mixed; boundary=XX", part("a") + "--XX--", 415),
        ("text/plain", "a=1", 415),
        ("application/xml", "<a/>", 415),
        ("", "a=1", 415),
    ],
)
def test_what_is_refused_in_bounded_time(kind, body, status):
    started = time.perf_counter()
    with pytest.raises(Refusal) as refusal:
        answers(kind, body)
    assert refusal.value.status == status
    assert time.perf_counter() - started < 2


def test_nested_multipart_is_only_text():
    inner = "Content-Type: multipart/mixed; boundary=YY"
    body = f'--XX\r\nContent-Disposition: form-data; name="a"\r\n{inner}\r\n\r\n--YY\r\n\r\nx\r\n--YY--\r\n--XX--'
    assert answers(MULTIPART, body) == (("a", "--YY\n\nx\n--YY--"),)


def test_a_file_is_noticed_but_not_kept():
    posted = read_posted(MULTIPART, "", (part("f", "GIF89a", '; filename="../../x.html"') + "--XX--").encode())
    (file,) = posted.files
    assert posted.answers == ()
    assert (file.field, file.name, file.size, file.content) == ("f", "x.html", 6, None)


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "gzip, identity"])
def test_compressed_bodies_are_refused(world, encoding):
    assert world.post({"a": "1"}, headers={"Content-Encoding": encoding}).status_code == 415
