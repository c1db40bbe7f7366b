"""Files that come with answers: what is taken, what is refused, and where they are kept."""

import asyncio
import os
import resource
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import httpx
import pytest

from sitegen.forms.description import Field
from sitegen.forms.inbox.store import Entry, KeyConflict
from sitegen.forms.judgement.rates import Rate
from sitegen.forms.submission import Upload
from tests.forms.test_files import PDF, PNG
from tests.forms.world import NOON, World, codes, form_of, open_store, serving

MB = 1024 * 1024
CV = Field("cv", "file", "CV", accept=(".pdf", "image/*"), max_size=MB)
FORM = form_of(Field("name", label="Name", required=True), CV, Field("shots", "file", "Shots", max_files=2))
BOUNDARY = "multipart/form-data; boundary=XX"


@pytest.fixture
def takes(world):
    """A receiver whose form takes files."""
    world.serve_form(FORM, rate=None)
    return world


def send(world, *files, name="Ada", page=False, **more):
    """A form with files, as (field, (name, content)) or a longer tuple."""
    post = world.post_page if page else world.post
    return post({"name": name} if name is not None else {}, files=list(files), **more)


def kept(world):
    return [(file, world.store.content_of(file)) for one in world.inbox() for file in world.store.files_of(one)]


@pytest.mark.both_databases
def test_a_file_is_kept_as_it_came(takes):
    content = PDF + os.urandom(900_000)  # more than is held in memory
    answer = send(takes, ("cv", ("../../My CV.pdf", content, "text/html")), ("shots", ("a.png", PNG, "x")))
    assert answer.status_code == 200
    (submission,) = takes.inbox()
    assert submission.answers == (("name", "Ada"),)
    (cv, cv_content), (shot, shot_content) = kept(takes)
    assert (cv.field, cv.name, cv.type, cv.size) == ("cv", "My CV.pdf", "application/pdf", len(content))
    assert cv_content == content
    assert (shot.field, shot.type, shot_content) == ("shots", "image/png", PNG)
    assert cv.id != shot.id


def test_an_answer_that_is_a_file_alone_is_not_empty(takes):
    takes.serve_form(form_of(CV))
    assert send(takes, ("cv", ("a.pdf", PDF)), name=None).status_code == 200
    assert len(kept(takes)) == 1


def test_no_file_chosen(takes):
    assert send(takes, ("cv", ("", b"", "application/octet-stream")), ("shots", ("", b""))).status_code == 200
    assert kept(takes) == []


@pytest.mark.parametrize(
    ("files", "status", "code", "field", "words"),
    [
        ([("cv", ("a.pdf", PDF + bytes(MB)))], 413, "FILES_TOO_BIG", "cv", "“a.pdf” is too large"),
        ([("cv", ("a.pdf", PDF)), ("cv", ("b.pdf", PDF))], 400, "TOO_MANY_FILES", "cv", "one file at most"),
        ([("shots", (f"{at}", b"x")) for at in range(9)], 400, "TOO_MANY_FILES", "shots", "2 files at most"),
        ([("cv", ("a.pdf", b"MZ\x00"))], 422, "TYPE_FILE", "cv", "not of a kind that fits here: .pdf, images."),
        ([("cv", ("a.exe", PDF))], 422, "TYPE_FILE", "cv", "not of a kind"),
        ([("cv", ("a.pdf", b""))], 422, "TYPE_FILE", "cv", "“a.pdf” is empty"),
        ([("name", ("a.pdf", PDF))], 400, "NO_FILE_UPLOADS", "name", "no file in “Name”"),
        ([("other", ("a.pdf", PDF))], 400, "NO_FILE_UPLOADS", None, "no files in “other”"),
        ([("_gotcha", ("a.pdf", PDF))], 400, "NO_FILE_UPLOADS", None, "no files in “_gotcha”"),
    ],
)
def test_what_is_refused(takes, files, status, code, field, words):
    answer = send(takes, *files)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["code"], error.get("field")) == (status, code, field)
    assert words in error["message"]
    assert takes.inbox() == []


def test_a_required_file(takes):
    takes.serve_form(form_of(Field("name"), replace(CV, required=True)))
    answer = send(takes)
    assert (answer.status_code, codes(answer)) == (422, ["REQUIRED_FIELD_MISSING"])
    assert "choose a file" in answer.json()["error"]
    assert send(takes, ("cv", ("a.pdf", PDF))).status_code == 200


