"""Done by one process or by many, forked ones: the same bytes, the same problems, and nothing is lost or left."""

from __future__ import annotations

import faulthandler
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest

from sitegen import seal
from sitegen.build import build
from sitegen.build.crew import Crew, Outcome, Task, usable_cpus
from sitegen.build.forking import can_fork
from sitegen.build.memory import BuildMemory
from sitegen.build.staging import Staging
from sitegen.build.written import Written
from sitegen.config import load_config
from sitegen.content.history import History
from sitegen.content.posts import read_posts
from sitegen.content.readings import Shelf
from sitegen.errors import Problem, Problems, SiteError
from sitegen.markup import highlighting
from sitegen.markup.bodies import Bodies
from sitegen.markup.rendered import Rendered
from sitegen.model.content import Document
from tests.build.processes import start
from tests.build.test_blocks import blocks
from tests.build.trees import NOW, made, tree
from tests.content.test_readings import rows_of

EAGER = Crew(3, worth=0)
NUMBERS = range(200)
HERE = os.getpid()


@pytest.fixture(autouse=True)
def no_threads() -> None:
    """Pytest's alarm for tests that hang is one; and the system may still know of one that has just ended."""
    faulthandler.cancel_dump_traceback_later()
    end = time.monotonic() + 5
    while not can_fork():
        assert time.monotonic() < end


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Forty posts, an index that shows what they begin with, and a layout of its own."""
    write(tmp_path, "sitegen.toml", 'title = "A site"\npaginate = 5\n')
    write(
        tmp_path,
        "_layouts/post.html",
        "<title>{{ page.title }}</title>{{ content }}{{ page.previous.title if page.previous }}",
    )
    for number in range(40):
        text = f"---\ntags: [t{number % 3}]\n---\nText *{number}*.\n\n## More\n\n[on](/)\n"
        write(tmp_path, f"_posts/2024-01-{number % 28 + 1:02}-post-{number}.md", text)
    return tmp_path


def write(site: Path, path: str, text: str) -> None:
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_text(text)


def heed() -> None:
    """Ctrl-C ends it, also where the tests run in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def values(outcomes: Iterable[Outcome[int]]) -> list[int | None]:
    return [outcome.made for outcome in outcomes]


def remembered(site: Path) -> list[tuple[str, ...]]:
    """What the next build knows of each file, but when it was written."""
    with BuildMemory.open(load_config(site)) as memory:
        rows = sorted(memory.records.values(), key=lambda one: one.path)
        return [(one.path, one.digest, one.identity, one.reads_digest, *one.reads) for one in rows]


def wrong_with(site: Path, crew: Crew) -> tuple[Problem, ...]:
    with pytest.raises(SiteError) as caught:
        made(site, crew=crew)
    return caught.value.problems


def test_workers_do_it_and_what_comes_is_in_order():
    def do(number: int) -> tuple[int, int]:
        return number, os.getpid()

    outcomes = [one.made or (-1, 0) for one in EAGER.each(NUMBERS, Task(do))]
    assert [number for number, _ in outcomes] == [*NUMBERS]
    workers = {worker for _, worker in outcomes}
    assert HERE in workers
    assert len(workers) > 1


def test_workers_send_what_is_packed():
    def packed(number: int) -> str:
        return "" if number % 9 == 0 else str(-number)

    def unpacked(number: int, sent: str) -> int:
        return int(sent) if sent else -1000

    found = [*EAGER.spread(NUMBERS, lambda number: number, packed, unpacked)]
    sent = [at for at in NUMBERS if found[at] != at]
    assert len(sent) > 100
    assert [found[at] for at in sent] == [-at if at % 9 else -1000 for at in sent]


def test_posts_that_workers_read_are_as_they_are_read_here(site: Path):
    """Some come as a row, some not at all: what is odd, and what is wrong."""
    write(site, "_posts/2024-02-01-odd.md", "---\nmore: {deep: [2020-01-01, {a: b}]}\ntags: [x, y]\n---\nText\n")
    write(site, "_posts/2024-02-02-draft.md", "---\ndraft: true\n---\n")
    write(site, "_posts/2024-02-03-typo.md", "---\ntite: x\n---\n")
    write(site, "_pages/about.md", "About.\n")
    time.sleep(2 * seal.RACY / 1e9)  # what has just been written is read by the first process, lest it changes again
    found = []
    for crew in (EAGER, Crew()):
        shutil.rmtree(site / ".sitegen", ignore_errors=True)
        report = made(site, crew=crew)
        found.append((tree(site / "output"), report.notices, report.site.left_out, remembered(site), rows_of(site)))
    assert found[0] == found[1]
    assert any("tite" in one.message for one in found[0][1])
    assert len(found[0][-1]) > 40


