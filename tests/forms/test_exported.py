"""A site in one file: the receiver that reads it is the one that reads the sources."""

import json
import os
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from sitegen.cli import main
from sitegen.errors import SiteError
from sitegen.forms.receiver.exported import MARK, pack
from sitegen.forms.receiver.following import FollowedSite
from sitegen.forms.receiver.loading import load_exported, load_site
from sitegen.forms.receiver.pages import SitePages, book_of
from sitegen.forms.submission import FieldError
from tests.forms.test_following import forms, until
from tests.forms.world import ADA, NOON

CALL = "---\ntitle: A call\ndate: 2026-05-06\nform:\n  capacity: 1\n  thanks: I read *all*.\n---\nCome.\n"
UNDATED = "---\ntitle: Undated\nform: {closes: 2026-12-31}\n---\nCome.\n"
SIDEBAR = (
    "{% extends 'theme/default.html' %}{% block footer %}{% include 'foot.html' %}"
    "{% for post in site.posts %}{{ post.title }} {{ post.date }} {{ post.updated }} {{ post.excerpt }}{% endfor %}"
    "{{ site.time }} {{ site.tags }} {{ site.data.people }} {{ site.static_files | length }}{% endblock %}"
)
SITES = {
    "the least": {"_posts/call.md": CALL},
    "undated, in the style of the site": {
        "sitegen.toml": 'title = "Blog"\n',
        "_posts/call.md": UNDATED,
        "static/assets/style.css": "body { color: red }",
        "static/picture.png": "\0",
    },
    "with a menu": {
        "sitegen.toml": 'title = "Blog"\nurl = "https://example.org"\nbaseurl = "/blog"\nauthor = "ada"\n',
        "_posts/call.md": CALL,
        "_posts/next.md": CALL.replace("2026-05-06", "2999-05-06"),
        "_posts/past.md": CALL.replace("form:", "expires: 2026-05-07\nform:"),
        "_pages/about.md": "---\ntitle: About\n---\nUs.\n",
        "_data/authors.yml": "ada: {name: Ada, email: ada@example.org}\n",
    },
    "with layouts, data and includes": {
        "pyproject.toml": '[project]\nname = "x"\n[tool.sitegen]\nupdated = "git"\ntitle = "Tool"\n'
        '[tool.sitegen.forms.shared]\ncapacity = 3\n[[tool.sitegen.defaults]]\nscope = { path = "_posts/by-path.md" }\n'
        'values = { form = "shared" }\n',
        "_posts/by-path.md": "---\ntags: [a]\n---\nUntouched, *all* of it.\n",
        "_posts/other.md": "---\ntitle: Other\n---\nNo call.\n",
        "_layouts/default.html": SIDEBAR,
        "_includes/foot.html": "<p>{{ site.title }}</p>",
        "_data/people.csv": "name\r\nAda\r\n",
        "_drafts/secret.md": CALL,
    },
    "of Jekyll": {
        "_config.yml": "title: J\nurl: https://j.example\nunknown: 7\ncollections: [things]\ndefaults:\n"
        "  - {scope: {path: blog}, values: {form: true}}\n",
        "blog/_posts/2026-05-06-deep.md": "---\nlayout: nowhere\n---\n{{ site.time }}\n",
        "_things/one.md": "---\n---\nOne.\n",
        "_layouts/notice.html": "{{ site.things[0].content }} {{ site.unknown }} {{ content }}",
        "some/file.txt": "x",
        "about.md": "---\ntitle: About\nmenu: true\n---\n",
    },
}