@pytest.mark.parametrize("kind", ["data", "json"])
def test_the_name_of_a_file_is_no_file(takes, kind):
    """A page of the site's own that does not say how its form is sent: nobody should think the file has arrived."""
    answer = takes.send(**{kind: {"name": "Ada", "cv": "my-cv.pdf"}}, headers={"Accept": "application/json"})
    assert (answer.status_code, codes(answer)) == (422, ["TYPE_FILE"])
    assert takes.send(**{kind: {"name": "Ada", "cv": ""}}, headers={"Accept": "application/json"}).status_code == 200


@pytest.mark.parametrize("content", [PDF, b"x" * 900_000])
def test_a_form_without_such_a_field_takes_none(world, content):
    answer = world.post({"name": "Ada", "email": "a@b.org"}, files=[("f", ("a.pdf", content))])
    assert (answer.status_code, codes(answer)) == (400, ["NO_FILE_UPLOADS"])
    assert world.post({"name": "Ada", "email": "a@b.org"}, files=[("f", ("empty.txt", b""))]).status_code == 200


def test_the_words_come_back_whatever_is_wrong_with_the_file(takes):
    """The name stands behind the file in the body, and the file is larger than the whole form may be."""
    part = b'--XX\r\nContent-Disposition: form-data; name="cv"; filename="a.pdf"\r\n\r\n' + PDF + bytes(14 * MB)
    name = b'\r\n--XX\r\nContent-Disposition: form-data; name="name"\r\n\r\nAda Lovelace\r\n--XX--\r\n'
    answer = takes.post_page(content=part + name, headers={"Content-Type": BOUNDARY})
    assert answer.status_code == 413
    assert "Ada Lovelace" in answer.text and "too large" in answer.text


def test_all_that_is_wrong_is_said_at_once(takes):
    answer = send(takes, ("cv", ("a.exe", b"MZ")), name="")
    assert (answer.status_code, codes(answer)) == (422, ["REQUIRED_FIELD_EMPTY", "TYPE_FILE"])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"--XX\r\n", 400),
        (b'--XX\r\nContent-Disposition: form-data; name="cv"; filename="a.pdf"\r\n\r\n%PDF-', 400),
        (b'--XX\r\nContent-Disposition: form-data; name="cv"; filename="a.pdf"\r\n\r\n%PDF-\r\n--XX', 400),
        (b'--XX\r\nContent-Disposition: form-data; filename="a.pdf"\r\n\r\n%PDF-\r\n--XX--', 400),
        (b'--XX\r\nContent-Disposition: form-data; name="cv"; filename=""\r\n\r\n\r\n' * 5000 + b"--XX--", 400),
        (b'--XX\r\nContent-Disposition: form-data; name="t"\r\n\r\n' + b"x" * 2 * MB + b"\r\n--XX--", 413),
        (b"--XX\r\n" + b"A: b\r\n" * 100_000, 400),
        (b"x" * 30 * MB, 400),
    ],
)
def test_hostile_bodies(takes, body, status):
    answer = takes.post(content=body, headers={"Content-Type": BOUNDARY})
    assert answer.status_code == status
    assert answer.json()["errors"]


def test_a_body_that_is_announced_as_endless_is_not_read(takes):
    async def never():
        yield pytest.fail("nobody asked for the body")

    headers = {"Content-Type": BOUNDARY, "Content-Length": "999999999"}
    assert takes.post(content=never(), headers=headers).status_code == 413


