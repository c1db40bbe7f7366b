"""A backup has what the inbox had, a damaged one is refused, and what is restored is the same row by row."""

import io
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select

from sitegen.forms.inbox.backup import back_up
from sitegen.forms.inbox.comparing import Comparison, compare
from sitegen.forms.inbox.database import StoreError, connect, parse_database, transaction
from sitegen.forms.inbox.manifest import Rows
from sitegen.forms.inbox.restoring import restore
from sitegen.forms.inbox.schema import migrate_at
from sitegen.forms.inbox.store import Entry, Store
from sitegen.forms.inbox.tables import metadata
from sitegen.forms.inbox.verifying import verify
from sitegen.forms.notices import Notice
from sitegen.forms.submission import Upload
from tests.forms.commands import make_site, receive, running, typed
from tests.forms.world import JSON, NOON

NOTICES = (Notice("answer", "mail", "me@example.org"),)


def entry(name, **more):
    answers = (("name", name), ("email", f"{name}@example.org"), ("odd", "\u202e\n\U0001f600"))
    return Entry("chicago", 3, answers, NOON, notices=NOTICES, letters=True, **more)


def fill(store):
    """Submissions of every state, a file, a note, deliveries, and a number that is not used again."""
    for name in ("Ada", "Bob", "Cyd", "Dan"):
        store.accept(entry(name))
    store.accept(entry("Eve", spam="a robot", key="k", text="t", consent="I *agree*"))
    store.accept(entry("Fay", confirm=True))
    upload = Upload("photo", "me.png", "image/png", 4, "d", io.BytesIO(b"\x00\xff\r\n"))
    gone = store.accept(entry("Gus", files=(upload,))).submission
    kept = store.accept(entry("Hal", files=(upload,))).submission
    store.note(kept.id, "to be called")
    store.delete(gone.id)


def rows(url):
    """All that an inbox has, table by table."""
    engine = connect(url)
    with transaction(engine) as connection:
        found = {table.name: sorted(map(tuple, connection.execute(select(table)))) for table in metadata.sorted_tables}
    engine.dispose()
    return found


def empty(path):
    url = parse_database(str(path))
    migrate_at(url)
    return url


@pytest.fixture
def backup(store, database, tmp_path):
    fill(store)
    back_up(database, tmp_path / "backup", NOON)
    return tmp_path / "backup"


def test_there_and_back_again(backup, database, postgres, tmp_path):
    """SQLite to PostgreSQL to SQLite, and the other way round."""
    before = rows(database)
    assert [len(found) for found in before.values()] == [1, 7, 1, 1, len(before["outbox"])]
    for step, url in enumerate((postgres.new_database("elsewhere"), parse_database(str(tmp_path / "other.db")))):
        migrate_at(url)
        restore(backup, url)
        assert rows(url) == before
        backup = tmp_path / f"backup-{step}"
        back_up(url, backup, NOON)
    with closing(Store(postgres.url("elsewhere"))) as store:
        store.accept(entry("Ida"))  # with a number that is new
    assert len(rows(postgres.url("elsewhere"))["submissions"]) == 8


def test_what_was_deleted_is_in_no_backup(backup):
    assert b"Hal" in backup.read_bytes()
    assert b"Gus" not in backup.read_bytes()


def test_it_is_private_and_alone(backup, tmp_path):
    assert backup.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir() if "backup" in path.name) == ["backup"]


def test_nothing_is_restored_over_something(backup, database, store):
    with pytest.raises(StoreError, match="7 submissions already: --replace"):
        restore(backup, database)
    store.accept(entry("Ida"))
    done = restore(backup, database, replace=True)
    assert (done.replaced, done.manifest.tables["submissions"].count) == (8, 7)
    assert "Ida" not in str(rows(database))


def test_what_waited_is_told_or_held_back(backup, database, store):
    waiting = sum(row[6] == "waiting" for row in rows(database)["outbox"])
    assert waiting > 0
    assert restore(backup, database, replace=True).waiting == waiting
    done = restore(backup, database, replace=True, deliveries=False)
    assert (done.waiting, done.held_back) == (0, waiting)
    assert store.lease("mail", NOON + timedelta(days=9), timedelta(minutes=2)) is None
    (ada, *_) = store.each()
    assert store.replay(ada.id) == 2


