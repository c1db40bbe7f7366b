"""Rendered by an executor's workers: the same bytes as here, whatever becomes of the workers."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from sitegen.build import build, distant
from sitegen.build import crew as crew_module
from sitegen.build.crew import ALONE, Crew
from sitegen.build.distant import OTHER, render_bodies, render_pages, stamp
from sitegen.build.spreading import Unfit
from sitegen.cli import main
from sitegen.config import load_config
from sitegen.content.sources import Source
from tests.build.crew import remembered, write, wrong_with
from tests.build.trees import NOW, made, tree


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Two languages, tags, a call, data, and posts that name a style of two files."""
    settings = 'url = "https://example.org"\nlang = "en"\nforms.endpoint = "https://forms.example.org/f/1"\n'
    write(tmp_path, "sitegen.toml", f"{settings}[languages.de]\ntitle = 'Hier'\n")
    write(tmp_path, "static/site.css", "@import 'more.css'; p { color: red }")
    write(tmp_path, "static/more.css", "b { color: blue }")
    write(tmp_path, "_data/people.yml", "- Ann\n")
    write(tmp_path, "_pages/about.md", "---\ntitle: About\n---\n# About\n")
    write(tmp_path, "_posts/2021-01-01-call.md", "---\nform: true\nlang: de\n---\nCome.\n")
    layout = (
        "{{ '/site.css' | asset_url }}{{ content }}{{ page.previous.title if page.previous }}{{ site.data.people }}"
    )
    write(tmp_path, "_layouts/styled.html", layout)
    for number in range(30):
        text = f"---\nlayout: styled\ntitle: T{number}\ntags: [t{number % 3}]\n---\nText *{number}*.\n"
        write(tmp_path, f"_posts/2020-01-{number % 28 + 1:02}-post-{number}.md", text)
    return tmp_path


@pytest.fixture(scope="module")
def processes() -> Iterator[Executor]:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield pool


def crew(executor: Executor) -> Crew:
    return Crew(worth=0, executor=executor)


def shown(site: Path, executor: Executor | None = None) -> tuple[dict[str, bytes], list[tuple[str, ...]]]:
    made(site, crew=ALONE if executor is None else crew(executor), clean=True)
    return tree(site / "output"), remembered(site)


def test_in_processes(site: Path, processes: Executor):
    assert shown(site, processes) == shown(site)


def test_in_threads(site: Path):
    with ThreadPoolExecutor(4) as threads:
        assert shown(site, threads) == shown(site)


def test_workers_do_it(site: Path, processes: Executor, monkeypatch: pytest.MonkeyPatch):
    done: list[object] = []
    here = crew_module._outcome

    def noted(do: Any, item: Any) -> Any:
        done.append(item)  # what is read is always read here
        return here(do, item)

    monkeypatch.setattr(crew_module, "_outcome", noted)
    made(site, crew=crew(processes))
    assert 0 < len([item for item in done if not isinstance(item, Source)]) < 20


def test_the_same_problems(site: Path, processes: Executor):
    write(site, "_layouts/styled.html", "{{ page.nothing }}")
    assert wrong_with(site, crew(processes)) == wrong_with(site, ALONE)


def test_a_worker_that_is_killed_loses_nothing(site: Path):
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        victim = pool.submit(os.getpid).result()
        threading.Timer(0.2, os.kill, (victim, signal.SIGKILL)).start()
        assert shown(site, pool) == shown(site)


def test_a_pool_that_is_shut_down(site: Path):
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    assert shown(site, pool) == shown(site)


def test_other_files_on_another_machine(site: Path, processes: Executor, monkeypatch: pytest.MonkeyPatch):
    """A worker reads other styles under the same names: what it makes of them is not taken."""
    alone = shown(site)[0]
    packed = distant.packed

    def other(*given: Any) -> bytes:
        write(site, "static/more.css", "i {}")
        return packed(*given)

    monkeypatch.setattr(distant, "packed", other)
    made(site, crew=crew(processes), clean=True)
    index = "2020/01/01/post-0/index.html"
    assert (site / "output" / index).read_bytes() == alone[index]


def test_workers_with_another_sitegen_are_told():
    assert (render_bodies("x", b"", "", []), render_pages("x", b"", "", [])) == (OTHER, OTHER)
    assert render_bodies(stamp(), b"", "", []) == []


def test_what_cannot_be_opened_is_done_here():
    assert render_pages(stamp(), "/no/such/file", "digest", ["a"]) is None
    assert render_pages(stamp(), b"no site", "digest", ["a"]) is None


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("dask", '"dask" is not dask: and the address of a scheduler'),
        ("tcp://localhost:1", "is not dask:"),
        ("dask:tcp://127.0.0.1:1", "--executor dask:tcp://127.0.0.1:1: there is no scheduler to be reached; is it"),
        ("dask:nonsense://x", "is not dask:"),
    ],
)
def test_an_address_that_leads_nowhere(
    site: Path, address: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("sitegen.cli.executors.SECONDS", 1)
    pytest.importorskip("distributed")
    assert main(["build", "-s", str(site), "--executor", address]) in (1, 2)
    told = capsys.readouterr().err
    assert said in told and told.count("\n") == 1
    assert not (site / "output").exists()


@pytest.mark.slow
def test_on_a_dask_cluster(site: Path):
    from distributed import Client, LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address=None) as cluster, Client(cluster) as client:
        alone = shown(site)
        assert shown(site, client.get_executor()) == alone
        victim = next(iter(client.run(os.getpid).values()))
        threading.Timer(0.3, os.kill, (victim, signal.SIGKILL)).start()
        assert shown(site, client.get_executor(pure=False)) == alone


@pytest.mark.slow
def test_a_scheduler_that_dies(site: Path):
    from distributed import Client

    dask = [sys.executable, "-m", "dask"]
    scheduler = subprocess.Popen(
        [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"], stderr=subprocess.PIPE, text=True
    )
    assert scheduler.stderr is not None
    address = next(match[0] for line in scheduler.stderr if (match := re.search(r"tcp://\S+", line)))
    worker = subprocess.Popen([*dask, "worker", address, "--no-dashboard"], stderr=subprocess.DEVNULL)

    def kill(what: str, done: int, total: int) -> None:
        if done:
            scheduler.kill()

    try:
        with Client(address) as client:
            client.wait_for_workers(1)
            with pytest.raises(Unfit):
                build(load_config(site), now=NOW, crew=crew(client.get_executor()), progress=kill)
    finally:
        for process in (worker, scheduler):
            process.kill()
            process.communicate()
    assert not (site / "output").exists()