def test_a_slow_file_has_time_as_long_as_it_comes(takes, monkeypatch):
    monkeypatch.setattr("sitegen.forms.wire.body.SLOWEST", 2 * MB)
    takes.seconds = 0.2
    takes.restart()
    head = b'--XX\r\nContent-Disposition: form-data; name="name"\r\n\r\nAda\r\n'
    head += b'--XX\r\nContent-Disposition: form-data; name="cv"; filename="a.pdf"\r\n\r\n'

    def post(piece):
        async def body():
            yield head + PDF
            for _ in range(4):
                await asyncio.sleep(0.1)
                yield piece
            yield b"\r\n--XX--\r\n"

        return takes.post(content=body(), headers={"Content-Type": BOUNDARY})

    assert post(bytes(MB // 4 - 100)).status_code == 200
    assert (answer := post(b"x")).status_code == 408 and codes(answer) == ["TIMEOUT"]


def test_a_disk_without_room_is_said_honestly(takes, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    answer = send(takes, ("cv", ("a.pdf", PDF + bytes(600_000))))
    assert (answer.status_code, codes(answer)) == (503, ["UNAVAILABLE"])
    page = takes.post_page({"name": "Every word"}, files=[("cv", ("a.pdf", PDF + bytes(600_000)))])
    assert (page.status_code, 'value="Every word"' in page.text) == (503, True)
    assert takes.inbox() == []


def test_nothing_stays_behind(takes, monkeypatch, tmp_path):
    (tmp_path / "put-aside").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "put-aside"))
    opened = len(os.listdir("/proc/self/fd"))
    for content in (PDF + bytes(600_000), PDF + bytes(2 * MB), b"MZ" + bytes(600_000)):
        send(takes, ("cv", ("a.pdf", content)))
    takes.post(content=b'--XX\r\nContent-Disposition: form-data; name="cv"; filename="a"\r\n\r\n' + bytes(700_000))
    assert os.listdir(tmp_path / "put-aside") == []
    assert len(os.listdir("/proc/self/fd")) <= opened


@pytest.mark.parametrize(("kind", "status"), [("late", 403), ("many", 429)])
def test_who_is_refused_anyway_fills_no_disk(takes, monkeypatch, tmp_path, kind, status):
    closes = NOON - timedelta(days=1) if kind == "late" else None
    takes.serve_form(replace(FORM, closes=closes), rate=Rate(1, timedelta(days=1)))
    if kind == "many":
        send(takes)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    answer = send(takes, ("cv", ("a.pdf", PDF + bytes(600_000))), page=True)
    assert answer.status_code == status and "Ada" in answer.text


@pytest.mark.both_databases
def test_a_double_click_sends_a_file_once(takes):
    ids = {send(takes, ("cv", ("a.pdf", PDF))).json()["id"] for _ in range(2)}
    assert len(ids) == 1 and len(kept(takes)) == 1
    assert send(takes, ("cv", ("a.pdf", PDF + b"x"))).json()["id"] not in ids
    assert send(takes).json()["id"] not in ids
    assert len(takes.inbox()) == 3


def upload(content):
    return Upload("cv", "a.bin", "text/plain", len(content), sha256(content).hexdigest(), BytesIO(content))


@pytest.mark.both_databases
def test_the_same_key_with_another_file_is_another_answer(world):
    entry = Entry("f", None, (("name", "Ada"),), NOON, key="k", files=(upload(b"one"),))
    assert not world.store.accept(entry).repeated
    assert world.store.accept(replace(entry, files=(upload(b"one"),))).repeated
    with pytest.raises(KeyConflict):
        world.store.accept(replace(entry, files=(upload(b"two"),)))


@pytest.mark.both_databases
def test_a_file_is_stored_with_its_submission_or_neither_is(world):
    entry = Entry("f", None, (("name", "Ada"),), NOON, files=(upload(b"one"), Upload("cv", "x", "", 9)))
    with pytest.raises(ValueError, match="not kept"):
        world.store.accept(entry)
    assert world.inbox() == [] and world.store.names_of_files() == {}


def test_what_is_deleted_leaves_no_byte(tmp_path):
    takes = World(open_store(tmp_path / "inbox.db"))
    takes.serve_form(FORM)
    secret = b"Wilhelmina Zauberberg "
    ids = [
        send(takes, ("cv", ("a.pdf", PDF + what * 20_000)), name=name).json()["id"]
        for name, what in (("Ada", secret), ("Bob", b"something else"))
    ]
    assert any(secret in file.read_bytes() for file in tmp_path.iterdir())
    takes.store.delete(ids[0])
    assert not any(secret in file.read_bytes() for file in tmp_path.iterdir())
    assert [file.name for file, _ in kept(takes)] == ["a.pdf"]
    takes.close()


@pytest.mark.slow
@pytest.mark.both_databases
def test_many_at_once_take_little_memory(takes):
    """40 files of 5 MB, at once: the process grows by far less than they are, and others are served meanwhile."""
    takes.serve_form(form_of(Field("name"), Field("cv", "file", max_size=5 * MB)), rate=None)
    content = os.urandom(5 * MB)
    with serving(takes.app) as address, httpx.Client(timeout=120) as client:

        def post(at):
            # One body for all: what the clients hold is not what is measured.
            return client.post(
                f"{address}/f/chicago", data={"name": str(at)}, files={"cv": ("a.bin", content)}
            ).status_code

        assert post(0) == 303
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with ThreadPoolExecutor(40) as pool:
            assert set(pool.map(post, range(1, 41))) == {303}
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert len(kept_sizes := takes.store.names_of_files()) == 41, kept_sizes
    assert grown < 100