def test_workers_read_most_posts(site: Path):
    """What comes from them is a row, and not read yet. Git is asked by the first process alone."""
    write(site, "_posts/undated.md", "Text.\n")
    time.sleep(2 * seal.RACY / 1e9)
    config, asked, rows = load_config(site), list[int](), 0

    def spread(items, do, packed, unpacked):
        def counted(item, row):
            nonlocal rows
            rows += row is not None
            return unpacked(item, row)

        return EAGER.spread(items, do, packed, counted)

    def history(folder: Path) -> History:
        asked.append(os.getpid())
        return History()

    with BuildMemory.blank() as memory:
        shelf = Shelf(config, Problems(), memory.readings, time.time_ns(), spread)
        posts, _ = read_posts(config, Problems(), history, shelf)
    assert len(posts) == 41
    assert rows > 20
    assert asked == [HERE]


def test_little_work_is_done_here():
    assert {one.made for one in Crew(3, worth=60).each(NUMBERS, Task(lambda _: os.getpid()))} == {HERE}


def test_beside_a_thread_nothing_forks():
    wait = threading.Event()
    thread = threading.Thread(target=wait.wait)
    thread.start()
    try:
        assert {one.made for one in EAGER.each(NUMBERS, Task(lambda _: os.getpid()))} == {HERE}
    finally:
        wait.set()
        thread.join()


@pytest.mark.slow
def test_code_that_workers_coloured_is_remembered_and_found_by_workers(site: Path):
    for number in range(40):
        write(site, f"_posts/2024-02-01-code-{number}.md", f"```python\nfor each in n{number}:\n    pass\n```\n")
    highlighting.forget()
    made(site, crew=EAGER)
    assert blocks(site) == 40
    first = newest_block(site)
    write(site, "sitegen.toml", "markdown.anchors = false\n")
    highlighting.forget()
    made(site, crew=EAGER)
    assert (blocks(site), newest_block(site)) == (40, first)  # none was put anew
    found = tree(site / "output")
    shutil.rmtree(site / ".sitegen")
    made(site)
    assert tree(site / "output") == found


def newest_block(site: Path) -> int:
    (file,) = (site / ".sitegen").glob("build-*.db")
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("select max(rowid) from blocks").fetchone()[0])


def test_the_same_bytes_and_the_same_memory(site: Path):
    made(site)
    alone, known = tree(site / "output"), remembered(site)
    made(site, crew=EAGER, clean=True)
    assert (tree(site / "output"), remembered(site)) == (alone, known)
    assert made(site).written == 0


def test_workers_have_what_earlier_builds_rendered(site: Path, monkeypatch: pytest.MonkeyPatch):
    made(site)
    write(site, "_layouts/post.html", "{{ content }}!")
    monkeypatch.setattr("sitegen.markup.bodies.Bodies.make", lambda *_: pytest.fail("rendered again"))
    assert made(site, crew=EAGER).written == 40
    assert (site / "output/2024/01/01/post-0/index.html").read_text().startswith("<p>Text <em>0</em>")


def test_bodies_that_the_disk_holds_are_rendered_once(site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    made(site)
    alone, seen = tree(site / "output"), tmp_path / "seen"
    make = Bodies.make

    def told(bodies: Bodies, document: Document) -> Rendered:
        with seen.open("a") as file:  # by whatever process
            file.write(f"{document.path}\n")
        return make(bodies, document)

    monkeypatch.setattr("sitegen.markup.bodies.MOST_HELD", 2)
    monkeypatch.setattr("sitegen.build.remembered.MOST_NEW", 5)
    monkeypatch.setattr(Bodies, "make", told)
    made(site, crew=EAGER, clean=True)
    assert tree(site / "output") == alone
    assert len(set(seen.read_text().split())) == len(seen.read_text().split()) == 40


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], list[list[str]]]:
    """Who has staged what: process and path, in its order."""
    seen, put = tmp_path / "seen", Staging.put

    def told(staging: Staging, path: str, data: bytes) -> Written:
        with seen.open("a") as file:
            file.write(f"{os.getpid()} {path}\n")
        return put(staging, path, data)

    monkeypatch.setattr(Staging, "put", told)
    return lambda: [line.split(" ", 1) for line in seen.read_text().splitlines()]


def test_workers_write_what_they_render(site: Path, written: Callable[[], list[list[str]]]):
    """The first process has the first two, which tell what the rest will take; it writes nothing that others made."""
    made(site, crew=EAGER)
    found, staged = tree(site / "output"), written()
    assert len({path for _, path in staged}) == len(staged) and len({process for process, _ in staged}) > 1
    made(site, clean=True)
    assert tree(site / "output") == found


