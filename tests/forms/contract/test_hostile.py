"""What is sent to do harm, by its number in the list of forty: what is answered, and what is stored.

Here is what one post tells; the others are in `test_hostile_*`. 29 to 32, 39 and 40 concern an inbox on the web and
mails, and there are none.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import pytest

from tests.forms.contract.bodies import as_json, multipart, raw, urlencoded
from tests.forms.contract.test_refusals import readable
from tests.forms.world import ADA, JSON, PAGE, codes

GOOD = "name=Ada&email=ada%40example.org"
ENDS = ["\r\nBcc: x@y.org", "\x0bBcc: x@y.org", "\u2028Bcc: x@y.org", "\x00Bcc: x@y.org"]
DEEP = "[" * 100_000 + "]" * 100_000


@dataclass(frozen=True)
class Row:
    """What is sent, with its number; the status that answers it, the codes of an error, or what is stored."""

    number: int
    name: str
    sent: dict[str, Any]
    status: int = 200
    codes: tuple[str, ...] = ()
    stored: dict[str, str] | None = field(default_factory=lambda: ADA)
    kind: str = "plain"

    def __str__(self) -> str:
        return f"hostile-{self.number:02}-{self.name}"


def refused(number: int, name: str, sent: dict[str, Any], status: int, code: str, kind: str = "plain") -> Row:
    return Row(number, name, sent, status, (code,), None, kind)


ROWS = [
    *(
        refused(1, f"line in an address {at}", {"data": ADA | {"email": "a@b.org" + end}}, 422, "TYPE_EMAIL")
        for at, end in enumerate(ENDS)
    ),
    *(Row(2, f"line in a subject {at}", {"data": ADA | {"_subject": "x" + end}}) for at, end in enumerate(ENDS)),
    Row(2, "line in a name", {"data": ADA | {"name": "A" + ENDS[0]}}, stored=ADA | {"name": "A\nBcc: x@y.org"}),
    Row(2, "vertical tab in a name", {"data": ADA | {"name": "A" + ENDS[1]}}, stored=ADA | {"name": "A" + ENDS[1]}),
    Row(2, "U+2028 in a name", {"data": ADA | {"name": "A" + ENDS[2]}}, stored=ADA | {"name": "A" + ENDS[2]}),
    Row(2, "NUL in a name", {"data": ADA | {"name": "A" + ENDS[3]}}, stored=ADA | {"name": "A\ufffdBcc: x@y.org"}),
    refused(3, "two addresses", {"data": ADA | {"_replyto": "a@b.org,c@d.org"}}, 422, "TYPE_EMAIL"),
    refused(3, "the same field twice", urlencoded(GOOD + "&_replyto=a%40b.org&_replyto=c%40d.org"), 422, "TYPE_EMAIL"),
    Row(4, "copies", {"data": ADA | {"_cc": "victim@example.org"}}),
    refused(
        13, "ten thousand fields", urlencoded("&".join(f"a{at}=1" for at in range(10_000))), 400, "TOO_MANY_FIELDS"
    ),
    refused(
        13,
        "ten thousand fields in JSON",
        as_json(json.dumps(dict.fromkeys(map(str, range(10_000))))),
        400,
        "TOO_MANY_FIELDS",
    ),
    refused(13, "ten thousand values in JSON", as_json(json.dumps({"a": [1] * 10_000})), 400, "TOO_MANY_FIELDS"),
    refused(13, "one field of a megabyte", {"data": ADA | {"message": "x" * 1_000_000}}, 413, "FILES_TOO_BIG"),
    refused(13, "a name of 100 kB", {"data": ADA | {"x" * 100_000: "1"}}, 413, "FILES_TOO_BIG"),
    refused(14, "no end", multipart(*ADA.items(), end=""), 400, "MALFORMED"),
    refused(14, "other boundary", raw(b"--Y\r\n\r\nx\r\n--Y--", "multipart/form-data; boundary=X"), 400, "MALFORMED"),
    refused(14, "no name", raw(b"--X\r\nA: b\r\n\r\nx\r\n--X--", "multipart/form-data; boundary=X"), 400, "MALFORMED"),
    refused(14, "half a header", raw(b"--X\r\nContent-Dis", "multipart/form-data; boundary=X"), 400, "MALFORMED"),
    refused(14, "ten thousand empty parts", multipart(*[("", "")] * 10_000), 400, "TOO_MANY_FIELDS"),
    refused(14, "ten thousand empty files", multipart(*[("a", "", b"")] * 10_000), 400, "TOO_MANY_FIELDS"),
    refused(15, "depth", as_json(DEEP), 400, "MALFORMED"),
    refused(15, "depth in a value", as_json('{"name": ' + DEEP + "}"), 400, "MALFORMED"),
    refused(15, "a number of 5000 digits", as_json('{"name": ' + "9" * 5000 + "}"), 400, "MALFORMED"),
    *(refused(15, word, as_json(f'{{"name": {word}}}'), 400, "MALFORMED") for word in ("NaN", "Infinity", "-Infinity")),
    refused(15, "a key twice", as_json('{"name": "a", "name": "b", "email": "a@b.org"}'), 400, "MALFORMED"),
    refused(15, "a list", as_json('["name"]'), 400, "MALFORMED"),
    refused(15, "a text", as_json('"name"'), 400, "MALFORMED"),
    refused(15, "null", as_json("null"), 400, "MALFORMED"),
    refused(15, "not UTF-8", as_json(b'{"name": "\xff"}'), 400, "MALFORMED"),
    Row(16, "NUL", urlencoded(GOOD + "&no%00te=a%00b"), stored=ADA | {"no\ufffdte": "a\ufffdb"}),
    Row(16, "NUL in JSON", as_json(json.dumps(ADA | {"a": "\x00"})), stored=ADA | {"a": "\ufffd"}),
    Row(16, "lone surrogates", as_json(json.dumps(ADA | {"a\udfff": "\ud800x"})), stored=ADA | {"a\ufffd": "\ufffdx"}),
    Row(16, "a pair of surrogates", as_json(json.dumps(ADA | {"a": "\U0001f600"})), stored=ADA | {"a": "\U0001f600"}),
    Row(16, "surrogates in UTF-8", urlencoded(GOOD + "&a=%ed%a0%80"), stored=ADA | {"a": "\ufffd\ufffd\ufffd"}),
    Row(16, "overlong", urlencoded(GOOD + "&a=%c0%80%e0%80%af"), stored=ADA | {"a": "\ufffd" * 5}),
    Row(16, "invalid", urlencoded(GOOD + "&a=%ff%fe"), stored=ADA | {"a": "\ufffd\ufffd"}),
    Row(16, "raw bytes", urlencoded(GOOD.encode() + b"&a=\xff\xc3\xa4"), stored=ADA | {"a": "\ufffdä"}),
    Row(16, "cut off", multipart(*ADA.items(), ("a", b"\xf0\x9f\x98")), stored=ADA | {"a": "\ufffd"}),
    Row(16, "BOM before JSON", as_json(b"\xef\xbb\xbf" + json.dumps(ADA).encode())),
    Row(16, "BOM in a value", urlencoded(GOOD + "&a=%ef%bb%bfx"), stored=ADA | {"a": "\ufeffx"}),
    Row(16, "RTL override", {"data": ADA | {"a": "\u202egpj.exe"}}, stored=ADA | {"a": "\u202egpj.exe"}),
    Row(16, "combining marks", {"data": ADA | {"a": "z" + "\u0301" * 1000}}, stored=ADA | {"a": "z" + "\u0301" * 1000}),
    Row(
        16,
        "noncharacters",
        {"data": ADA | {"a": "\uffff\ufdd0\U0010ffff"}},
        stored=ADA | {"a": "\uffff\ufdd0\U0010ffff"},
    ),
    refused(
        17,
        "utf-16",
        as_json(json.dumps(ADA).encode("utf-16"), **{"Content-Type": "application/json; charset=utf-16"}),
        415,
        "UNSUPPORTED",
    ),
    refused(17, "nope", raw(GOOD, "application/x-www-form-urlencoded; charset=nope"), 415, "UNSUPPORTED"),
    refused(17, "gzip", urlencoded(b"\x1f\x8b" + b"\x00" * 1000, **{"Content-Encoding": "gzip"}), 415, "UNSUPPORTED"),
    *(
        Row(26, f"the name {name[:12] or 'of none'}", {"data": ADA | {name: "1"}}, stored=ADA | {name: "1"})
        for name in (
            "_id",
            "id",
            "state",
            "__proto__",
            "constructor",
            "created_at",
            "created",
            "_spam",
            "form",
            "",
            "n" * 300,
        )
    ),
    *(
        refused(
            28,
            f"a file {name[:12]}",
            multipart(*ADA.items(), ("cv", name, b"<svg onload=alert(1)>")),
            400,
            "NO_FILE_UPLOADS",
        )
        for name in ("../../x", "a.html", "a.svg", "con", "a" * 300, "\x00", "a.exe\u202egpj")
    ),
    Row(28, "a file of no bytes", multipart(*ADA.items(), ("cv", "a.html", b""))),
    Row(35, "an IDN", {"data": ADA | {"email": "ada@bücher.example"}}, stored=ADA | {"email": "ada@bücher.example"}),
    Row(
        35,
        "an address of 254 signs",
        {"data": ADA | {"email": "a@" + "b." * 124 + "org"}},
        stored=ADA | {"email": "a@" + "b." * 124 + "org"},
    ),
    refused(35, "an address of 255 signs", {"data": ADA | {"email": "aa@" + "b." * 124 + "orgg"}}, 422, "TYPE_EMAIL"),
    refused(35, "a quoted local part", {"data": ADA | {"email": '"a b"@example.org'}}, 422, "TYPE_EMAIL"),
    refused(35, "an address of 200 kB", {"data": ADA | {"email": "a." * 99_999 + "@"}}, 422, "TYPE_EMAIL"),
    refused(
        35, "a number to count long", {"data": {"name": "A", "age": "1" * 100_000 + "e"}}, 422, "TYPE_NUMERIC", "typed"
    ),
    refused(
        35,
        "an address to parse long",
        {"data": {"name": "A", "site": "http://" + "[" * 100_000}},
        422,
        "TYPE_TEXT",
        "typed",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_hostile(program, row):
    form = program.fresh(row.kind)
    started = monotonic()
    with program.client(**JSON) as client:
        answer = client.post(f"/f/{form}", **row.sent)
    assert answer.status_code == row.status, answer.text
    assert monotonic() - started < 5
    readable(answer)
    if row.codes:
        assert codes(answer) == list(row.codes)
    expected = [] if row.stored is None else [tuple(row.stored.items())]
    assert [stored.answers for stored in program.inbox(form)] == expected
    assert [stored.state for stored in program.inbox(form)] == ["new"] * len(expected)


@pytest.mark.parametrize("row", [row for row in ROWS if row.stored is None], ids=str)
def test_hostile_to_a_page(program, row):
    """Without script the same is refused with a page, and not with an error of our own."""
    with program.client(**PAGE) as client:
        answer = client.post(f"/f/{row.kind}-1", **row.sent)
    assert answer.status_code == row.status
    assert "</html>" in answer.text
    assert "\x00" not in answer.text
