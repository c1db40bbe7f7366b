"""What the receiver tells its operator: one line an event, and nothing that a visitor wrote."""

import io
import logging
import re
import signal

import pytest

from sitegen.forms.receiver.log import LineFormatter, OnceAMinute, handler_to, line
from tests.forms.commands import NO_LIMIT, make_site, receive, running
from tests.forms.sockets import talk
from tests.forms.world import ADA

MARK = "m4rk"
HOSTILE = f"{MARK}\r\nlevel=error\x1b[31m\u2028 {MARK}=1"
LINE = re.compile(r'time=\S+Z level=[a-z]+ event=[\w.]+( [a-z_]+=([\w.:/+-]+|"[ -~]*"))*')


def request(path="/f/call", content="application/x-www-form-urlencoded", body=b"", method="POST", **headers):
    lines = [f"{method} {path} HTTP/1.1", "Host: a", "Connection: close", f"Content-Length: {len(body)}"]
    lines += [f"Content-Type: {content}", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


def multipart(name, filename):
    disposition = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"'
    return f"--b\r\n{disposition}\r\nContent-Type: text/{MARK}\r\n\r\n{MARK}\r\n--b--\r\n".encode()


HOSTILE_REQUESTS = [
    request(f"/f/{MARK}"),
    request(f"/f/call%0d%0a{MARK}%1b[31m"),
    request(f"/f/call?{MARK}={MARK}", method="GET"),
    request(f"/f/call/{MARK}", method="TRACE"),
    request(f"/f/call?email={MARK}", method="DELETE"),
    request(f"/{MARK}/f/call", method="OPTIONS"),
    request(body=f"{MARK}={MARK}&email={MARK}".encode()),
    request(body=f"name=A&email=a@b.org&_gotcha={MARK}&_next=//{MARK}&_subject={MARK}".encode()),
    request(body=f"name=B&email={MARK}@b.org&note=%0d%0a{MARK}%1b%00".encode()),
    request(body=b'{"' + MARK.encode() + b'": [', content="application/json"),
    request(body=b'{"' + MARK.encode() + b'": {"a": 1}}', content="application/json"),
    request(body=multipart(MARK, f"{MARK}.png"), content="multipart/form-data; boundary=b"),
    request(body=b"x", content=f"multipart/form-data; boundary={MARK}"),
    request(body=f"--b{MARK}".encode(), content="multipart/form-data; boundary=bb"),
    request(body=b"x", content=f"text/{MARK}"),
    request(body=b"x", Content_Encoding=MARK),
    request(body=b"name=C&email=c@b.org", Idempotency_Key=MARK, Origin=f"https://{MARK}", Referer=f"https://{MARK}/"),
    request(
        body=b"name=D&email=d@b.org",
        User_Agent=f"{MARK}\x1b[31m",
        Cookie=MARK,
        X_Forwarded_For=f"{MARK}, 9.9.9.9",
        Accept=MARK,
        Accept_Language=MARK,
        Formspree_Client=MARK,
    ),
    request(X_Forwarded_For=MARK, body=b"name=\xff" + MARK.encode(), Expect="100-continue"),
    f"{MARK} {MARK} {MARK}\r\n\r\n".encode(),
    f"POST /{MARK} HTTP/1.1\r\nHost: {MARK}\r\nUpgrade: {MARK}\r\nConnection: upgrade, close\r\n\r\n".encode(),
    f"POST /f/call HTTP/1.1\r\nHost: a\r\nContent-Length: {MARK}\r\n\r\n".encode(),
]


def test_no_line_holds_what_a_visitor_can_write(tmp_path):
    site = make_site(tmp_path, 'url = "https://example.org"\n' + NO_LIMIT)
    with running(receive(site)) as (process, address):
        answers = [talk(address, sent) for sent in HOSTILE_REQUESTS]
        process.send_signal(signal.SIGTERM)
        shown, log = process.communicate(timeout=20)
    assert process.returncode == 0
    assert all(answer.startswith(b"HTTP/1.1 ") for answer in answers)
    assert MARK not in shown + log
    assert "python_multipart" not in log
    assert "127.0.0.1" not in log and "9.9.9.9" not in log
    lines = log.split("\n")
    assert lines.pop() == ""
    assert [one for one in lines if not LINE.fullmatch(one)] == []
    events = re.findall(" event=(.*?) ", log)
    assert (events[0], events[-1]) == ("started", "sitegen.connections")
    assert " event=ending most_seconds=15 drain_seconds=0\n" in log
    assert log.endswith(" event=ended\n")
    became = re.findall(" became=(.*?) ", log)
    assert {"new", "spam", "FORM_NOT_FOUND", "METHOD_NOT_ALLOWED", "INVALID", "MALFORMED", "UNSUPPORTED"} <= {*became}
    assert "connections let go: " in log and "malformed" in log


def test_a_line_can_be_found_again_by_its_answer(world, caplog):
    caplog.set_level("INFO")
    answers = [world.post(ADA), world.post(ADA), world.post({}), world.send("GET", "/f/nobody")]
    lines = [str(record.msg) for record in caplog.records if record.name.startswith("sitegen")]
    assert [re.sub(r" ms=\d+", "", one) for one in lines] == [
        f"event=request method={method} form={form} status={answer.status_code} became={became} "
        f"reference={answer.headers['request-reference']}"
        for answer, method, form, became in zip(
            answers,
            ("POST", "POST", "POST", "GET"),
            ("chicago", "chicago", "chicago", "-"),
            ("new", "repeated", "EMPTY", "FORM_NOT_FOUND"),
            strict=True,
        )
    ]
    assert len({answer.headers["request-reference"] for answer in answers}) == 4


def formatted(message, *arguments, error=None):
    stream = io.StringIO()
    handler = handler_to(stream)
    info = (type(error), error, error.__traceback__) if error else None
    handler.handle(logging.LogRecord("other", logging.ERROR, __file__, 1, message, arguments, info))
    return stream.getvalue()


def test_whatever_is_logged_is_one_line_of_ascii():
    told = formatted("it is %s", HOSTILE)
    assert LINE.fullmatch(told.removesuffix("\n"))
    assert told.isascii()
    assert "\x1b" not in told


def test_what_cannot_be_told_costs_its_caller_nothing():
    told = formatted("%d of them", MARK)
    assert LINE.fullmatch(told.removesuffix("\n")) and MARK not in told
    assert 'event=other text="what happened cannot be told" error=TypeError' in told


def test_of_an_error_the_kind_and_the_place_are_told_and_not_the_words():
    try:
        raise ValueError(HOSTILE)
    except ValueError as error:
        told = formatted("the receiver failed", error=error)
    assert MARK not in told
    assert re.search(r'text="the receiver failed" error=ValueError at=test_log.py:\d+\n$', told)


def test_a_storm_is_told_once_a_minute_with_its_size():
    moments = [0.0, 1.0, 2.0, 59.9, 60.0, 61.0, 130.0]
    stream = io.StringIO()
    handler = handler_to(stream, lambda: moments[0])
    while moments:
        for message in ("nothing can be stored: %s", "something else: %s"):
            handler.handle(logging.LogRecord("receiver", logging.ERROR, __file__, 1, message, ("why",), None))
        moments.pop(0)
    told = [one.split("event=receiver ")[1] for one in stream.getvalue().splitlines()]
    assert told == [
        'text="nothing can be stored: why"',
        'text="something else: why"',
        'text="nothing can be stored: why" repeated=3',
        'text="something else: why" repeated=3',
        'text="nothing can be stored: why" repeated=1',
        'text="something else: why" repeated=1',
    ]


def test_requests_are_never_held_back():
    storm = OnceAMinute(lambda: 0.0)
    record = logging.LogRecord("sitegen.receiver.requests", logging.INFO, __file__, 1, line(event="request"), (), None)
    assert all(storm.filter(record) for _ in range(3))


@pytest.mark.parametrize(
    ("value", "shown"),
    [("chicago", "chicago"), ("", '""'), ("a b", '"a b"'), ('a"=\n', '"a\\"=\\n"'), ("ä", '"\\u00e4"')],
)
def test_values(value, shown):
    record = logging.LogRecord("x", logging.INFO, __file__, 1, line(event="test", value=value), (), None)
    assert LineFormatter().format(record).endswith(f" level=info event=test value={shown}")


def test_a_log_that_nobody_reads_ends_nothing():
    class Closed(io.StringIO):
        def flush(self):
            raise BrokenPipeError

    handler = handler_to(Closed())
    for _ in range(2):
        handler.handle(logging.LogRecord("sitegen", logging.INFO, __file__, 1, line(event="request"), (), None))
