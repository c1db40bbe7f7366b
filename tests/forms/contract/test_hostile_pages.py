"""What is sent to do harm where it is shown or written: pages, tables, logs."""

import csv
import subprocess
import sys
import time
from urllib.parse import quote

import pytest

from tests.forms.contract.bodies import multipart
from tests.forms.world import ADA

MARKUP = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</textarea><b>",
    "]]>--><i>",
]
TEMPLATES = ["{{7*7}}", "${7*7}", "{% raw %}", "<%= 7*7 %>", "#{7*7}", "{{ site.title }}"]
FORMULAS = [
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    '"=1+1',
    "x\n=1+1",
    "\uff1d1+1",
    " =1+1",
]
SIGNS = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"
LOGGED = ["\r\n2026-01-01 INFO forged", "\x1b[31m", "\x1b]0;title\x07", "%0d%0aforged"]


@pytest.mark.parametrize("payload", MARKUP)
def test_hostile_09_markup_is_text(program, form, script, visitor, payload):
    answers = {"name": payload, "email": payload, "message": payload, payload: payload}
    pages = [
        visitor.post(f"/f/{form}", data=answers),  # the form again
        visitor.post("/f/nobody", data=answers),  # the answers to copy
        visitor.post(f"/f/{payload.replace('/', '')}", data=answers),
        visitor.post(f"/f/{form}", **multipart(*answers.items(), (payload.replace('"', "%22"), payload, b"x"))),
    ]
    for page in pages:
        assert page.status_code in (400, 404, 422)
        assert payload not in page.text
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "script-src" not in policy
    assert "alert(1)" in pages[0].text or "alert(1)" not in payload  # it is kept
    answer = script.post(f"/f/{form}", data=ADA | {"name": payload, payload: "1"})
    (stored,) = program.inbox(form)
    assert stored.answers == (("name", payload), ("email", ADA["email"]), (payload, "1"))
    assert answer.json()["ok"] is True


@pytest.mark.parametrize("payload", TEMPLATES)
def test_hostile_10_templates_are_text(program, form, script, visitor, payload):
    page = visitor.post(f"/f/{form}", data={"name": payload, "email": payload, "_subject": payload}).text
    assert payload.replace("<", "&lt;").replace(">", "&gt;") in page
    script.post(f"/f/{form}", data=ADA | {"name": payload, "_subject": payload})
    (stored,) = program.inbox(form)
    assert dict(stored.answers)["name"] == payload


def test_hostile_11_formulas_are_text_in_tables(program, script):
    form = program.fresh("note")
    for at, formula in enumerate(FORMULAS):
        assert (
            script.post(f"/f/{form}", data={"note": f"{at}", "what": formula + f"{at}", f"{formula}": "1"}).status_code
            == 200
        )
    words = ["inbox", "export", "--form", form, "--database", program.database]
    done = subprocess.run([sys.executable, "-m", "sitegen", *words], capture_output=True, timeout=60, check=True)
    rows = list(csv.reader(done.stdout.decode("utf-8-sig").splitlines(keepends=True)))
    assert len(rows) == len(FORMULAS) + 1
    assert not [cell for row in rows for cell in row if cell and cell[0] in SIGNS]


@pytest.mark.parametrize("payload", LOGGED)
def test_hostile_36_logs_are_lines_of_our_own(program, form, script, payload):
    before = len(program.log.read_text())
    odd = {"User-Agent": payload.encode().replace(b"\r\n", b"\\r\\n"), "X-Forwarded-For": "secret-address"}
    for path in (f"/f/{form}?secret-query=1", f"/f/{quote(payload)}", "/f/%0d%0aforged%1b%5b31m"):
        script.post(path, data={"name": payload, payload: "secret-answer"}, headers=odd)
    del odd["User-Agent"]  # with a control in it the head is refused as a whole
    script.post(f"/f/{form}", data=ADA | {"name": payload, payload: "secret-answer"}, headers=odd)
    log, told = "", program.command == "serve"
    for _ in range(500):  # the line is written a moment after the answer
        log = program.log.read_text()[before:]
        if told := told or f"form={form} status=200" in log:
            break
        time.sleep(0.01)
    assert told
    assert not any(word in log for word in ("forged", "\x1b", "\x07", "secret", "Traceback", ADA["email"]))
