"""Whatever is sent: answers, or an honest refusal, and never a bug."""

import json
from dataclasses import replace
from hashlib import sha256
from urllib.parse import urlencode

from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.forms.description import Field
from sitegen.forms.submission import clean
from sitegen.forms.validation import check, tidied
from sitegen.forms.wire.multipart import MultipartReader
from sitegen.forms.wire.posted import SPECIAL, read_posted
from sitegen.forms.wire.protocol import find_route, safe_next, wants_json
from sitegen.forms.wire.refusals import Refusal
from tests.forms.world import FORM

KINDS = st.sampled_from(
    ["application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=X", "text/plain", ""]
)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).filter(lambda name: name not in SPECIAL)
PAIRS = st.lists(st.tuples(NAMES, st.text(st.characters(exclude_categories=["Cs"]))), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def read(kind, body):
    try:
        answers = read_posted(kind, "", body).answers
    except Refusal as refusal:
        assert 400 <= refusal.status < 500
        return None
    check(FORM, tidied(answers))
    json.dumps(answers).encode()
    assert not any("\x00" in text for pair in answers for text in pair)
    return answers


@given(KINDS | st.text(max_size=60), st.binary(max_size=2000))
@example("multipart/form-data; boundary=X", b"--X\r\nContent-Disposition: form-data; name*=x''a\r\n\r\n\r\n--X--")
def test_any_bytes(kind, body):
    read(kind, body)


@given(st.binary(max_size=200), st.binary(max_size=200), st.binary(max_size=400))
def test_any_part(header, value, rest):
    head = b"--X\r\nContent-Disposition: form-data; name=a" + header
    read("multipart/form-data; boundary=X", head + b"\r\n\r\n" + value + b"\r\n" + rest + b"--X--\r\n")


@given(PAIRS)
def test_what_browsers_send_comes_back(pairs):
    answers = read("application/x-www-form-urlencoded", urlencode(pairs).encode())
    assert answers == tuple((clean(name), clean(value)) for name, value in pairs)


@given(JSON)
def test_any_json(value):
    read("application/json", json.dumps(value).encode())
    read("application/json", json.dumps({"a": value}).encode())


@given(st.text(), st.sampled_from(["", "https://example.org", "https://example.org:8443"]))
def test_next_never_leaves(wish, site):
    address = safe_next(wish, site)
    assert not address or address.startswith(site + "/")
    assert not address.removeprefix(site).startswith(("//", "/\\"))


@given(st.text(), st.dictionaries(st.sampled_from(["accept", "content-type", "sec-fetch-dest"]), st.text()))
def test_any_path_and_headers(path, headers):
    route = find_route(path, "/blog")
    assert route is None or (route.form and "/" not in route.form)
    wants_json(headers)


PARTS = st.lists(
    st.tuples(
        st.sampled_from(["cv", "name", ""]),
        st.none() | st.sampled_from(["", "a.pdf", "../x"]),
        st.binary(max_size=80) | st.sampled_from([b"\r\n--X", b"\r\n--", b"%PDF-", b"x" * 99]),
    ),
    max_size=6,
)


@given(PARTS, st.integers(1, 40), st.binary(max_size=20))
def test_a_body_with_files_is_the_same_in_any_pieces(parts, size, end):
    body = b"".join(
        b'--X\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
        % (name.encode(), b"" if given is None else b'; filename="%s"' % given.encode(), content)
        for name, given, content in parts
    )
    body += b"--X--" + end
    takes = {"cv": Field("cv", "file", max_size=90, max_files=2)}
    assert in_pieces(body, size, takes) == in_pieces(body, len(body), takes)


def in_pieces(body, size, takes):
    reader = MultipartReader(b"X", 5, takes)
    try:
        for start in range(0, len(body), size):
            reader.feed(body[start : start + size])
        found = [
            (name, value if isinstance(value, str) else (replace(value, content=None), content_of(value)))
            for name, value in reader.finish()
        ]
    except Refusal as refusal:
        return refusal.code
    finally:
        reader.close()
    files = [value for _, value in found if not isinstance(value, str)]
    assert all(content is None or sha256(content).hexdigest() == file.digest for file, content in files)
    return found


def content_of(file):
    if file.content is None:
        return None
    file.content.seek(0)
    return file.content.read()