@pytest.mark.parametrize("what", ["Bodies", "Pages"])
def test_ctrl_c_ends_the_workers_before_their_folder_goes(site: Path, what: str):
    """Also while whoever looks at what went wrong holds all that was going on."""

    def interrupt(kind: str, done: int, total: int) -> None:
        if (kind, done) == (what, 5):
            raise KeyboardInterrupt

    config = load_config(site)
    with pytest.raises(KeyboardInterrupt):
        try:
            build(config, now=NOW, crew=EAGER, progress=interrupt)
        finally:
            with pytest.raises(ChildProcessError):
                os.waitpid(-1, os.WNOHANG)
            assert not (site / "output").exists()


def test_workers_write_nothing_before_the_first_process_has(site: Path, written: Callable[[], list[list[str]]]):
    """What it had is as it was, and so nothing was staged when they began."""
    made(site)
    before = len(written())
    write(site, "_posts/2024-01-14-post-13.md", "Another text.\n")
    made(site, crew=EAGER, clean=True)
    found, staged = tree(site / "output"), written()[before:]
    assert {process for process, _ in staged} == {str(os.getpid())}
    made(site, clean=True)
    assert tree(site / "output") == found


def test_the_same_problems(site: Path):
    write(site, "_layouts/post.html", "{{ page.title }}{{ page.nothing }}")
    write(
        site, "_layouts/endless.html", "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}"
    )
    for number in range(20):
        write(site, f"_posts/2025-01-01-endless-{number}.md", "---\nlayout: endless\n---\nText\n")
    write(site, "_posts/2025-01-02-deep.md", "---\nlayout: none\n---\n" + "> " * 3000 + "x")
    alone = wrong_with(site, Crew())
    assert len(alone) > 2
    assert wrong_with(site, EAGER) == alone
    assert not (site / "output").exists()


def test_what_a_worker_that_is_killed_was_at_is_done_here():
    def deadly(number: int) -> int:
        if number % 50 == 40 and os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert values(EAGER.each(NUMBERS, Task(deadly))) == [*NUMBERS]


def test_all_workers_killed():
    def deadly(number: int) -> int:
        if os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert values(EAGER.each(NUMBERS, Task(deadly))) == [*NUMBERS]


def test_an_answer_that_cannot_be_sent_is_made_here():
    def do(number: int) -> Callable[[], int]:
        return lambda: number

    assert [one.made() for one in EAGER.each(NUMBERS, Task(do)) if one.made] == [*NUMBERS]


def test_more_things_than_a_pipe_holds_numbers():
    assert values(Crew(2, worth=0).each(range(100_000), Task(lambda number: -number)))[-1] == -99_999


def test_no_process_is_left(site: Path):
    each = EAGER.each(NUMBERS, Task(lambda number: f"{number}" * 10_000))
    for _ in range(10):
        next(each)
    del each  # what an error or Ctrl-C in the midst comes to
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


SLOW = """
import os, sys, time
from sitegen.build import build
from sitegen.build.crew import Crew, Task

def slow(number):
    if number > 1:
        os.write(1, b"%d\\n" % os.getpid())
        time.sleep(600)

for _ in Crew(2, worth=0).each(range(9), Task(slow)): pass
"""


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_end_with_their_parent(sign: int):
    with subprocess.Popen(
        [sys.executable, "-c", SLOW], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=heed
    ) as parent:
        assert parent.stdout is not None
        workers = {int(parent.stdout.readline()) for _ in range(2)}
        parent.send_signal(sign)
        assert len(workers - {parent.pid}) == 2
        assert parent.stdout.read() == ""  # which ends when the last one has ended that could write


@pytest.mark.slow
def test_ctrl_c_is_quick_and_quiet(site: Path):
    for number in range(300):
        write(site, f"_posts/2023-01-01-long-{number}.md", f"*Some* `text {number}` [with](/) much\n\n" * 40)
    process = start(site, "--jobs", "2", prepare=heed)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while process.poll() is None and not children.read_text():
        pass
    process.send_signal(signal.SIGINT)
    assert (process.communicate(timeout=60), process.returncode) == (("", ""), 130)
    assert not (site / "output").exists()


def test_as_many_as_there_are_cpus():
    assert 1 <= usable_cpus() <= (os.cpu_count() or 1)


def test_a_number_of_jobs_that_is_none(site: Path):
    process = start(site, "--jobs", "0")
    assert process.communicate(timeout=60)[1].startswith('sitegen: argument -j/--jobs: "0" is no number from 1 to 1024')
    assert process.returncode == 2