def written(folder: Path, files: dict[str, str]) -> Path:
    """The files below the folder, committed one day after another."""
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    for day in (3, 5):
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(text.replace("Come.", f"Come by {day}.").encode())
        when = f"2026-05-0{day}T12:00:00Z"
        dates = {**os.environ, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        subprocess.run(["git", "-C", str(folder), "add", "-A"], check=True)
        commit = ["git", "-C", str(folder), *who, "commit", "-q", "--allow-empty", "-m", "x"]
        subprocess.run(commit, check=True, env=dates)
    return folder


def pages_of(site):
    """Every kind of page, of every form."""
    pages = SitePages(lambda: site)
    found: dict[str, object] = {"": pages.notice("Title", "Words", None)}
    for form in book_of(site).forms.values():
        answers = (("name", "Ada"), ("more", "<b>"))
        found[form.id] = [
            pages.form_error(form, answers, [FieldError("TYPE_EMAIL", "Wrong.", "email")]),
            pages.notice("Title", "Words", form, answers),
            pages.thanks(form, "thanks"),
            pages.thanks(form, "waitlist"),
        ]
    return found


@pytest.mark.parametrize("files", SITES.values(), ids=SITES)
def test_its_pages_are_those_of_the_sources(tmp_path, files):
    source, file = written(tmp_path / "site", files), tmp_path / "elsewhere" / "calls.json"
    assert main(["build", "-s", str(source), "--forms", str(file)]) == 0
    data = file.read_bytes()
    here, there = load_site(source, NOON), load_exported(file, NOON)
    assert book_of(here) == book_of(there) and book_of(here).forms
    assert pages_of(here) == pages_of(there)
    assert here.documents.keys() == there.documents.keys()
    assert "secret" not in data.decode()
    assert pack(here) == data


def test_it_is_the_site_that_was_built(tmp_path):
    """Its address may come from the command line: workflows do that."""
    source, file = written(tmp_path / "site", SITES["the least"]), tmp_path / "calls.json"
    main(["build", "-s", str(source), "--forms", str(file), "--url", "https://e.example", "--baseurl", "/b"])
    site = load_exported(file, NOON)
    assert (site.config.url, site.config.baseurl) == ("https://e.example", "/b")
    assert 'href="https://e.example/b/"' in str(pages_of(site)[""])


def test_its_folder_goes_with_the_site(tmp_path):
    source, file = written(tmp_path / "site", SITES["the least"]), tmp_path / "calls.json"
    main(["build", "-s", str(source), "--forms", str(file)])
    site = load_exported(file, NOON)
    folder = site.config.source
    assert folder.is_dir()
    del site
    assert not folder.exists()


def test_a_new_file_is_followed_and_a_broken_one_told(tmp_path, caplog):
    source, file = written(tmp_path / "site", SITES["the least"]), tmp_path / "calls.json"
    build = ["build", "-s", str(source), "--forms", str(file)]
    main(build)
    loads = Loads(file)
    with closing(FollowedSite(file, loads, seconds=0.01)) as followed:
        assert forms(followed) == {"call"}
        loads.done.clear()
        file.write_bytes(file.read_bytes()[:-100])  # half of it has been copied
        assert loads.done.wait(10)
        assert forms(followed) == {"call"}
        (source / "_posts" / "more.md").write_text(CALL)
        main(build)
        assert until(followed, {"call", "more"}, loads)
    assert "this is not a whole file of calls" in caplog.text


class Loads:
    """Loads the file, and tells when it did."""

    def __init__(self, file):
        self.file, self.done = file, threading.Event()

    def __call__(self):
        try:
            return load_exported(self.file, NOON)
        finally:
            self.done.set()


GOOD = {MARK: 1, "url": None, "baseurl": None, "added": {}, "changed": {}, "files": {"_posts/call.md": CALL}}
DEEP = "[" * 100_000


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("", "not a whole file"),
        ("[1]", "not a whole file"),
        (DEEP, "not a whole file"),
        ("{}", "not a whole file"),
        (b"\xff\xfe", "not a whole file"),
        (GOOD | {MARK: 2}, "has format 2, and this sitegen reads format 1"),
        ({MARK: 1}, "is damaged"),
        (GOOD | {"files": [1]}, "is damaged"),
        (GOOD | {"files": {"_posts/call.md": 1}}, "is damaged"),
        (GOOD | {"files": {"_posts/call.md": "\ud800"}}, "is damaged"),
        (GOOD | {"files": {"a": "", "a/b": ""}}, "is damaged"),
        (GOOD | {"files": {"a" * 300: ""}}, "is damaged"),
        (GOOD | {"files": {"a\0b": ""}}, "is damaged"),
        (GOOD | {"added": {"_posts/call.md": "2026-05-06T12:00:00"}}, "is damaged"),
        *(
            (GOOD | {"files": {path: "x"}}, "is damaged")
            for path in ("../x", "a/../../x", "/tmp/x", "a//b", "", "..\\x")
        ),
        (GOOD | {"files": {"sitegen.toml": "nonsense = 1"}}, 'no setting "nonsense"'),
    ],
)
def test_what_is_no_such_file_is_told_and_writes_nothing(tmp_path, monkeypatch, told, words):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    file = tmp_path / "calls.json"
    file.write_bytes(
        told if isinstance(told, bytes) else (told if isinstance(told, str) else json.dumps(told)).encode()
    )
    with pytest.raises(SiteError, match=words):
        load_exported(file, NOON)
    assert os.listdir(tmp_path) == ["calls.json"]


def test_the_command_needs_no_sources(tmp_path):
    """Its inbox is below the folder where it runs, and it leaves nothing else anywhere."""
    source, home, temporary = written(tmp_path / "site", SITES["the least"]), tmp_path / "home", tmp_path / "temporary"
    main(["build", "-s", str(source), "--forms", str(home / "calls.json")])
    temporary.mkdir()
    command = [sys.executable, "-m", "sitegen", "receive", "--forms", "calls.json", "--port", "0"]
    somewhere = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen(command, cwd=home, env=somewhere, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().split()[2]
            assert httpx.post(f"{address}/f/call", json=ADA).status_code == 200
        finally:
            process.terminate()
            process.communicate(timeout=20)
    assert (process.returncode, os.listdir(temporary)) == (0, [])
    listed = [sys.executable, "-m", "sitegen", "inbox", "list", "--json"]
    done = subprocess.run(listed, cwd=home, capture_output=True, text=True, check=True)
    assert [found["answers"] for found in json.loads(done.stdout)] == [ADA]


def test_a_file_where_everybody_would_find_it_is_refused(tmp_path, capsys):
    source = written(tmp_path / "site", SITES["the least"])
    assert main(["build", "-s", str(source), "--forms", str(source / "output" / "calls.json")]) == 2
    assert "would be published" in capsys.readouterr().err
    (tmp_path / "folder").mkdir()
    assert main(["build", "-s", str(source), "--forms", str(tmp_path / "folder")]) == 1
    assert "cannot be written" in capsys.readouterr().err
    assert set(os.listdir(tmp_path)) == {"site", "folder"}