def flipped(data):
    return data[:-3000] + bytes([data[-3000] ^ 1]) + data[-2999:]


def answer_changed(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE submissions SET answers = replace(answers, 'Ada', 'Eda')")
        connection.commit()


def row_missing(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM notes")
        connection.commit()


def newer(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE sitegen_inbox SET version_num = '999'")
        connection.commit()


def foreign(path):
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE cats (name)")


def changed(statement):
    def damage(path):
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(statement)
            connection.commit()

    return damage


def an_inbox(path):
    path.unlink()
    empty(path)


DAMAGES = [
    (lambda path: path.write_bytes(path.read_bytes()[:5000]), "damaged"),
    (lambda path: path.write_bytes(path.read_bytes()[:-4096]), "damaged"),
    (lambda path: path.write_bytes(b"cats" * 5000), "is no backup of an inbox"),
    (lambda path: path.write_bytes(b""), "no backup of an inbox"),
    (answer_changed, "damaged"),
    (row_missing, "damaged"),
    (newer, "update sitegen"),
    (foreign, "no backup of an inbox"),
    (an_inbox, "an inbox, and no backup"),
    (changed("DELETE FROM sitegen_inbox"), "damaged"),
    (changed("UPDATE sitegen_inbox SET version_num = 'x'"), "damaged"),
    (changed("DELETE FROM sitegen_backup WHERE name = 'files'"), "damaged"),
    (lambda path: path.unlink(), "No such file"),
]


@pytest.mark.parametrize(("damage", "words"), DAMAGES)
def test_what_is_no_whole_backup_is_refused(backup, tmp_path, damage, words):
    damage(backup)
    target = empty(tmp_path / "target.db")
    with pytest.raises(StoreError, match=words):
        restore(backup, target)
    assert not any(rows(target).values())


def test_any_flipped_byte_of_an_answer_is_found(backup):
    data = backup.read_bytes()
    at = data.index(b"Ada@example.org")
    backup.write_bytes(data[:at] + b"E" + data[at + 1 :])
    with pytest.raises(StoreError, match="damaged"):
        verify(backup)


def test_a_digest_knows_each_row_and_not_the_order():
    one, other = (1, "a", b"\x00"), (2, None, True)
    assert Rows().plus([one, other]) == Rows().plus([other]).plus([one])
    assert Rows().plus([one]) != Rows().plus([(1, "a", b"\x01")])
    assert Rows().plus([(1, True)]) == Rows().plus([(1, 1)])


def test_a_backup_of_an_older_sitegen_is_brought_on(backup, tmp_path, monkeypatch):
    """As if there were a newer schema: the file is copied, migrated and read with the tables of then."""
    monkeypatch.setattr("sitegen.forms.inbox.restoring.VERSION", 5)
    target = empty(tmp_path / "target.db")
    restore(backup, target)
    assert len(rows(target)["submissions"]) == 7


def test_the_inbox_itself_is_never_written_over(store, tmp_path):
    fill(store)
    path = tmp_path / "inbox.db"
    if not path.exists():
        pytest.skip("the inbox is on a server")
    with pytest.raises(StoreError, match="of the inbox itself"):
        back_up(parse_database(str(path)), path, NOON)
    with pytest.raises(StoreError, match="there is no inbox"):
        back_up(parse_database(str(tmp_path / "typo.db")), tmp_path / "b", NOON)


LIMITED = """
import resource, sys
from sitegen.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
sys.exit(main(sys.argv[1:]))
"""


def test_on_a_full_disk_the_older_file_stays(backup, database):
    words = ["inbox", "backup", str(backup), "--database", database.render_as_string(hide_password=False)]
    before = backup.read_bytes()
    done = subprocess.run([sys.executable, "-c", LIMITED, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, backup.read_bytes()) == (1, before)
    assert done.stderr.startswith(f"sitegen: {backup} cannot")
    assert not backup.with_name(".backup.part").exists()


KILLED = """
import os, signal, sys
from sitegen.forms.inbox import backup
backup.verify = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
from sitegen.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_one_that_is_killed_leaves_the_older_file(backup, database):
    words = ["inbox", "backup", str(backup), "--database", database.render_as_string(hide_password=False)]
    before = backup.read_bytes()
    done = subprocess.run([sys.executable, "-c", KILLED, *words], capture_output=True, check=False)
    assert (done.returncode, backup.read_bytes()) == (-9, before)
    assert backup.with_name(".backup.part").exists()
    assert typed(*words).returncode == 0  # the next one is in nobody's way
    assert not backup.with_name(".backup.part").exists()


def post_until(over, address, name, thanked, some):
    with httpx.Client(base_url=address, headers=JSON, timeout=30) as client:
        at = 0
        while not over.is_set():
            body = {"name": f"{name}-{at}", "email": "a@example.org"}
            assert client.post("/f/call", data=body).status_code == 200
            thanked.append(body["name"])
            at += 1
            if len(thanked) > 100:
                some.set()


@pytest.mark.slow
def test_under_load_it_has_whoever_was_thanked_before(tmp_path, database):
    thanked: list[str] = []
    site, over, some = make_site(tmp_path / "site"), threading.Event(), threading.Event()
    address_of_database = database.render_as_string(hide_password=False)
    with running(receive(site, "--database", address_of_database), subprocess.DEVNULL) as (_, address):
        arguments = [(over, address, at, thanked, some) for at in range(4)]
        visitors = [threading.Thread(target=post_until, args=these) for these in arguments]
        for visitor in visitors:
            visitor.start()
        assert some.wait(60)
        before = set(thanked)
        back_up(database, tmp_path / "backup", NOON)
        over.set()
        for visitor in visitors:
            visitor.join()
    restored = empty(tmp_path / "restored.db")
    restore(tmp_path / "backup", restored)
    with closing(Store(restored)) as store:
        assert before <= {dict(one.answers)["name"] for one in store.each()}


def test_the_commands(tmp_path, backup):
    site = make_site(tmp_path / "site")
    none = typed("inbox", "-s", site, "backup", tmp_path / "b")
    assert (none.returncode, "there is no inbox" in none.stderr) == (1, True)
    told = typed("inbox", "-s", site, "restore", backup)
    assert (told.returncode, told.stderr) == (0, "")
    assert "The inbox is as it was on 2026-05-06 12:00 UTC: 7 submissions, 1 file." in told.stdout
    assert "`sitegen receive` sends them" in told.stdout
    again = typed("inbox", "-s", site, "restore", backup)
    assert (again.returncode, "--replace" in again.stderr) == (1, True)
    held = typed("inbox", "-s", site, "restore", backup, "--replace", "--yes", "--without-deliveries", "--json")
    assert '"replaced": 7, "waiting": 0, "held_back": ' in held.stdout
    kept = typed("inbox", "-s", site, "backup", tmp_path / "b")
    assert kept.stdout == f"{tmp_path}/b has 7 submissions and 1 file, read again and found whole.\n"


def test_what_would_be_lost_and_who_would_be_back_is_counted(backup, database, store, tmp_path):
    assert compare(backup, database) == Comparison(NOON, 7, 0, 0)
    for one in ("Ada@example.org", "Bob@example.org"):
        store.erase(one)
    store.accept(entry("Ivy"))
    assert compare(backup, database) == Comparison(NOON, 6, 1, 2)
    absent = tmp_path / "absent.db"
    assert compare(backup, parse_database(str(absent))) == Comparison(NOON, 0, 0, 7)
    assert not absent.exists()


def test_nothing_is_replaced_before_it_is_said(tmp_path, backup):
    site = make_site(tmp_path / "site")
    assert typed("inbox", "-s", site, "restore", backup, "--replace").returncode == 0  # nothing to lose
    with closing(Store(parse_database(str(site / ".sitegen" / "inbox.db")))) as store:
        store.erase("Ada@example.org")
        new = store.accept(entry("Ivy")).submission.id
        refused = typed("inbox", "-s", site, "restore", backup, "--replace")
        assert refused.returncode == 2
        assert "holds 7 submissions; 1 of them is not in the backup of 2026-05-06 12:00 UTC." in refused.stderr
        assert "1 submission that is not there any more comes back, also of people whom you" in refused.stderr
        assert store.find(new).id == new


@pytest.mark.parametrize("text", [b'title = "A blog"\n', b"", b"SQLite"])
def test_another_file_is_no_backup(tmp_path, text):
    (tmp_path / "file").write_bytes(text)
    with pytest.raises(StoreError, match="is no backup of an inbox"):
        verify(tmp_path / "file")
